/** Cases as people see them: the list, one case, and how many there are. */
import type { CaseDecision } from '../domain/order/case-decision.ts';
import type { Message, MessageKind } from '../domain/order/message.ts';
import type { Problem, ProblemClass } from '../domain/order/problem.ts';
import type { Tx } from './database/transaction.ts';

export type CaseState = 'open' | 'reported' | 'taken' | 'settled';

export interface CaseFilter {
  interfaceId?: number;
  class?: ProblemClass;
  /** One of its problems. */
  code?: string;
  productId?: number;
  performanceId?: number;
  /** `open` by default: not settled, whoever has it. */
  state?: CaseState;
  /** The beginning of the reseller's ticket number. */
  ticket?: string;
  /** Only roots, or only what waits behind one; both by default. */
  rank?: 'root' | 'follower';
  /** Only these messages. */
  messageIds?: readonly number[];
  /** Only what waits behind this one. */
  rootId?: number;
}

export interface CaseRecord {
  /** The case's id is its message's. */
  id: number;
  interfaceId: number;
  interfaceCode: string;
  reseller: string;
  ticket: string;
  kind: MessageKind;
  order: string | null;
  operationAt: string;
  class: ProblemClass;
  problems: Problem[];
  /** What it waits for; null: it is a root. */
  root: { id: number; ticket: string } | null;
  /** Open cases that wait for it. */
  followers: number;
  productId: number | null;
  product: string | null;
  performanceId: number | null;
  performance: string | null;
  /** Local start of the performance, `YYYY-MM-DDTHH:MM`. */
  start: string | null;
  /** `Layout/Area/Block/Row/Number` of the place, as far as it is ours. */
  seat: string | null;
  seatId: number | null;
  counterId: number | null;
  /** Start of the next performance it touches. */
  dueAt: string | null;
  openedAt: string;
  takenBy: string | null;
  note: string | null;
  reportedAt: string | null;
  reportId: number | null;
  decision: CaseDecision | null;
  decidedWay: string | null;
  decidedBy: string | null;
  settledAt: string | null;
  settledBy: string | null;
  wayOut: string | null;
  reason: string | null;
}

/** One case, with the message as it came. */
export type CaseDetail = CaseRecord & { resellerAccountId: number; message: Message };

/** A performance is tonight's until so long after its start. */
const TONIGHT = `interval '6 hours'`;

/**
 * Roots before what waits behind them; then what touches the next performance, then what touches
 * none, then what is over.
 */
const FOLLOWS = 'case when b.message_id is null then 0 else 1 end';

/**
 * What it waits behind; a root that is settled holds up nobody any more. The inner condition is the
 * primary key alone, so that no partial index can be walked for it whatever the statistics say.
 */
const BEHIND = `
  left join lateral (
    select r.message_id, r.ticket, r.settled_at from quarantine r
    where r.organisation_id = $1 and r.message_id = q.root_message_id offset 0
  ) b on b.settled_at is null`;
const bucket = (now: string) =>
  `case when q.due_at is null then 1 when q.due_at >= ${now}::timestamptz - ${TONIGHT} then 0
   else 2 end`;
const DUE = `coalesce(q.due_at, 'infinity'::timestamptz)`;

const COLUMNS = `
  q.message_id as id, q.interface_id as "interfaceId", i.code as "interfaceCode", i.reseller,
  q.ticket, m.kind, m.content ->> 'order' as "order", m.operation_at as "operationAt", q.class,
  q.problems,
  case when b.message_id is null then null
    else jsonb_build_object('id', b.message_id, 'ticket', b.ticket) end as root,
  0 as followers,
  q.product_id as "productId", d.code as product, q.performance_id as "performanceId",
  p.code as performance, p.local_start as start, q.seat_id as "seatId",
  q.counter_id as "counterId",
  case when s.id is null then null
    else concat_ws('/', l.code, a.code, k.code, s.row, s.number) end as seat,
  q.due_at as "dueAt", q.opened_at as "openedAt", q.taken_by as "takenBy", q.note,
  q.reported_at as "reportedAt", q.report_id as "reportId", q.decision,
  q.decided_way as "decidedWay", q.decided_by as "decidedBy", q.settled_at as "settledAt",
  q.settled_by as "settledBy", q.way_out as "wayOut", q.reason`;

/** The cases of a `page` (message_id, place, key) with all that they are called by. */
function casesOf(page: string, more = ''): string {
  return `
    with page as materialized (${page})
    select ${COLUMNS}, page.key${more}
    from page
    cross join lateral (
      select * from quarantine q
      where q.organisation_id = $1 and q.message_id = page.message_id offset 0) q${BEHIND}
    join message m on m.organisation_id = $1 and m.id = q.message_id
    join interface i on i.organisation_id = $1 and i.id = q.interface_id
    left join product d on d.organisation_id = $1 and d.id = q.product_id
    left join performance p on p.organisation_id = $1 and p.id = q.performance_id
    left join seat s on s.organisation_id = $1 and s.id = q.seat_id
    left join block k on k.organisation_id = $1 and k.id = s.block_id
    left join area a on a.organisation_id = $1 and a.id = k.area_id
    left join layout l on l.organisation_id = $1 and l.id = a.layout_id
    order by page.place`;
}

/** Counts what waits behind each; apart, because the ids then are values that can be hashed. */
async function withFollowers<Row extends CaseRecord>(tx: Tx, rows: Row[]): Promise<Row[]> {
  if (rows.length === 0) return rows;
  const counts = await tx.query<{ id: number; followers: number }>(
    `select root_message_id as id, count(*)::int as followers from quarantine
     where organisation_id = $1 and settled_at is null and root_message_id = any($2::bigint[])
     group by root_message_id`,
    [tx.organisationId, rows.map(({ id }) => id)],
  );
  const byRoot = new Map(counts.map(({ id, followers }) => [id, followers]));
  return rows.map((row) => ({ ...row, followers: byRoot.get(row.id) ?? 0 }));
}

const STATES: Readonly<Record<CaseState, string>> = {
  open: 'q.settled_at is null',
  reported: 'q.settled_at is null and q.reported_at is not null',
  taken: 'q.settled_at is null and q.taken_by is not null',
  settled: 'q.settled_at is not null',
};

function whereOf(tx: Tx, filter: CaseFilter): { sql: string; params: unknown[] } {
  const params: unknown[] = [tx.organisationId];
  const parts = ['q.organisation_id = $1', STATES[filter.state ?? 'open']];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    params.push(value);
    parts.push(condition(`$${params.length}`));
  };
  add((at) => `q.interface_id = ${at}::bigint`, filter.interfaceId);
  add((at) => `q.class = ${at}`, filter.class);
  add(
    (at) => `exists (select from jsonb_array_elements(q.problems) as e where e ->> 'code' = ${at})`,
    filter.code,
  );
  add((at) => `q.product_id = ${at}::bigint`, filter.productId);
  add((at) => `q.performance_id = ${at}::bigint`, filter.performanceId);
  add((at) => `starts_with(q.ticket, ${at})`, filter.ticket);
  add((at) => `q.message_id = any(${at}::bigint[])`, filter.messageIds);
  add((at) => `q.root_message_id = ${at}::bigint`, filter.rootId);
  if (filter.rank !== undefined) {
    parts.push(`b.message_id is ${filter.rank === 'root' ? '' : 'not '}null`);
  }
  return { sql: parts.join(' and '), params };
}

export interface CasePage {
  /** Decides what is tonight's; the same for all pages of a list. */
  now: string;
  /** The last row's `key` of the page before. */
  after: string | null;
  limit: number;
}

/** A page of the list; `key` continues it. */
export async function listCaseRows(
  tx: Tx,
  filter: CaseFilter,
  page: CasePage,
): Promise<(CaseRecord & { key: string })[]> {
  const { sql, params } = whereOf(tx, filter);
  params.push(page.now);
  const now = `$${params.length}`;
  params.push(page.after);
  const after = `$${params.length}::jsonb`;
  params.push(page.limit);
  const order = `${FOLLOWS}, ${bucket(now)}, ${DUE}, q.message_id`;
  // The page is picked first: names are looked up for its rows only.
  const rows = await tx.query<CaseRecord & { key: string }>(
    casesOf(
      `select q.message_id, row_number() over (order by ${order}) as place,
         jsonb_build_array(${FOLLOWS}, ${bucket(now)}, ${DUE}::text, q.message_id)::text as key
       from quarantine q${BEHIND}
       where ${sql} and (${after} is null or (${order}) > ((${after} ->> 0)::int,
         (${after} ->> 1)::int, (${after} ->> 2)::timestamptz, (${after} ->> 3)::bigint))
       order by ${order}
       limit $${params.length}`,
    ),
    params,
  );
  return await withFollowers(tx, rows);
}

export interface CaseCount {
  roots: number;
  followers: number;
}

/** "1 cause, 37 messages": roots, and what waits behind one. */
export async function countCases(tx: Tx, filter: CaseFilter): Promise<CaseCount> {
  const { sql, params } = whereOf(tx, filter);
  const [row] = await tx.query<CaseCount>(
    `select count(*) filter (where b.message_id is null)::int as roots,
       count(b.message_id)::int as followers
     from quarantine q${BEHIND} where ${sql}`,
    params,
  );
  return row ?? { roots: 0, followers: 0 };
}

/** Cases by id, settled ones too, in the order of the ids; with `lock`, held until the end. */
export async function readCases(
  tx: Tx,
  ids: readonly number[],
  lock: 'lock' | 'read' = 'read',
): Promise<CaseDetail[]> {
  if (ids.length === 0) return [];
  if (lock === 'lock') {
    await tx.query(
      `select from quarantine where organisation_id = $1 and message_id = any($2::bigint[])
       order by message_id for update`,
      [tx.organisationId, ids],
    );
  }
  const page = `select id as message_id, id as place, null as key
    from unnest($2::bigint[]) as given(id)`;
  const more = ', q.reseller_account_id as "resellerAccountId", m.content as message';
  const rows = await tx.query<CaseDetail & { key: null }>(casesOf(page, more), [
    tx.organisationId,
    [...new Set(ids)],
  ]);
  return await withFollowers(
    tx,
    rows.map(({ key: _, ...row }) => row),
  );
}

/** Ids of the open cases that a filter means, at most `most`, in the order they came. */
export async function findCases(tx: Tx, filter: CaseFilter, most: number): Promise<number[]> {
  const { sql, params } = whereOf(tx, filter);
  params.push(most);
  const rows = await tx.query<{ id: number }>(
    `select q.message_id as id from quarantine q${BEHIND} where ${sql}
     order by q.message_id limit $${params.length}`,
    params,
  );
  return rows.map((row) => row.id);
}

/** Open cases of an interface with their problems: to look for those that are alike. */
export function readProblems(
  tx: Tx,
  interfaceId: number,
): Promise<{ id: number; problems: Problem[] }[]> {
  return tx.query(
    `select message_id as id, problems from quarantine
     where organisation_id = $1 and interface_id = $2 and settled_at is null
     order by message_id`,
    [tx.organisationId, interfaceId],
  );
}

export interface JournalLine {
  at: string;
  author: string;
  action: string;
  after: unknown;
  reason: string | null;
}

/** What was done about a case, oldest first. */
export function readTrace(tx: Tx, subject: string): Promise<JournalLine[]> {
  return tx.query<JournalLine>(
    `select at, author, action, after, reason from journal
     where organisation_id = $1 and subject = $2 order by at, id`,
    [tx.organisationId, subject],
  );
}
