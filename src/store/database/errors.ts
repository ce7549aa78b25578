/**
 * Everything the store can refuse or lose, as types. Callers decide by class or by `code`, never
 * by the text of a message; `cure` is the sentence a person needs to get on, where there is one.
 */
import pg from 'pg';

export class StoreError extends Error {
  readonly code: string;
  readonly cure: string | null;

  constructor(code: string, message: string, cure: string | null = null, cause?: unknown) {
    super(cure === null ? message : `${message} ${cure}`, cause === undefined ? {} : { cause });
    this.name = new.target.name;
    this.code = code;
    this.cure = cure;
  }
}

/** Another transaction won (SQLSTATE 40001 or 40P01): planning again from fresh state may work. */
export class RetryableConflict extends StoreError {
  readonly sqlState: string;

  constructor(sqlState: string, message: string, cause?: unknown) {
    super('store.retryable_conflict', message, null, cause);
    this.sqlState = sqlState;
  }
}

/**
 * A unique key is taken (SQLSTATE 23505). `detail` is PostgreSQL's sentence about the key, and
 * empty in a tenant's transaction: row-level security keeps it from saying whose key it was.
 */
export class UniqueViolation extends StoreError {
  readonly constraint: string;
  readonly detail: string;

  constructor(constraint: string, detail: string, cause?: unknown) {
    const sentence = detail === '' ? '' : ` ${detail}`;
    super('store.unique_violation', `A key of ${constraint} is taken.${sentence}`, null, cause);
    this.constraint = constraint;
    this.detail = detail;
  }
}

/**
 * The connection broke. `committed` is `unknown` when it broke while the commit was under way:
 * then only the data itself can say whether the transaction happened.
 */
export class ConnectionLost extends StoreError {
  readonly committed: 'no' | 'unknown';

  constructor(committed: 'no' | 'unknown', message: string, cure: string | null, cause?: unknown) {
    super('store.connection_lost', message, cure, cause);
    this.committed = committed;
  }
}

/** The database was asked for a connection by code that already holds a transaction. */
export class PoolUseInTransaction extends StoreError {
  constructor(method: string) {
    super(
      'store.pool_use_in_transaction',
      `database.${method} was called inside a transaction of the same database.`,
      'Pass the Tx on; on the embedded database a second connection would wait forever.',
    );
  }
}

/** A Tx was used after its transaction had ended, usually because a promise was not awaited. */
export class TransactionOver extends StoreError {
  constructor() {
    super('store.transaction_over', 'This transaction has ended.', 'Await what uses its Tx.');
  }
}

/** A statement had failed, the work went on regardless, and so the commit became a rollback. */
export class CommitRefused extends StoreError {
  constructor() {
    super(
      'store.commit_refused',
      'The transaction was rolled back at its commit, because one of its statements had failed.',
      'Let the error of a statement leave the transaction.',
    );
  }
}

const CONFLICTS = new Set(['40001', '40P01']);
// Class 08 is "connection exception"; 57P01 to 57P05 are shutdowns and ended sessions.
const ENDED_SESSIONS = new Set(['57P01', '57P02', '57P03', '57P05', '25P03']);

/** True when the session behind this error cannot be used again. */
export function endsConnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    const state = error.code ?? '';
    return state.startsWith('08') || ENDED_SESSIONS.has(state);
  }
  return false;
}

/** Turns what `pg` throws into the types above; everything else passes as it is. */
export function typedError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const state = error.code ?? '';
  if (CONFLICTS.has(state)) return new RetryableConflict(state, error.message, error);
  if (state === '23505') {
    return new UniqueViolation(error.constraint ?? '', error.detail ?? '', error);
  }
  if (endsConnection(error)) return new ConnectionLost('no', error.message, null, error);
  return error;
}
