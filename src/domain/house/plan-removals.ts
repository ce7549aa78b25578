/** What is taken away must leave nothing behind that refers to it. */
import type { PlanContext } from './context.ts';
import { report } from './context.ts';
import type { DraftTable } from './draft.ts';
import type { ConfigurationSeats } from './plan-configurations.ts';
import type { TableName } from './rows.ts';

/** Who refers to whom: column of a table → the table it points to. */
const REFERENCES: { readonly [T in TableName]?: readonly (readonly [TableName, string])[] } = {
  season: [
    ['product', 'season_id'],
    ['tariff', 'season_id'],
    ['mapping', 'season_id'],
  ],
  layout: [
    ['area', 'layout_id'],
    ['logical_configuration', 'layout_id'],
  ],
  area: [
    ['block', 'area_id'],
    ['zone', 'area_id'],
  ],
  block: [['seat', 'block_id']],
  seat: [['seat', 'companion_of']],
  logical_configuration: [
    ['seat_category', 'logical_configuration_id'],
    ['zone', 'logical_configuration_id'],
    ['performance', 'logical_configuration_id'],
  ],
  seat_category: [
    ['zone', 'seat_category_id'],
    ['price', 'seat_category_id'],
  ],
  zone: [['counter', 'zone_id']],
  product: [
    ['performance', 'product_id'],
    ['price', 'product_id'],
    ['vat_rate', 'product_id'],
    ['on_sale_window', 'product_id'],
    ['counter', 'product_id'],
    ['interface_product', 'product_id'],
    ['commission', 'product_id'],
  ],
  performance: [
    ['price', 'performance_id'],
    ['vat_rate', 'performance_id'],
    ['on_sale_window', 'performance_id'],
    ['counter', 'performance_id'],
    ['performance_alias', 'performance_id'],
  ],
  tariff: [
    ['price', 'tariff_id'],
    ['commission', 'tariff_id'],
  ],
  sales_channel: [
    ['on_sale_window', 'sales_channel_id'],
    ['point_of_sale', 'sales_channel_id'],
    ['contingent_channel', 'sales_channel_id'],
    ['interface', 'sales_channel_id'],
  ],
  point_of_sale: [['interface', 'point_of_sale_id']],
  contact: [
    ['pending_account', 'contact_id'],
    ['interface', 'contact_id'],
  ],
  pending_account: [['interface', 'pending_account_id']],
  contingent: [
    ['contingent_channel', 'contingent_id'],
    ['contingent_quota', 'contingent_id'],
  ],
  counter: [['contingent_quota', 'counter_id']],
  interface: [
    ['interface_product', 'interface_id'],
    ['commission', 'interface_id'],
    ['mapping', 'interface_id'],
    ['schedule', 'interface_id'],
  ],
};

/** Details that belong to their owner and go with it; they say nothing by themselves. */
const OWNED = new Set([
  'product>price',
  'product>vat_rate',
  'product>on_sale_window',
  'product>counter',
  'product>interface_product',
  'product>commission',
  'performance>price',
  'performance>vat_rate',
  'performance>on_sale_window',
  'performance>counter',
  'performance>performance_alias',
  'zone>counter',
  'counter>contingent_quota',
  'contingent>contingent_channel',
  'interface>interface_product',
  'interface>commission',
  'interface>mapping',
  'interface>schedule',
  'area>block',
]);

type AnyRow = { id?: number; code?: string; name?: string } & Record<string, unknown>;

/** Takes owned details along and reports what else still refers to a removed row. */
export function checkRemovals(context: PlanContext, configurationSeats: ConfigurationSeats): void {
  checkConfigurationSeats(context, configurationSeats);
  // The list grows while it is walked: what goes along may own something too.
  for (const removal of context.removals) {
    for (const [child, column] of REFERENCES[removal.table] ?? []) {
      const table = context.draft[child] as unknown as DraftTable<AnyRow>;
      const id = (removal.row as AnyRow).id;
      const left = table.all().filter((row) => row[column] === id);
      if (left.length === 0) continue;
      const goes = left.filter((row) => goesAlong(removal.table, child, row));
      for (const row of goes) {
        table.remove(row);
        context.removals.push({ table: child, row: row as never, line: removal.line });
      }
      const stays = left.filter((row) => !goes.includes(row));
      if (stays.length > 0) reportLeft(context, removal, child, stays);
    }
  }
}

/** Seats and categories that a configuration still has. */
function checkConfigurationSeats(
  context: PlanContext,
  configurationSeats: ConfigurationSeats,
): void {
  if (!context.removals.some(({ table }) => table === 'seat' || table === 'seat_category')) return;
  const seats = new Set<number>();
  const categories = new Set<number>();
  for (const seatsOf of configurationSeats.values()) {
    for (const [seatId, categoryId] of seatsOf) {
      seats.add(seatId);
      categories.add(categoryId);
    }
  }
  const told = new Set<unknown>();
  for (const { table, row, line } of context.removals) {
    const used = table === 'seat' ? seats : table === 'seat_category' ? categories : null;
    if (!used?.has((row as AnyRow).id ?? 0) || told.has(line)) continue;
    told.add(line);
    report(context, line, 'remove', {
      code: 'house.in_use',
      message: `A configuration still has ${table === 'seat' ? 'these seats' : 'seats of it'}.`,
      cure: 'Take the seats out of it first: category_seats with "remove": true.',
    });
  }
}

function goesAlong(owner: TableName, child: TableName, row: AnyRow): boolean {
  if (!OWNED.has(`${owner}>${child}`)) return false;
  // An area's block without a name is a detail; others were named by a person.
  if (child === 'block') return row.code === '';
  const used = ['sold', 'held', 'blocked', 'allotted'].map((column) => Number(row[column] ?? 0));
  return used.every((count) => count === 0);
}

function reportLeft(
  context: PlanContext,
  removal: PlanContext['removals'][number],
  child: TableName,
  rows: readonly AnyRow[],
): void {
  const named = rows
    .slice(0, 5)
    .map((row) => row.code ?? row.name)
    .filter((name) => name !== undefined);
  const examples = named.length > 0 ? ` (${named.join(', ')})` : '';
  report(context, removal.line, 'remove', {
    code: 'house.in_use',
    message: `${rows.length} × ${child} still depend on it${examples}.`,
    cure: 'Remove those first, in this file or by hand.',
  });
}
