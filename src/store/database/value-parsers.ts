/**
 * How values arrive from PostgreSQL on our own connections: int8 as a number (ids and counts stay
 * below 2^53, a larger one is refused), instants as ISO-8601 UTC strings with milliseconds, dates
 * as YYYY-MM-DD, numeric as a string, jsonb parsed. Libraries that bring their own SQL get the
 * parsers of `pg` instead.
 */
import type { CustomTypesConfig } from 'pg';
import pg from 'pg';
import { StoreError } from './errors.ts';

const INT8 = 20;
const INT8_ARRAY = 1016;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;
const DATE = 1082;
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;

const ZERO_OFFSET = '+00';

export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new StoreError(
      'store.unsafe_integer',
      `The integer ${text} cannot be held exactly by a number.`,
      'Select it as text.',
    );
  }
  return value;
}

/**
 * `2026-11-24 10:13:51.123456+00` becomes `2026-11-24T10:13:51.123Z`. Microseconds are cut: we
 * only ever write milliseconds. `infinity` and years before Christ pass as they are.
 */
export function parseInstant(text: string): string {
  if (text.length < 22 || text.charCodeAt(10) !== 32 || text.endsWith('BC')) return text;
  if (!text.endsWith(ZERO_OFFSET)) return parseInstantWithOffset(text);
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`;
  const fraction = text.charCodeAt(19) === 46 ? text.slice(20, -ZERO_OFFSET.length) : '';
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** Transactions run in UTC, so this serves only statements outside of them. */
function parseInstantWithOffset(text: string): string {
  const offset = /[+-]\d\d(:\d\d)?$/.exec(text);
  if (offset === null) return text;
  const local = text.slice(0, offset.index).replace(' ', 'T');
  const withMinutes = offset[0].length === 3 ? `${offset[0]}:00` : offset[0];
  return new Date(`${local}${withMinutes}`).toISOString();
}

const keepText = (text: string): string => text;

// The published types call this a function; what is published is an object.
const arrayParser = pg.types.arrayParser as unknown as {
  create<T>(text: string, parse: (text: string) => T): { parse(): (T | null)[] };
};

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => arrayParser.create(text, parse).parse();
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [INT8_ARRAY, arrayOf(parseInt8)],
  [TIMESTAMPTZ, parseInstant],
  [TIMESTAMPTZ_ARRAY, arrayOf(parseInstant)],
  [DATE, keepText],
  [DATE_ARRAY, arrayOf(keepText)],
  [NUMERIC_ARRAY, arrayOf(keepText)],
]);

export const valueParsers: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' ? PARSERS.get(oid) : undefined) ??
    pg.types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
};
