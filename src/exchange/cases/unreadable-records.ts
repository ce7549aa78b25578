/**
 * Records of a reseller's that cannot be read, their own kind of entry beside the cases: nothing of
 * them can be booked, so a person keeps ours, or the reseller sends them again as they should be.
 */
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { UnreadableCase, UnreadableFilter } from '../../store/unreadable-store.ts';
import {
  listUnreadable as listRows,
  readUnreadable as readRows,
  setUnreadableAside,
} from '../../store/unreadable-store.ts';
import type { ChosenCases } from './answers.ts';
import type { CaseAnswer, SettleRequest } from './case-request.ts';
import type { CaseServices } from './way-context.ts';
import { subjectOf } from './way-context.ts';

export function listUnreadable(
  { database }: Pick<CaseServices, 'database'>,
  request: {
    organisationId: number;
    filter: UnreadableFilter;
    afterId?: number;
    limit?: number;
  },
): Promise<UnreadableCase[]> {
  const page = { afterId: request.afterId ?? 0, limit: request.limit ?? 100 };
  return database.transaction(request.organisationId, (tx) => listRows(tx, request.filter, page));
}

/** Null when there is no such record. */
export function showUnreadable(
  { database }: Pick<CaseServices, 'database'>,
  { organisationId, id }: { organisationId: number; id: number },
): Promise<UnreadableCase | null> {
  return database.transaction(organisationId, async (tx) => {
    const [found] = await readRows(tx, [id]);
    return found ?? null;
  });
}

/** Of the chosen ids those that are no cases: records that cannot be read. Their answers. */
export async function settleUnreadable(
  tx: Tx,
  { ids, clock }: Pick<CaseServices, 'ids' | 'clock'>,
  request: SettleRequest,
  chosen: ChosenCases,
): Promise<CaseAnswer[]> {
  const cases = new Set(chosen.rows.map(({ id }) => id));
  const others = chosen.ids.filter((id) => !cases.has(id));
  const records = await readRows(tx, others, 'lock');
  if (records.length === 0) return [];
  const { way, author, reason } = request;
  if (way !== 'keep_ours') return records.map((one) => refuse(one, way));
  const open = records.filter(({ settledAt }) => settledAt === null);
  const openIds = open.map(({ id }) => id);
  const at = clock();
  await setUnreadableAside(tx, openIds, { way, author, at, reason });
  const taken = await ids.take(open.length, tx);
  await writeJournal(
    tx,
    open.map(({ id, ticket, problems }, index) => ({
      id: taken[index] as number,
      at,
      author,
      action: 'case.decided',
      subject: subjectOf(id),
      after: { ticket, problems: problems.map(({ code }) => code), way },
      reason,
    })),
  );
  return records.map(({ id, ticket, settledAt, settledBy, wayOut }) => ({
    id,
    ticket: ticket ?? '',
    outcome: settledAt === null ? ('settled' as const) : ('settled_before' as const),
    wayOut: settledAt === null ? way : wayOut,
    settledBy: settledAt === null ? author : settledBy,
    problems: [],
    refusal: null,
  }));
}

function refuse(one: UnreadableCase, way: string): CaseAnswer {
  const { id, ticket, problems, settledAt, settledBy, wayOut } = one;
  const answer = { id, ticket: ticket ?? '', wayOut, settledBy, problems: [] };
  if (settledAt !== null) return { ...answer, outcome: 'settled_before', refusal: null };
  const params = { way, ways: 'keep_ours' };
  return {
    ...answer,
    outcome: 'refused',
    problems,
    refusal: { code: 'cases.refused.way_not_of_case', params },
  };
}
