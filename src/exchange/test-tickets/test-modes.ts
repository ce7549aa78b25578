/**
 * Test mode of a product or of ticket numbers, and what is still a test. It never covers a whole
 * run, and ends by itself when sales of the product open.
 */
import { salesOpenAt } from '../../domain/order/test-mode.ts';
import { loadCatalogue, raiseCatalogueVersion } from '../../store/catalogue-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { TestModeOf, TestModeRecord, TestTicket } from '../../store/test-store.ts';
import {
  endTestMode,
  insertTestMode,
  listTestModes,
  listTests,
  lockTestMode,
} from '../../store/test-store.ts';
import { inStockTransaction } from '../stock-session.ts';

export interface TestModeRequest {
  organisationId: number;
  interfaceId: number;
  /** A product, or a ticket's number, or the beginning of numbers with `*` at its end. */
  of: TestModeOf;
  on: boolean;
  author: string;
  reason: string | null;
}

export type TestModeResult =
  /** `opensAt`: when it ends by itself; null: sales have no date yet. */
  | { outcome: 'changed' | 'unchanged'; opensAt: string | null }
  /** Sales are open: what comes in is no test. */
  | { outcome: 'on_sale'; opensAt: string }
  /** A star alone would cover a whole run. */
  | { outcome: 'too_wide' };

/** Fewer characters before the star would cover everything that a reseller sells. */
const SHORTEST_PREFIX = 3;

export async function setTestMode(
  services: { database: Database; ids: IdSource; clock: () => Date },
  request: TestModeRequest,
): Promise<TestModeResult> {
  const { ticket } = request.of;
  if (request.on && ticket?.endsWith('*') && ticket.length <= SHORTEST_PREFIX) {
    return { outcome: 'too_wide' };
  }
  return inStockTransaction(services, request.organisationId, async (tx) => {
    const at = services.clock();
    const opensAt = await opening(tx, request);
    if (request.on && opensAt !== null && opensAt <= at.toISOString()) {
      return { outcome: 'on_sale', opensAt };
    }
    // One who turns it on and one who turns it off at once wait for each other here.
    await raiseCatalogueVersion(tx);
    const known = await lockTestMode(tx, request.interfaceId, request.of);
    if ((known !== null) === request.on) return { outcome: 'unchanged', opensAt };
    const [id = 0, journalId = 0] = await services.ids.take(2, tx);
    const by = request.author;
    if (known !== null) await endTestMode(tx, known, at.toISOString(), by);
    else {
      const { interfaceId, of } = request;
      await insertTestMode(tx, { id, interfaceId, of, at: at.toISOString(), by });
    }
    const action = request.on ? 'test_mode.on' : 'test_mode.off';
    const subject = `interface ${request.interfaceId}`;
    const entry = { id: journalId, at, author: by, action, subject, after: request.of };
    await writeJournal(tx, [{ ...entry, reason: request.reason }]);
    return { outcome: 'changed', opensAt };
  });
}

async function opening(tx: Tx, { interfaceId, of }: TestModeRequest): Promise<string | null> {
  if (of.productId === null) return null;
  const record = await findInterface(tx, interfaceId);
  if (record === null) throw new Error(`There is no interface ${interfaceId}.`);
  const catalogue = await loadCatalogue(tx);
  const { productId } = of;
  const windows = catalogue.windowsByProduct.get(productId) ?? [];
  const every = [null, ...windows.map(({ performanceId }) => performanceId)].flatMap(
    (performanceId) =>
      salesOpenAt(catalogue, record.salesChannelId, { productId, performanceId }) ?? [],
  );
  return every.sort()[0] ?? null;
}

export function readTestModes(
  { database }: { database: Database },
  of: { organisationId: number; interfaceId: number | null },
): Promise<TestModeRecord[]> {
  return database.transaction(of.organisationId, (tx) => listTestModes(tx, of.interfaceId), {
    readOnly: true,
  });
}

export interface TestsOf {
  organisationId: number;
  interfaceId: number | null;
  /** To be shown before the product opens. */
  productId: number | null;
  limit: number;
  after?: { productId: number; id: number };
}

/** Tests not cancelled yet: each holds a place that nobody else can have. */
export function readTests(
  { database }: { database: Database },
  { organisationId, interfaceId, productId, limit, after }: TestsOf,
): Promise<TestTicket[]> {
  const page = { after: after ?? { productId: 0, id: 0 }, limit };
  return database.transaction(
    organisationId,
    (tx) => listTests(tx, { interfaceId, productId }, page),
    { readOnly: true },
  );
}
