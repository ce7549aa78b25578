/** News as they are kept: when each was told, and how people want to be told. */
import type { KnownNews, NewsFacts, NewsKind, Observation } from '../domain/watch/news.ts';
import type { Tx } from './database/transaction.ts';

/** Until the end of the transaction no other tick of this organisation looks. */
export async function lockWatch(tx: Tx, at: Date): Promise<void> {
  await tx.execute(
    `insert into watch_mark (organisation_id, ticked_at) values ($1, $2)
     on conflict (organisation_id) do update set ticked_at = excluded.ticked_at`,
    [tx.organisationId, at.toISOString()],
  );
}

/** Open news, and those closed that were told since. */
export function readKnownNews(tx: Tx, toldSince: Date): Promise<KnownNews[]> {
  return tx.query<KnownNews>(
    `select id, subject, last_told_at as "lastToldAt", closed_at as "closedAt" from news
     where organisation_id = $1 and closed_at is null
     union all
     select id, subject, last_told_at, closed_at from news
     where organisation_id = $1 and closed_at is not null and last_told_at > $2
     order by id`,
    [tx.organisationId, toldSince.toISOString()],
  );
}

export async function insertNews(
  tx: Tx,
  rows: readonly { id: number; observation: Observation }[],
  at: Date,
): Promise<void> {
  for (const { id, observation } of rows) {
    await tx.execute(
      `insert into news (organisation_id, id, kind, subject, interface_ids, facts, due_at,
         opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tx.organisationId,
        id,
        observation.kind,
        observation.subject,
        observation.interfaceIds,
        JSON.stringify(observation.facts),
        observation.dueAt,
        at.toISOString(),
      ],
    );
  }
}

/** The facts as they are now; a row whose facts did not change is not touched. */
export async function refreshNews(
  tx: Tx,
  rows: readonly { id: number; observation: Observation }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `update news n set facts = v.facts, due_at = v.due_at, closed_at = null
     from unnest($2::bigint[], $3::jsonb[], $4::timestamptz[]) as v (id, facts, due_at)
     where n.organisation_id = $1 and n.id = v.id
       and (n.facts, n.due_at, n.closed_at) is distinct from (v.facts, v.due_at, null)`,
    [
      tx.organisationId,
      rows.map(({ id }) => id),
      rows.map(({ observation }) => JSON.stringify(observation.facts)),
      rows.map(({ observation }) => observation.dueAt),
    ],
  );
}

export async function markTold(tx: Tx, ids: readonly number[], at: Date): Promise<void> {
  await tx.execute(
    `update news set first_told_at = coalesce(first_told_at, $3), last_told_at = $3,
       times_told = times_told + 1
     where organisation_id = $1 and id = any($2::bigint[])`,
    [tx.organisationId, ids, at.toISOString()],
  );
}

export async function closeNews(tx: Tx, ids: readonly number[], at: Date): Promise<void> {
  await tx.execute(
    'update news set closed_at = $3 where organisation_id = $1 and id = any($2::bigint[])',
    [tx.organisationId, ids, at.toISOString()],
  );
}

export interface NewsRecord {
  id: number;
  kind: NewsKind;
  subject: string;
  interfaceIds: number[];
  facts: NewsFacts;
  dueAt: string | null;
  openedAt: string;
  firstToldAt: string | null;
  lastToldAt: string | null;
  timesTold: number;
  closedAt: string | null;
}

export const SELECT_NEWS = `
  select id, kind, subject, interface_ids as "interfaceIds", facts, due_at as "dueAt",
         opened_at as "openedAt", first_told_at as "firstToldAt", last_told_at as "lastToldAt",
         times_told as "timesTold", closed_at as "closedAt"
  from news where organisation_id = $1`;

/** Open news by the next performance they touch, then by age. */
export function listOpenNews(tx: Tx): Promise<NewsRecord[]> {
  return tx.query<NewsRecord>(
    `${SELECT_NEWS} and closed_at is null order by due_at nulls last, opened_at, id`,
    [tx.organisationId],
  );
}

export function readNews(tx: Tx, ids: readonly number[]): Promise<NewsRecord[]> {
  return tx.query<NewsRecord>(`${SELECT_NEWS} and id = any($2::bigint[]) order by id`, [
    tx.organisationId,
    ids,
  ]);
}

/** Forgets what was closed long ago. */
export async function pruneNews(tx: Tx, before: Date): Promise<void> {
  await tx.execute(
    `delete from news where organisation_id = $1 and closed_at is not null and closed_at < $2`,
    [tx.organisationId, before.toISOString()],
  );
}

export type NewsMode = 'at_once' | 'digest' | 'off';
export type NewsLanguage = 'fr' | 'en' | 'de' | 'it' | 'es';

export interface NewsPreference {
  email: string;
  mode: NewsMode;
  /** Null: the organisation's. */
  language: NewsLanguage | null;
  /** Local time of the organisation, `HH:MM:SS`. */
  digestAt: string;
  /** Null: all. */
  kinds: NewsKind[] | null;
  lastDigestAt: string | null;
}

export function readPreferences(tx: Tx): Promise<NewsPreference[]> {
  return tx.query<NewsPreference>(
    `select email, mode, language, digest_at::text as "digestAt", kinds,
            last_digest_at as "lastDigestAt"
     from news_preference where organisation_id = $1 order by email`,
    [tx.organisationId],
  );
}

export async function writePreference(
  tx: Tx,
  one: Pick<NewsPreference, 'email' | 'mode' | 'language' | 'digestAt' | 'kinds'>,
): Promise<void> {
  await tx.execute(
    `insert into news_preference (organisation_id, email, mode, language, digest_at, kinds)
     values ($1, $2, $3, $4, $5::time, $6)
     on conflict (organisation_id, email) do update
       set mode = excluded.mode, language = excluded.language, digest_at = excluded.digest_at,
         kinds = excluded.kinds`,
    [tx.organisationId, one.email, one.mode, one.language, one.digestAt, one.kinds],
  );
}

export async function markDigest(tx: Tx, emails: readonly string[], at: Date): Promise<void> {
  await tx.execute(
    `update news_preference set last_digest_at = $3
     where organisation_id = $1 and email = any($2::text[])`,
    [tx.organisationId, emails, at.toISOString()],
  );
}
