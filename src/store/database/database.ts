import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import pg from 'pg';
import { CommitRefused, ConnectionLost, PoolUseInTransaction, typedError } from './errors.ts';
import type { Tx } from './transaction.ts';
import { TransactionSession } from './transaction.ts';
import { valueParsers } from './value-parsers.ts';

export type DatabaseKind = 'pglite' | 'postgres';

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /**
   * Milliseconds after which the server cancels a statement of this transaction. The embedded
   * database has no clock to do it with and runs on.
   */
  readonly statementTimeoutMs?: number;
}

export interface DatabaseSetup {
  readonly kind: DatabaseKind;
  readonly connection: pg.PoolConfig;
  /** Connections of this process. More than one on PGlite only shortens the wait for a new one. */
  readonly poolSize: number;
  /** True in the one process that runs the embedded database of its data folder. */
  readonly ownsFolder: boolean;
  /** What a person does when no connection can be had. */
  readonly cureOfLoss: string;
  /** Called once, after the pool is closed. */
  readonly release?: () => Promise<void>;
}

/** Told to whoever traces this process; without a listener it costs a look at a flag. */
export interface TransactionSignal {
  /** Null: an administration transaction. */
  organisationId: number | null;
  /** Sent so far, without begin and commit. */
  statements: number;
}

export const transactionSignal = tracingChannel<unknown, TransactionSignal>('parterre:transaction');

/** The role every tenant transaction runs as: it logs in nowhere and bypasses nothing. */
export const APPLICATION_ROLE = 'parterre_app';

/**
 * A pool of connections that hands out transactions and nothing else. Errors are typed (see
 * errors.ts) and never retried here: whether work may run twice only its caller knows.
 */
export class Database {
  readonly kind: DatabaseKind;
  /** Messages per transaction that this database digests best. */
  readonly batchSize: 200 | 2000;
  readonly ownsFolder: boolean;
  readonly #setup: DatabaseSetup;
  readonly #pool: pg.Pool;
  readonly #scope = new AsyncLocalStorage<TransactionSession>();
  #foreignPool: pg.Pool | undefined;
  #losses = 0;
  #closing: Promise<void> | undefined;

  constructor(setup: DatabaseSetup) {
    this.kind = setup.kind;
    this.batchSize = setup.kind === 'pglite' ? 200 : 2000;
    this.ownsFolder = setup.ownsFolder;
    this.#setup = setup;
    this.#pool = this.#createPool(setup.poolSize, { types: valueParsers });
  }

  /** How often a connection was lost. What was cached from the server is stale when it grew. */
  get losses(): number {
    return this.#losses;
  }

  /**
   * Runs `work` in one transaction that sees the rows of one organisation only, and commits.
   * When `work` throws, everything is rolled back and its error passes on.
   */
  async transaction<T>(
    organisationId: number,
    work: (tx: Tx) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    if (!Number.isSafeInteger(organisationId) || organisationId <= 0) {
      throw new TypeError(`An organisation id is a positive integer, not ${organisationId}.`);
    }
    const preamble =
      `${beginStatement(options)}; set local role ${APPLICATION_ROLE}; ` +
      `set local parterre.organisation_id = '${organisationId}'`;
    return await this.#run('transaction', preamble, organisationId, work);
  }

  /** A transaction without a tenant, as the login role: migrations and new organisations. */
  administration<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run('administration', beginStatement(options), null, work);
  }

  /**
   * A small pool for libraries that bring their own SQL (jobs, sign-in): the login role, the
   * parsers of `pg`, no tenant. Our own code uses transactions.
   */
  get foreignPool(): pg.Pool {
    this.#refuseInTransaction('foreignPool');
    this.#foreignPool ??= this.#createPool(Math.min(4, this.#setup.poolSize), {});
    return this.#foreignPool;
  }

  /** Waits for running transactions, then closes everything this database opened. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.all([this.#pool.end(), this.#foreignPool?.end()]);
      await this.#setup.release?.();
    })();
    return this.#closing;
  }

  #createPool(max: number, config: pg.PoolConfig): pg.Pool {
    const pool = new pg.Pool({ ...this.#setup.connection, ...config, max });
    // An idle connection that breaks is dropped by the pool; unheard, it would end the process.
    pool.on('error', () => {
      this.#losses += 1;
    });
    return pool;
  }

  #refuseInTransaction(method: string): void {
    // What was started inside and lives on, a timer say, is free once the transaction has ended.
    if (this.#scope.getStore()?.over === false) throw new PoolUseInTransaction(method);
  }

  #run<T>(
    method: string,
    preamble: string,
    organisationId: number | null,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const told: TransactionSignal = { organisationId, statements: 0 };
    return transactionSignal.tracePromise(
      () => this.#runTold(method, preamble, told, work),
      told,
    ) as Promise<T>;
  }

  async #runTold<T>(
    method: string,
    preamble: string,
    told: TransactionSignal,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    this.#refuseInTransaction(method);
    const { organisationId } = told;
    const client = await this.#connect();
    const session = new TransactionSession(client, organisationId);
    try {
      await session.control(preamble);
      const result = await this.#scope.run(session, () => work(session));
      await this.#commit(session);
      return result;
    } catch (error) {
      await rollBack(session, error);
      throw error;
    } finally {
      session.end();
      told.statements = session.statements;
      if (session.lost) this.#losses += 1;
      client.release(session.lost);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      const typed = typedError(error);
      if (error instanceof pg.DatabaseError && !(typed instanceof ConnectionLost)) throw typed;
      this.#losses += 1;
      const message = `No connection to the database: ${reasonOf(error)}.`;
      throw new ConnectionLost('no', message, this.#setup.cureOfLoss, error);
    }
  }

  async #commit(session: TransactionSession): Promise<void> {
    try {
      // PostgreSQL answers ROLLBACK, without an error, to the commit of a failed transaction.
      if ((await session.control('commit')) !== 'COMMIT') throw new CommitRefused();
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      const message = 'The connection broke during the commit.';
      const cure = 'Look at the data before you repeat the work.';
      throw new ConnectionLost('unknown', message, cure, error.cause);
    }
  }
}

/** In UTC, so that a cast between text, date and instant is the same on every server. */
function beginStatement(options: TransactionOptions): string {
  const isolation = options.isolation ? ` isolation level ${options.isolation}` : '';
  const access = options.readOnly ? ' read only' : '';
  const timeout =
    options.statementTimeoutMs === undefined
      ? ''
      : `; set local statement_timeout = ${Math.ceil(options.statementTimeoutMs)}`;
  return `begin${isolation}${access}; set local time zone 'UTC'${timeout}`;
}

async function rollBack(session: TransactionSession, reason: unknown): Promise<void> {
  if (session.lost || reason instanceof CommitRefused) return;
  try {
    await session.control('rollback');
  } catch (error) {
    // A dropped connection rolls back as well; the first error is the one to report.
    session.discard(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
