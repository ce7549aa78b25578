/**
 * Missing names, their own kind of entry beside the cases: the ticket is integrated, its name is
 * accepted as it is, or asked of the reseller.
 */
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { NamelessTicket } from '../../store/name-store.ts';
import { lockNameless, writeNameStates } from '../../store/name-store.ts';
import type { ChosenCases } from './answers.ts';
import type { CaseAnswer, SettleRequest } from './case-request.ts';
import type { CaseServices } from './way-context.ts';

/** Of the chosen ids those that are no cases: tickets without a name. Their answers. */
export async function settleNames(
  services: CaseServices,
  request: SettleRequest,
  chosen: ChosenCases,
): Promise<CaseAnswer[]> {
  if (nameIds(chosen).length === 0) return [];
  const { organisationId } = request;
  return await services.database.transaction(organisationId, (tx) =>
    foretellNames(tx, services, request, chosen),
  );
}

function nameIds({ ids, rows }: ChosenCases): number[] {
  const cases = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !cases.has(id));
}

/** The same within a transaction of the caller's, who may roll it back. */
export async function foretellNames(
  tx: Tx,
  { ids, clock }: Pick<CaseServices, 'ids' | 'clock'>,
  request: SettleRequest,
  chosen: ChosenCases,
): Promise<CaseAnswer[]> {
  const tickets = await lockNameless(tx, nameIds(chosen));
  if (tickets.length === 0) return [];
  const { way, author, reason } = request;
  if (way !== 'accept' && way !== 'ask') return tickets.map((one) => refuse(one, way));
  const state = way === 'ask' ? 'asked' : 'accepted';
  const fresh = tickets.filter((one) => one.state !== state);
  const at = clock();
  const taken = await ids.take(fresh.length * 2, tx);
  const operationIds = taken.slice(0, fresh.length);
  const ticketIds = fresh.map(({ id }) => id);
  if (fresh.length > 0) {
    await writeNameStates(tx, ticketIds, { state, at, author, reason, operationIds });
  }
  await writeJournal(
    tx,
    fresh.map(({ id, ticket, state: before }, index) => ({
      id: taken[fresh.length + index] as number,
      at,
      author,
      action: `name.${state}`,
      subject: `ticket ${id}`,
      before,
      after: { ticket, state },
      reason,
    })),
  );
  const done = new Set(ticketIds);
  return tickets.map(({ id, ticket }) => ({
    id,
    ticket,
    outcome: !done.has(id) ? 'settled_before' : way === 'ask' ? 'waits' : 'settled',
    wayOut: way,
    settledBy: author,
    problems: [],
    refusal: null,
  }));
}

function refuse({ id, ticket }: NamelessTicket, way: string): CaseAnswer {
  const params = { way, ways: 'accept, ask' };
  return {
    id,
    ticket,
    outcome: 'refused',
    wayOut: null,
    settledBy: null,
    problems: [{ code: 'names.missing', params: { ticket } }],
    refusal: { code: 'cases.refused.way_not_of_case', params },
  };
}
