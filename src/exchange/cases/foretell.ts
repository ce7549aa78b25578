/**
 * Foretells a way out: the very same is done, cases are planned and written, in one transaction
 * that is rolled back. No run is opened and nothing stays, so a person may ask as often as wanted.
 */
import type { BatchPlan } from '../../domain/order/plan.ts';
import type { CaseOfInterface } from '../../store/case-decision-store.ts';
import { writeReported } from '../../store/case-decision-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import { readCases } from '../../store/case-list-store.ts';
import { readOpenCases } from '../../store/case-store.ts';
import { RetryableConflict, UniqueViolation } from '../../store/database/errors.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface, withoutSecrets } from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';
import { KnowledgeCache } from '../exchange-terms.ts';
import type { BatchContext } from '../integrate-batch.ts';
import { planAndWrite } from '../integrate-batch.ts';
import type { RefusedCases, SettledCases } from './answers.ts';
import { answersOf, checkRequest, readChosen } from './answers.ts';
import { applyWay } from './apply-way.ts';
import type { CaseRefusal, SettleRequest } from './case-request.ts';
import { WayRefused } from './case-request.ts';
import { readEffect } from './effect.ts';
import { foretellNames } from './names.ts';
import { settleUnreadable } from './unreadable-records.ts';
import type { AppliedWay } from './way-context.ts';
import { WayWork } from './way-context.ts';

/** Carries the answer out of a transaction that must not stay. */
class Foretold extends Error {
  readonly answer: SettledCases | RefusedCases;

  constructor(answer: SettledCases | RefusedCases) {
    super('Foretold.');
    this.name = 'Foretold';
    this.answer = answer;
  }
}

const ATTEMPTS = 3;

export async function foretell(
  services: ExchangeServices,
  request: SettleRequest,
): Promise<SettledCases | RefusedCases> {
  const fault = checkRequest(request);
  if (fault !== null) return { outcome: 'refused', refusal: fault };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await services.database.transaction(request.organisationId, async (tx) => {
        throw new Foretold(await play(tx, services, request));
      });
    } catch (error) {
      if (error instanceof Foretold) return error.answer;
      const again = error instanceof RetryableConflict || error instanceof UniqueViolation;
      if (!again || attempt === ATTEMPTS) throw error;
    }
  }
}

async function play(
  tx: Tx,
  services: ExchangeServices,
  request: SettleRequest,
): Promise<SettledCases | RefusedCases> {
  const chosen = await readChosen(tx, request);
  if ('code' in chosen) return { outcome: 'refused', refusal: chosen };
  const names = [
    ...(await foretellNames(tx, services, request, chosen)),
    ...(await settleUnreadable(tx, services, request, chosen)),
  ];
  const applied: AppliedWay = { house: [], replay: [], refused: new Map() };
  const open = chosen.rows.filter((row) => row.settledAt === null);
  if (request.way === 'report') {
    await writeReported(
      tx,
      open.map(({ id }) => id),
      services.clock(),
    );
  } else {
    for (const [interfaceId, rows] of Map.groupBy(open, (row) => row.interfaceId)) {
      await applyTo(tx, services, request, interfaceId, rows, applied);
    }
  }
  const plans: BatchPlan[] = [];
  for (const [interfaceId, cases] of Map.groupBy(applied.replay, (one) => one.interfaceId)) {
    plans.push(...(await replayWithin(tx, services, request, interfaceId, cases)));
  }
  const before = chosen.rows.flatMap((row) => (row.settledAt === null ? [] : [row.id]));
  return {
    outcome: 'foretold',
    answers: await answersOf(tx, chosen, applied.refused, new Set(before), names),
    effect: await readEffect(tx, { plans, chosen: chosen.rows, house: applied.house }),
    runs: [],
  };
}

async function applyTo(
  tx: Tx,
  services: ExchangeServices,
  request: SettleRequest,
  interfaceId: number,
  rows: readonly CaseDetail[],
  applied: AppliedWay,
): Promise<void> {
  const { record, channel } = await openInterface(tx, services, interfaceId);
  const locked = await readCases(
    tx,
    rows.map(({ id }) => id),
    'lock',
  );
  const work = new WayWork({ tx, services, request, record, channel });
  try {
    await applyWay(work, locked);
  } catch (error) {
    if (!(error instanceof WayRefused)) throw error;
    const refusal: CaseRefusal = error.refusal;
    for (const { id } of rows) applied.refused.set(id, refusal);
    return;
  }
  applied.house.push(...work.applied.house);
  applied.replay.push(...work.applied.replay);
  for (const [id, refusal] of work.applied.refused) applied.refused.set(id, refusal);
}

async function openInterface(tx: Tx, services: ExchangeServices, interfaceId: number) {
  const sealed = await findInterface(tx, interfaceId);
  if (sealed === null) throw new Error(`There is no interface ${interfaceId}.`);
  const channel = services.findChannel(sealed.channel);
  if (channel === undefined) throw new Error(`There is no channel ${sealed.channel}.`);
  return { record: withoutSecrets(sealed), channel };
}

/** Reads cases again as a replay does, within the transaction. */
async function replayWithin(
  tx: Tx,
  services: ExchangeServices,
  request: SettleRequest,
  interfaceId: number,
  cases: readonly CaseOfInterface[],
): Promise<BatchPlan[]> {
  const { record, channel } = await openInterface(tx, services, interfaceId);
  const [runId] = await services.ids.take(1, tx);
  const context: BatchContext = {
    clock: services.clock,
    ids: services.ids,
    interface: record,
    channel,
    run: {
      id: runId as number,
      number: 0,
      attempt: 0,
      // Written, and rolled back with the rest: what comes later must see it.
      simulation: false,
      startedBy: request.author,
      filters: {},
    },
  };
  const cache = new KnowledgeCache(context);
  const messageIds = [...new Set(cases.map(({ id }) => id))];
  const plans: BatchPlan[] = [];
  const { batchSize } = services.database;
  let after: { operationAt: string; messageId: number } | null = null;
  for (;;) {
    const page: { operationAt: string; messageId: number }[] = await readOpenCases(tx, {
      resellerAccountId: record.resellerAccountId,
      messageIds,
      after,
      limit: batchSize,
    });
    const last = page.at(-1);
    if (last === undefined) return plans;
    after = last;
    const caseIds = page.map(({ messageId }) => messageId);
    const work = { messages: [], unreadable: [], caseIds, cursor: null };
    plans.push(await planAndWrite(tx, context, cache, work));
  }
}
