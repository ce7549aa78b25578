/**
 * What a reseller refused stays here and is not sent every night: a person looks at the list, and
 * sends it again when the reason is mended.
 */
import type { Catalogue } from '../domain/catalogue/catalogue.ts';
import { printSeat } from '../domain/seating/seat-text.ts';
import { loadCatalogue } from '../store/catalogue-store.ts';
import type { Database } from '../store/database/database.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { Tx } from '../store/database/transaction.ts';
import { findInterface } from '../store/interface-store.ts';
import { writeJournal } from '../store/journal-store.ts';
import type { RefusedPlace } from '../store/refused-store.ts';
import { clearRefusedSeats, readRefusedCounts, readRefusedSeats } from '../store/refused-store.ts';
import { clearRefusals } from '../store/stock-store.ts';
import { inStockTransaction } from './stock-session.ts';

export interface RefusedOf {
  organisationId: number;
  interfaceId: number;
  /** Null: of every performance. */
  performanceId: number | null;
}

export interface Refused extends RefusedPlace {
  /** `CHALK/P1`. */
  performance: string;
  contingent: string;
  /** `Layout/Area/Block/Row/Number`, or `Layout/Area` of a zone. */
  place: string;
}

/** Refused seats by page, refused counts with the first one. */
export async function* readRefused(
  { database }: { database: Database },
  of: RefusedOf,
): AsyncGenerator<readonly Refused[]> {
  const limit = database.batchSize;
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.transaction(of.organisationId, work, { readOnly: true });
  const { catalogue, scope, counts } = await inTx(async (tx) => {
    const loaded = await loadCatalogue(tx);
    const contingentIds = await contingentsOf(tx, loaded, of.interfaceId);
    const asked = { contingentIds, performanceId: of.performanceId };
    return { catalogue: loaded, scope: asked, counts: await readRefusedCounts(tx, asked) };
  });
  if (counts.length > 0) yield counts.map((one) => named(catalogue, one));
  let after = { performanceId: 0, contingentId: 0, seatId: 0 };
  for (;;) {
    const page = await inTx((tx) => readRefusedSeats(tx, scope, { after, limit }));
    if (page.length > 0) yield page.map((one) => named(catalogue, one));
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    const { performanceId, contingentId } = last;
    after = { performanceId, contingentId, seatId: last.seatId ?? 0 };
  }
}

export type RefusedAfter = { performanceId: number; contingentId: number; seatId: number };

/** One page: refused counts stand before the seats, on the first one. Null: no such interface. */
export function readRefusedPage(
  { database }: { database: Database },
  of: RefusedOf,
  page: { after: RefusedAfter | null; limit: number },
): Promise<{ items: Refused[]; next: RefusedAfter | null } | null> {
  const { after, limit } = page;
  return database.transaction(
    of.organisationId,
    async (tx) => {
      if ((await findInterface(tx, of.interfaceId)) === null) return null;
      const catalogue = await loadCatalogue(tx);
      const contingentIds = await contingentsOf(tx, catalogue, of.interfaceId);
      const scope = { contingentIds, performanceId: of.performanceId };
      const counts = after === null ? await readRefusedCounts(tx, scope) : [];
      const from = after ?? { performanceId: 0, contingentId: 0, seatId: 0 };
      const rows = await readRefusedSeats(tx, scope, { after: from, limit: limit + 1 });
      const seats = rows.slice(0, limit);
      const last = seats.at(-1);
      const next =
        rows.length > limit && last !== undefined
          ? {
              performanceId: last.performanceId,
              contingentId: last.contingentId,
              seatId: last.seatId ?? 0,
            }
          : null;
      return { items: [...counts, ...seats].map((one) => named(catalogue, one)), next };
    },
    { readOnly: true },
  );
}

async function contingentsOf(
  tx: Tx,
  catalogue: Catalogue,
  interfaceId: number,
): Promise<readonly number[]> {
  const record = await findInterface(tx, interfaceId);
  if (record === null) throw new Error(`There is no interface ${interfaceId}.`);
  return catalogue.contingents
    .filter(({ salesChannelIds }) => salesChannelIds.includes(record.salesChannelId))
    .map(({ id }) => id);
}

function named(catalogue: Catalogue, place: RefusedPlace): Refused {
  const performance = catalogue.performanceById.get(place.performanceId);
  const product = catalogue.productById.get(performance?.productId ?? 0);
  const contingent = catalogue.contingentById.get(place.contingentId)?.code ?? '?';
  const name = `${product?.code ?? '?'}/${performance?.code ?? '?'}`;
  return { ...place, performance: name, contingent, place: placeOf(catalogue, place) };
}

function placeOf(catalogue: Catalogue, { blockId, row, number, counterId }: RefusedPlace): string {
  const block = catalogue.blockById.get(blockId ?? 0);
  if (block !== undefined) {
    const { layoutCode: layout, areaCode: area, code } = block;
    return printSeat({ layout, area, block: code, row: row ?? '?', number: number ?? '?' });
  }
  const zoneId = catalogue.counters.find(({ id }) => id === counterId)?.zoneId;
  const zone = catalogue.zones.find(({ id }) => id === zoneId);
  return zone === undefined ? '?' : `${zone.layoutCode}/${zone.areaCode}`;
}

export interface SendAgainRequest {
  organisationId: number;
  interfaceId: number;
  performanceId: number;
  /** Only these seats; null: everything refused of the performance, counts too. */
  seatIds: readonly number[] | null;
  author: string;
}

/** Forgets the refusals, so that the next export sends the places again; answers how many. */
export function sendAgain(
  services: { database: Database; ids: IdSource; clock: () => Date },
  { organisationId, interfaceId, performanceId, seatIds, author }: SendAgainRequest,
): Promise<number> {
  return inStockTransaction(services, organisationId, async (tx) => {
    const catalogue = await loadCatalogue(tx);
    const contingentIds = await contingentsOf(tx, catalogue, interfaceId);
    const cleared =
      seatIds === null
        ? await clearRefusals(tx, performanceId, contingentIds)
        : await clearRefusedSeats(tx, performanceId, contingentIds, seatIds);
    if (cleared === 0) return 0;
    const [id = 0] = await services.ids.take(1, tx);
    const subject = `performance ${performanceId}`;
    const entry = { id, at: services.clock(), author, action: 'refusal.cleared', subject };
    await writeJournal(tx, [{ ...entry, after: { interfaceId, places: cleared }, reason: null }]);
    return cleared;
  });
}
