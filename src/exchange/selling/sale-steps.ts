/**
 * The tracked steps of putting a product on sale. Each is marked by a person, and by what happens
 * where that leaves no doubt: places that a reseller accepted, tests that it cancelled.
 */
import { resellersMaySell } from '../../domain/catalogue/catalogue.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import type { SaleStep } from '../../domain/selling/steps.ts';
import { loadCatalogue, raiseCatalogueVersion } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface, listInterfaces } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import type { StepRecord } from '../../store/sale-step-store.ts';
import {
  deleteStep,
  firstExports,
  insertStep,
  listSteps,
  lockSteps,
  testsCancelled,
} from '../../store/sale-step-store.ts';
import type { TestTicket } from '../../store/test-store.ts';
import { endTestMode, listTests, lockTestMode } from '../../store/test-store.ts';
import type { ExchangeServices } from '../context.ts';

type Services = Pick<ExchangeServices, 'database' | 'ids' | 'clock'>;

export interface SellingProgress {
  interfaceId: number;
  interface: string;
  productId: number;
  product: string;
  seasonId: number;
  season: string;
  steps: readonly Pick<StepRecord, 'step' | 'doneAt' | 'doneBy'>[];
}

/** Who did what happened by itself. */
const BY_ITSELF = 'parterre';

export interface ProgressRequest {
  organisationId: number;
  interfaceId?: number;
  productIds?: readonly number[];
}

/** Every product that a reseller sells or has a step of, with what is done; steps that happened
 * meanwhile are written down first. */
export function readProgress(
  { database }: Pick<Services, 'database'>,
  request: ProgressRequest,
): Promise<SellingProgress[]> {
  return database.transaction(request.organisationId, async (tx) => {
    await noteWhatHappened(tx);
    const { interfaceId = null, productIds = null } = request;
    const steps = await listSteps(tx, { interfaceId, productIds });
    const catalogue = await loadCatalogue(tx);
    const answer: SellingProgress[] = [];
    for (const record of await listInterfaces(tx)) {
      if (interfaceId !== null && record.id !== interfaceId) continue;
      const vocabulary = createVocabulary(await loadMappings(tx, record.id));
      for (const { code, id, kind, seasonId } of catalogue.products) {
        if (productIds !== null && !productIds.includes(id)) continue;
        const own = steps.filter((one) => one.interfaceId === record.id && one.productId === id);
        const isSold = vocabulary.theirs('product', [code], seasonId) !== null;
        if (own.length === 0 && !(resellersMaySell(kind) && isSold)) continue;
        answer.push({
          interfaceId: record.id,
          interface: record.code,
          productId: id,
          product: code,
          seasonId,
          season: catalogue.seasonById.get(seasonId)?.code ?? '',
          steps: stepsOf(own),
        });
      }
    }
    return answer;
  });
}

function stepsOf(records: readonly StepRecord[]): SellingProgress['steps'] {
  return records.map(({ doneAt, doneBy, step }) => ({ step, doneAt, doneBy }));
}

async function noteWhatHappened(tx: Tx): Promise<void> {
  const known = new Set(
    (await listSteps(tx, { interfaceId: null, productIds: null })).map(
      (one) => `${one.interfaceId}|${one.productId}|${one.step}`,
    ),
  );
  const seen = [
    ...(await firstExports(tx)).map((one) => ({ ...one, step: 'seats_sent' as const })),
    ...(await testsCancelled(tx)).map((one) => ({ ...one, step: 'test_tickets' as const })),
  ];
  for (const { at, interfaceId, productId, step } of seen) {
    if (known.has(`${interfaceId}|${productId}|${step}`)) continue;
    await insertStep(tx, { interfaceId, productId, step, doneAt: at, doneBy: BY_ITSELF });
  }
}

export interface StepRequest {
  organisationId: number;
  interfaceId: number;
  productId: number;
  step: SaleStep;
  /** False takes the mark away. */
  done: boolean;
  author: string;
  reason?: string | null;
  /** Opens although tests are living. */
  anyway?: boolean;
  /** Told the steps as they stand, locked until the end; what it throws leaves them so. */
  check?: (steps: SellingProgress['steps']) => void;
}

export type StepResult =
  | { outcome: 'changed' | 'unchanged'; testModeEnded: boolean }
  /** Each holds a place that nobody can buy: shown before the product opens. */
  | { outcome: 'tests_living'; tests: readonly TestTicket[] };

const TESTS_SHOWN_MAX = 100;

/** Marks a step by hand. Opening looks for living tests first, and ends the product's test mode. */
export function markStep(services: Services, request: StepRequest): Promise<StepResult> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const { author, done, interfaceId, productId, step } = request;
    if ((await findInterface(tx, interfaceId)) === null) {
      throw new Error(`There is no interface ${interfaceId}.`);
    }
    if (request.check !== undefined) {
      await lockSteps(tx);
      request.check(stepsOf(await listSteps(tx, { interfaceId, productIds: [productId] })));
    }
    const opens = done && step === 'open';
    if (opens && request.anyway !== true) {
      const page = { after: { productId: 0, id: 0 }, limit: TESTS_SHOWN_MAX };
      const tests = await listTests(tx, { interfaceId, productId }, page);
      if (tests.length > 0) return { outcome: 'tests_living', tests };
    }
    const at = services.clock();
    const record = { interfaceId, productId, step, doneAt: at.toISOString(), doneBy: author };
    const changed = done ? await insertStep(tx, record) : await deleteStep(tx, record);
    const testModeEnded = opens && (await endMode(tx, request, at));
    if (!changed && !testModeEnded) return { outcome: 'unchanged', testModeEnded };
    const [id = 0] = await services.ids.take(1, tx);
    await writeJournal(tx, [
      {
        id,
        at,
        author,
        action: done ? 'selling.step_done' : 'selling.step_cleared',
        subject: `interface ${interfaceId}`,
        after: { productId, step, testModeEnded },
        reason: request.reason ?? null,
      },
    ]);
    return { outcome: changed ? 'changed' : 'unchanged', testModeEnded };
  });
}

async function endMode(
  tx: Tx,
  { author, interfaceId, productId }: StepRequest,
  at: Date,
): Promise<boolean> {
  await raiseCatalogueVersion(tx);
  const mode = await lockTestMode(tx, interfaceId, { productId, ticket: null });
  if (mode === null) return false;
  await endTestMode(tx, mode, at.toISOString(), author);
  return true;
}
