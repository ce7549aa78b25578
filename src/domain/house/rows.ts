/**
 * The rows of the tables that a house file fills, in the words of the database: what the planner
 * compares the file with, and what the store writes. Ids below zero are placeholders of rows that
 * do not exist yet. Instants are ISO strings in UTC, days YYYY-MM-DD, times HH:MM:SS.
 */

export interface SeasonRow {
  id: number;
  code: string;
  name: string;
  starts_on: string | null;
  ends_on: string | null;
}

export interface LayoutRow {
  id: number;
  code: string;
  name: string;
}

export interface AreaRow {
  id: number;
  layout_id: number;
  code: string;
  name: string;
  numbered: boolean;
}

export interface BlockRow {
  id: number;
  area_id: number;
  code: string;
  name: string;
}

export interface SeatRow {
  id: number;
  block_id: number;
  row: string;
  number: string;
  x: number | null;
  y: number | null;
  wheelchair: boolean;
  companion_of: number | null;
  restricted_view: boolean;
  house_seat: boolean;
}

export interface ConfigurationRow {
  id: number;
  layout_id: number;
  code: string;
  name: string;
}

export interface CategoryRow {
  id: number;
  logical_configuration_id: number;
  code: string;
  name: string;
  kind: 'seats' | 'zone';
  rank: number;
}

export interface ZoneRow {
  id: number;
  logical_configuration_id: number;
  area_id: number;
  seat_category_id: number;
  capacity: number;
}

export interface ProductRow {
  id: number;
  season_id: number;
  code: string;
  name: string;
  kind: import('../catalogue/catalogue.ts').ProductKind;
  names_required: boolean;
  nameless_opens_door: boolean;
  valid_from: string | null;
  valid_until: string | null;
  valid_days: number | null;
  days_per_ticket: number;
  time_zone: string;
}

export interface PerformanceRow {
  id: number;
  product_id: number;
  code: string;
  starts_at: string;
  time_zone: string;
  local_start: string;
  logical_configuration_id: number;
  state: 'preparing' | 'running' | 'suspended' | 'cancelled' | 'closed';
  gauge: number | null;
  suspended_at: string | null;
  cancelled_at: string | null;
  closed_at: string | null;
}

export interface AliasRow {
  performance_id: number;
  local_start: string;
  moved_at: string;
}

export interface TariffRow {
  id: number;
  season_id: number;
  audience: string;
  audience_kind: import('../catalogue/catalogue.ts').AudienceKind;
  code: string;
  name: string;
}

export interface PriceRow {
  id: number;
  product_id: number;
  performance_id: number | null;
  seat_category_id: number | null;
  tariff_id: number;
  amount_minor: number;
  currency: string;
  valid_from: string;
}

export interface VatRow {
  id: number;
  product_id: number;
  performance_id: number | null;
  rate_hundredths: number;
  valid_from: string;
}

export interface SalesChannelRow {
  id: number;
  code: string;
  name: string;
  kind: 'external' | 'internal';
  accepts_third_party: boolean;
}

export interface WindowRow {
  id: number;
  sales_channel_id: number;
  product_id: number;
  performance_id: number | null;
  opens_at: string;
  closes_at: string | null;
}

export interface PointOfSaleRow {
  id: number;
  sales_channel_id: number;
  code: string;
  name: string;
  accepts_pending_account: boolean;
}

export interface ContactRow {
  id: number;
  code: string;
  name: string;
  pending_account_authorised: boolean;
}

export interface PendingAccountRow {
  id: number;
  contact_id: number;
  code: string;
  currency: string;
  ceiling_minor: number | null;
}

export interface ContingentRow {
  id: number;
  code: string;
  name: string;
  kind: 'internal' | 'external';
  colour: string | null;
  sends_wheelchair: boolean;
  sends_restricted_view: boolean;
  sends_house_seats: boolean;
}

export interface ContingentChannelRow {
  contingent_id: number;
  sales_channel_id: number;
}

export interface CounterRow {
  id: number;
  kind: 'zone' | 'day' | 'pass';
  product_id: number;
  performance_id: number | null;
  zone_id: number | null;
  seat_category_id: number | null;
  day: string | null;
  slot_starts: string | null;
  slot_ends: string | null;
  capacity: number | null;
  sold: number;
  held: number;
  blocked: number;
}

export interface QuotaRow {
  counter_id: number;
  contingent_id: number;
  quota: number;
  interface_id: number | null;
  allotted: number;
  sold: number;
  held: number;
}

export interface ResellerAccountRow {
  id: number;
  channel: string;
  account: string;
  opened_at: string | null;
}

export interface InterfaceRow {
  id: number;
  code: string;
  names: Record<string, string>;
  reseller: string;
  channel: string;
  reseller_account_id: number;
  sales_channel_id: number;
  point_of_sale_id: number | null;
  contact_id: number | null;
  pending_account_id: number | null;
  currency: string;
  time_zone: string;
  price_policy: 'error' | 'ours' | 'reseller';
  price_tolerance_minor: number;
  price_grace_hours: number;
  price_includes_commission: boolean;
  commission_vat_hundredths: number;
  ceiling_blocks: boolean;
  house_stock_maximum: number;
  status: 'visible' | 'hidden' | 'archived';
  notified_emails: string[];
  people: { name: string; mail?: string | undefined; phone?: string | undefined }[];
  config: Record<string, unknown>;
}

export interface InterfaceProductRow {
  interface_id: number;
  product_id: number;
}

export interface CommissionRow {
  id: number;
  interface_id: number;
  product_id: number | null;
  tariff_id: number | null;
  kind: 'amount' | 'percent';
  value: number;
  valid_from: string;
  on_top: boolean;
}

export interface MappingRow {
  id: number;
  interface_id: number;
  word: string;
  season_id: number | null;
  ours: string | null;
  external: string[];
  not_ours: boolean;
  rule: Record<string, unknown> | null;
  changed_at: string;
  changed_by: string;
}

export interface ScheduleRow {
  id: number;
  interface_id: number;
  function: string;
  name: string;
  timing: Record<string, unknown>;
  active: boolean;
  first_at: string | null;
  /** What is due next; null asks the scheduler to plan it anew. */
  next_at: string | null;
  filters: { productIds?: number[]; performanceIds?: number[] };
}

/** Every table by name, with the type of its rows. */
export interface HouseTables {
  season: SeasonRow;
  layout: LayoutRow;
  area: AreaRow;
  block: BlockRow;
  seat: SeatRow;
  logical_configuration: ConfigurationRow;
  seat_category: CategoryRow;
  zone: ZoneRow;
  product: ProductRow;
  performance: PerformanceRow;
  performance_alias: AliasRow;
  tariff: TariffRow;
  price: PriceRow;
  vat_rate: VatRow;
  sales_channel: SalesChannelRow;
  on_sale_window: WindowRow;
  point_of_sale: PointOfSaleRow;
  contact: ContactRow;
  pending_account: PendingAccountRow;
  contingent: ContingentRow;
  contingent_channel: ContingentChannelRow;
  counter: CounterRow;
  contingent_quota: QuotaRow;
  reseller_account: ResellerAccountRow;
  interface: InterfaceRow;
  interface_product: InterfaceProductRow;
  commission: CommissionRow;
  mapping: MappingRow;
  schedule: ScheduleRow;
}

export type TableName = keyof HouseTables;

interface TableShape<R> {
  /** What finds a row without its id: the natural key. */
  key: readonly (keyof R & string)[];
  /** The primary key beside organisation_id. */
  primary: readonly (keyof R & string)[];
  columns: readonly (keyof R & string)[];
}

function shape<R>(
  key: readonly (keyof R & string)[],
  others: readonly (keyof R & string)[],
  primary: readonly (keyof R & string)[] = ['id' as keyof R & string],
): TableShape<R> {
  return { key, primary, columns: [...new Set([...primary, ...key, ...others])] };
}

/** In the order in which rows may be inserted; deletions go the other way. */
export const HOUSE_TABLES: { readonly [T in TableName]: TableShape<HouseTables[T]> } = {
  season: shape<SeasonRow>(['code'], ['name', 'starts_on', 'ends_on']),
  layout: shape<LayoutRow>(['code'], ['name']),
  area: shape<AreaRow>(['layout_id', 'code'], ['name', 'numbered']),
  block: shape<BlockRow>(['area_id', 'code'], ['name']),
  seat: shape<SeatRow>(
    ['block_id', 'row', 'number'],
    ['x', 'y', 'wheelchair', 'companion_of', 'restricted_view', 'house_seat'],
  ),
  logical_configuration: shape<ConfigurationRow>(['code'], ['layout_id', 'name']),
  seat_category: shape<CategoryRow>(['logical_configuration_id', 'code'], ['name', 'kind', 'rank']),
  zone: shape<ZoneRow>(['logical_configuration_id', 'area_id'], ['seat_category_id', 'capacity']),
  product: shape<ProductRow>(
    ['season_id', 'code'],
    [
      'name',
      'kind',
      'names_required',
      'nameless_opens_door',
      'valid_from',
      'valid_until',
      'valid_days',
      'days_per_ticket',
      'time_zone',
    ],
  ),
  performance: shape<PerformanceRow>(
    ['product_id', 'code'],
    [
      'starts_at',
      'time_zone',
      'local_start',
      'logical_configuration_id',
      'state',
      'gauge',
      'suspended_at',
      'cancelled_at',
      'closed_at',
    ],
  ),
  performance_alias: shape<AliasRow>(
    ['performance_id', 'local_start'],
    ['moved_at'],
    ['performance_id', 'local_start'],
  ),
  tariff: shape<TariffRow>(['season_id', 'audience', 'code'], ['audience_kind', 'name']),
  price: shape<PriceRow>(
    ['product_id', 'performance_id', 'seat_category_id', 'tariff_id', 'valid_from'],
    ['amount_minor', 'currency'],
  ),
  vat_rate: shape<VatRow>(['product_id', 'performance_id', 'valid_from'], ['rate_hundredths']),
  sales_channel: shape<SalesChannelRow>(['code'], ['name', 'kind', 'accepts_third_party']),
  on_sale_window: shape<WindowRow>(
    ['sales_channel_id', 'product_id', 'performance_id', 'opens_at'],
    ['closes_at'],
  ),
  point_of_sale: shape<PointOfSaleRow>(
    ['code'],
    ['sales_channel_id', 'name', 'accepts_pending_account'],
  ),
  contact: shape<ContactRow>(['code'], ['name', 'pending_account_authorised']),
  pending_account: shape<PendingAccountRow>(['code'], ['contact_id', 'currency', 'ceiling_minor']),
  contingent: shape<ContingentRow>(
    ['code'],
    ['name', 'kind', 'colour', 'sends_wheelchair', 'sends_restricted_view', 'sends_house_seats'],
  ),
  contingent_channel: shape<ContingentChannelRow>(
    ['contingent_id', 'sales_channel_id'],
    [],
    ['contingent_id', 'sales_channel_id'],
  ),
  counter: shape<CounterRow>(
    ['product_id', 'performance_id', 'zone_id', 'day', 'slot_starts'],
    ['kind', 'seat_category_id', 'slot_ends', 'capacity', 'sold', 'held', 'blocked'],
  ),
  contingent_quota: shape<QuotaRow>(
    ['counter_id', 'contingent_id'],
    ['quota', 'interface_id', 'allotted', 'sold', 'held'],
    ['counter_id', 'contingent_id'],
  ),
  reseller_account: shape<ResellerAccountRow>(['channel', 'account'], ['opened_at']),
  interface: shape<InterfaceRow>(
    ['code'],
    [
      'names',
      'reseller',
      'channel',
      'reseller_account_id',
      'sales_channel_id',
      'point_of_sale_id',
      'contact_id',
      'pending_account_id',
      'currency',
      'time_zone',
      'price_policy',
      'price_tolerance_minor',
      'price_grace_hours',
      'price_includes_commission',
      'commission_vat_hundredths',
      'ceiling_blocks',
      'house_stock_maximum',
      'status',
      'notified_emails',
      'people',
      'config',
    ],
  ),
  interface_product: shape<InterfaceProductRow>(
    ['interface_id', 'product_id'],
    [],
    ['interface_id', 'product_id'],
  ),
  commission: shape<CommissionRow>(
    ['interface_id', 'product_id', 'tariff_id', 'valid_from'],
    ['kind', 'value', 'on_top'],
  ),
  mapping: shape<MappingRow>(
    ['interface_id', 'word', 'season_id', 'ours', 'not_ours', 'external'],
    ['rule', 'changed_at', 'changed_by'],
  ),
  schedule: shape<ScheduleRow>(
    ['interface_id', 'name'],
    ['function', 'timing', 'active', 'first_at', 'next_at', 'filters'],
  ),
};

export const TABLE_NAMES = Object.keys(HOUSE_TABLES) as TableName[];
