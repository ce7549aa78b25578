/** Records of a reseller's that are no message: kept, redacted, until someone settles them. */
import type { MessageKind } from '../domain/order/message.ts';
import type { InterfaceTerms } from '../domain/order/plan.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { Column } from './bulk-insert.ts';
import { Statement, same } from './bulk-insert.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

export interface UnreadableRecord {
  position: string;
  ticket: string | null;
  problems: readonly Problem[];
  fields: Readonly<Record<string, string>>;
  /** What it was to be, as far as that could be read. */
  operation?: { kind: MessageKind | null; number: number | null };
  /** Where a person finds it, of a file. */
  place?: { file: string; line: number };
}

export interface UnreadableOptions {
  terms: InterfaceTerms;
  ids: IdSource;
  runId: number;
  at: string;
}

/** Kept once per position in the reseller's journal: reading it again changes nothing. */
export async function writeUnreadable(
  tx: Tx,
  records: readonly UnreadableRecord[],
  options: UnreadableOptions,
): Promise<void> {
  if (records.length === 0) return;
  const ids = await options.ids.take(records.length, tx);
  let next = 0;
  const columns: Column<UnreadableRecord>[] = [
    ['id', 'bigint', () => ids[next++] as number],
    same('interface_id', 'bigint', options.terms.id),
    same('reseller_account_id', 'bigint', options.terms.resellerAccountId),
    same('run_id', 'bigint', options.runId),
    ['position', 'text', (one) => one.position],
    ['ticket', 'text', (one) => one.ticket],
    ['problems', 'jsonb', (one) => JSON.stringify(one.problems)],
    ['fields', 'jsonb', (one) => JSON.stringify(one.fields)],
    ['kind', 'text', (one) => one.operation?.kind ?? null],
    ['operation_number', 'bigint', (one) => one.operation?.number ?? null],
    ['file', 'text', (one) => one.place?.file ?? null],
    ['line', 'int', (one) => one.place?.line ?? null],
    same('received_at', 'timestamptz', options.at),
  ];
  const statement = new Statement(tx.organisationId);
  const conflict = 'on conflict (organisation_id, reseller_account_id, position) do nothing';
  statement.insert('unreadable_record', columns, records, conflict);
  await tx.execute(statement.text, statement.params);
}

/** A message that was read: what tells that it is what an unreadable record was to be. */
export interface ReadRecord {
  /** Where it stood in the reseller's journal; null: not told. */
  position: string | null;
  ticket: string;
  kind: MessageKind;
  operationNumber: number | null;
  /** Whether it was known before: then it corrects nothing but its own position. */
  known: boolean;
  /** How many unreadable records of its batch stood before it. */
  after: number;
}

/**
 * Settles what the reseller has corrected: the same position can be read now, or the same
 * operation on the same ticket came. Several refunds of a ticket are told apart by their number.
 */
export async function settleCorrected(
  tx: Tx,
  records: readonly ReadRecord[],
  unreadable: readonly UnreadableRecord[],
  { terms, at, author }: { terms: InterfaceTerms; at: string; author: string },
): Promise<void> {
  if (records.length === 0) return;
  const [open] = await tx.query(
    `select from unreadable_record
     where organisation_id = $1 and reseller_account_id = $2 and settled_at is null limit 1`,
    [tx.organisationId, terms.resellerAccountId],
  );
  if (open === undefined) return;
  const read = records.map(({ operationNumber: number, ...record }) => ({ ...record, number }));
  await tx.execute(
    `with read as materialized (
       select * from jsonb_to_recordset($3::jsonb)
         as r(position text, ticket text, kind text, number bigint, known boolean, after int)),
     batch as materialized (
       select position, place from unnest($4::text[]) with ordinality as b(position, place)),
     open as materialized (
       select id, position, ticket, kind, operation_number from unreadable_record
       where organisation_id = $1 and reseller_account_id = $2 and settled_at is null),
     corrected as (
       select o.id from open o join read r on r.position = o.position
       union
       select o.id from open o
       join read r on r.ticket = o.ticket
       left join batch b on b.position = o.position
       where not r.known and coalesce(b.place, 0) <= r.after
         and (o.kind is null or o.kind = r.kind)
         and (r.kind <> 'refund' or o.operation_number is null or o.operation_number = r.number))
     update unreadable_record u set settled_at = $5, settled_by = $6, way_out = 'replayed'
     from corrected c
     where u.organisation_id = $1 and u.id = c.id and u.settled_at is null`,
    [
      tx.organisationId,
      terms.resellerAccountId,
      JSON.stringify(read),
      unreadable.map(({ position }) => position),
      at,
      author,
    ],
  );
}

export interface UnreadableCase {
  /** Ids are unique in the database, so it is no message's. */
  id: number;
  interfaceId: number;
  interfaceCode: string;
  /** The reseller's own place for it; of a file's line what its contents come to. */
  position: string;
  file: string | null;
  line: number | null;
  run: number | null;
  ticket: string | null;
  kind: MessageKind | null;
  problems: Problem[];
  /** What may be shown of it, in the reseller's words. */
  fields: Record<string, string>;
  receivedAt: string;
  settledAt: string | null;
  settledBy: string | null;
  wayOut: string | null;
  reason: string | null;
}

const SELECTED = `
  select u.id, u.interface_id as "interfaceId", i.code as "interfaceCode", u.position, u.file,
         u.line, r.number as run, u.ticket, u.kind, u.problems, u.fields,
         u.received_at as "receivedAt", u.settled_at as "settledAt", u.settled_by as "settledBy",
         u.way_out as "wayOut", u.reason
  from unreadable_record u
  join interface i on i.organisation_id = $1 and i.id = u.interface_id
  left join run r on r.organisation_id = $1 and r.id = u.run_id`;

export interface UnreadableFilter {
  interfaceId?: number;
  /** One of its problems. */
  code?: string;
  /** The beginning of the ticket's number. */
  ticket?: string;
  /** `open` by default. */
  settled?: boolean;
}

/** A page of them, by id. */
export function listUnreadable(
  tx: Tx,
  filter: UnreadableFilter,
  page: { afterId: number; limit: number },
): Promise<UnreadableCase[]> {
  const { interfaceId = null, code = null, ticket = null, settled = false } = filter;
  // Written out, so that the index of the few is found.
  const state = settled ? 'u.settled_at is not null' : 'u.settled_at is null';
  return tx.query<UnreadableCase>(
    `${SELECTED}
     where u.organisation_id = $1 and ${state} and u.id > $5
       and ($2::bigint is null or u.interface_id = $2)
       and ($3::text is null or exists (
         select from jsonb_array_elements(u.problems) as e where e ->> 'code' = $3))
       and ($4::text is null or starts_with(u.ticket, $4))
     order by u.id limit $6`,
    [tx.organisationId, interfaceId, code, ticket, page.afterId, page.limit],
  );
}

/** Those of these ids, settled ones too, by id; with `lock`, held until the end. */
export async function readUnreadable(
  tx: Tx,
  ids: readonly number[],
  lock: 'lock' | 'read' = 'read',
): Promise<UnreadableCase[]> {
  if (ids.length === 0) return [];
  if (lock === 'lock') {
    await tx.query(
      `select from unreadable_record where organisation_id = $1 and id = any($2::bigint[])
       order by id for update`,
      [tx.organisationId, ids],
    );
  }
  return await tx.query<UnreadableCase>(
    `${SELECTED} where u.organisation_id = $1 and u.id = any($2::bigint[]) order by u.id`,
    [tx.organisationId, ids],
  );
}

/** Which of these places were settled by hand: what nobody needs to be told again. */
export async function settledPositions(
  tx: Tx,
  resellerAccountId: number,
  positions: readonly string[],
): Promise<Set<string>> {
  if (positions.length === 0) return new Set();
  const rows = await tx.query<{ position: string }>(
    `select position from unreadable_record
     where organisation_id = $1 and reseller_account_id = $2 and position = any($3::text[])
       and settled_at is not null`,
    [tx.organisationId, resellerAccountId, positions],
  );
  return new Set(rows.map(({ position }) => position));
}

/** Settles open ones by a person's decision. */
export async function setUnreadableAside(
  tx: Tx,
  ids: readonly number[],
  { way, author, at, reason }: { way: string; author: string; at: Date; reason: string },
): Promise<void> {
  await tx.execute(
    `update unreadable_record set settled_at = $3, settled_by = $4, way_out = $5, reason = $6
     where organisation_id = $1 and id = any($2::bigint[]) and settled_at is null`,
    [tx.organisationId, ids, at.toISOString(), author, way, reason],
  );
}
