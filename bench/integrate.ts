import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../src/store/database/migrate.ts';
import { openDatabase } from '../src/store/database/open-database.ts';
import type { PostgresServer } from '../tests/support/postgres-server.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { writeFestival } from './festival/house.ts';
import { prepareLimit } from './festival/limit.ts';
import { writeMillion } from './festival/million.ts';
import type { Measured } from './festival/ours.ts';
import { festivalSettings, measureApart, startReseller } from './festival/ours.ts';
import type { Batch } from './festival/rows.ts';
import { readBatches } from './festival/rows.ts';
import type { BenchOptions, BenchResult } from './main.ts';

/**
 * From the bytes of the reseller's answers to committed orders, against the same rows written by
 * one hand-written set-based statement per 2,000. `--sales N`, `--rounds N`, `--quick`.
 */
export async function run(options: BenchOptions): Promise<BenchResult> {
  const number = (flag: string, fallback: number) => {
    const index = options.args.indexOf(flag);
    return index < 0 ? fallback : Number(options.args[index + 1]);
  };
  const sales = number('--sales', 100_000);
  const rounds = number('--rounds', 3);
  const quick = options.args.includes('--quick');
  const { progress } = options;
  progress(`the reseller writes its journal of ${sales} sales`);
  const reseller = await startReseller(sales);
  const server = await startPostgres({ settings: { max_wal_size: '4GB' } });
  try {
    const bench = new Bench(server, reseller.url, sales, progress);
    await bench.prepare();
    const paired = await bench.rounds(rounds);
    const million = quick ? null : await bench.million(paired.ours.perSecond);
    const embedded = quick ? null : await bench.embedded(reseller.url);
    return { sales, ...paired, million, pglite: embedded };
  } finally {
    await server.stop();
    await reseller.stop();
  }
}

const SIZE = 2_000;

class Bench {
  readonly #server: PostgresServer;
  readonly #url: string;
  readonly #sales: number;
  readonly #progress: (text: string) => void;
  #batches: Batch[] = [];
  #next = 0;

  constructor(
    server: PostgresServer,
    url: string,
    sales: number,
    progress: (text: string) => void,
  ) {
    this.#server = server;
    this.#url = url;
    this.#sales = sales;
    this.#progress = progress;
  }

  /** The house in a template, and the rows that the limit will write. */
  async prepare(): Promise<void> {
    await this.#administer('create database festival');
    const database = await openDatabase({ url: this.#server.urlOf('festival') });
    await migrate(database, { at: new Date().toISOString() });
    const { config, secrets } = festivalSettings(this.#url);
    await writeFestival(database, config, secrets);
    await database.close();
    const warm = await this.#ours();
    const client = await this.#client(warm.name);
    this.#batches = await readBatches(client, SIZE);
    await client.end();
    await this.#drop(warm.name);
  }

  async rounds(count: number) {
    const ours: number[] = [];
    const limit: number[] = [];
    let growth = 0;
    for (let round = 1; round <= count; round += 1) {
      const measured = await this.#ours();
      await this.#drop(measured.name);
      ours.push(this.#sales / measured.seconds);
      growth = Math.max(growth, measured.rssMost - measured.rssAfterTen);
      limit.push(this.#sales / (await this.#limit()));
      this.#progress(
        `round ${round}: ours ${Math.round(ours.at(-1) ?? 0)}/s, ` +
          `limit ${Math.round(limit.at(-1) ?? 0)}/s`,
      );
    }
    const ratio = median(ours.map((value, index) => value / (limit[index] ?? 1)));
    return {
      ours: { perSecond: Math.round(median(ours)), rounds: ours.map(Math.round) },
      limit: { perSecond: Math.round(median(limit)), rounds: limit.map(Math.round) },
      ratio: rounded(ratio),
      memoryGrowthMb: Math.round(growth),
    };
  }

  /** The cost of a ticket with a million there already, beside that of an empty database. */
  async million(emptyPerSecond: number) {
    const name = await this.#fresh();
    const client = await this.#client(name);
    this.#progress('a million tickets are written');
    await writeMillion(client);
    await client.end();
    const measured = await this.#ours(name);
    await this.#drop(name);
    const perSecond = this.#sales / measured.seconds;
    this.#progress(`beside a million: ${Math.round(perSecond)}/s`);
    return {
      perSecond: Math.round(perSecond),
      costAgainstEmpty: rounded(emptyPerSecond / perSecond),
    };
  }

  /** The same on the embedded database, with the longest stop of this process's event loop. */
  async embedded(url: string) {
    const folder = mkdtempSync(join(tmpdir(), 'parterre-bench-'));
    try {
      const measured = await measureApart({ folder, resellerUrl: url });
      const perSecond = Math.round(this.#sales / measured.seconds);
      this.#progress(`embedded: ${perSecond}/s`);
      return { perSecond, longestStopMs: Math.round(measured.longestStopMs) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #ours(existing?: string): Promise<Measured & { name: string }> {
    const name = existing ?? (await this.#fresh());
    const measured = await measureApart({ url: this.#server.urlOf(name) });
    if (measured.counts.integrated !== this.#sales) {
      throw new Error(`Not everything was integrated: ${JSON.stringify(measured.counts)}`);
    }
    return { ...measured, name };
  }

  async #limit(): Promise<number> {
    const name = await this.#fresh();
    const client = await this.#client(name);
    const write = await prepareLimit(client, this.#batches);
    const started = performance.now();
    await write();
    const seconds = (performance.now() - started) / 1000;
    await client.end();
    await this.#drop(name);
    return seconds;
  }

  async #fresh(): Promise<string> {
    this.#next += 1;
    const name = `round_${this.#next}`;
    await this.#administer(`create database ${name} template festival strategy file_copy`);
    await this.#administer('checkpoint');
    return name;
  }

  #drop(name: string): Promise<void> {
    return this.#administer(`drop database ${name} with (force)`);
  }

  async #client(name: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#server.urlOf(name) });
    await client.connect();
    return client;
  }

  async #administer(sql: string): Promise<void> {
    const client = await this.#client('postgres');
    await client.query(sql);
    await client.end();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
