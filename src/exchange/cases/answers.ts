/** What is asked of settling, checked; and what became of each chosen case. */
import { WAYS } from '../../domain/cases/ways-out.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import { readCases } from '../../store/case-list-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { RunResult } from '../context.ts';
import type { CaseAnswer, CaseRefusal, SettleRequest } from './case-request.ts';
import { chosenIds, MOST_CASES } from './choose-cases.ts';
import type { CaseEffect } from './effect.ts';

export interface SettledCases {
  outcome: 'done' | 'foretold';
  answers: readonly CaseAnswer[];
  effect: CaseEffect;
  /** The runs that read the cases again, and what hindered one. */
  runs: readonly RunResult[];
}

/** Nothing was done: the request itself cannot be. */
export interface RefusedCases {
  outcome: 'refused';
  refusal: CaseRefusal;
}

/** What is wrong with the request, whatever the cases are. */
export function checkRequest({ way, reason, said = {} }: SettleRequest): CaseRefusal | null {
  if (reason.trim() === '') return { code: 'cases.refused.reason_missing', params: {} };
  const given: Readonly<Record<string, unknown>> = {
    ...said,
    price: said.priceMinor,
    amount: said.amountMinor,
  };
  const missing = WAYS[way].needs.find((name) => given[name] === undefined || given[name] === '');
  if (missing === undefined) return null;
  return { code: 'cases.refused.parameter_missing', params: { way, parameter: missing } };
}

export interface ChosenCases {
  ids: readonly number[];
  rows: readonly CaseDetail[];
}

/** Reads what is chosen; too many are refused. */
export async function readChosen(
  tx: Tx,
  request: Pick<SettleRequest, 'choice'>,
): Promise<ChosenCases | CaseRefusal> {
  const ids = await chosenIds(tx, request.choice);
  if (ids.length > MOST_CASES) {
    return { code: 'cases.refused.too_many', params: { most: MOST_CASES } };
  }
  return { ids, rows: await readCases(tx, ids) };
}

/** How each chosen case stands now. */
export async function answersOf(
  tx: Tx,
  chosen: ChosenCases,
  refused: ReadonlyMap<number, CaseRefusal>,
  before: ReadonlySet<number>,
  names: readonly CaseAnswer[],
): Promise<CaseAnswer[]> {
  const now = new Map((await readCases(tx, chosen.ids)).map((row) => [row.id, row]));
  const told = new Map(names.map((one) => [one.id, one]));
  return chosen.ids.map((id): CaseAnswer => {
    const name = told.get(id);
    if (name !== undefined) return name;
    const row = now.get(id);
    if (row === undefined) {
      const refusal: CaseRefusal = { code: 'cases.refused.unknown', params: { id } };
      return { ...NOBODY, id, outcome: 'refused', refusal };
    }
    const { ticket, wayOut, settledBy } = row;
    const said = { id, ticket, wayOut, settledBy, problems: row.problems };
    if (before.has(id)) return { ...said, outcome: 'settled_before', refusal: null, problems: [] };
    if (row.settledAt !== null) return { ...said, outcome: 'settled', refusal: null, problems: [] };
    const refusal = refused.get(id) ?? null;
    return { ...said, outcome: refusal === null ? 'waits' : 'refused', refusal };
  });
}

const NOBODY = { ticket: '', wayOut: null, settledBy: null, problems: [] };
