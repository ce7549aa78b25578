/**
 * What a house file says, line by line (the zod schemas in src/exchange/house-file read it). It is
 * one object (`organisation`) and many flat lists, each the equal of a sheet of a workbook; lines
 * name one another by code. An absent key leaves the stored value as it is, null empties it, and
 * `remove` takes the line's object away where nothing depends on it.
 */
import type { AudienceKind, PerformanceState, ProductKind } from '../catalogue/catalogue.ts';
import type { MappingWord } from '../mapping/mapping-row.ts';
import type { HouseProblem } from './problem.ts';

type Optional<T> = { [K in keyof T]?: T[K] | undefined };

export interface OrganisationLine
  extends Optional<{ business_day_ends_at: string; language: 'fr' | 'en' | 'de' | 'it' | 'es' }> {
  code: string;
  name: string;
  currency: string;
  time_zone: string;
}

type Removable = Optional<{ remove: boolean }>;

interface Named extends Removable {
  code: string;
  name: string;
}

/** Which seats; what is absent is not asked. Rows and seats are runs: `A-F`, `1-39/2`, `A,C`. */
export type SelectorLine = Optional<{ area: string; block: string; rows: string; seats: string }>;

interface OfProduct {
  season: string;
  product: string;
}

export type TimingLine = { kind: 'hours' | 'days' | 'at' | 'cron' | 'manual' } & Optional<{
  /** Hours or days between two runs. */
  every: number;
  /** Local time of a day. */
  time: string;
  expression: string;
}>;

export type RuleLine = Optional<{
  prefix: string;
  digits: number | null;
  our_digits: number | null;
  letter_case: 'upper' | 'lower' | null;
  our_letter_case: 'upper' | 'lower' | null;
}>;

export type Setting = string | number | boolean | null;
type Amount = string | number;

export interface HouseLines {
  seasons: Named & Optional<{ starts_on: string | null; ends_on: string | null }>;
  layouts: Named;
  areas: Named & { layout: string; numbered: boolean };
  blocks: Named & { layout: string; area: string };
  /** A run of seats: every number in every row. x, y place the first, steps the others. */
  seats: Removable & { layout: string; area: string; rows: string; seats: string } & Optional<{
      block: string;
      x: number | null;
      y: number | null;
      step_x: number;
      step_y: number;
      wheelchair: boolean;
      companion_of: string | null;
      restricted_view: boolean;
      house_seat: boolean;
    }>;
  configurations: Named & { layout: string };
  categories: Named & { configuration: string; kind: 'seats' | 'zone' } & Optional<{
      rank: number;
    }>;
  category_seats: Removable & SelectorLine & { configuration: string; category: string };
  zones: Removable & { configuration: string; area: string; category: string; capacity: number };
  products: Named & { season: string; kind: ProductKind } & Optional<{
      names_required: boolean;
      nameless_opens_door: boolean;
      valid_from: string | null;
      valid_until: string | null;
      valid_days: number | null;
      days_per_ticket: number;
      time_zone: string;
    }>;
  performances: Removable &
    OfProduct & { code: string; start: string; configuration: string } & Optional<{
      time_zone: string;
      state: PerformanceState;
      gauge: number | null;
    }>;
  tariffs: Named & { season: string; audience: string; audience_kind: AudienceKind };
  prices: Removable &
    OfProduct & { tariff: string; amount: Amount } & Optional<{
      performance: string;
      configuration: string;
      category: string;
      valid_from: string;
    }>;
  vat: Removable &
    OfProduct & { rate: Amount } & Optional<{ performance: string; valid_from: string }>;
  sales_channels: Named & { kind: 'external' | 'internal'; accepts_third_party: boolean };
  windows: Removable &
    OfProduct & { sales_channel: string; opens: string } & Optional<{
      performance: string;
      closes: string | null;
    }>;
  points_of_sale: Named & { sales_channel: string; accepts_pending_account: boolean };
  contacts: Named & { pending_account_authorised: boolean };
  pending_accounts: Removable & { contact: string; code: string } & Optional<{
      currency: string;
      ceiling: Amount | null;
    }>;
  contingents: Named & { kind: 'internal' | 'external' } & Optional<{
      colour: string | null;
      sales_channels: string[];
      sends_wheelchair: boolean;
      sends_restricted_view: boolean;
      sends_house_seats: boolean;
    }>;
  /** `performances`: one code, several with commas, or `*`; contingent null: in none. */
  contingent_seats: OfProduct & SelectorLine & { performances: string; contingent: string | null };
  /** Counted places of a pass: a day (to `last_day`), a slot of it, or without a day the pass. */
  counters: Removable &
    OfProduct &
    Optional<{
      day: string;
      last_day: string;
      slot_starts: string;
      slot_ends: string;
      capacity: number | null;
    }>;
  /** A share of a zone (performances, area) or of a pass's counters (day). */
  contingent_quotas: Removable &
    OfProduct & { contingent: string; quota: number } & Optional<{
      performances: string;
      area: string;
      day: string;
      last_day: string;
      slot_starts: string;
    }>;
  /** The venue's own: seats (selector) or counted places (quantity), by its own reference. */
  own_places: OfProduct &
    SelectorLine & {
      state: 'sold' | 'held' | 'blocked' | 'free';
      reference: string;
    } & Optional<{ performance: string; day: string; slot_starts: string; quantity: number }>;
  interfaces: Removable & {
    code: string;
    names: { fr: string } & Optional<{ en: string; es: string; de: string; it: string }>;
    reseller: string;
    channel: string;
    sales_channel: string;
  } & Optional<{
      account: string;
      account_opened: string | null;
      point_of_sale: string | null;
      contact: string | null;
      pending_account: string | null;
      currency: string;
      time_zone: string;
      price_policy: 'error' | 'ours' | 'reseller';
      price_tolerance: Amount;
      price_grace_hours: number;
      price_includes_commission: boolean;
      commission_vat: Amount;
      ceiling_blocks: boolean;
      house_stock_maximum: number;
      status: 'visible' | 'hidden' | 'archived';
      notified_emails: string[];
      people: ({ name: string } & Optional<{ mail: string; phone: string }>)[];
      /** `season/code`; empty: all products of the account. */
      products: string[];
      config: Record<string, Setting>;
      secrets: Record<string, string | null>;
    }>;
  commissions: Removable & {
    interface: string;
    kind: 'amount' | 'percent';
    value: Amount;
  } & Optional<{
      season: string;
      product: string;
      tariff: string;
      on_top: boolean;
      valid_from: string;
    }>;
  /** `external`: alternatives joined by bars; `ours` absent exactly when `not_ours`. */
  mappings: Removable & { interface: string; word: MappingWord; external: string } & Optional<{
      season: string;
      ours: string;
      not_ours: boolean;
      rule: RuleLine | null;
    }>;
  schedules: Removable & {
    interface: string;
    name: string;
    function:
      | 'export'
      | 'take_back'
      | 'integrate'
      | 'prepare_access'
      | 'fetch_access'
      | 'reconcile';
    timing: TimingLine;
  } & Optional<{
      active: boolean;
      first_at: string | null;
      /** `season/product` and `season/product/performance`. */
      products: string[];
      performances: string[];
    }>;
}

export type SheetName = keyof HouseLines;
export type LineOf<S extends SheetName> = HouseLines[S];

export const HOUSE_FORMAT = 'parterre-house/1';

export type HouseFile = { [S in SheetName]?: LineOf<S>[] } & {
  $schema?: string;
  format: typeof HOUSE_FORMAT;
  organisation: OrganisationLine;
};

export interface Line<S extends SheetName> {
  sheet: S;
  /** Index in the file's list, from 0. */
  index: number;
  value: LineOf<S>;
}

export type ParsedLines = { [S in SheetName]: Line<S>[] };

/** A file read as far as it could be read. */
export interface ParsedHouse {
  organisation: OrganisationLine | null;
  lines: ParsedLines;
  /** Lines that are faulty: references to what they should bring are not reported as well. */
  unread: { [S in SheetName]?: unknown[] };
  problems: HouseProblem[];
}
