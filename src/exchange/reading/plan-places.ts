/**
 * The places of a layout's seats, kept from one reading of a plan to the next: they change with the
 * house only, and are two thirds of what a plan tells.
 */
import { placeSeats } from '../../domain/seating/plan-position.ts';
import type { Database } from '../../store/database/database.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { PlacePage, PlanPerformance } from '../../store/seat-plan-store.ts';
import { readPlaces } from '../../store/seat-plan-store.ts';
import type { PlanColumns } from './seat-plan.ts';

/** Every seat of a layout in key order, as the house describes it. */
export interface LayoutPlaces {
  ids: readonly number[];
  /** The same as text: a performance that sells all of them has exactly this. */
  idText: string;
  place: NonNullable<PlanColumns['place']>;
  flags: readonly number[];
  hasFlags: boolean;
  positions: 'house' | 'derived';
  rows: string[];
  numbers: string[];
}

/** A stadium's places are some ten megabytes: so many layouts are kept, the last ones asked for. */
const MOST_KEPT = 6;
const kept = new WeakMap<Database, Map<string, LayoutPlaces>>();

/** `blocks` in the order of the plan's own list: what the seats' numbers point into. */
export async function layoutPlaces(
  database: Database,
  tx: Tx,
  { layoutId, catalogueVersion }: PlanPerformance,
  blocks: readonly number[],
): Promise<LayoutPlaces> {
  const key = `${tx.organisationId} ${layoutId} ${catalogueVersion}`;
  const known = kept.get(database) ?? new Map<string, LayoutPlaces>();
  kept.set(database, known);
  const before = known.get(key);
  known.delete(key);
  const places = before ?? arrange(await readPlaces(tx, blocks), blocks.length);
  known.set(key, places);
  for (const [old] of known) {
    if (known.size <= MOST_KEPT) break;
    known.delete(old);
  }
  return places;
}

/** Gathers each distinct text once; a seat has its number in the list. */
class Words {
  readonly list: string[] = [];
  readonly #known = new Map<string, number>();

  at(word: string): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    this.#known.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}

function arrange(page: PlacePage, blockCount: number): LayoutPlaces {
  const ids = JSON.parse(page.ids) as number[];
  const blocks = JSON.parse(page.blocks) as number[];
  const rows = JSON.parse(page.rows) as string[];
  const numbers = JSON.parse(page.numbers) as string[];
  const flags = JSON.parse(page.flags) as number[];
  let xs = JSON.parse(page.xs) as (number | null)[];
  let ys = JSON.parse(page.ys) as (number | null)[];
  const isDerived = xs.includes(null) || ys.includes(null);
  if (isDerived) {
    const seats = blocks.map((block, index) => ({
      block,
      row: rows[index] ?? '',
      number: numbers[index] ?? '',
    }));
    ({ x: xs, y: ys } = placeSeats(
      seats,
      Array.from({ length: blockCount }, (_, at) => at),
    ));
  }
  const [rowWords, numberWords] = [new Words(), new Words()];
  return {
    ids,
    idText: ids.join(),
    place: {
      block: blocks.join(),
      row: rows.map((row) => rowWords.at(row)).join(),
      number: numbers.map((number) => numberWords.at(number)).join(),
      x: xs.join(),
      y: ys.join(),
    },
    flags,
    hasFlags: flags.some((one) => one !== 0),
    positions: isDerived ? 'derived' : 'house',
    rows: rowWords.list,
    numbers: numberWords.list,
  };
}

/** The places of the seats that a performance has, in their order; and their flags, old and new. */
export function placesOf(
  layout: LayoutPlaces,
  { id, flags }: Pick<PlanColumns, 'id' | 'flags'>,
): { place: LayoutPlaces['place']; flags: string } {
  const isWhole = id === layout.idText;
  if (isWhole && !layout.hasFlags) return { place: layout.place, flags };
  const own = id === '' ? [] : id.split(',').map(Number);
  // Both are in key order: the seats that this performance does not have are passed over.
  let at = 0;
  const indices = own.map((seat) => {
    while ((layout.ids[at] ?? Number.POSITIVE_INFINITY) < seat) at += 1;
    return at;
  });
  const changing = flags === '' ? [] : flags.split(',').map(Number);
  const both = indices.map((index, seat) => (layout.flags[index] ?? 0) + (changing[seat] ?? 0));
  if (isWhole) return { place: layout.place, flags: both.join() };
  const pick = (column: string): string => {
    const values = column.split(',');
    return indices.map((index) => values[index] ?? '-1').join();
  };
  const { block, row, number, x, y } = layout.place;
  const place = {
    block: pick(block),
    row: pick(row),
    number: pick(number),
    x: pick(x),
    y: pick(y),
  };
  return { place, flags: both.join() };
}
