/** How far the sale of each product at each reseller has come. */
import type { SaleStep } from '../domain/selling/steps.ts';
import type { Tx } from './database/transaction.ts';

export interface StepRecord {
  interfaceId: number;
  productId: number;
  step: SaleStep;
  doneAt: string;
  doneBy: string;
}

export function listSteps(
  tx: Tx,
  of: { interfaceId: number | null; productIds: readonly number[] | null },
): Promise<StepRecord[]> {
  return tx.query<StepRecord>(
    `select interface_id as "interfaceId", product_id as "productId", step,
       done_at as "doneAt", done_by as "doneBy"
     from sale_step
     where organisation_id = $1 and ($2::bigint is null or interface_id = $2)
       and ($3::bigint[] is null or product_id = any($3::bigint[]))
     order by interface_id, product_id, done_at, step`,
    [tx.organisationId, of.interfaceId, of.productIds],
  );
}

/** Whoever changes steps comes one after the other: the row that changes of the catalogue take. */
export async function lockSteps(tx: Tx): Promise<void> {
  await tx.query('select id from organisation where id = $1 for no key update', [
    tx.organisationId,
  ]);
}

/** Answers whether it is new: a step that was done stays as it was. */
export async function insertStep(tx: Tx, record: StepRecord): Promise<boolean> {
  const { doneAt, doneBy, interfaceId, productId, step } = record;
  const written = await tx.execute(
    `insert into sale_step (organisation_id, interface_id, product_id, step, done_at, done_by)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (organisation_id, interface_id, product_id, step) do nothing`,
    [tx.organisationId, interfaceId, productId, step, doneAt, doneBy],
  );
  return written > 0;
}

export async function deleteStep(
  tx: Tx,
  { interfaceId, productId, step }: Pick<StepRecord, 'interfaceId' | 'productId' | 'step'>,
): Promise<boolean> {
  const gone = await tx.execute(
    `delete from sale_step
     where organisation_id = $1 and interface_id = $2 and product_id = $3 and step = $4`,
    [tx.organisationId, interfaceId, productId, step],
  );
  return gone > 0;
}

export interface SeenStep {
  interfaceId: number;
  productId: number;
  at: string;
}

/** When the first places of each product reached its reseller. */
export function firstExports(tx: Tx): Promise<SeenStep[]> {
  return tx.query<SeenStep>(
    `select o.interface_id as "interfaceId", p.product_id as "productId",
       min(o.exported_at) as at
     from offer o
     join performance p on p.organisation_id = $1 and p.id = o.performance_id
     where o.organisation_id = $1 and o.exported_at is not null
       and exists (select 1 from command c where c.organisation_id = $1
         and c.interface_id = o.interface_id and c.performance_id = o.performance_id
         and c.action = 'add' and c.state = 'done')
     group by 1, 2`,
    [tx.organisationId],
  );
}

/** Products whose tests came and are all cancelled: when the last of them was. */
export function testsCancelled(tx: Tx): Promise<SeenStep[]> {
  return tx.query<SeenStep>(
    `select t.interface_id as "interfaceId", t.product_id as "productId",
       max(o.entered_at) as at
     from ticket t
     join operation o on o.organisation_id = $1 and o.ticket_id = t.id
       and o.kind in ('cancellation', 'refund')
     where t.organisation_id = $1 and t.is_test
     group by 1, 2
     having bool_and(t.state <> 'valid')
       and not exists (select 1 from ticket l where l.organisation_id = $1 and l.is_test
         and l.state = 'valid' and l.interface_id = t.interface_id
         and l.product_id = t.product_id)`,
    [tx.organisationId],
  );
}
