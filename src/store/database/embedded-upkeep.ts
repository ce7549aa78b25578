/**
 * What PostgreSQL's background processes do and PGlite, a single session, does not have: without
 * checkpoints its log grows for ever and a start after a kill replays all of it; without vacuum
 * and analyze its tables bloat and its plans go by guesses. The owner does it through a
 * connection of its own, a little at a time, as everybody waits meanwhile.
 */
import pg from 'pg';

/** A start after a kill replays at most about this much: a second or two. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;
const INTERVAL_MS = 10_000;

// The thresholds of PostgreSQL's autovacuum, with the base raised: small tables can wait.
const NEXT_TABLE = `
  select format('%I.%I', schemaname, relname) as name,
         n_dead_tup > 1000 + 0.2 * n_live_tup as vacuum
  from pg_stat_user_tables
  where n_dead_tup > 1000 + 0.2 * n_live_tup
     or n_mod_since_analyze > 500 + 0.1 * n_live_tup
  order by n_dead_tup + n_mod_since_analyze desc limit 1`;
const LOG_SINCE_CHECKPOINT = `
  select (pg_current_wal_lsn() - redo_lsn)::float8 as bytes from pg_control_checkpoint()`;

export interface UpkeepDone {
  readonly checkpoint: boolean;
  /** The table that was vacuumed or analysed, the most needy one. */
  readonly table: string | null;
}

/** One round: one table if one needs it, and a checkpoint if the log is long. */
export async function keepUp(client: pg.ClientBase | pg.Pool): Promise<UpkeepDone> {
  // The one session keeps its counts to itself for up to a second, longer while it is busy.
  await client.query('select pg_stat_force_next_flush()');
  const next = (await client.query<{ name: string; vacuum: boolean }>(NEXT_TABLE)).rows[0];
  if (next !== undefined) {
    await client.query(`${next.vacuum ? 'vacuum (analyze)' : 'analyze'} ${next.name}`);
  }
  const log = await client.query<{ bytes: number }>(LOG_SINCE_CHECKPOINT);
  const checkpoint = (log.rows[0]?.bytes ?? 0) > LOG_BYTES_MAX;
  if (checkpoint) await client.query('checkpoint');
  return { checkpoint, table: next?.name ?? null };
}

/** Repeats keepUp until the returned function is called, which waits for a round under way. */
export function startUpkeep(connection: pg.ClientConfig): () => Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  // Losing this connection loses nothing; the transactions report a database that is gone.
  pool.on('error', () => {});
  let round: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    round = keepUp(pool)
      .catch((error) => process.emitWarning(error))
      .finally(() => {
        busy = false;
      });
  }, INTERVAL_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
    await pool.end();
  };
}
