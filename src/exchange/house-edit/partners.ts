/**
 * Whom a reseller's sales go through: sales channels, points of sale, contacts, pending accounts.
 * Each is found again by its code, which therefore stays; everything else of it may change.
 */
import type { SheetName } from '../../domain/house/file.ts';
import type { HouseTables } from '../../domain/house/rows.ts';
import { fromMinor, minorDigits } from '../../domain/house/values.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from './edit-house.ts';
import { AlreadyInHouse, editHouse, NotInHouse } from './edit-house.ts';

export type SalesChannelRow = HouseTables['sales_channel'];
export type PointOfSaleRow = HouseTables['point_of_sale'];
export type ContactRow = HouseTables['contact'];
export type PendingAccountRow = HouseTables['pending_account'];
export type ResellerAccountRow = HouseTables['reseller_account'];

/** Tables whose rows are found by a code of their own. */
type PartnerTable = 'sales_channel' | 'point_of_sale' | 'contact' | 'pending_account';

const SHEETS = {
  sales_channel: 'sales_channels',
  point_of_sale: 'points_of_sale',
  contact: 'contacts',
  pending_account: 'pending_accounts',
} as const satisfies Record<PartnerTable, SheetName>;

type Reader = Pick<EditServices, 'database'>;

export function listPartners<T extends PartnerTable | 'reseller_account'>(
  { database }: Reader,
  organisationId: number,
  table: T,
): Promise<HouseTables[T][]> {
  return database.transaction(organisationId, (tx) => selectHouseRows(tx, table), {
    readOnly: true,
  });
}

/** The code of what an edit names by its id. Throws NotInHouse. */
export async function codeOf(
  tx: Tx,
  table: PartnerTable | 'contingent',
  id: number,
): Promise<string> {
  const [row] = await selectHouseRows(tx, table, { id });
  if (row === undefined) throw new NotInHouse(table);
  return row.code;
}

export async function codeOrNull(
  tx: Tx,
  table: PartnerTable,
  id: number | null | undefined,
): Promise<string | null | undefined> {
  return id === null || id === undefined ? id : codeOf(tx, table, id);
}

/** What a person may say of one; undefined leaves what is stored. */
export type PartnerChange<T extends PartnerTable> = {
  [K in Exclude<keyof HouseTables[T], 'id' | 'code'>]?: HouseTables[T][K] | undefined;
};

export interface PartnerEdit<T extends PartnerTable> {
  table: T;
  /** Null: a new one, of this code. */
  id: number | null;
  code?: string | undefined;
  change: PartnerChange<T>;
}

export function savePartner<T extends PartnerTable>(
  services: EditServices,
  request: EditRequest,
  edit: PartnerEdit<T>,
): Promise<EditResult<HouseTables[T]>> {
  const { table, id, change } = edit;
  const find = async (tx: Tx, where: Partial<HouseTables[T]>): Promise<HouseTables[T] | null> => {
    const [row] = await selectHouseRows(tx, table, where);
    return row ?? null;
  };
  let code = edit.code ?? '';
  return editHouse<HouseTables[T]>(services, request, {
    action: `${table}.${id === null ? 'created' : 'changed'}`,
    subject: (row) => `${table} ${row.id}`,
    before: async (tx) => {
      if (id === null) {
        const taken = await find(tx, { code } as unknown as Partial<HouseTables[T]>);
        if (taken !== null) throw new AlreadyInHouse(SHEETS[table], code);
        return null;
      }
      const row = await find(tx, { id } as Partial<HouseTables[T]>);
      if (row === null) throw new NotInHouse(table);
      code = row.code;
      return row;
    },
    document: async (tx, before) => {
      const row = { ...before, ...defined(change), code } as unknown as HouseTables[T];
      return { [SHEETS[table]]: [await LINES[table](tx, row as never)] };
    },
    after: async (tx) => {
      const row = await find(tx, { code } as unknown as Partial<HouseTables[T]>);
      if (row === null) throw new Error(`${table} ${code} was written.`);
      return row;
    },
  });
}

export function defined<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

/** Each row as its line of a house file. */
const LINES: {
  [T in PartnerTable]: (tx: Tx, row: HouseTables[T]) => Promise<object>;
} = {
  sales_channel: async (_tx, { code, name, kind, accepts_third_party }) => {
    return { code, name, kind, accepts_third_party };
  },
  point_of_sale: async (tx, { code, name, sales_channel_id, accepts_pending_account }) => ({
    code,
    name,
    accepts_pending_account,
    sales_channel: await codeOf(tx, 'sales_channel', sales_channel_id),
  }),
  contact: async (_tx, { code, name, pending_account_authorised }) => {
    return { code, name, pending_account_authorised };
  },
  pending_account: async (tx, { code, contact_id, currency, ceiling_minor }) => ({
    code,
    contact: await codeOf(tx, 'contact', contact_id),
    ...(currency === undefined ? {} : { currency }),
    ...(ceiling_minor === undefined
      ? {}
      : { ceiling: await amountOf(tx, ceiling_minor, currency) }),
  }),
};

/** An amount as a file has it; the currency of the house where none is said. */
export async function amountOf(
  tx: Tx,
  minor: number | null,
  currency: string | undefined,
): Promise<string | null> {
  if (minor === null) return null;
  return fromMinor(minor, minorDigits(currency ?? (await currencyOfHouse(tx))));
}

export async function currencyOfHouse(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ currency: string }>(
    'select currency from organisation where id = $1',
    [tx.organisationId],
  );
  return row?.currency ?? 'EUR';
}
