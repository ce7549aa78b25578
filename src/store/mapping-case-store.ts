/** Cases whose problem is a mapping: which a change of mappings frees, and which are not ours. */
import type { MappingWord } from '../domain/mapping/mapping-row.ts';
import type { Tx } from './database/transaction.ts';

export interface WordValue {
  word: MappingWord;
  value: string;
}

/**
 * Whether one of a case's problems names one of the values. One text a pair, so that PostgreSQL
 * looks it up in a hash: a whole table imported meets a hundred thousand cases.
 */
const NAMES_ONE = `exists (
  select from jsonb_array_elements(q.problems) as p
  where p ->> 'code' like 'mapping.%'
    and (p -> 'params' ->> 'word') || chr(10) || (p -> 'params' ->> 'value') = any($3::text[]))`;

function pairsOf(values: readonly WordValue[]): string[] {
  return values.map((one) => `${one.word}\n${one.value}`);
}

/** Open cases of the interface that wait for one of the values, in the order they came. */
export async function findWaitingCases(
  tx: Tx,
  interfaceId: number,
  values: readonly WordValue[],
): Promise<number[]> {
  if (values.length === 0) return [];
  const rows = await tx.query<{ id: number }>(
    `select q.message_id as id from quarantine q
     where q.organisation_id = $1 and q.interface_id = $2 and q.settled_at is null
       and q.class = 'mapping' and ${NAMES_ONE}
     order by q.message_id`,
    [tx.organisationId, interfaceId, pairsOf(values)],
  );
  return rows.map((row) => row.id);
}

/**
 * Open cases about a seat whose message names one of these rows or seats in the reseller's words:
 * a line for a row or a seat says which place is meant, a rule (`*`) says it of all of them.
 */
export async function findSeatCases(
  tx: Tx,
  interfaceId: number,
  values: readonly WordValue[],
): Promise<number[]> {
  const of = (word: MappingWord): string[] =>
    values.flatMap((one) => (one.word === word ? one.value : []));
  const [rows, seats] = [of('row'), of('seat')];
  if (rows.length + seats.length === 0) return [];
  const found = await tx.query<{ id: number }>(
    `select q.message_id as id from quarantine q
     cross join lateral (
       select content from message m
       where m.organisation_id = $1 and m.id = q.message_id offset 0) m
     where q.organisation_id = $1 and q.interface_id = $2 and q.settled_at is null
       and exists (select from jsonb_array_elements(q.problems) as p
                   where p ->> 'code' like 'seat.%')
       and ($5 or m.content ->> 'row' = any($3::text[]) or m.content ->> 'seat' = any($4::text[]))
     order by q.message_id`,
    [tx.organisationId, interfaceId, rows, seats, [...rows, ...seats].includes('*')],
  );
  return found.map((row) => row.id);
}

export interface SettledAsNotOurs {
  settled: number[];
  /** Open cases that waited for a settled one: they are to be read again. */
  followers: number[];
}

/**
 * Settles the open cases that wait for values which belong to another institution: their messages
 * are set aside, and codes that they opened provisionally open nothing any more.
 */
export async function settleAsNotOurs(
  tx: Tx,
  interfaceId: number,
  values: readonly WordValue[],
  by: { author: string; at: Date; reason: string | null },
): Promise<SettledAsNotOurs> {
  if (values.length === 0) return { settled: [], followers: [] };
  const rows = await tx.query<{ id: number }>(
    `update quarantine q
     set settled_at = $4, settled_by = $5, way_out = 'not_ours', reason = $6
     where q.organisation_id = $1 and q.interface_id = $2 and q.settled_at is null
       and q.class = 'mapping' and ${NAMES_ONE}
     returning q.message_id as id`,
    [tx.organisationId, interfaceId, pairsOf(values), by.at, by.author, by.reason],
  );
  const settled = rows.map((row) => row.id).sort((a, b) => a - b);
  if (settled.length === 0) return { settled, followers: [] };
  await tx.execute(
    `update message set state = 'set_aside'
     where organisation_id = $1 and id = any($2::bigint[])`,
    [tx.organisationId, settled],
  );
  await tx.execute(
    `update access_code set state = 'revoked', reason = 'not_ours', changed_at = $3
     where organisation_id = $1 and message_id = any($2::bigint[]) and source = 'case'
       and state in ('provisional', 'see_box_office')`,
    [tx.organisationId, settled, by.at],
  );
  const followers = await tx.query<{ id: number }>(
    `select message_id as id from quarantine
     where organisation_id = $1 and settled_at is null and root_message_id = any($2::bigint[])
     order by message_id`,
    [tx.organisationId, settled],
  );
  return { settled, followers: followers.map((row) => row.id) };
}

/** Messages that were set aside because of these values, and could be read again. */
export async function findSetAside(
  tx: Tx,
  interfaceId: number,
  values: readonly WordValue[],
): Promise<number[]> {
  if (values.length === 0) return [];
  const rows = await tx.query<{ id: number }>(
    `select q.message_id as id from quarantine q
     where q.organisation_id = $1 and q.interface_id = $2 and q.way_out = 'not_ours'
       and q.settled_at is not null and ${NAMES_ONE}
     order by q.message_id`,
    [tx.organisationId, interfaceId, pairsOf(values)],
  );
  return rows.map((row) => row.id);
}

/** Opens cases again that were settled as not ours; returns those that were. */
export async function reopenSetAside(tx: Tx, messageIds: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `update quarantine
     set settled_at = null, settled_by = null, way_out = null, reason = null
     where organisation_id = $1 and message_id = any($2::bigint[]) and way_out = 'not_ours'
     returning message_id as id`,
    [tx.organisationId, messageIds],
  );
  const reopened = rows.map((row) => row.id).sort((a, b) => a - b);
  await tx.execute(
    `update message set state = 'quarantined'
     where organisation_id = $1 and id = any($2::bigint[])`,
    [tx.organisationId, reopened],
  );
  return reopened;
}
