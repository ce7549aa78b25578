/** `parterre simulate`: a reseller's simulator by itself, for a newcomer and for trying out. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fnacAddresses, startFnacSimulator } from '../../channels/fnac/simulator/simulator.ts';
import { dataFolderOf } from '../services.ts';
import type { CliCommand, CliIo } from './command.ts';
import { UsageError } from './command.ts';

const OPTIONS = {
  port: { type: 'string' },
  folder: { type: 'string' },
  seed: { type: 'string' },
  manager: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'simulate',
  usage: `parterre simulate fnac --port N [--folder FOLDER] [--seed N] [--manager CODE]
                 [--user NAME] [--password TEXT] [--json]
    runs until it is stopped; port 0 takes a free one; the switchboard is /switchboard/NAME`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'fnac') {
    throw new UsageError('Say which reseller: fnac.');
  }
  const account = { user: values.user ?? 'parterre', password: values.password ?? 'parterre' };
  const simulator = await startFnacSimulator({
    port: wholeNumber(values.port, '--port'),
    folder: values.folder ?? join(dataFolderOf(io.env), 'simulators', 'fnac'),
    seed: wholeNumber(values.seed ?? '1', '--seed'),
    clock: () => new Date(),
    users: { contingent: account, access: account },
    managerCode: values.manager ?? 'MOS',
  });
  const { url, port, banner } = simulator;
  if (values.json) io.out(JSON.stringify({ url, port, addresses: fnacAddresses(url) }));
  else io.out(banner);
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await simulator.stop();
  return 0;
}

function wholeNumber(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d{1,9}$/.test(text)) throw new UsageError(`${name} is a number.`);
  return Number(text);
}
