/** The seats of a performance as its plan draws them, written as JSON in columns. */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import { placeSeats } from '../../domain/seating/plan-position.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type {
  PlanPage,
  PlanPerformance,
  PlanWords,
  PlanZone,
} from '../../store/seat-plan-store.ts';
import {
  PLAN_STATES,
  PLAN_WISHES,
  readPlacePage,
  readPlanPage,
  readPlanPerformance,
  readPlanZones,
} from '../../store/seat-plan-store.ts';

export { PLAN_STATES, PLAN_WISHES, type PlanZone };

export interface SeatPlanRequest {
  organisationId: number;
  performanceId: number;
  /** Without what never changes: block, row, number and place of each seat, in the same order. */
  statesOnly: boolean;
  /** Tags that the caller has already. */
  known: readonly string[];
}

export type SeatPlan =
  | { outcome: 'unknown' }
  | { outcome: 'same'; etag: string }
  | { outcome: 'plan'; etag: string; head: PlanHead; seats: number; columns: PlanColumns };

export interface PlanHead {
  blocks: { id: number; area: string; code: string }[];
  categories: { id: number; code: string; name: string }[];
  contingents: { id: number; code: string; name: string }[];
  interfaces: { id: number; code: string; reseller: string }[];
  zones: PlanZone[];
  /** Positions are ours: the house told none. */
  positions: 'house' | 'derived';
  rows: string[];
  numbers: string[];
}

/** JSON arrays without their brackets, one entry a seat; places only where they were asked for. */
export type PlanColumns = Pick<
  PlanPage,
  'id' | 'category' | 'contingent' | 'state' | 'interface' | 'wish' | 'flags'
> & { place: { block: string; row: string; number: string; x: string; y: string } | null };

const PAGE = 20_000;

/**
 * In one snapshot, so that the tag belongs to what is answered. The embedded database is held for
 * as long as it reads (half a second at 110,000 seats), never while a slow caller takes its time.
 */
export function readSeatPlan(
  { database }: { database: Database },
  request: SeatPlanRequest,
): Promise<SeatPlan> {
  const { organisationId, performanceId, statesOnly } = request;
  return database.transaction(
    organisationId,
    async (tx): Promise<SeatPlan> => {
      const performance = await readPlanPerformance(tx, performanceId);
      if (performance === null) return { outcome: 'unknown' };
      const zones = await readPlanZones(tx, performanceId);
      const etag = tagOf(performance, zones, statesOnly);
      if (request.known.includes(etag)) return { outcome: 'same', etag };
      const catalogue = await loadCatalogue(tx);
      const head = await headOf(tx, catalogue, performance, zones);
      const place = statesOnly ? null : await readPlaces(tx, performanceId, head);
      const { seats, columns } = await readStates(tx, performanceId, performance, head);
      return { outcome: 'plan', etag, head, seats, columns: { ...columns, place } };
    },
    { readOnly: true, isolation: 'repeatable read' },
  );
}

function tagOf(performance: PlanPerformance, zones: PlanZone[], statesOnly: boolean): string {
  const hash = createHash('sha256').update(JSON.stringify([performance, zones, statesOnly]));
  return `"${hash.digest('base64url').slice(0, 22)}"`;
}

async function headOf(
  tx: Tx,
  catalogue: Catalogue,
  { layoutId }: PlanPerformance,
  zones: PlanZone[],
): Promise<PlanHead> {
  const own = catalogue.blocksByLayout.get(layoutId) ?? [];
  const named = ({ id, code, name }: { id: number; code: string; name: string }) => {
    return { id, code, name };
  };
  return {
    blocks: own
      .filter(({ numbered }) => numbered)
      .map(({ id, areaCode, code }) => ({ id, area: areaCode, code })),
    categories: catalogue.seatCategories.map(named),
    contingents: catalogue.contingents.map(named),
    interfaces: (await listInterfaces(tx)).map(({ id, code, reseller }) => ({
      id,
      code,
      reseller,
    })),
    zones,
    positions: 'house',
    rows: [],
    numbers: [],
  };
}

const idsOf = (list: readonly { id: number }[]): number[] => list.map(({ id }) => id);

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

async function readPlaces(
  tx: Tx,
  performanceId: number,
  head: PlanHead,
): Promise<PlanColumns['place']> {
  const blocks: number[] = [];
  const rows: string[] = [];
  const numbers: string[] = [];
  let xs: (number | null)[] = [];
  let ys: (number | null)[] = [];
  const of = { performanceId, blocks: idsOf(head.blocks) };
  for (let afterId = 0; ; ) {
    const page = await readPlacePage(tx, of, { afterId, limit: PAGE });
    for (const value of JSON.parse(page.blocks)) blocks.push(value);
    for (const value of JSON.parse(page.rows)) rows.push(value);
    for (const value of JSON.parse(page.numbers)) numbers.push(value);
    for (const value of JSON.parse(page.xs)) xs.push(value);
    for (const value of JSON.parse(page.ys)) ys.push(value);
    afterId = page.lastId ?? afterId;
    if (page.count < PAGE) break;
  }
  if (xs.includes(null) || ys.includes(null)) {
    head.positions = 'derived';
    const seats = blocks.map((block, index) => ({
      block,
      row: rows[index] ?? '',
      number: numbers[index] ?? '',
    }));
    ({ x: xs, y: ys } = placeSeats(seats, [...head.blocks.keys()]));
  }
  const rowWords = new Words();
  const numberWords = new Words();
  const place = {
    block: blocks.join(),
    row: rows.map((row) => rowWords.at(row)).join(),
    number: numbers.map((number) => numberWords.at(number)).join(),
    x: xs.join(),
    y: ys.join(),
  };
  head.rows = rowWords.list;
  head.numbers = numberWords.list;
  return place;
}

const COLUMNS = ['id', 'category', 'contingent', 'state', 'interface', 'wish', 'flags'] as const;

async function readStates(
  tx: Tx,
  performanceId: number,
  { overbooked, inCase }: PlanPerformance,
  head: PlanHead,
): Promise<{ seats: number; columns: Omit<PlanColumns, 'place'> }> {
  const words: PlanWords = {
    blocks: idsOf(head.blocks),
    categories: idsOf(head.categories),
    contingents: idsOf(head.contingents),
    interfaces: idsOf(head.interfaces),
  };
  const pages: PlanPage[] = [];
  const of = { performanceId, words, overbooked, inCase };
  for (let afterId = 0; ; ) {
    const page = await readPlanPage(tx, of, { afterId, limit: PAGE });
    if (page.count > 0) pages.push(page);
    afterId = page.lastId ?? afterId;
    if (page.count < PAGE) break;
  }
  const columns = Object.fromEntries(
    COLUMNS.map((name) => [name, pages.map((page) => page[name]).join()]),
  ) as Omit<PlanColumns, 'place'>;
  return { seats: pages.reduce((sum, { count }) => sum + count, 0), columns };
}
