/**
 * The kinds of values that a house file has. Each is written so that it can stand in a JSON file
 * and in a cell of a workbook alike.
 */
import { z } from 'zod';

/** A code: no slash and no bar, because both join codes into keys (`GARD100/UNIQUE`, `0|44`). */
export const code = () =>
  z
    .string()
    .max(100)
    .regex(/^[^/|\s](?:[^/|]*[^/|\s])?$/, 'a code has no / and no |, and no blank at its ends');

/** A code that may be empty: an area's block without a name. */
export const codeOrEmpty = () =>
  z
    .string()
    .max(100)
    .regex(
      /^(?:[^/|\s](?:[^/|]*[^/|\s])?)?$/,
      'a code has no / and no |, and no blank at its ends',
    );

export const text = () => z.string().min(1).max(500);

/** Rows or numbers, alone, listed or in runs: `A`, `A,C`, `A-F`, `1-40`, `1-39/2`, `01-20`. */
export const run = () =>
  z
    .string()
    .min(1)
    .max(2000)
    .regex(/^[^/|]+(?:\/\d+)?(?:,[^/|]+(?:\/\d+)?)*$/, 'rows or numbers: A,C or A-F or 1-39/2')
    .describe('Rows or numbers: A,C or A-F or 1-40 or 1-39/2 (every second).');

export const currency = () => z.string().regex(/^[A-Z]{3}$/, 'a currency is three capitals: EUR');

/** An amount in the currency's main unit, as it is written on a ticket: 12.50. */
export const amount = () =>
  z
    .union([
      z.number().nonnegative(),
      z.string().regex(/^\d{1,12}(?:[.,]\d{1,4})?$/, 'an amount is written 12.50'),
    ])
    .describe('In the main unit of the currency: 12.50.');

/** A percentage with at most two decimals: 5.5. */
export const percentage = () =>
  z.union([
    z.number().min(0).max(100),
    z.string().regex(/^\d{1,3}(?:[.,]\d{1,2})?$/, 'a percentage is written 5.5'),
  ]);

export const DAY = /^\d{4}-\d\d-\d\d$/;
export const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;
export const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
export const INSTANT =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

export const date = () => z.string().regex(DAY, 'a day is written 2027-02-01');

export const time = () => z.string().regex(TIME, 'a time is written 20:00');

/** Local, without an offset: the venue's zone says the rest. */
export const localTime = () => z.string().regex(LOCAL_TIME, 'a start is written 2027-02-01T20:00');

/** A day or a local time (the organisation's zone), or an instant with its offset. */
export const instant = () =>
  z
    .string()
    .regex(
      INSTANT,
      'an instant is written 2027-02-01, 2027-02-01T20:00 or 2027-02-01T20:00:00+01:00',
    )
    .describe('A day or a local time of the organisation, or an instant with its offset.');

export const zone = () => z.string().min(1).max(60);

export const count = () => z.int().min(0).max(10_000_000);

export const flag = () => z.boolean();

export const position = () => z.number().min(-1e6).max(1e6);

/** Several codes: an array in JSON, separated by commas in a cell. */
export const codes = () => z.array(code());

/** Takes the line's object away instead of bringing it. */
export const remove = () =>
  z.boolean().optional().describe('true: take it away, where nothing depends on it.');

export const tariffKey = () =>
  z.string().regex(/^[^/|]+\/[^/|]+$/, 'a tariff is written audience/code: OccCont/FNAC_P');

/** Which seats: what is absent is not asked. */
export const selector = {
  area: code().optional(),
  block: codeOrEmpty().optional(),
  rows: run().optional(),
  seats: run().optional(),
};
