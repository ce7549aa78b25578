/** The differences that a file makes, told in codes: what --dry-run prints. */
import type { Draft, DraftTable, HouseChanges } from './draft.ts';
import { HOUSE_TABLES, TABLE_NAMES } from './house-tables.ts';
import type { TableName } from './rows.ts';

export interface ToldChange {
  table: string;
  action: 'insert' | 'update' | 'remove';
  /** The row's codes, its parents first: `S2/CHALK/P1`. */
  name: string;
  /** Changed columns, with what they were and what they become. */
  columns?: Record<string, { before: unknown; after: unknown }>;
}

export interface TableCounts {
  inserted: number;
  updated: number;
  removed: number;
}

const TARGETS: Readonly<Record<string, TableName>> = {
  season_id: 'season',
  layout_id: 'layout',
  area_id: 'area',
  block_id: 'block',
  logical_configuration_id: 'logical_configuration',
  seat_category_id: 'seat_category',
  zone_id: 'zone',
  product_id: 'product',
  performance_id: 'performance',
  tariff_id: 'tariff',
  sales_channel_id: 'sales_channel',
  contact_id: 'contact',
  contingent_id: 'contingent',
  counter_id: 'counter',
  interface_id: 'interface',
};

/** Lists every change but seats, of which there may be tens of thousands: those are counted. */
export function tellChanges(draft: Draft, changes: HouseChanges): ToldChange[] {
  const told: ToldChange[] = [];
  for (const table of TABLE_NAMES) {
    if (table === 'seat') continue;
    const { inserts, updates, removals } = changes[table];
    const name = (row: object) => nameOf(draft, table, row as Record<string, unknown>);
    for (const row of inserts) told.push({ table, action: 'insert', name: name(row) });
    for (const { row, before, changed } of updates) {
      const value = (of: object, column: string) => (of as Record<string, unknown>)[column];
      const columns = Object.fromEntries(
        changed.map((key) => [key, { before: value(before, key), after: value(row, key) }]),
      );
      told.push({ table, action: 'update', name: name(row), columns });
    }
    for (const row of removals) told.push({ table, action: 'remove', name: name(row) });
  }
  return told;
}

export function countChanges(changes: HouseChanges): Record<string, TableCounts> {
  const counts: Record<string, TableCounts> = {};
  for (const table of TABLE_NAMES) {
    const { inserts, updates, removals } = changes[table];
    if (inserts.length + updates.length + removals.length === 0) continue;
    counts[table] = {
      inserted: inserts.length,
      updated: updates.length,
      removed: removals.length,
    };
  }
  return counts;
}

function nameOf(draft: Draft, table: TableName, row: Record<string, unknown>): string {
  return HOUSE_TABLES[table].key
    .map((column) => partOf(draft, column, row[column]))
    .filter((part) => part !== '')
    .join('/');
}

function partOf(draft: Draft, column: string, value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  const target = TARGETS[column];
  if (target === undefined) return Array.isArray(value) ? value.join('|') : String(value);
  const table = draft[target] as unknown as DraftTable<{ id: number }>;
  const owner = table.byId(value as number);
  return owner === null ? '' : nameOf(draft, target, owner as unknown as Record<string, unknown>);
}
