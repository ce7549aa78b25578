import type { Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import { ConnectionLost, endsConnection, TransactionOver, typedError } from './errors.ts';
import { kyselyOver } from './kysely-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * An open transaction. A store function takes one of these, never the database.
 * Both ways in send unnamed statements only: the embedded database shares one session between
 * all connections, so a named statement or a session setting would reach the others.
 */
export interface Tx {
  /** The tenant whose rows are visible; null in an administration transaction. */
  readonly organisationId: number | null;
  readonly kysely: Kysely<Tables>;
  /** Runs one statement, returns its rows. Arrays become PostgreSQL arrays: pass JSON as text. */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
  ): Promise<Row[]>;
  /** Runs one statement and returns how many rows it touched. */
  execute(text: string, params?: readonly unknown[]): Promise<number>;
  /** Runs several statements separated by semicolons, without parameters, as one message. */
  script(text: string): Promise<void>;
}

interface StatementResult {
  rows: object[];
  rowCount: number | null;
}

/** One transaction on one connection: keeps its statements in order, notices its loss. */
export class TransactionSession implements Tx {
  readonly organisationId: number | null;
  readonly #client: PoolClient;
  #kysely: Kysely<Tables> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #over = false;
  #statements = 0;
  /** Its commit or rollback is on the way. */
  #ending = false;
  #lost: Error | null = null;
  readonly #noteLoss = (error?: Error): void => {
    this.#lost ??= error ?? new Error('The server ended the connection.');
  };

  constructor(client: PoolClient, organisationId: number | null) {
    this.#client = client;
    this.organisationId = organisationId;
    client.on('error', this.#noteLoss);
    client.on('end', this.#noteLoss);
  }

  get kysely(): Kysely<Tables> {
    this.#kysely ??= kyselyOver<Tables>((text, params) => this.#run(text, params));
    return this.#kysely;
  }

  async query<Row extends object>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#run(text, params)).rows as Row[];
  }

  async execute(text: string, params: readonly unknown[] = []): Promise<number> {
    return (await this.#run(text, params)).rowCount ?? 0;
  }

  async script(text: string): Promise<void> {
    await this.#run(text, undefined);
  }

  /** How many were sent, without begin and commit. */
  get statements(): number {
    return this.#statements;
  }

  get over(): boolean {
    return this.#over;
  }

  /** True once the connection must not go back to the pool. */
  get lost(): boolean {
    return this.#lost !== null;
  }

  /** Keeps the connection from the pool, whatever is wrong with it. */
  discard(reason: unknown): void {
    this.#noteLoss(reason instanceof Error ? reason : new Error(String(reason)));
  }

  /**
   * Sends begin, commit or rollback itself; returns the command the server reports last. Whatever
   * was started before is waited for, and nothing starts after a commit or rollback: such a
   * statement would run outside of the transaction, as the login role, and stay.
   */
  async control(text: string): Promise<string> {
    for (let waited: unknown; waited !== this.#last; ) {
      waited = this.#last;
      await waited;
    }
    this.#ending = text === 'commit' || text === 'rollback';
    const result = await this.#send(text, undefined);
    const last = Array.isArray(result) ? result.at(-1) : result;
    return (last as { command?: string } | undefined)?.command ?? '';
  }

  /** After this every use is refused and the connection is no longer watched. */
  end(): void {
    this.#over = true;
    this.#client.off('error', this.#noteLoss);
    this.#client.off('end', this.#noteLoss);
  }

  #run(text: string, params: readonly unknown[] | undefined): Promise<StatementResult> {
    if (this.#over || this.#ending) return Promise.reject(new TransactionOver());
    // `pg` is giving up its own queue, so statements started together wait for each other here.
    const run = this.#last.then(() => {
      if (this.#over || this.#ending) throw new TransactionOver();
      this.#statements += 1;
      return this.#send(text, params);
    });
    this.#last = run.catch(() => undefined);
    return run as Promise<StatementResult>;
  }

  async #send(text: string, params: readonly unknown[] | undefined): Promise<unknown> {
    try {
      return await (params === undefined
        ? this.#client.query(text)
        : this.#client.query(text, params as unknown[]));
    } catch (error) {
      if (endsConnection(error)) this.#noteLoss(error as Error);
      if (this.#lost === null) throw typedError(error);
      throw new ConnectionLost('no', 'The connection to the database broke.', null, error);
    }
  }
}
