/**
 * Kysely over one connection that is already inside a transaction. Kysely only builds and types
 * the statements here: the connection, the begin and the end belong to Database.
 */
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { StoreError } from './errors.ts';

export type RunStatement = (
  text: string,
  params: readonly unknown[],
) => Promise<{ rows: object[]; rowCount: number | null }>;

class SessionConnection implements DatabaseConnection {
  readonly #run: RunStatement;

  constructor(run: RunStatement) {
    this.#run = run;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#run(compiled.sql, compiled.parameters);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }

  // biome-ignore lint/correctness/useYield: a cursor held open is refused, so nothing is yielded.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new StoreError('store.no_cursor', 'No cursor is held open.', 'Read keyset pages.');
  }
}

function refuseNesting(): Promise<void> {
  throw new StoreError(
    'store.nested_transaction',
    'A transaction is already open on this connection.',
    'Use the Tx you were given.',
  );
}

class SessionDriver implements Driver {
  readonly #connection: SessionConnection;

  constructor(connection: SessionConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  beginTransaction = refuseNesting;
  commitTransaction = refuseNesting;
  rollbackTransaction = refuseNesting;

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** A Kysely whose statements all run through `run`. About ten microseconds to make. */
export function kyselyOver<Tables>(run: RunStatement): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new SessionDriver(new SessionConnection(run)),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}
