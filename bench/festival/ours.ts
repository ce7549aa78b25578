import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnyOpenChannel, Channel } from '../../src/channels/contract/channel.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { fnacAddresses } from '../../src/channels/fnac/simulator/simulator.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createTestServices, testSecretBox } from '../../tests/support/exchange-services.ts';
import { FESTIVAL } from './house.ts';

export interface Reseller {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the reseller's process; ready when its journal holds the sales. */
export async function startReseller(sales: number, seed = 1): Promise<Reseller> {
  const file = fileURLToPath(new URL('./reseller.ts', import.meta.url));
  const child = fork(file, [String(sales), String(seed)], { stdio: ['ignore', 2, 2, 'ipc'] });
  const [ready] = (await once(child, 'message')) as [{ url: string }];
  return {
    url: ready.url,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

export function festivalSettings(url: string) {
  const urls = fnacAddresses(url);
  const config = {
    mainUrl: 'NA',
    salesUrl: urls.EtatVentes,
    contingentUrl: urls.Contingentement,
    contingentUser: 'stock',
    prepareUrl: urls.PrepareCtrlAcces,
    getAccessUrl: urls.GetCtrlAcces,
    accessUser: 'door',
    managerCode: 'FST',
  };
  const secrets = testSecretBox.seal(
    JSON.stringify({ contingentPassword: 'secret', accessPassword: 'secret' }),
  );
  return { config, secrets };
}

export interface Measured {
  seconds: number;
  /** Resident memory after the tenth batch and the most that was seen later, in MB. */
  rssAfterTen: number;
  rssMost: number;
  counts: Readonly<Record<string, number>>;
}

/** The same in a process of its own; `folder` makes and fills an embedded database there. */
export async function measureApart(
  where: { url: string } | { folder: string; resellerUrl: string },
): Promise<Measured & { longestStopMs: number }> {
  const file = fileURLToPath(new URL('./measure.ts', import.meta.url));
  const args = 'url' in where ? ['url', where.url] : ['folder', where.folder, where.resellerUrl];
  const child = fork(file, args, {
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: ['--max-semi-space-size=8'],
  });
  const exit = once(child, 'exit');
  const message = once(child, 'message');
  const first = await Promise.race([message, exit.then(() => null)]);
  await exit;
  if (first === null) throw new Error('The measured process ended without a figure.');
  return first[0] as Measured & { longestStopMs: number };
}

/** One integration, from the bytes of the reseller's answers to committed orders. */
export async function integrateAll(database: Database): Promise<Measured> {
  const memory = { batches: 0, afterTen: 0, most: 0 };
  const services = createTestServices({
    database,
    channels: [watched(fnac, memory)],
    now: () => new Date(),
  });
  const started = performance.now();
  const result = await withRun(
    services,
    {
      organisationId: FESTIVAL.organisationId,
      interfaceId: FESTIVAL.interfaceId,
      function: 'integrate',
      source: 'hand',
      startedBy: 'bench',
    },
    (context) => integrateSales(context),
  );
  const seconds = (performance.now() - started) / 1000;
  if (result.outcome !== 'ran' || result.state !== 'ok') {
    throw new Error(`The integration did not come to its end: ${JSON.stringify(result)}`);
  }
  return {
    seconds,
    rssAfterTen: memory.afterTen,
    rssMost: memory.most,
    counts: result.counts,
  };
}

/** The channel as it is, with a look at the process's memory at each batch. */
function watched(
  channel: Channel,
  memory: { batches: number; afterTen: number; most: number },
): Channel {
  return {
    ...channel,
    open: (config, ports): AnyOpenChannel => {
      const open = channel.open(config, ports);
      const sales = open.sales;
      if (sales === undefined) return open;
      return {
        ...open,
        sales: {
          async *pull(request) {
            for await (const batch of sales.pull(request)) {
              memory.batches += 1;
              const rss = process.memoryUsage.rss() / 1_048_576;
              if (memory.batches === 10) memory.afterTen = rss;
              if (memory.batches > 10) memory.most = Math.max(memory.most, rss);
              yield batch;
            }
          },
        },
      };
    },
  };
}
