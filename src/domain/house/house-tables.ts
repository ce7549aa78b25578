/** The tables that a house file fills: keys and columns, in the order of insertion. */
import type {
  AliasRow,
  AreaRow,
  BlockRow,
  CategoryRow,
  CommissionRow,
  ConfigurationRow,
  ContactRow,
  ContingentChannelRow,
  ContingentRow,
  CounterRow,
  HouseTables,
  InterfaceProductRow,
  InterfaceRow,
  LayoutRow,
  MappingRow,
  PendingAccountRow,
  PerformanceRow,
  PointOfSaleRow,
  PriceRow,
  ProductRow,
  QuotaRow,
  ResellerAccountRow,
  SalesChannelRow,
  ScheduleRow,
  SeasonRow,
  SeatRow,
  TableName,
  TariffRow,
  VatRow,
  WindowRow,
  ZoneRow,
} from './rows.ts';

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
