/** The seats of a performance as its plan draws them, written as JSON in columns. */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
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
  readPlanPage,
  readPlanPerformance,
  readPlanZones,
} from '../../store/seat-plan-store.ts';

import { layoutPlaces, placesOf } from './plan-places.ts';

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
 * The places of a layout are kept between readings; what is sold is read anew each time.
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
      const { seats, columns } = await readStates(tx, performanceId, performance, head);
      const layout = await layoutPlaces(database, tx, performance, idsOf(head.blocks));
      const { place, flags } = placesOf(layout, columns);
      const whole = { ...columns, flags, place: statesOnly ? null : place };
      const { positions, rows, numbers } = layout;
      const words = statesOnly ? {} : { positions, rows, numbers };
      return { outcome: 'plan', etag, head: { ...head, ...words }, seats, columns: whole };
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

const COLUMNS = ['id', 'category', 'contingent', 'state', 'interface', 'wish', 'flags'] as const;

type States = Pick<PlanColumns, (typeof COLUMNS)[number]>;

async function readStates(
  tx: Tx,
  performanceId: number,
  { overbooked, inCase }: PlanPerformance,
  head: PlanHead,
): Promise<{ seats: number; columns: States }> {
  const words: PlanWords = {
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
  ) as States;
  return { seats: pages.reduce((sum, { count }) => sum + count, 0), columns };
}
