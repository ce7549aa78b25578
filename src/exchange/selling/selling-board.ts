/**
 * *Mise en vente*, the night before: one row for each performance (or pass) and reseller, with its
 * counts, its last run, the next that is due, and how much stands against a sale.
 */
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import type { ReadyPlace } from '../../domain/selling/ready-facts.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import type { ScheduleRecord } from '../../store/schedule-store.ts';
import { readSchedules } from '../../store/schedule-store.ts';
import type { BoardCounts, BoardRun } from '../../store/selling-board-store.ts';
import { readBoardCounts, readBoardRuns } from '../../store/selling-board-store.ts';
import type { ExchangeServices } from '../context.ts';
import { checkReady, concerns } from './check-ready.ts';
import { placesOf } from './selling-places.ts';

export interface BoardRequest {
  organisationId: number;
  interfaceIds?: readonly number[];
  productIds?: readonly number[];
  performanceIds?: readonly number[];
  seasonId?: number;
  /** What comes after this row. */
  after?: BoardKey;
  limit: number;
}

/** Rows by start (passes first), then performance or product, then interface. */
export interface BoardKey {
  /** ISO instant; '' of a pass. */
  at: string;
  place: number;
  interfaceId: number;
}

export interface BoardRow {
  key: BoardKey;
  interface: { id: number; code: string; reseller: string };
  product: { id: number; code: string; name: string };
  performance: {
    id: number;
    code: string;
    localStart: string;
    startsAt: string;
    timeZone: string;
    state: string;
  } | null;
  counts: Omit<BoardCounts, 'interfaceId' | 'performanceId' | 'productId'>;
  lastRun: Omit<BoardRun, 'interfaceId' | 'filters'> | null;
  nextDue: { schedule: string; function: string; at: string } | null;
  /** Findings that make a sale or an export fail, and those that only want to be known. */
  missing: number;
  notices: number;
}

interface Place extends ReadyPlace {
  key: BoardKey;
  record: InterfaceRecord;
}

type Services = Pick<ExchangeServices, 'database' | 'clock' | 'findChannel'>;

/** A page of rows; `more`: there is another one. */
export async function readSellingBoard(
  services: Services,
  request: BoardRequest,
): Promise<{ rows: BoardRow[]; more: boolean }> {
  const { organisationId, limit } = request;
  const now = services.clock().toISOString();
  const read = await services.database.transaction(
    organisationId,
    async (tx) => {
      const catalogue = await loadCatalogue(tx);
      const all = await placesAfter(tx, catalogue, { ...request, now });
      const page = all.slice(0, limit);
      return { catalogue, page, more: all.length > limit, facts: await factsOf(tx, page) };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  const { catalogue, page, more, facts } = read;
  if (page.length === 0) return { rows: [], more };
  const places = Map.groupBy(page, ({ record }) => record.id);
  const answers = await checkReady(services, {
    organisationId,
    interfaceIds: [...places.keys()],
    places,
  });
  const linesOf = new Map(answers.map(({ interfaceId, lines }) => [interfaceId, lines]));
  const rows = page.map((place): BoardRow => {
    const lines = (linesOf.get(place.record.id) ?? []).filter((line) => concerns(line, place));
    const missing = lines.filter(({ level }) => level === 'missing').length;
    return { ...rowOf(catalogue, facts, place), missing, notices: lines.length - missing };
  });
  return { rows, more };
}

async function placesAfter(
  tx: Tx,
  catalogue: Catalogue,
  request: BoardRequest & { now: string },
): Promise<Place[]> {
  const { interfaceIds, seasonId, after, now, productIds, performanceIds } = request;
  const places: Place[] = [];
  for (const record of await listInterfaces(tx)) {
    if (!(interfaceIds?.includes(record.id) ?? record.status !== 'archived')) continue;
    const vocabulary = createVocabulary(await loadMappings(tx, record.id));
    for (const place of placesOf(catalogue, vocabulary, record, {
      now,
      ...(productIds === undefined ? {} : { productIds }),
      ...(performanceIds === undefined ? {} : { performanceIds }),
    })) {
      const product = catalogue.productById.get(place.productId);
      if (seasonId !== undefined && product?.seasonId !== seasonId) continue;
      const at = catalogue.performanceById.get(place.performanceId ?? 0)?.startsAt ?? '';
      const of = place.performanceId ?? place.productId;
      const key = { at, place: of, interfaceId: record.id };
      if (after === undefined || compareKeys(key, after) > 0)
        places.push({ ...place, key, record });
    }
  }
  return places.sort((a, b) => compareKeys(a.key, b.key));
}

function compareKeys(a: BoardKey, b: BoardKey): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.place - b.place || a.interfaceId - b.interfaceId;
}

interface Facts {
  counts: ReadonlyMap<string, BoardCounts[]>;
  runs: ReadonlyMap<number, BoardRun[]>;
  schedules: ReadonlyMap<number, ScheduleRecord[]>;
}

const countKey = (
  interfaceId: number,
  { performanceId, productId }: { performanceId: number | null; productId: number | null },
) => `${interfaceId}|${performanceId ?? `d${productId}`}`;

async function factsOf(tx: Tx, page: readonly Place[]): Promise<Facts> {
  const interfaceIds = [...new Set(page.map(({ record }) => record.id))];
  const performanceIds = [...new Set(page.flatMap(({ performanceId }) => performanceId ?? []))];
  const passes = page.filter(({ performanceId }) => performanceId === null);
  const productIds = [...new Set(passes.map(({ productId }) => productId))];
  const counts = await readBoardCounts(tx, { interfaceIds, performanceIds, productIds });
  const schedules = (await readSchedules(tx, null)).filter(
    (one) => one.active && one.pausedAt === null && one.nextAt !== null,
  );
  return {
    counts: Map.groupBy(counts, (one) => countKey(one.interfaceId, one)),
    runs: Map.groupBy(await readBoardRuns(tx, interfaceIds), (one) => one.interfaceId),
    schedules: Map.groupBy(schedules, (one) => one.interfaceId),
  };
}

const MOVES: ReadonlySet<string> = new Set(['export', 'take_back', 'integrate']);

function rowOf(
  catalogue: Catalogue,
  facts: Facts,
  place: Place,
): Omit<BoardRow, 'missing' | 'notices'> {
  const { key, record, productId, performanceId } = place;
  const product = catalogue.productById.get(productId);
  const performance = catalogue.performanceById.get(performanceId ?? 0);
  if (product === undefined) throw new Error(`There is no product ${productId}.`);
  const run = facts.runs.get(record.id)?.find(({ filters }) => covers(filters, place));
  const [due] = (facts.schedules.get(record.id) ?? [])
    .filter((one) => MOVES.has(one.function) && covers(one.filters, place))
    .sort((a, b) => Date.parse(a.nextAt ?? '') - Date.parse(b.nextAt ?? ''));
  return {
    key,
    interface: { id: record.id, code: record.code, reseller: record.reseller },
    product: { id: product.id, code: product.code, name: product.name },
    performance:
      performance === undefined
        ? null
        : {
            id: performance.id,
            code: performance.code,
            localStart: performance.localStart,
            startsAt: performance.startsAt,
            timeZone: performance.timeZone,
            state: performance.state,
          },
    counts: sumOf(facts.counts.get(countKey(record.id, place)) ?? []),
    lastRun: run ?? null,
    nextDue:
      due === undefined
        ? null
        : { schedule: due.name, function: due.function, at: due.nextAt ?? '' },
  };
}

/** What is limited to nothing goes over everything. */
function covers(
  { performanceIds = [], productIds = [] }: BoardRun['filters'],
  place: ReadyPlace,
): boolean {
  if (performanceIds.length === 0 && productIds.length === 0) return true;
  return performanceIds.includes(place.performanceId ?? 0) || productIds.includes(place.productId);
}

function sumOf(parts: readonly BoardCounts[]): BoardRow['counts'] {
  const sum = { contingented: 0, exported: 0, toExport: 0, toTakeBack: 0, sold: 0, refused: 0 };
  for (const part of parts) {
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += part[name];
  }
  return sum;
}
