import type {
  Block,
  Catalogue,
  CatalogueRows,
  Commission,
  Contingent,
  Counter,
  LogicalConfiguration,
  OnSaleWindow,
  Performance,
  Price,
  Product,
  SeatCategory,
  Tariff,
  VatRate,
  Zone,
} from '../domain/catalogue/catalogue.ts';
import { indexCatalogue } from '../domain/catalogue/catalogue.ts';
import type { Tx } from './database/transaction.ts';

/** The version that every change of inventory, prices, mappings or interfaces raises. */
export async function catalogueVersion(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'select catalogue_version as version from organisation where id = $1',
    [tx.organisationId],
  );
  return row?.version ?? 0;
}

/** The zone whose months are the periods of the accounts. */
export async function organisationTimeZone(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ zone: string }>(
    'select time_zone as zone from organisation where id = $1',
    [tx.organisationId],
  );
  return row?.zone ?? 'UTC';
}

export async function raiseCatalogueVersion(tx: Tx): Promise<void> {
  await tx.execute(
    'update organisation set catalogue_version = catalogue_version + 1 where id = $1',
    [tx.organisationId],
  );
}

/** Reads the small tables of the inventory, without seats and counters. */
export async function loadCatalogue(tx: Tx): Promise<Catalogue> {
  const version = await catalogueVersion(tx);
  const places = await loadPlaces(tx);
  const offers = await loadProducts(tx);
  const money = await loadMoney(tx);
  return indexCatalogue({ version, ...places, ...offers, ...money });
}

type Places = Pick<
  CatalogueRows,
  'logicalConfigurations' | 'seatCategories' | 'blocks' | 'zones' | 'counters'
>;

async function loadPlaces(tx: Tx): Promise<Places> {
  const org = [tx.organisationId];
  const logicalConfigurations = await tx.query<LogicalConfiguration>(
    `select c.id, c.layout_id as "layoutId", l.code as "layoutCode", c.code, c.name
     from logical_configuration c
     join layout l on l.organisation_id = c.organisation_id and l.id = c.layout_id
     where c.organisation_id = $1 order by c.id`,
    org,
  );
  const seatCategories = await tx.query<SeatCategory>(
    `select id, logical_configuration_id as "logicalConfigurationId", code, name, kind
     from seat_category where organisation_id = $1 order by rank, id`,
    org,
  );
  const blocks = await tx.query<Block>(
    `select b.id, b.area_id as "areaId", a.layout_id as "layoutId", l.code as "layoutCode",
       a.code as "areaCode", b.code, a.numbered
     from block b
     join area a on a.organisation_id = b.organisation_id and a.id = b.area_id
     join layout l on l.organisation_id = a.organisation_id and l.id = a.layout_id
     where b.organisation_id = $1 order by b.id`,
    org,
  );
  const zones = await tx.query<Zone>(
    `select z.id, z.logical_configuration_id as "logicalConfigurationId", z.area_id as "areaId",
       l.code as "layoutCode", a.code as "areaCode", z.seat_category_id as "seatCategoryId",
       z.capacity
     from zone z
     join area a on a.organisation_id = z.organisation_id and a.id = z.area_id
     join layout l on l.organisation_id = a.organisation_id and l.id = a.layout_id
     where z.organisation_id = $1 order by z.id`,
    org,
  );
  const counters = await tx.query<Counter>(
    `select id, kind, product_id as "productId", performance_id as "performanceId",
       zone_id as "zoneId", day, to_char(slot_starts, 'HH24:MI') as "slotStarts"
     from counter where organisation_id = $1 order by id`,
    org,
  );
  return { logicalConfigurations, seatCategories, blocks, zones, counters };
}

type Offers = Pick<CatalogueRows, 'seasons' | 'products' | 'performances' | 'windows'>;

async function loadProducts(tx: Tx): Promise<Offers> {
  const org = [tx.organisationId];
  const seasons = await tx.query<CatalogueRows['seasons'][number]>(
    `select id, code, starts_on as "startsOn", ends_on as "endsOn"
     from season where organisation_id = $1 order by id`,
    org,
  );
  const products = await tx.query<Product>(
    `select id, season_id as "seasonId", code, name, kind, names_required as "namesRequired",
       nameless_opens_door as "namelessOpensDoor", valid_from as "validFrom",
       valid_until as "validUntil", valid_days as "validDays",
       days_per_ticket as "daysPerTicket", time_zone as "timeZone"
     from product where organisation_id = $1 order by id`,
    org,
  );
  const performances = await tx.query<Performance>(
    `select p.id, p.product_id as "productId", p.code, p.starts_at as "startsAt",
       p.time_zone as "timeZone", p.local_start as "localStart",
       p.logical_configuration_id as "logicalConfigurationId", p.state, p.gauge,
       p.suspended_at as "suspendedAt", p.cancelled_at as "cancelledAt",
       p.closed_at as "closedAt",
       coalesce((select array_agg(a.local_start order by a.moved_at) from performance_alias a
         where a.organisation_id = p.organisation_id and a.performance_id = p.id), '{}')
         as aliases
     from performance p where p.organisation_id = $1 order by p.id`,
    org,
  );
  const windows = await tx.query<OnSaleWindow>(
    `select sales_channel_id as "salesChannelId", product_id as "productId",
       performance_id as "performanceId", opens_at as "opensAt", closes_at as "closesAt"
     from on_sale_window where organisation_id = $1 order by id`,
    org,
  );
  return { seasons, products, performances, windows };
}

type Money = Pick<CatalogueRows, 'tariffs' | 'prices' | 'vatRates' | 'contingents' | 'commissions'>;

async function loadMoney(tx: Tx): Promise<Money> {
  const org = [tx.organisationId];
  const tariffs = await tx.query<Tariff>(
    `select id, season_id as "seasonId", audience, audience_kind as "audienceKind", code, name
     from tariff where organisation_id = $1 order by id`,
    org,
  );
  const prices = await tx.query<Price>(
    `select product_id as "productId", performance_id as "performanceId",
       seat_category_id as "seatCategoryId", tariff_id as "tariffId",
       amount_minor as "amountMinor", currency, valid_from as "validFrom"
     from price where organisation_id = $1 order by id`,
    org,
  );
  const vatRates = await tx.query<VatRate>(
    `select product_id as "productId", performance_id as "performanceId",
       rate_hundredths as "rateHundredths", valid_from as "validFrom"
     from vat_rate where organisation_id = $1 order by id`,
    org,
  );
  const contingents = await tx.query<Contingent>(
    `select c.id, c.code, c.name, c.kind, c.sends_wheelchair as "sendsWheelchair",
       c.sends_restricted_view as "sendsRestrictedView",
       c.sends_house_seats as "sendsHouseSeats",
       coalesce((select array_agg(cc.sales_channel_id order by cc.sales_channel_id)
         from contingent_channel cc
         where cc.organisation_id = c.organisation_id and cc.contingent_id = c.id), '{}')
         as "salesChannelIds"
     from contingent c where c.organisation_id = $1 order by c.id`,
    org,
  );
  const commissions = await tx.query<Commission>(
    `select interface_id as "interfaceId", product_id as "productId", tariff_id as "tariffId",
       kind, value, valid_from as "validFrom", on_top as "onTop"
     from commission where organisation_id = $1 order by id`,
    org,
  );
  return { tariffs, prices, vatRates, contingents, commissions };
}
