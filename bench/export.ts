import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { fnac } from '../src/channels/fnac/channel.ts';
import { fnacAddresses } from '../src/channels/fnac/simulator/simulator.ts';
import { exportContingent } from '../src/exchange/export-contingent.ts';
import { withRun } from '../src/exchange/run-function.ts';
import type { Database } from '../src/store/database/database.ts';
import { migrate } from '../src/store/database/migrate.ts';
import { openDatabase } from '../src/store/database/open-database.ts';
import { createTestServices } from '../tests/support/exchange-services.ts';
import type { PostgresServer } from '../tests/support/postgres-server.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import type { BenchOptions, BenchResult } from './main.ts';
import { STOCK, writeStockHouse } from './stock/house.ts';
import { writeLimit } from './stock/limit.ts';

/**
 * The first export of an 80,000-seat performance to a reseller in another process, beside reading
 * the same rows, printing the same XML and writing the same rows by one statement per 2,000; and
 * what an export with nothing to do costs at 80,000 and at 800 seats. `--rounds N`.
 */
export async function run({ args, progress }: BenchOptions): Promise<BenchResult> {
  const at = args.indexOf('--rounds');
  const rounds = at < 0 ? 3 : Number(args[at + 1]);
  const reseller = await startReseller();
  const server = await startPostgres({ settings: { max_wal_size: '4GB' } });
  try {
    const bench = new StockBench(server, reseller);
    progress(`a house of ${STOCK.large.seats} seats is written`);
    await bench.prepare();
    return await bench.measure(rounds, progress);
  } finally {
    await server.stop();
    await reseller.stop();
  }
}

interface Reseller {
  url: string;
  /** A product without places, for one round. */
  forget(round: number): Promise<void>;
  stop(): Promise<void>;
}

async function startReseller(): Promise<Reseller> {
  const file = fileURLToPath(new URL('./stock/reseller.ts', import.meta.url));
  const child: ChildProcess = fork(file, [], { stdio: ['ignore', 2, 2, 'ipc'] });
  const [ready] = (await once(child, 'message')) as [{ url: string }];
  return {
    url: ready.url,
    async forget(round) {
      const answer = once(child, 'message');
      child.send(round);
      await answer;
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

class StockBench {
  readonly #server: PostgresServer;
  readonly #reseller: Reseller;
  #databases = 0;
  #product = 0;

  constructor(server: PostgresServer, reseller: Reseller) {
    this.#server = server;
    this.#reseller = reseller;
  }

  /** The house in a template: each measurement starts from a copy of it. */
  async prepare(): Promise<void> {
    await this.#administer('create database stock');
    const database = await openDatabase({ url: this.#server.urlOf('stock') });
    await migrate(database, { at: new Date().toISOString() });
    await writeStockHouse(database, fnacAddresses(this.#reseller.url));
    await database.close();
    // A round for the compiler: neither side should pay for being the first.
    await this.#on((opened) => this.#export(opened, STOCK.large.id));
    await this.#on(writeLimit);
  }

  async measure(rounds: number, progress: (text: string) => void): Promise<BenchResult> {
    const ours: number[] = [];
    const limit: number[] = [];
    const { seats } = STOCK.large;
    for (let round = 1; round <= rounds; round += 1) {
      ours.push(seats / (await this.#on((opened) => this.#export(opened, STOCK.large.id))));
      limit.push(seats / (await this.#on(writeLimit)));
      progress(`round ${round}: ours ${figure(ours.at(-1))}/s, limit ${figure(limit.at(-1))}/s`);
    }
    const nothing = await this.#on((opened) => this.#nothing(opened, progress));
    return {
      seats,
      ours: { perSecond: Math.round(median(ours)), rounds: ours.map(Math.round) },
      limit: { perSecond: Math.round(median(limit)), rounds: limit.map(Math.round) },
      ratio: rounded(median(ours.map((value, index) => value / (limit[index] ?? 1)))),
      nothing,
    };
  }

  /** Each export with nothing to do, in turn, at the large and at the small performance. */
  async #nothing(database: Database, progress: (text: string) => void) {
    const small: number[] = [];
    const large: number[] = [];
    await this.#export(database, STOCK.large.id);
    await this.#export(database, STOCK.small.id);
    for (let round = 0; round < 40; round += 1) {
      large.push(await this.#export(database, STOCK.large.id, false));
      small.push(await this.#export(database, STOCK.small.id, false));
    }
    const at800Ms = rounded(median(small) * 1_000);
    const at80000Ms = rounded(median(large) * 1_000);
    progress(`nothing to do: ${at80000Ms} ms at 80,000 seats, ${at800Ms} ms at 800`);
    return { at800Ms, at80000Ms, ratio: rounded(at80000Ms / at800Ms) };
  }

  /** Seconds from the start of the run to its end. */
  async #export(database: Database, performanceId: number, isFirst = true): Promise<number> {
    if (isFirst) await this.#takeFreshProduct(database);
    const services = createTestServices({ database, channels: [fnac], now: () => new Date() });
    const started = performance.now();
    const result = await withRun(
      services,
      {
        organisationId: STOCK.organisationId,
        interfaceId: STOCK.interfaceId,
        function: 'export',
        source: 'hand',
        startedBy: 'bench',
        filters: { performanceIds: [performanceId] },
      },
      (context) => exportContingent(context, { integrateFirst: false }),
    );
    const seconds = (performance.now() - started) / 1_000;
    const seats = performanceId === STOCK.large.id ? STOCK.large.seats : STOCK.small.seats;
    const expected = isFirst ? seats : undefined;
    const done = result.outcome === 'ran' ? result.counts.exported : null;
    if (done !== expected) throw new Error(`Not what was asked: ${JSON.stringify(result)}`);
    return seconds;
  }

  /** The reseller has not seen this product: every place is new to it. */
  async #takeFreshProduct(database: Database): Promise<void> {
    this.#product += 1;
    await this.#reseller.forget(this.#product);
    await database.transaction(STOCK.organisationId, async (tx) => {
      await tx.execute(`delete from mapping where word = 'product'`);
      await tx.execute(
        `insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
           changed_by)
         values (1, 999, ${STOCK.interfaceId}, 'product', 'EVT', array[$1::text], $2, 'bench')`,
        [`MAN${this.#product}`, '2027-01-01T00:00:00Z'],
      );
    });
  }

  async #on<T>(measure: (database: Database) => Promise<T>): Promise<T> {
    this.#databases += 1;
    const name = `round_${this.#databases}`;
    await this.#administer(`create database ${name} template stock`);
    const database = await openDatabase({ url: this.#server.urlOf(name) });
    try {
      return await measure(database);
    } finally {
      await database.close();
      await this.#administer(`drop database ${name} with (force)`);
    }
  }

  async #administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.url });
    await client.connect();
    try {
      await client.query(statement);
      // What a copy wrote is written out before the clock runs.
      await client.query('checkpoint');
    } finally {
      await client.end();
    }
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const rounded = (value: number): number => Number(value.toFixed(3));
const figure = (value: number | undefined): string => Math.round(value ?? 0).toLocaleString('en');
