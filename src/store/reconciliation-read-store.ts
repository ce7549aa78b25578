/** Comparisons that were kept, and what differed, page by page. */
import type { Tx } from './database/transaction.ts';
import type { SeatParts } from './order-store.ts';

export interface ReconciliationRow {
  id: number;
  runId: number;
  interfaceId: number;
  interfaceCode: string;
  performanceId: number | null;
  performance: string | null;
  localStart: string | null;
  productId: number;
  product: string;
  at: string;
  seatsCompared: number;
  ticketsCompared: number;
  missingHere: number;
  missingThere: number;
  different: number;
  /** Of all, those that nothing has settled. */
  open: number;
  adoptable: number;
}

const SHOWN = `
  r.id, r.run_id as "runId", r.interface_id as "interfaceId", i.code as "interfaceCode",
  r.performance_id as "performanceId", p.code as performance, p.local_start as "localStart",
  r.product_id as "productId", d.code as product, r.at, r.seats_compared as "seatsCompared",
  r.tickets_compared as "ticketsCompared", l.*`;

const JOINS = `
  join interface i on i.organisation_id = $1 and i.id = r.interface_id
  join product d on d.organisation_id = $1 and d.id = r.product_id
  left join performance p on p.organisation_id = $1 and p.id = r.performance_id
  cross join lateral (
    select count(*) filter (where kind = 'missing_here')::int as "missingHere",
           count(*) filter (where kind = 'missing_there')::int as "missingThere",
           count(*) filter (where kind = 'different')::int as different,
           count(*) filter (where settled_at is null)::int as open,
           count(*) filter (where settled_at is null and cure = 'adopt')::int as adoptable
    from reconciliation_line l
    where l.organisation_id = $1 and l.reconciliation_id = r.id offset 0) l`;

export interface ReconciliationFilter {
  interfaceId: number | null;
  performanceId: number | null;
  runId: number | null;
}

/** The newest first. */
export function listReconciliations(
  tx: Tx,
  of: ReconciliationFilter,
  page: { beforeId: number; limit: number },
): Promise<ReconciliationRow[]> {
  return tx.query<ReconciliationRow>(
    `select ${SHOWN}
     from (
       select * from reconciliation r
       where r.organisation_id = $1 and r.id < $5
         and ($2::bigint is null or r.interface_id = $2)
         and ($3::bigint is null or r.performance_id = $3)
         and ($4::bigint is null or r.run_id = $4)
       order by r.id desc limit $6) r
     ${JOINS} order by r.id desc`,
    [tx.organisationId, of.interfaceId, of.performanceId, of.runId, page.beforeId, page.limit],
  );
}

/** The last one of each interface and performance. */
export function lastReconciliations(
  tx: Tx,
  of: Omit<ReconciliationFilter, 'runId'>,
  page: { beforeId: number; limit: number },
): Promise<ReconciliationRow[]> {
  return tx.query<ReconciliationRow>(
    `select ${SHOWN}
     from (
       select * from (
         select distinct on (interface_id, performance_id, product_id) * from reconciliation r
         where r.organisation_id = $1 and ($2::bigint is null or r.interface_id = $2)
           and ($3::bigint is null or r.performance_id = $3)
         order by interface_id, performance_id, product_id, at desc, id desc) last
       where last.id < $4 order by last.id desc limit $5) r
     ${JOINS} order by r.id desc`,
    [tx.organisationId, of.interfaceId, of.performanceId, page.beforeId, page.limit],
  );
}

export async function findReconciliation(tx: Tx, id: number): Promise<ReconciliationRow | null> {
  const [row] = await tx.query<ReconciliationRow>(
    `select ${SHOWN}
     from (select * from reconciliation r where r.organisation_id = $1 and r.id = $2) r ${JOINS}`,
    [tx.organisationId, id],
  );
  return row ?? null;
}

export interface DifferenceRow {
  id: number;
  subject: 'seat' | 'ticket' | 'count';
  kind: 'missing_here' | 'missing_there' | 'different';
  cause: string;
  cure: string;
  seatId: number | null;
  seat: SeatParts | null;
  counterId: number | null;
  zone: string | null;
  ticket: string | null;
  ours: Readonly<Record<string, unknown>> | null;
  theirs: Readonly<Record<string, unknown>> | null;
  /** The case that explains it. */
  caseId: number | null;
  settledAt: string | null;
}

export interface DifferenceFilter {
  kind: string | null;
  cause: string | null;
  cure: string | null;
  openOnly: boolean;
}

/** By key. */
export function readDifferences(
  tx: Tx,
  reconciliationId: number,
  of: DifferenceFilter,
  page: { afterId: number; limit: number },
): Promise<DifferenceRow[]> {
  return tx.query<DifferenceRow>(
    `select l.id, l.subject, l.kind, l.cause, l.cure, l.seat_id as "seatId", seat.name as seat,
            l.counter_id as "counterId", zone.code as zone, l.ticket, l.ours, l.theirs,
            l.message_id as "caseId", l.settled_at as "settledAt"
     from (
       select * from reconciliation_line l
       where l.organisation_id = $1 and l.reconciliation_id = $2 and l.id > $7
         and ($3::text is null or l.kind = $3) and ($4::text is null or l.cause = $4)
         and ($5::text is null or l.cure = $5) and (not $6 or l.settled_at is null)
       order by l.id limit $8) l
     left join lateral (
       select jsonb_build_object('layout', y.code, 'area', a.code, 'block', b.code, 'row', s.row,
                'number', s.number) as name
       from seat s
       join block b on b.organisation_id = $1 and b.id = s.block_id
       join area a on a.organisation_id = $1 and a.id = b.area_id
       join layout y on y.organisation_id = $1 and y.id = a.layout_id
       where s.organisation_id = $1 and s.id = l.seat_id offset 0) seat on true
     left join lateral (
       select a.code from counter k
       join zone z on z.organisation_id = $1 and z.id = k.zone_id
       join area a on a.organisation_id = $1 and a.id = z.area_id
       where k.organisation_id = $1 and k.id = l.counter_id offset 0) zone on true
     order by l.id`,
    [
      tx.organisationId,
      reconciliationId,
      of.kind,
      of.cause,
      of.cure,
      of.openOnly,
      page.afterId,
      page.limit,
    ],
  );
}
