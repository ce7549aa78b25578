/** Lines about the house: places, products, prices. */
import { z } from 'zod';
import { PRODUCT_KINDS } from '../../domain/catalogue/catalogue.ts';
import {
  amount,
  code,
  codeOrEmpty,
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
  selector,
  tariffKey,
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

export const season = z.strictObject({
  code: code(),
  name: text(),
  starts_on: date().nullish(),
  ends_on: date().nullish(),
  remove: remove(),
});

export const layout = z.strictObject({ code: code(), name: text(), remove: remove() });

export const area = z.strictObject({
  layout: code(),
  code: code(),
  name: text(),
  numbered: flag(),
  remove: remove(),
});

export const block = z.strictObject({
  layout: code(),
  area: code(),
  code: codeOrEmpty(),
  name: text(),
  remove: remove(),
});

/** A run of seats: every number in every row. `x`, `y` place the first; steps place the others. */
export const seats = z.strictObject({
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
    .nullish()
    .describe('row/number of the wheelchair place in the same block.'),
  restricted_view: flag().optional(),
  house_seat: flag().optional(),
  remove: remove(),
});

export const configuration = z.strictObject({
  layout: code(),
  code: code(),
  name: text(),
  remove: remove(),
});

export const category = z.strictObject({
  configuration: code(),
  code: code(),
  name: text(),
  kind: z.enum(['seats', 'zone']),
  rank: z.int().min(0).max(1000).optional(),
  remove: remove(),
});

export const categorySeats = z.strictObject({
  configuration: code(),
  category: code(),
  ...selector,
  remove: remove(),
});

export const freeZone = z.strictObject({
  configuration: code(),
  area: code(),
  category: code(),
  capacity: count(),
  remove: remove(),
});

export const product = z.strictObject({
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

export const performance = z.strictObject({
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

export const tariff = z.strictObject({
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

/** Price of a product, or of one of its performances, which then wins. */
export const price = z.strictObject({
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

export const vat = z.strictObject({
  season: code(),
  product: code(),
  performance: code().optional(),
  rate: percentage(),
  valid_from: instant().optional(),
  remove: remove(),
});
