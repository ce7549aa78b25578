/**
 * Settles cases by a way out: first a transaction that checks each case and changes the house or
 * decides, then the cases are read again. Both in one run of the account, so that two people, or a
 * person and an integration, come one after the other.
 */
import type { BatchPlan } from '../../domain/order/plan.ts';
import type { CaseOfInterface } from '../../store/case-decision-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import { readCases } from '../../store/case-list-store.ts';
import { RetryableConflict } from '../../store/database/errors.ts';
import type { ExchangeContext, ExchangeServices, RunResult } from '../context.ts';
import { replay } from '../replay.ts';
import { withRun } from '../run-function.ts';
import type { ChosenCases, RefusedCases, SettledCases } from './answers.ts';
import { answersOf, checkRequest, readChosen } from './answers.ts';
import { applyWay, examine } from './apply-way.ts';
import type { CaseAnswer, SettleRequest } from './case-request.ts';
import { WayRefused } from './case-request.ts';
import { readEffect } from './effect.ts';
import { settleNames } from './names.ts';
import { reportCases } from './report-cases.ts';
import { settleUnreadable } from './unreadable-records.ts';
import type { AppliedWay } from './way-context.ts';
import { WayWork } from './way-context.ts';

export async function settleCases(
  services: ExchangeServices,
  request: SettleRequest,
): Promise<SettledCases | RefusedCases> {
  const fault = checkRequest(request);
  if (fault !== null) return { outcome: 'refused', refusal: fault };
  const { database } = services;
  const chosen = await database.transaction(request.organisationId, (tx) =>
    readChosen(tx, request),
  );
  if ('code' in chosen) return { outcome: 'refused', refusal: chosen };
  const names = [
    ...(await settleNames(services, request, chosen)),
    ...(await database.transaction(request.organisationId, (tx) =>
      settleUnreadable(tx, services, request, chosen),
    )),
  ];
  if (request.way === 'report') return await reportCases(services, request, chosen, names);
  const settling = new Settling(services, request);
  for (const [interfaceId, rows] of Map.groupBy(chosen.rows, (row) => row.interfaceId)) {
    await settling.settle(interfaceId, rows);
  }
  await settling.readElsewhere();
  return await settling.answer(chosen, names);
}

class Settling {
  readonly #services: ExchangeServices;
  readonly #request: SettleRequest;
  readonly #plans: BatchPlan[] = [];
  readonly #runs: RunResult[] = [];
  readonly #applied: AppliedWay = { house: [], replay: [], refused: new Map() };
  /** Settled before anything was done. */
  readonly #before = new Set<number>();

  constructor(services: ExchangeServices, request: SettleRequest) {
    this.#services = services;
    this.#request = request;
  }

  /** The chosen cases of one interface, in a run of its account. */
  async settle(interfaceId: number, rows: readonly CaseDetail[]): Promise<void> {
    const fits = rows.some((row) => 'row' in examine(row, this.#request));
    if (!fits) {
      for (const row of rows) this.#refuse(row);
      return;
    }
    await this.#run(interfaceId, async (context) => {
      const work = await this.#apply(context, rows);
      if (work === null) return;
      const { applied } = work;
      this.#applied.house.push(...applied.house);
      for (const [id, refusal] of applied.refused) this.#applied.refused.set(id, refusal);
      this.#applied.replay.push(...applied.replay.filter((one) => one.interfaceId !== interfaceId));
      await this.#replay(
        context,
        applied.replay.filter((one) => one.interfaceId === interfaceId),
      );
    });
  }

  #refuse(row: CaseDetail): void {
    const answer = examine(row, this.#request);
    if ('row' in answer) return;
    if (row.settledAt !== null) this.#before.add(row.id);
    this.#applied.refused.set(row.id, answer);
  }

  /** Null: refused as a whole, nothing was written. */
  async #apply(context: ExchangeContext, rows: readonly CaseDetail[]): Promise<WayWork | null> {
    const ids = rows.map(({ id }) => id);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await context.database.transaction(context.organisation.id, async (tx) => {
          await context.assertHolds(tx);
          const locked = await readCases(tx, ids, 'lock');
          const { channel, interface: record } = context;
          const services = this.#services;
          const work = new WayWork({ tx, services, request: this.#request, record, channel });
          for (const row of locked) if (row.settledAt !== null) this.#before.add(row.id);
          await applyWay(work, locked);
          return work;
        });
      } catch (error) {
        if (error instanceof WayRefused) {
          for (const id of ids) this.#applied.refused.set(id, error.refusal);
          return null;
        }
        if (!(error instanceof RetryableConflict) || attempt === 3) throw error;
      }
    }
  }

  async #replay(context: ExchangeContext, cases: readonly CaseOfInterface[]): Promise<void> {
    const messageIds = [...new Set(cases.map(({ id }) => id))];
    if (messageIds.length === 0) return;
    await replay(context, { messageIds, onPlan: (plan) => this.#plans.push(plan) });
  }

  async #run(
    interfaceId: number,
    work: (context: ExchangeContext) => Promise<void>,
  ): Promise<void> {
    const { organisationId, author, onWait } = this.#request;
    const run = { organisationId, interfaceId, function: 'replay', source: 'hand' } as const;
    const result = await withRun(
      this.#services,
      { ...run, startedBy: author, ...(onWait && { onWait }) },
      work,
    );
    this.#runs.push(result);
  }

  /** What the change of the house covers at other interfaces. */
  async readElsewhere(): Promise<void> {
    const byInterface = Map.groupBy(this.#applied.replay, (one) => one.interfaceId);
    for (const [interfaceId, cases] of byInterface) {
      await this.#run(interfaceId, (context) => this.#replay(context, cases));
    }
  }

  async answer(chosen: ChosenCases, names: readonly CaseAnswer[]): Promise<SettledCases> {
    const { database } = this.#services;
    return await database.transaction(this.#request.organisationId, async (tx) => ({
      outcome: 'done' as const,
      answers: await answersOf(tx, chosen, this.#applied.refused, this.#before, names),
      effect: await readEffect(tx, {
        plans: this.#plans,
        chosen: chosen.rows,
        house: this.#applied.house,
      }),
      runs: this.#runs,
    }));
  }
}
