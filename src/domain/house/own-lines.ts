/** Which seats or which counter a line of the venue's own sales means. */
import type { Catalogue, Performance, Zone } from '../catalogue/catalogue.ts';
import { counterKey, isPass } from '../catalogue/catalogue.ts';
import { splitPath } from '../seating/seat-text.ts';
import type { OwnState } from './own-places.ts';
import { selectRun } from './seat-runs.ts';

/** Why a line is not applied; docs/operations.md says each of them. */
export type OwnFaultCode =
  | 'seats.at_reseller'
  | 'seats.closed'
  | 'seats.companion'
  | 'seats.date_unknown'
  | 'seats.line'
  | 'seats.other_reference'
  | 'seats.over_capacity'
  | 'seats.performance_unknown'
  | 'seats.twice'
  | 'seats.unknown'
  | 'seats.unreadable'
  | 'seats.zone_unknown';

/** `code` is stable; the sentences are for people. */
export interface OwnFault {
  /** Null: the file as a whole. */
  line: number | null;
  code: OwnFaultCode;
  message: string;
  cure: string;
}

/** Place and number of a line as it came; every value is text, '' where nothing was said. */
export interface OwnLineText {
  /** How a person finds it again: of the file, or counted from 1. */
  line: number;
  /** `PRODUCT/CODE`, `PRODUCT/2027-02-01T20:00`, or the code alone where only one has it. */
  performance: string;
  product: string;
  season: string;
  /** `Layout/Area/Block/Row/Number`; row and number may be runs. */
  seat: string;
  /** `Layout/Area` or `Area`, with a quantity. */
  zone: string;
  /** Day of a dated pass, with a quantity. */
  date: string;
  slot: string;
  quantity: string;
}

/** The figures of a closed performance stay. */
export const CLOSED: Omit<OwnFault, 'line'> = {
  code: 'seats.closed',
  message: 'The performance is closed: its figures are settled.',
  cure: 'Reopen it first, with a reason.',
};

interface TargetOf<What> {
  line: number;
  state: OwnState;
  reference: string;
  what: What;
}

export type SeatTarget = TargetOf<{
  type: 'seats';
  performanceId: number;
  seatIds: readonly number[];
}>;
export type CountTarget = TargetOf<{ type: 'count'; counterId: number; quantity: number }>;
export type OwnTarget = SeatTarget | CountTarget;

/** Seats of a block: row → number → id. */
export type BlockSeats = ReadonlyMap<string, ReadonlyMap<string, number>>;

export type Answer<T> = { found: T } | { fault: Omit<OwnFault, 'line'> };

function fault(
  code: OwnFaultCode,
  message: string,
  cure: string,
): { fault: Omit<OwnFault, 'line'> } {
  return { fault: { code, message, cure } };
}

/** Performances by everything that a person may call them. */
export function namePerformances(catalogue: Catalogue): (line: OwnLineText) => Answer<Performance> {
  const named = new Map<string, Performance[]>();
  const add = (name: string, performance: Performance): void => {
    const known = named.get(name);
    if (known === undefined) named.set(name, [performance]);
    else if (!known.includes(performance)) known.push(performance);
  };
  for (const performance of catalogue.performances) {
    const product = catalogue.productById.get(performance.productId)?.code ?? '';
    const { code, localStart } = performance;
    add(code, performance);
    for (const own of [code, localStart, localStart.replace('T', ' ')]) {
      add(`${product}/${own}`, performance);
    }
  }
  const seasonOf = ({ productId }: Performance): string => {
    const seasonId = catalogue.productById.get(productId)?.seasonId ?? 0;
    return catalogue.seasonById.get(seasonId)?.code ?? '';
  };
  return ({ performance, product, season }) => {
    const name = product === '' ? performance : `${product}/${performance}`;
    const all = (named.get(name) ?? []).filter((one) => season === '' || seasonOf(one) === season);
    const [only, ...others] = all;
    if (only === undefined) {
      const cure = 'Write PRODUCT/CODE or PRODUCT/YYYY-MM-DDTHH:MM.';
      return fault('seats.performance_unknown', `There is no performance "${name}".`, cure);
    }
    if (others.length > 0) {
      const cure = 'Write PRODUCT/CODE, and the season where products share a code.';
      return fault('seats.performance_unknown', `"${name}" is ${all.length} performances.`, cure);
    }
    return { found: only };
  };
}

export interface SeatPath {
  blockId: number;
  row: string;
  number: string;
}

/** Cuts `Layout/Area/Block/Row/Number`, and finds the block in the performance's layout. */
export function findBlock(
  catalogue: Catalogue,
  performance: Performance,
  text: string,
): Answer<SeatPath> {
  const [layout, area, block, row, number, ...rest] = splitPath(text.trim());
  if (number === undefined || row === undefined || rest.length > 0 || number === '') {
    const cure = 'An empty block stays empty: Away/Loges//B/64.';
    return fault('seats.line', `"${text}" is not Layout/Area/Block/Row/Number.`, cure);
  }
  const hall = catalogue.configurationById.get(performance.logicalConfigurationId);
  const found = (catalogue.blocksByLayout.get(hall?.layoutId ?? 0) ?? []).find((one) => {
    return one.layoutCode === layout && one.areaCode === area && one.code === block;
  });
  if (found === undefined || !found.numbered) {
    const where = [layout, area, block].join('/');
    const cure = 'Write layout, area and block by their codes.';
    return fault('seats.unknown', `There is no block "${where}" with seats here.`, cure);
  }
  return { found: { blockId: found.id, row, number } };
}

/** Rows and numbers may be runs (`A-F`, `1-39/2`, `A,C`) or a star; a name that exists wins. */
export function selectSeats(seats: BlockSeats, { row, number }: SeatPath): Answer<number[]> {
  const exact = seats.get(row)?.get(number);
  if (exact !== undefined) return { found: [exact] };
  const rows = row === '*' ? { values: [...seats.keys()] } : selectRun(row, new Set(seats.keys()));
  if ('fault' in rows) return noSeat(`Row ${row}: ${rows.fault}.`);
  const chosen: number[] = [];
  let why = 'no seat is meant';
  for (const name of rows.values) {
    const numbers = seats.get(name) ?? new Map<string, number>();
    const values = number === '*' ? { values: [...numbers.keys()] } : null;
    const selected = values ?? selectRun(number, new Set(numbers.keys()));
    if ('fault' in selected) why = selected.fault;
    else for (const value of selected.values) chosen.push(numbers.get(value) ?? 0);
  }
  return chosen.length > 0 ? { found: chosen } : noSeat(`Seat ${number}: ${why}.`);
}

function noSeat(message: string): { fault: Omit<OwnFault, 'line'> } {
  return fault('seats.unknown', message, 'Correct row and number, or add the seat to the house.');
}

/** The counter of a zone of a performance. */
export function findZoneCounter(
  catalogue: Catalogue,
  performance: Performance,
  zone: string,
): Answer<number> {
  const zones = catalogue.zonesByConfiguration.get(performance.logicalConfigurationId) ?? [];
  const names = ({ layoutCode, areaCode }: Zone): string[] => [
    areaCode,
    `${layoutCode}/${areaCode}`,
  ];
  const found = zones.find((one) => names(one).includes(zone));
  const key = { performanceId: performance.id, zoneId: found?.id ?? 0 };
  const counter = catalogue.counterByKey.get(counterKey(performance.productId, key));
  if (counter !== undefined) return { found: counter.id };
  const there = zones.map((one) => one.areaCode).join(', ') || 'none';
  return fault('seats.zone_unknown', `There is no zone "${zone}" here.`, `There is ${there}.`);
}

/** The counter of a pass: of a day, of a slot of it, or without a day its only one. */
export function findPassCounter(catalogue: Catalogue, line: OwnLineText): Answer<number> {
  const code = line.product === '' ? line.performance : line.product;
  const products = (catalogue.productsByCode.get(code) ?? []).filter(({ seasonId }) => {
    return line.season === '' || catalogue.seasonById.get(seasonId)?.code === line.season;
  });
  const [product, ...others] = products.filter(({ kind }) => isPass(kind));
  if (product === undefined || others.length > 0) {
    const many = product === undefined ? `There is no pass "${code}".` : `"${code}" is several.`;
    return fault('seats.performance_unknown', many, 'Name the pass in product, and its season.');
  }
  const day = readDay(line.date);
  if (day === null) return fault('seats.line', `"${line.date}" is no date.`, 'Write YYYY-MM-DD.');
  const slot = line.slot === '' ? null : line.slot;
  const place = day === '' ? ({ pass: true } as const) : { day, slot };
  const counter = catalogue.counterByKey.get(counterKey(product.id, place));
  if (counter !== undefined) return { found: counter.id };
  const what = day === '' ? 'is counted by the day' : `has no ${[day, slot].join(' ').trim()}`;
  return fault('seats.date_unknown', `The pass ${code} ${what}.`, 'Correct date and slot.');
}

/** `YYYY-MM-DD`, `DD.MM.YYYY` or `DD/MM/YYYY`; '' stays empty, null is none of them. */
function readDay(text: string): string | null {
  if (text === '') return '';
  const [, day = '', month = '', year = ''] = /^(\d\d?)[./](\d\d?)[./](\d{4})$/.exec(text) ?? [];
  const written = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return /^\d{4}-\d\d-\d\d$/.test(written) ? written : null;
}

/** Of a count: 0 or more; null: it is no number. */
export function readQuantity(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
