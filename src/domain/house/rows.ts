/**
 * The rows of the tables that a house file fills, in the words of the database: what the planner
 * compares the file with, and what the store writes. Ids below zero are placeholders of rows that
 * do not exist yet. Instants are ISO strings in UTC, days YYYY-MM-DD, times HH:MM:SS.
 */

import type { AudienceKind, ProductKind } from '../catalogue/catalogue.ts';

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
  kind: ProductKind;
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
  audience_kind: AudienceKind;
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
