/**
 * Counted stock of a performance: the shares of its zones that contingents have, and what the
 * reseller holds of each. Locks: counters by key, then their quotas by contingent.
 */
import type { Quota } from '../domain/contingent/quota.ts';
import { afterExport, afterTakeBack, contingented } from '../domain/contingent/quota.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';
import { bumpOffers } from './offer-store.ts';
import { gaugeLeft, lockOwnPerformance, performanceOfCounter } from './own-place-store.ts';

export interface ZoneQuota extends Quota {
  counterId: number;
  contingentId: number;
  zoneId: number;
  interfaceId: number | null;
}

const COLUMNS = `
  q.counter_id as "counterId", q.contingent_id as "contingentId", c.zone_id as "zoneId",
  q.interface_id as "interfaceId", q.quota, q.allotted, q.sold, q.held,
  q.wish_take_back as "wishTakeBack", q.refused_at is not null as refused`;

/** Quotas of a performance's zones for these contingents (null: all), by counter and contingent. */
export function readZoneQuotas(
  tx: Tx,
  performanceId: number,
  contingentIds: readonly number[] | null,
): Promise<ZoneQuota[]> {
  return tx.query<ZoneQuota>(
    `select ${COLUMNS} from counter c
     cross join lateral (
       select * from contingent_quota q
       where q.organisation_id = c.organisation_id and q.counter_id = c.id offset 0) q
     where c.organisation_id = $1 and c.performance_id = $2 and c.kind = 'zone'
       and ($3::bigint[] is null or q.contingent_id = any($3))
     order by q.counter_id, q.contingent_id`,
    [tx.organisationId, performanceId, contingentIds],
  );
}

/** The same rows, their counters and then themselves locked. */
export async function lockZoneQuotas(
  tx: Tx,
  performanceId: number,
  contingentIds: readonly number[] | null,
): Promise<ZoneQuota[]> {
  await tx.query(
    `select id from counter where organisation_id = $1 and performance_id = $2
     order by id for no key update`,
    [tx.organisationId, performanceId],
  );
  return readZoneQuotas(tx, performanceId, contingentIds);
}

export interface QuotaAnswer {
  counterId: number;
  contingentId: number;
  /** How many the reseller took (add) or gave back (withdraw). */
  quantity: number;
  /** The reseller's words, when it took fewer than asked. */
  refusedReason: string | null;
}

export interface QuotaScope {
  interfaceId: number;
  performanceId: number;
  runId: number | null;
  at: Date;
}

/** Applies what the reseller took or gave back to quotas locked in this transaction. */
export async function applyQuotaAnswers(
  tx: Tx,
  ids: IdSource,
  scope: QuotaScope,
  action: 'add' | 'withdraw',
  answers: readonly QuotaAnswer[],
): Promise<void> {
  const contingentIds = answers.map((answer) => answer.contingentId);
  const rows = await lockZoneQuotas(tx, scope.performanceId, contingentIds);
  for (const answer of answers) {
    const row = rows.find(
      (one) => one.counterId === answer.counterId && one.contingentId === answer.contingentId,
    );
    if (row === undefined) continue;
    const after =
      action === 'add' ? afterExport(row, answer.quantity) : afterTakeBack(row, answer.quantity);
    await writeQuota(tx, scope, row, after, action === 'add' ? answer : null);
    const moved = Math.abs(after.allotted - row.allotted);
    if (moved > 0) await writeCountMovement(tx, ids, scope, row, action, moved);
  }
}

/**
 * Counted places that the reseller has already join what it holds, up to `atReseller` of them sold
 * or unsold, and never more than the contingent keeps. Answers how many joined.
 */
export async function adoptCount(
  tx: Tx,
  ids: IdSource,
  scope: QuotaScope,
  of: { counterId: number; contingentId: number; atReseller: number },
): Promise<number> {
  const rows = await lockZoneQuotas(tx, scope.performanceId, [of.contingentId]);
  const row = rows.find((one) => one.counterId === of.counterId);
  if (row === undefined) return 0;
  const isElsewhere = row.interfaceId !== null && row.interfaceId !== scope.interfaceId;
  const missing = of.atReseller - row.allotted - row.sold;
  const joining = Math.max(0, Math.min(missing, contingented(row) - row.allotted));
  if (isElsewhere || (joining === 0 && (row.interfaceId !== null || row.sold === 0))) return 0;
  await writeQuota(tx, scope, row, afterExport(row, joining), null);
  // Sold before it was known that the reseller had them: they came with the others.
  const sold = row.interfaceId === null ? row.sold : 0;
  await writeCountMovement(tx, ids, scope, row, 'adopt', joining + sold);
  return joining;
}

async function writeQuota(
  tx: Tx,
  scope: QuotaScope,
  { counterId, contingentId }: ZoneQuota,
  after: Quota,
  added: QuotaAnswer | null,
): Promise<void> {
  const isRefused = added !== null && added.refusedReason !== null;
  await tx.execute(
    `update contingent_quota
     set quota = $4, allotted = $5, wish_take_back = $6,
       wish_by = case when $6::int = 0 then null else wish_by end,
       wish_at = case when $6::int = 0 then null else wish_at end,
       interface_id = case when $5::int > 0 or sold > 0 then $7::bigint end,
       refused_at = case when $8::boolean then $9::timestamptz else refused_at end,
       refused_reason = case when $8::boolean then $10::text else refused_reason end
     where organisation_id = $1 and counter_id = $2 and contingent_id = $3`,
    [
      tx.organisationId,
      counterId,
      contingentId,
      after.quota,
      after.allotted,
      after.wishTakeBack,
      scope.interfaceId,
      isRefused,
      scope.at.toISOString(),
      added?.refusedReason ?? null,
    ],
  );
}

async function writeCountMovement(
  tx: Tx,
  ids: IdSource,
  scope: QuotaScope,
  { counterId, contingentId }: ZoneQuota,
  action: 'add' | 'withdraw' | 'adopt',
  quantity: number,
): Promise<void> {
  await tx.execute(
    `insert into movement (organisation_id, id, kind, performance_id, counter_id, contingent_id,
       interface_id, quantity, run_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.organisationId,
      (await ids.take(1, tx))[0],
      { add: 'allotted', withdraw: 'taken_back', adopt: 'adopted' }[action],
      scope.performanceId,
      counterId,
      contingentId,
      scope.interfaceId,
      quantity,
      scope.runId,
      scope.at.toISOString(),
    ],
  );
}

export interface QuotaWish {
  counterId: number;
  contingentId: number;
  /** Places to ask back, in all: replaces an earlier wish; 0 drops it. */
  quantity: number;
  by: string;
  at: Date;
}

/**
 * Asks counted places back, at most what the reseller holds; answers how many are asked now. The
 * counter must be locked (`lockZoneQuotas`).
 */
export async function wishCountsBack(
  tx: Tx,
  performanceId: number,
  wishes: readonly QuotaWish[],
): Promise<number> {
  let asked = 0;
  for (const wish of wishes) {
    const rows = await tx.query<{ asked: number; interfaceId: number | null }>(
      `update contingent_quota
       set wish_take_back = least($4::int, allotted), wish_by = $5, wish_at = $6
       where organisation_id = $1 and counter_id = $2 and contingent_id = $3
         and wish_take_back <> least($4::int, allotted)
       returning wish_take_back as asked, interface_id as "interfaceId"`,
      [
        tx.organisationId,
        wish.counterId,
        wish.contingentId,
        wish.quantity,
        wish.by,
        wish.at.toISOString(),
      ],
    );
    const [row] = rows;
    if (row === undefined) continue;
    asked += row.asked;
    const { contingentId } = wish;
    const interfaceIds = [row.interfaceId];
    await bumpOffers(tx, [{ performanceId, contingentIds: [contingentId], interfaceIds }]);
  }
  return asked;
}

export type QuotaOutcome =
  | { ok: true }
  /** Together the contingents would exceed the counter: `free` places are in none. */
  | { ok: false; reason: 'over_capacity'; free: number }
  | { ok: false; reason: 'unknown_counter' };

/**
 * Gives a contingent another share of a zone: applied at once here; what the reseller holds beyond
 * it is asked back by the next export. Forgets a refusal. The shares together, with what the house
 * sold, held and blocked outside of them, never exceed the capacity, nor the safety gauge.
 */
export async function changeQuota(
  tx: Tx,
  change: { counterId: number; contingentId: number; quota: number },
): Promise<QuotaOutcome> {
  const { counterId, contingentId, quota } = change;
  const performanceId = await performanceOfCounter(tx, counterId);
  const { gauge } = await lockOwnPerformance(tx, performanceId);
  const rows = await tx.query<{ capacity: number | null; taken: number }>(
    `select capacity, sold + held + blocked as taken
     from counter where organisation_id = $1 and id = $2 for no key update`,
    [tx.organisationId, counterId],
  );
  const [counter] = rows;
  if (counter === undefined) return { ok: false, reason: 'unknown_counter' };
  // What a contingent has: its share, or what is sold, held and at its reseller beyond it.
  const [shares] = await tx.query<{ others: number; taken: number; before: number }>(
    `select coalesce(sum(greatest(quota, sold + held + allotted))
              filter (where contingent_id <> $3), 0)::int as others,
            coalesce(sum(sold + held), 0)::int as taken,
            coalesce(sum(quota) filter (where contingent_id = $3), 0)::int as before
     from contingent_quota where organisation_id = $1 and counter_id = $2`,
    [tx.organisationId, counterId, contingentId],
  );
  const { others = 0, taken = 0, before = 0 } = shares ?? {};
  const own = Math.max(0, counter.taken - taken);
  const inCounter = counter.capacity === null ? quota : counter.capacity - others - own;
  const left = quota > before ? await gaugeLeft(tx, performanceId, gauge) : null;
  const free = Math.min(inCounter, left === null ? quota : before + left);
  if (quota > free && quota > before) {
    return { ok: false, reason: 'over_capacity', free: Math.max(0, free) };
  }
  await tx.execute(
    `insert into contingent_quota as q (organisation_id, counter_id, contingent_id, quota)
     values ($1, $2, $3, $4)
     on conflict (organisation_id, counter_id, contingent_id)
     do update set quota = excluded.quota, refused_at = null, refused_reason = null
     where q.quota <> excluded.quota`,
    [tx.organisationId, counterId, contingentId, quota],
  );
  if (performanceId !== null && quota !== before) {
    await bumpOffers(tx, [{ performanceId, contingentIds: [contingentId] }]);
  }
  return { ok: true };
}
