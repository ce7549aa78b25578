/**
 * Choosing seats in writing: a seat text in which row and number may be lists, ranges or a star,
 * and whatever comes last may be left out: `AUDI/1F/A/B/1-20,24`, `AUDI/1F/A/B-D/*`, `AUDI/1F`.
 * Several selectors stand on lines of their own or between semicolons.
 */
import type { SeatPlace } from './seat-text.ts';
import { splitPath } from './seat-text.ts';

export interface SeatSelector {
  layout: string;
  /** null: every one. */
  area: string | null;
  block: string | null;
  rows: readonly ValueRange[] | null;
  numbers: readonly ValueRange[] | null;
}

/** One value (`from` equals `to`), or all between two numbers or two single letters. */
export interface ValueRange {
  from: string;
  to: string;
}

export type SelectorOutcome =
  | { ok: true; selectors: readonly SeatSelector[] }
  /** The first text that could not be read. */
  | { ok: false; text: string };

export function parseSelectors(text: string): SelectorOutcome {
  const selectors: SeatSelector[] = [];
  for (const piece of text.split(/[;\n]/)) {
    const trimmed = piece.trim();
    if (trimmed === '') continue;
    const selector = parseOne(trimmed);
    if (selector === null) return { ok: false, text: trimmed };
    selectors.push(selector);
  }
  return { ok: true, selectors };
}

export function selects(selector: SeatSelector, place: SeatPlace): boolean {
  return (
    selector.layout === place.layout &&
    (selector.area === null || selector.area === place.area) &&
    (selector.block === null || selector.block === place.block) &&
    isWithin(selector.rows, place.row) &&
    isWithin(selector.numbers, place.number)
  );
}

function parseOne(text: string): SeatSelector | null {
  const [layout, area = '*', block = '*', row = '*', number = '*', ...rest] = splitPath(text);
  if (!layout || layout === '*' || area === '' || rest.length > 0) return null;
  const rows = parseRanges(row);
  const numbers = parseRanges(number);
  if (rows === undefined || numbers === undefined) return null;
  return {
    layout,
    area: area === '*' ? null : area,
    block: block === '*' ? null : block,
    rows,
    numbers,
  };
}

/** Undefined when it cannot be read, null for a star. */
function parseRanges(text: string): readonly ValueRange[] | null | undefined {
  if (text === '*') return null;
  const ranges: ValueRange[] = [];
  for (const piece of text.split(',')) {
    const value = piece.trim();
    const [from, to, ...rest] = value.split('-');
    if (from === undefined || rest.length > 0) return undefined;
    if (to === undefined) ranges.push({ from: value, to: value });
    else if (isRange(from, to)) ranges.push({ from, to });
    else return undefined;
  }
  return ranges;
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);
const isLetter = (text: string): boolean => /^[A-Za-z]$/.test(text);

function isRange(from: string, to: string): boolean {
  if (isNumber(from) && isNumber(to)) return Number(from) <= Number(to);
  return isLetter(from) && isLetter(to) && from <= to;
}

function isWithin(ranges: readonly ValueRange[] | null, value: string): boolean {
  return ranges === null || ranges.some((range) => isInRange(range, value));
}

function isInRange({ from, to }: ValueRange, value: string): boolean {
  if (from === to) return value === from;
  if (isNumber(from)) {
    return isNumber(value) && Number(from) <= Number(value) && Number(value) <= Number(to);
  }
  return isLetter(value) && from <= value && value <= to;
}
