/**
 * The house file: one object (`organisation`) and many flat lists, each the equal of a sheet of a
 * workbook; a line's keys are the sheet's columns. Lines name other lines by code. A key that is
 * absent leaves the stored value as it is, null empties it, and `"remove": true` takes the line's
 * object away where nothing depends on it.
 */
import { z } from 'zod';
import { PRODUCT_KINDS } from '../../domain/catalogue/catalogue.ts';
import type { LineOf, SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import {
  amount,
  code,
  codeOrEmpty,
  codes,
  count,
  currency,
  date,
  flag,
  instant,
  localTime,
  percentage,
  position,
  remove,
  run,
  text,
  time,
  zone,
} from './columns.ts';

export const organisationSchema = z.strictObject({
  code: code(),
  name: text(),
  currency: currency(),
  time_zone: zone(),
  business_day_ends_at: time().optional(),
  language: z.enum(['fr', 'en', 'de', 'it', 'es']).optional(),
});

const season = z.strictObject({
  code: code(),
  name: text(),
  starts_on: date().nullish(),
  ends_on: date().nullish(),
  remove: remove(),
});

const layout = z.strictObject({ code: code(), name: text(), remove: remove() });

const area = z.strictObject({
  layout: code(),
  code: code(),
  name: text(),
  numbered: flag(),
  remove: remove(),
});

const block = z.strictObject({
  layout: code(),
  area: code(),
  code: codeOrEmpty(),
  name: text(),
  remove: remove(),
});

/** A run of seats: every number in every row. `x`, `y` place the first; steps place the others. */
const seats = z.strictObject({
  layout: code(),
  area: code(),
  block: codeOrEmpty().optional(),
  rows: run(),
  seats: run(),
  x: position().nullish(),
  y: position().nullish(),
  /** From a number to the next, and from a row to the next; 1 where they are absent. */
  step_x: position().optional(),
  step_y: position().optional(),
  wheelchair: flag().optional(),
  /** `row/number` of the wheelchair place in the same block. */
  companion_of: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, 'a companion names row/number of its wheelchair place')
    .nullish(),
  restricted_view: flag().optional(),
  house_seat: flag().optional(),
  remove: remove(),
});

const configuration = z.strictObject({
  layout: code(),
  code: code(),
  name: text(),
  remove: remove(),
});

const category = z.strictObject({
  configuration: code(),
  code: code(),
  name: text(),
  kind: z.enum(['seats', 'zone']),
  rank: z.int().min(0).max(1000).optional(),
  remove: remove(),
});

/** Which seats: what is absent is not asked. */
const selector = {
  area: code().optional(),
  block: codeOrEmpty().optional(),
  rows: run().optional(),
  seats: run().optional(),
};

const categorySeats = z.strictObject({
  configuration: code(),
  category: code(),
  ...selector,
  remove: remove(),
});

const freeZone = z.strictObject({
  configuration: code(),
  area: code(),
  category: code(),
  capacity: count(),
  remove: remove(),
});

const product = z.strictObject({
  season: code(),
  code: code(),
  name: text(),
  kind: z.enum(PRODUCT_KINDS),
  names_required: flag().optional(),
  nameless_opens_door: flag().optional(),
  valid_from: date().nullish(),
  valid_until: date().nullish(),
  valid_days: z.int().min(1).max(3660).nullish(),
  days_per_ticket: z.int().min(1).max(366).optional(),
  time_zone: zone().optional(),
  remove: remove(),
});

const performance = z.strictObject({
  season: code(),
  product: code(),
  code: code(),
  start: localTime(),
  time_zone: zone().optional(),
  configuration: code(),
  state: z.enum(['preparing', 'running', 'suspended', 'cancelled', 'closed']).optional(),
  gauge: count().nullish(),
  remove: remove(),
});

const tariff = z.strictObject({
  season: code(),
  audience: code(),
  audience_kind: z.enum([
    'occasional_contact',
    'occasional_community',
    'member_contact',
    'member_community',
    'subscribed_contact',
    'subscribed_community',
    'invited',
  ]),
  code: code(),
  name: text(),
  remove: remove(),
});

const tariffKey = () =>
  z.string().regex(/^[^/|]+\/[^/|]+$/, 'a tariff is written audience/code: OccCont/FNAC_P');

/** Price of a product, or of one of its performances, which then wins. */
const price = z.strictObject({
  season: code(),
  product: code(),
  performance: code().optional(),
  configuration: code().optional(),
  category: code().optional(),
  tariff: tariffKey(),
  amount: amount(),
  valid_from: instant().optional(),
  remove: remove(),
});

const vat = z.strictObject({
  season: code(),
  product: code(),
  performance: code().optional(),
  rate: percentage(),
  valid_from: instant().optional(),
  remove: remove(),
});

const salesChannel = z.strictObject({
  code: code(),
  name: text(),
  kind: z.enum(['external', 'internal']),
  accepts_third_party: flag(),
  remove: remove(),
});

const window = z.strictObject({
  sales_channel: code(),
  season: code(),
  product: code(),
  performance: code().optional(),
  opens: instant(),
  closes: instant().nullish(),
  remove: remove(),
});

const pointOfSale = z.strictObject({
  sales_channel: code(),
  code: code(),
  name: text(),
  accepts_pending_account: flag(),
  remove: remove(),
});

const contact = z.strictObject({
  code: code(),
  name: text(),
  pending_account_authorised: flag(),
  remove: remove(),
});

const pendingAccount = z.strictObject({
  contact: code(),
  code: code(),
  currency: currency().optional(),
  ceiling: amount().nullish(),
  remove: remove(),
});

const contingent = z.strictObject({
  code: code(),
  name: text(),
  kind: z.enum(['internal', 'external']),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'a colour is written #2f6fde')
    .nullish(),
  sales_channels: codes().optional(),
  sends_wheelchair: flag().optional(),
  sends_restricted_view: flag().optional(),
  sends_house_seats: flag().optional(),
  remove: remove(),
});

/** Performances of a product: one code, several with commas, or `*` for all. */
const performances = () => z.string().min(1).max(4000);

/** Seats of performances that belong to a contingent; null takes them out of any. */
const contingentSeats = z.strictObject({
  season: code(),
  product: code(),
  performances: performances(),
  contingent: code().nullable(),
  ...selector,
});

/** Counted places of a pass: a day (to `last_day`), a slot of it, or without a day the pass. */
const counter = z.strictObject({
  season: code(),
  product: code(),
  day: date().optional(),
  last_day: date().optional(),
  slot_starts: time().optional(),
  slot_ends: time().optional(),
  capacity: count().nullish(),
  remove: remove(),
});

/** A contingent's share of a zone (`performances`, `area`) or of a pass's counters (`day`). */
const contingentQuota = z.strictObject({
  season: code(),
  product: code(),
  performances: performances().optional(),
  area: code().optional(),
  day: date().optional(),
  last_day: date().optional(),
  slot_starts: time().optional(),
  contingent: code(),
  quota: count(),
  remove: remove(),
});

const languageTexts = z.strictObject({
  fr: text(),
  en: text().optional(),
  es: text().optional(),
  de: text().optional(),
  it: text().optional(),
});

const setting = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const person = z.strictObject({
  name: text(),
  mail: z.string().max(200).optional(),
  phone: z.string().max(60).optional(),
});

const resellerInterface = z.strictObject({
  code: code(),
  names: languageTexts,
  reseller: text(),
  /** The channel's identifier: fnac, ticketnet, … */
  channel: code(),
  /** What names the account at the reseller; absent, the channel's settings say it. */
  account: text().optional(),
  account_opened: instant().nullish(),
  sales_channel: code(),
  point_of_sale: code().nullish(),
  contact: code().nullish(),
  pending_account: code().nullish(),
  currency: currency().optional(),
  time_zone: zone().optional(),
  price_policy: z.enum(['error', 'ours', 'reseller']).optional(),
  price_tolerance: amount().optional(),
  price_grace_hours: z.int().min(0).max(1000).optional(),
  price_includes_commission: flag().optional(),
  commission_vat: percentage().optional(),
  ceiling_blocks: flag().optional(),
  house_stock_maximum: count().optional(),
  status: z.enum(['visible', 'hidden', 'archived']).optional(),
  notified_emails: z.array(z.email()).optional(),
  people: z.array(person).optional(),
  /** `season/product` of the products whose sales it takes; absent or empty: all. */
  products: z.array(z.string().regex(/^[^/|]+\/[^/|]+$/, 'a product is season/code')).optional(),
  config: z.record(z.string(), setting).optional(),
  /** Never exported. What is given here is kept encrypted. */
  secrets: z.record(z.string(), z.string().nullable()).optional(),
  remove: remove(),
});

/** Of an interface, of one of its products or of a tariff. */
const commission = z.strictObject({
  interface: code(),
  season: code().optional(),
  product: code().optional(),
  tariff: tariffKey().optional(),
  kind: z.enum(['amount', 'percent']),
  value: amount(),
  on_top: flag().optional(),
  valid_from: instant().optional(),
  remove: remove(),
});

const placeRule = z.strictObject({
  prefix: z.string().max(20).optional(),
  digits: z.int().min(1).max(9).nullish(),
  our_digits: z.int().min(1).max(9).nullish(),
  letter_case: z.enum(['upper', 'lower']).nullish(),
  our_letter_case: z.enum(['upper', 'lower']).nullish(),
});

const mapping = z.strictObject({
  interface: code(),
  word: z.enum(MAPPING_WORDS),
  season: code().optional(),
  /** Absent for a value that is not ours. */
  ours: text().optional(),
  /** The reseller's value; alternatives are joined by bars, a bar inside is written \|. */
  external: text(),
  not_ours: flag().optional(),
  /** How the reseller writes rows or seats of the block `ours`; `external` is then `*`. */
  rule: placeRule.nullish(),
  remove: remove(),
});

const timing = z.strictObject({
  kind: z.enum(['hours', 'days', 'at', 'cron', 'manual']),
  /** Hours or days between two runs. */
  every: z.int().min(1).max(1000).optional(),
  /** Local time of a day, for `at` and `days`. */
  time: time().optional(),
  expression: text().optional(),
});

const schedule = z.strictObject({
  interface: code(),
  name: text(),
  function: z.enum([
    'export',
    'take_back',
    'integrate',
    'prepare_access',
    'fetch_access',
    'reconcile',
  ]),
  timing,
  active: flag().optional(),
  first_at: instant().nullish(),
  /** `season/product` and `season/product/performance` it is limited to. */
  products: z.array(text()).optional(),
  performances: z.array(text()).optional(),
  remove: remove(),
});

/** The lists of a house file, in the order in which they build on one another. */
export const SHEETS = {
  seasons: season,
  layouts: layout,
  areas: area,
  blocks: block,
  seats,
  configurations: configuration,
  categories: category,
  category_seats: categorySeats,
  zones: freeZone,
  products: product,
  performances: performance,
  tariffs: tariff,
  prices: price,
  vat,
  sales_channels: salesChannel,
  windows: window,
  points_of_sale: pointOfSale,
  contacts: contact,
  pending_accounts: pendingAccount,
  contingents: contingent,
  contingent_seats: contingentSeats,
  counters: counter,
  contingent_quotas: contingentQuota,
  interfaces: resellerInterface,
  commissions: commission,
  mappings: mapping,
  schedules: schedule,
} as const satisfies { [S in SheetName]: z.ZodType<LineOf<S>> };

export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[];

const lists = Object.fromEntries(
  SHEET_NAMES.map((name) => [name, z.array(SHEETS[name]).optional()]),
);

/** The whole file, as published in docs/house-file.schema.json. */
export const houseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(HOUSE_FORMAT),
  organisation: organisationSchema,
  ...lists,
});
