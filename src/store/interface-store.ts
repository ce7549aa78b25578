/** Interfaces to resellers, as the exchange reads them: settings, money, products, people. */
import type { Tx } from './database/transaction.ts';

export interface ResellerPerson {
  name: string;
  mail?: string;
  phone?: string;
}

export interface InterfaceRecord {
  id: number;
  code: string;
  /** Name by language; French always. */
  names: Readonly<Record<string, string>>;
  /** The reseller's name, as people say it. */
  reseller: string;
  /** The channel's folder name. */
  channel: string;
  resellerAccountId: number;
  /** What names the account at the reseller (FNAC: the manager code). */
  account: string;
  /** Sales before this instant make no ledger entry. */
  accountOpenedAt: string | null;
  salesChannelId: number;
  pointOfSaleId: number | null;
  contactId: number | null;
  pendingAccountId: number | null;
  /** Null without a pending account. */
  pendingAccountState: 'open' | 'closed' | null;
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
  notifiedEmails: readonly string[];
  people: readonly ResellerPerson[];
  /** The channel's settings without its secrets. */
  config: Readonly<Record<string, unknown>>;
  /** Products whose sales it takes; empty: all of its account. */
  productIds: readonly number[];
}

/** With the sealed secrets; they stay in the function that opens the channel. */
export interface SealedInterface extends InterfaceRecord {
  secrets: Uint8Array | null;
}

const SELECT_INTERFACE = `
  select i.id, i.code, i.names, i.reseller, i.channel,
         i.reseller_account_id as "resellerAccountId", a.account,
         a.opened_at as "accountOpenedAt",
         i.sales_channel_id as "salesChannelId", i.point_of_sale_id as "pointOfSaleId",
         i.contact_id as "contactId", i.pending_account_id as "pendingAccountId",
         p.state as "pendingAccountState", i.currency, i.time_zone as "timeZone",
         i.price_policy as "pricePolicy", i.price_tolerance_minor as "priceToleranceMinor",
         i.price_grace_hours as "priceGraceHours",
         i.price_includes_commission as "priceIncludesCommission",
         i.commission_vat_hundredths as "commissionVatHundredths",
         i.ceiling_blocks as "ceilingBlocks", i.house_stock_maximum as "houseStockMaximum",
         i.status, i.notified_emails as "notifiedEmails", i.people, i.config, i.secrets,
         array(select f.product_id from interface_product f
               where f.organisation_id = i.organisation_id and f.interface_id = i.id
               order by f.product_id) as "productIds"
  from interface i
  join reseller_account a
    on a.organisation_id = i.organisation_id and a.id = i.reseller_account_id
  left join pending_account p
    on p.organisation_id = i.organisation_id and p.id = i.pending_account_id
  where i.organisation_id = $1`;

/** The interface with this id, or null. */
export async function findInterface(tx: Tx, id: number): Promise<SealedInterface | null> {
  const rows = await tx.query<SealedInterface>(`${SELECT_INTERFACE} and i.id = $2`, [
    tx.organisationId,
    id,
  ]);
  return rows[0] ?? null;
}

/** The interface with this code, or null. */
export async function findInterfaceByCode(tx: Tx, code: string): Promise<SealedInterface | null> {
  const rows = await tx.query<SealedInterface>(`${SELECT_INTERFACE} and i.code = $2`, [
    tx.organisationId,
    code,
  ]);
  return rows[0] ?? null;
}

/** All interfaces by code; the house has few of them. */
export async function listInterfaces(tx: Tx): Promise<InterfaceRecord[]> {
  const rows = await tx.query<SealedInterface>(`${SELECT_INTERFACE} order by i.code`, [
    tx.organisationId,
  ]);
  return rows.map(withoutSecrets);
}

/** When each secret was set, by field. */
export async function readSecretDates(tx: Tx, id: number): Promise<Record<string, string>> {
  const [row] = await tx.query<{ dates: Record<string, string> }>(
    'select secrets_set_at as dates from interface where organisation_id = $1 and id = $2',
    [tx.organisationId, id],
  );
  return row?.dates ?? {};
}

export function withoutSecrets(sealed: SealedInterface): InterfaceRecord {
  const { secrets: _, ...record } = sealed;
  return record;
}

export interface OrganisationRecord {
  id: number;
  code: string;
  name: string;
  currency: string;
  timeZone: string;
  language: 'fr' | 'en' | 'de' | 'it' | 'es';
}

const SELECT_ORGANISATION = `
  select id, code, name, currency, time_zone as "timeZone", language from organisation`;

/** The organisation of this transaction. Throws when it does not exist. */
export async function readOrganisation(tx: Tx): Promise<OrganisationRecord> {
  const rows = await tx.query<OrganisationRecord>(`${SELECT_ORGANISATION} where id = $1`, [
    tx.organisationId,
  ]);
  const [organisation] = rows;
  if (organisation === undefined) throw new Error(`There is no organisation ${tx.organisationId}.`);
  return organisation;
}

/** In an administration transaction: every organisation of this database, by code. */
export function listOrganisations(tx: Tx): Promise<OrganisationRecord[]> {
  return tx.query<OrganisationRecord>(`${SELECT_ORGANISATION} order by code`);
}
