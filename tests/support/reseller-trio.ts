/**
 * A house with several resellers at once: each is an FNAC interface of an account of its own, with
 * a simulator of its own that really runs, on loopback.
 */
import { rmSync } from 'node:fs';
import type { Ports } from '../../src/channels/contract/channel.ts';
import type { RunningSimulator } from '../../src/channels/contract/switchboard.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { HouseFile } from '../../src/domain/house/file.ts';
import type { ExchangeContext, ExchangeServices, RunRequest } from '../../src/exchange/context.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { replay } from '../../src/exchange/replay.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { RunFunction } from '../../src/store/run-store.ts';
import { createHttp } from '../../src/transport/http.ts';
import { createSoapPort } from '../../src/transport/soap.ts';
import { createTestServices } from './exchange-services.ts';
import { fnacBooks } from './fnac-books.ts';
import type { SeededHouse } from './houses.ts';
import { seedHouse } from './houses.ts';
import { makeVolatileFolder } from './temporary-folder.ts';

export interface Reseller {
  /** Code of its interface, channel, contingent, contact and pending account. */
  code: string;
  account: string;
  simulator: RunningSimulator;
  /** Where its journal lies. */
  folder: string;
  interfaceId: number;
}

export interface TrioOptions {
  /** Codes of the resellers; the account of each is its code with `-ACCOUNT`. */
  codes: readonly string[];
  house: (interfaces: ReadonlyMap<string, InterfaceSettings>) => HouseFile;
  /** The clock of both sides. */
  clock: () => Date;
  /** When the house is loaded. */
  loadedAt: Date;
  seed: number;
  /** Another way to a reseller, in place of its simulator's address. */
  wayTo?: (code: string, url: string) => Promise<string>;
  /** Limits of the transport: tests do not wait for a reseller that never answers. */
  answerMs?: number;
}

export type InterfaceSettings = {
  account: string;
  config: Record<string, string>;
  secrets: Record<string, string>;
};

export interface Ran {
  id: number;
  state: string;
  counts: Readonly<Record<string, number>>;
  failure: { code: string; params: Record<string, string | number | null> } | null;
}

export class ResellerTrio {
  readonly database: Database;
  readonly ids: IdSource;
  readonly house: SeededHouse;
  readonly services: ExchangeServices;
  readonly resellers: readonly Reseller[];
  readonly #closing: (() => Promise<void> | void)[];

  private constructor(parts: {
    database: Database;
    ids: IdSource;
    house: SeededHouse;
    services: ExchangeServices;
    resellers: readonly Reseller[];
    closing: (() => Promise<void> | void)[];
  }) {
    this.database = parts.database;
    this.ids = parts.ids;
    this.house = parts.house;
    this.services = parts.services;
    this.resellers = parts.resellers;
    this.#closing = parts.closing;
  }

  static async open(database: Database, options: TrioOptions): Promise<ResellerTrio> {
    const closing: (() => Promise<void> | void)[] = [];
    const started: Omit<Reseller, 'interfaceId'>[] = [];
    const settings = new Map<string, InterfaceSettings>();
    for (const [index, code] of options.codes.entries()) {
      const account = `${code}-ACCOUNT`;
      const folder = makeVolatileFolder('parterre-trio-');
      const { clock } = options;
      // Seeds apart from one another: no two resellers give the same numbers or codes.
      const seed = (options.seed % 300) * 3 + index + 1;
      const simulator = await fnacBooks.startSimulator({ folder, account, clock, seed });
      closing.push(async () => {
        await simulator.stop();
        rmSync(folder, { recursive: true, force: true });
      });
      started.push({ code, account, simulator, folder });
      const url = (await options.wayTo?.(code, simulator.url)) ?? simulator.url;
      settings.set(code, { account, ...fnacBooks.interface({ ...simulator, url }, account) });
    }
    const ids = createIdSource(database);
    const house = await seedHouse(database, options.house(settings), {
      now: options.loadedAt,
      ids,
    });
    const { services, close } = servicesOf(database, ids, options);
    closing.push(close);
    const resellers: Reseller[] = [];
    for (const one of started) {
      resellers.push({ ...one, interfaceId: await house.idOf('interface', one.code) });
    }
    return new ResellerTrio({ database, ids, house, services, resellers, closing });
  }

  get organisationId(): number {
    return this.house.organisationId;
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
  }

  query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.database.transaction(this.organisationId, (tx) => tx.query<Row>(sql, [...params]));
  }

  async run(
    reseller: Reseller,
    what: RunFunction,
    work: (context: ExchangeContext) => Promise<void>,
    request: Partial<RunRequest> = {},
  ): Promise<Ran> {
    const result = await withRun(
      this.services,
      {
        organisationId: this.organisationId,
        interfaceId: reseller.interfaceId,
        function: what,
        source: 'hand',
        startedBy: 'anna',
        ...request,
      },
      work,
    );
    if (result.outcome !== 'ran') throw new Error(JSON.stringify(result));
    const { run, state, counts, failure } = result;
    // What goes wrong at the reseller is told; what goes wrong here is a fault of ours.
    if (failure?.code.startsWith('technical.')) throw new Error(JSON.stringify(failure));
    return { id: run.id, state, counts, failure };
  }

  integrate(reseller: Reseller): Promise<Ran> {
    return this.run(reseller, 'integrate', (context) => integrateSales(context));
  }

  export(reseller: Reseller): Promise<Ran> {
    return this.run(reseller, 'export', (context) => exportContingent(context));
  }

  replay(reseller: Reseller, messageIds?: readonly number[]): Promise<Ran> {
    const options = messageIds === undefined ? {} : { messageIds };
    return this.run(reseller, 'replay', (context) => replay(context, options), {
      source: 'replay',
    });
  }
}

function servicesOf(
  database: Database,
  ids: IdSource,
  options: TrioOptions,
): { services: ExchangeServices; close: () => void } {
  const { clock } = options;
  const base = createTestServices({
    database,
    channels: [fnac],
    now: clock,
    // What a test killed is known to be dead.
    holder: { name: 'test:1:1', isDead: (name) => name.startsWith('dead:') },
    // A run that waits for its account looks again soon, and lets the others go on meanwhile.
    wait: () => new Promise<void>((done) => setTimeout(done, 3)),
  });
  const answer = options.answerMs ?? 2_000;
  const http = createHttp({
    allowHosts: ['127.0.0.1'],
    limits: { idleMs: answer, connectMs: answer },
  });
  const services: ExchangeServices = {
    ...base,
    ids,
    // A clock that moves with each look must not end the lease of a run that only waits long.
    leaseTimes: { heartbeatMs: 10_000, leaseMs: 24 * 3_600_000 },
    openPorts: ({ recorder, timeZone, currency, signal }) => {
      const soap = createSoapPort({ http, recorder, clock, signal });
      return { http, soap, recorder, clock, timeZone, currency, signal } as Ports;
    },
  };
  return { services, close: () => http.close() };
}
