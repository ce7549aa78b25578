/** Lines about selling: channels, contingents, interfaces, mappings. */
import { z } from 'zod';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import {
  amount,
  code,
  codes,
  count,
  currency,
  date,
  flag,
  instant,
  percentage,
  remove,
  selector,
  tariffKey,
  text,
  time,
  zone,
} from './columns.ts';

export const salesChannel = z.strictObject({
  code: code(),
  name: text(),
  kind: z.enum(['external', 'internal']),
  accepts_third_party: flag(),
  remove: remove(),
});

export const window = z.strictObject({
  sales_channel: code(),
  season: code(),
  product: code(),
  performance: code().optional(),
  opens: instant(),
  closes: instant().nullish(),
  remove: remove(),
});

export const pointOfSale = z.strictObject({
  sales_channel: code(),
  code: code(),
  name: text(),
  accepts_pending_account: flag(),
  remove: remove(),
});

export const contact = z.strictObject({
  code: code(),
  name: text(),
  pending_account_authorised: flag(),
  remove: remove(),
});

export const pendingAccount = z.strictObject({
  contact: code(),
  code: code(),
  currency: currency().optional(),
  ceiling: amount().nullish(),
  remove: remove(),
});

export const contingent = z.strictObject({
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
const performances = () =>
  z.string().min(1).max(4000).describe('A code, several with commas, or * for all.');

/** Seats of performances that belong to a contingent; null takes them out of any. */
export const contingentSeats = z.strictObject({
  season: code(),
  product: code(),
  performances: performances(),
  contingent: code().nullable().describe('null: in no contingent, so for no reseller.'),
  ...selector,
});

/** Counted places of a pass: a day (to `last_day`), a slot of it, or without a day the pass. */
export const counter = z.strictObject({
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
export const contingentQuota = z.strictObject({
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

/** What the venue's own box office sold, holds or blocks, by its own reference. */
export const ownPlaces = z.strictObject({
  season: code(),
  product: code(),
  performance: code().optional(),
  day: date().optional(),
  slot_starts: time().optional(),
  ...selector,
  quantity: count().optional().describe('Places of a zone or of a pass; absent for seats.'),
  state: z.enum(['sold', 'held', 'blocked', 'free']),
  reference: text().describe("The venue's own: the same reference frees them again."),
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

export const resellerInterface = z.strictObject({
  code: code(),
  names: languageTexts,
  reseller: text(),
  /** The channel's identifier: fnac, ticketnet, … */
  channel: code(),
  /** What names the account at the reseller; absent, the channel's settings say it. */
  account: text()
    .optional()
    .describe('What names the account at the reseller; else the settings of the channel say it.'),
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
  secrets: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('Kept encrypted, never exported.'),
  remove: remove(),
});

/** Of an interface, of one of its products or of a tariff. */
export const commission = z.strictObject({
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

export const mapping = z.strictObject({
  interface: code(),
  word: z.enum(MAPPING_WORDS),
  season: code().optional(),
  /** Absent for a value that is not ours. */
  ours: text().optional().describe('Parent/Code or Code; absent exactly when not_ours.'),
  /** The reseller's value; alternatives are joined by bars, a bar inside is written \|. */
  external: text().describe('Alternatives joined by bars; the first is sent. A bar inside: \\|.'),
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

export const schedule = z.strictObject({
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
