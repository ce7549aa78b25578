/** What the parts of an export share. */
import type { OrganisationRow, StoredStock } from './context.ts';
import type { Draft } from './draft.ts';
import type { OwnState } from './own-places.ts';

/** The rows by table, with look-ups of codes. */
export interface OwnStock {
  seats: readonly {
    performanceId: number;
    state: OwnState;
    reference: string;
    seatIds: number[];
  }[];
  claims: readonly { counterId: number; state: OwnState; reference: string; quantity: number }[];
}

export interface Writer {
  own: OwnStock;
  draft: Draft;
  organisation: OrganisationRow;
  stock: StoredStock;
  /** Key columns that name a product in a line. */
  product(id: number): { season: string; product: string };
  code(table: CodedTable, id: number | null): string;
}

export type CodedTable =
  | 'season'
  | 'layout'
  | 'area'
  | 'logical_configuration'
  | 'seat_category'
  | 'performance'
  | 'sales_channel'
  | 'contact'
  | 'point_of_sale'
  | 'pending_account'
  | 'contingent'
  | 'interface';

/** A row without its nulls: in a file an absent key and null say the same of a new row. */
export function compact<T extends object>(line: T): T {
  const entries = Object.entries(line).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as T;
}

/** Leaves a key away where it has the value that a new row has anyway. */
export function unless<K extends string, V>(key: K, value: V, usual: V): { [P in K]?: V } {
  return value === usual ? {} : ({ [key]: value } as { [P in K]?: V });
}
