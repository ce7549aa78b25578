/** What sales, commands and runs still refer to: rows that a house file may not take away. */
import type { HousePlan } from '../domain/house/plan-house.ts';
import type { TableName } from '../domain/house/rows.ts';
import type { Tx } from './database/transaction.ts';

export interface Dependents {
  table: TableName;
  id: number;
  /** Table that refers to it, and with how many rows. */
  by: string;
  count: number;
}

/** `condition` narrows what counts as dependent. */
interface Reference {
  by: string;
  column: string;
  condition?: string;
}

const AT_RESELLERS = `(state <> 'free' or interface_id is not null)`;

const REFERENCES: { readonly [T in TableName]?: readonly Reference[] } = {
  seat: [
    { by: 'performance_seat', column: 'seat_id', condition: AT_RESELLERS },
    { by: 'ticket', column: 'seat_id' },
  ],
  seat_category: [
    { by: 'performance_seat', column: 'seat_category_id' },
    { by: 'performance_seat', column: 'sent_category_id' },
    { by: 'ticket', column: 'seat_category_id' },
  ],
  product: [{ by: 'ticket', column: 'product_id' }],
  performance: [
    { by: 'performance_seat', column: 'performance_id', condition: AT_RESELLERS },
    { by: 'ticket', column: 'performance_id' },
    { by: 'command', column: 'performance_id' },
  ],
  tariff: [{ by: 'ticket', column: 'tariff_id' }],
  point_of_sale: [{ by: 'sale_order', column: 'point_of_sale_id' }],
  contact: [{ by: 'sale_order', column: 'contact_id' }],
  pending_account: [
    { by: 'sale_order', column: 'pending_account_id' },
    { by: 'ledger_entry', column: 'pending_account_id' },
    { by: 'account_period', column: 'pending_account_id' },
    { by: 'reseller_statement', column: 'pending_account_id' },
  ],
  contingent: [
    { by: 'performance_seat', column: 'contingent_id' },
    { by: 'performance_seat', column: 'sent_contingent_id' },
    { by: 'performance_seat', column: 'wish_contingent_id' },
    { by: 'ticket', column: 'contingent_id' },
    { by: 'own_claim', column: 'contingent_id' },
    { by: 'command', column: 'contingent_id' },
  ],
  counter: [
    { by: 'own_claim', column: 'counter_id' },
    { by: 'ticket', column: 'counter_id' },
  ],
  interface: [
    { by: 'run', column: 'interface_id' },
    { by: 'ticket', column: 'interface_id' },
    { by: 'message', column: 'interface_id' },
    { by: 'command', column: 'interface_id' },
    { by: 'performance_seat', column: 'interface_id' },
    { by: 'reseller_statement', column: 'interface_id' },
  ],
};

/** Dependents of the rows that a plan removes, in tables that the planner does not hold. */
export async function findDependents(tx: Tx, plan: HousePlan): Promise<Dependents[]> {
  const found: Dependents[] = [];
  const byTable = Map.groupBy(plan.removals, ({ table }) => table);
  for (const [table, removals] of byTable) {
    const ids = removals.map(({ row }) => (row as { id?: number }).id ?? 0).filter((id) => id > 0);
    for (const { by, column, condition } of REFERENCES[table] ?? []) {
      const rows = await tx.query<{ id: number; count: number }>(
        `select "${column}" as id, count(*) as count from "${by}"
         where organisation_id = $1 and "${column}" = any($2::bigint[])
           ${condition === undefined ? '' : `and ${condition}`}
         group by 1 order by 1`,
        [tx.organisationId, ids],
      );
      for (const { id, count } of rows) found.push({ table, id, by, count });
    }
  }
  return found;
}

/**
 * Tickets for which a changed opening date would turn round whether they are in the ledger: their
 * sale was, or was not, booked there already, and what comes later must follow it.
 */
export async function findSoldAcrossOpening(
  tx: Tx,
  plan: HousePlan,
): Promise<{ accountId: number; count: number }[]> {
  const found: { accountId: number; count: number }[] = [];
  for (const { row } of plan.changes.reseller_account.updates) {
    const [sold] = await tx.query<{ count: number }>(
      `select count(*) as count from ticket t
       join reseller_account a on a.organisation_id = $1 and a.id = t.reseller_account_id
       where t.organisation_id = $1 and t.reseller_account_id = $2 and not t.is_test
         and (t.sold_at >= coalesce(a.opened_at, '-infinity'))
           <> (t.sold_at >= coalesce($3::timestamptz, '-infinity'))`,
      [tx.organisationId, row.id, row.opened_at],
    );
    if (sold !== undefined && sold.count > 0) found.push({ accountId: row.id, count: sold.count });
  }
  return found;
}

/** What of an account says that it is in use: its name and its currency are then fixed. */
const OF_ACCOUNT = ['message', 'ticket', 'unreadable_record'];

export async function findBookedAccounts(tx: Tx): Promise<Set<number>> {
  const used = OF_ACCOUNT.map(
    (table) => `exists (select from ${table} u
       where u.organisation_id = a.organisation_id and u.reseller_account_id = a.id)`,
  );
  const commanded = `exists (select from interface i
    join command c on c.organisation_id = i.organisation_id and c.interface_id = i.id
    where i.organisation_id = a.organisation_id and i.reseller_account_id = a.id)`;
  const rows = await tx.query<{ id: number }>(
    `select a.id from reseller_account a
     where a.organisation_id = $1 and (${[...used, commanded].join(' or ')})`,
    [tx.organisationId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Seats that a configuration would lose and that a performance cannot spare. */
export async function findUnsparableSeats(
  tx: Tx,
  plan: HousePlan,
): Promise<{ configurationId: number; count: number }[]> {
  const found: { configurationId: number; count: number }[] = [];
  for (const { configurationId, categoryId, seatIds } of plan.stock.configurationSeats) {
    if (categoryId !== null || configurationId < 0) continue;
    const [row] = await tx.query<{ count: number }>(
      `select count(*) as count from performance_seat ps
       join performance p on p.organisation_id = $1 and p.id = ps.performance_id
       where ps.organisation_id = $1 and p.logical_configuration_id = $2 and p.state <> 'closed'
         and ps.seat_id = any($3::bigint[])
         and (ps.state <> 'free' or ps.interface_id is not null)`,
      [tx.organisationId, configurationId, `{${seatIds.join(',')}}`],
    );
    if (row !== undefined && row.count > 0) found.push({ configurationId, count: row.count });
  }
  return found;
}
