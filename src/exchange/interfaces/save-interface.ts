/**
 * Making and changing an interface. It is a line of a house document, so what a file may not do a
 * person may not either; secrets go in, and only that they were set comes out.
 */
import type { LineOf, Setting } from '../../domain/house/file.ts';
import { fromMinor, minorDigits } from '../../domain/house/values.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from '../house-edit/edit-house.ts';
import { AlreadyInHouse, editHouse, NotInHouse } from '../house-edit/edit-house.ts';
import { amountOf, codeOf, codeOrNull, defined } from '../house-edit/partners.ts';
import { productKey } from '../house-edit/prices.ts';
import type { InterfaceSettings } from './interface-settings.ts';
import { settingsIn } from './interface-settings.ts';

type Optional<T> = { [K in keyof T]?: T[K] | undefined };

/** Absent leaves what is stored; null empties it. */
export type InterfaceChange = Optional<{
  names: { fr: string } & Optional<{ en: string; es: string; de: string; it: string }>;
  reseller: string;
  salesChannelId: number;
  pointOfSaleId: number | null;
  contactId: number | null;
  pendingAccountId: number | null;
  /** What names the account at the reseller; else the channel's settings say it. */
  account: string;
  /** ISO instant: sales before it make no entry in the ledger. */
  accountOpenedAt: string | null;
  currency: string;
  timeZone: string;
  pricePolicy: 'error' | 'ours' | 'reseller';
  priceToleranceMinor: number;
  priceGraceHours: number;
  priceIncludesCommission: boolean;
  commissionVatHundredths: number;
  ceilingBlocks: boolean;
  houseStockMaximum: number;
  status: 'visible' | 'hidden' | 'archived';
  notifiedEmails: string[];
  people: ({ name: string } & Optional<{ mail: string; phone: string }>)[];
  /** Empty: every product of its account. */
  productIds: number[];
  config: Record<string, Setting>;
  /** Null takes one away. */
  secrets: Record<string, string | null>;
}>;

export interface NewInterface extends InterfaceChange {
  code: string;
  channel: string;
  names: { fr: string } & Optional<{ en: string; es: string; de: string; it: string }>;
  reseller: string;
  salesChannelId: number;
}

export function createInterface(
  services: EditServices,
  request: EditRequest,
  made: NewInterface,
): Promise<EditResult<InterfaceSettings>> {
  const { code, channel, ...change } = made;
  return editHouse<InterfaceSettings>(services, request, {
    action: 'interface.created',
    subject: ({ id }) => `interface ${id}`,
    before: async (tx) => {
      const [taken] = await selectHouseRows(tx, 'interface', { code });
      if (taken !== undefined) throw new AlreadyInHouse('interfaces', code);
      return null;
    },
    document: async (tx) => {
      const sales_channel = await codeOf(tx, 'sales_channel', made.salesChannelId);
      const { names, reseller } = made;
      const line = await lineOf(tx, change, change.currency);
      return { interfaces: [{ ...line, code, channel, names, reseller, sales_channel }] as never };
    },
    after: async (tx) => {
      const [row] = await selectHouseRows(tx, 'interface', { code });
      return await found(tx, services, row?.id ?? 0);
    },
  });
}

async function found(
  tx: Tx,
  { secrets }: EditServices,
  interfaceId: number,
): Promise<InterfaceSettings> {
  const settings = await settingsIn(tx, secrets, interfaceId);
  if (settings === null) throw new NotInHouse('interface');
  return settings;
}

/** The reseller's kind (the channel) stays; account and currency until something is booked. */
export function changeInterface(
  services: EditServices,
  request: EditRequest,
  { interfaceId, change }: { interfaceId: number; change: InterfaceChange },
): Promise<EditResult<InterfaceSettings>> {
  const read = (tx: Tx) => found(tx, services, interfaceId);
  return editHouse<InterfaceSettings>(services, request, {
    action: 'interface.changed',
    subject: ({ id }) => `interface ${id}`,
    before: read,
    document: async (tx, before) => {
      const { code, channel, names, reseller, salesChannelId, currency } =
        before ?? (await read(tx));
      const line = {
        code,
        channel,
        names: names as LineOf<'interfaces'>['names'],
        reseller,
        sales_channel: await codeOf(tx, 'sales_channel', change.salesChannelId ?? salesChannelId),
        ...(await lineOf(tx, change, change.currency ?? currency)),
      };
      return { interfaces: [line] as never };
    },
    after: read,
  });
}

async function lineOf(
  tx: Tx,
  change: InterfaceChange,
  currency: string | undefined,
): Promise<Partial<LineOf<'interfaces'>>> {
  const tolerance = change.priceToleranceMinor;
  const vat = change.commissionVatHundredths;
  return defined({
    names: change.names,
    reseller: change.reseller,
    point_of_sale: await codeOrNull(tx, 'point_of_sale', change.pointOfSaleId),
    contact: await codeOrNull(tx, 'contact', change.contactId),
    pending_account: await codeOrNull(tx, 'pending_account', change.pendingAccountId),
    account: change.account,
    account_opened: change.accountOpenedAt,
    currency: change.currency,
    time_zone: change.timeZone,
    price_policy: change.pricePolicy,
    price_tolerance:
      tolerance === undefined ? undefined : ((await amountOf(tx, tolerance, currency)) ?? '0'),
    price_grace_hours: change.priceGraceHours,
    price_includes_commission: change.priceIncludesCommission,
    commission_vat: vat === undefined ? undefined : fromMinor(vat, 2),
    ceiling_blocks: change.ceilingBlocks,
    house_stock_maximum: change.houseStockMaximum,
    status: change.status,
    notified_emails: change.notifiedEmails,
    people: change.people,
    products: await productKeys(tx, change.productIds),
    config: change.config,
    secrets: change.secrets,
  }) as Partial<LineOf<'interfaces'>>;
}

async function productKeys(
  tx: Tx,
  ids: readonly number[] | undefined,
): Promise<string[] | undefined> {
  if (ids === undefined) return undefined;
  const keys: string[] = [];
  for (const id of ids) {
    const { season, product } = await productKey(tx, id);
    keys.push(`${season}/${product}`);
  }
  return keys;
}

/** What an interface owes its reseller of a sale: of all, of a product, of a tariff. */
export interface CommissionTable {
  interfaceId: number;
  currency: string;
  commissions: {
    id: number;
    productId: number | null;
    tariffId: number | null;
    kind: 'amount' | 'percent';
    /** Minor units, or hundredths of a percent. */
    value: number;
    onTop: boolean;
    /** ISO instant. */
    validFrom: string;
  }[];
}

export function readCommissions(
  { database }: Pick<EditServices, 'database'>,
  { organisationId, interfaceId }: { organisationId: number; interfaceId: number },
): Promise<CommissionTable | null> {
  return database.transaction(organisationId, (tx) => commissionTable(tx, interfaceId), {
    readOnly: true,
  });
}

async function commissionTable(tx: Tx, interfaceId: number): Promise<CommissionTable | null> {
  const [owner] = await selectHouseRows(tx, 'interface', { id: interfaceId });
  if (owner === undefined) return null;
  const rows = await selectHouseRows(tx, 'commission', { interface_id: interfaceId });
  const commissions = rows.map(({ id, kind, value, ...row }) => ({
    id,
    productId: row.product_id,
    tariffId: row.tariff_id,
    kind,
    value,
    onTop: row.on_top,
    validFrom: row.valid_from,
  }));
  return { interfaceId, currency: owner.currency, commissions };
}

export interface CommissionLine {
  productId: number | null;
  tariffId: number | null;
  kind: 'amount' | 'percent';
  value: number;
  onTop?: boolean | undefined;
  validFrom?: string | undefined;
  remove?: boolean | undefined;
}

export function saveCommissions(
  services: EditServices,
  request: EditRequest,
  { interfaceId, lines }: { interfaceId: number; lines: readonly CommissionLine[] },
): Promise<EditResult<CommissionTable>> {
  const read = async (tx: Tx): Promise<CommissionTable> => {
    const table = await commissionTable(tx, interfaceId);
    if (table === null) throw new NotInHouse('interface');
    return table;
  };
  return editHouse(services, request, {
    action: 'commissions.changed',
    subject: () => `interface ${interfaceId}`,
    before: read,
    document: async (tx) => {
      const [owner] = await selectHouseRows(tx, 'interface', { id: interfaceId });
      const digits = minorDigits(owner?.currency ?? 'EUR');
      const list: object[] = [];
      for (const line of lines) {
        list.push({
          interface: owner?.code ?? '',
          ...(await tariffKey(tx, line.tariffId)),
          ...(line.productId === null ? {} : await productKey(tx, line.productId)),
          kind: line.kind,
          value: fromMinor(line.value, line.kind === 'percent' ? 2 : digits),
          ...(line.onTop === undefined ? {} : { on_top: line.onTop }),
          ...(line.validFrom === undefined ? {} : { valid_from: line.validFrom }),
          ...(line.remove ? { remove: true } : {}),
        });
      }
      return { commissions: list as never };
    },
    after: read,
  });
}

async function tariffKey(tx: Tx, id: number | null): Promise<{ season?: string; tariff?: string }> {
  if (id === null) return {};
  const [tariff] = await selectHouseRows(tx, 'tariff', { id });
  if (tariff === undefined) throw new NotInHouse('tariff');
  const [season] = await selectHouseRows(tx, 'season', { id: tariff.season_id });
  return { season: season?.code ?? '', tariff: `${tariff.audience}/${tariff.code}` };
}
