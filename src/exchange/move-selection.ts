/** A person's selection on the seat plan: moved, blocked or asked back, and journalled. */
import type { SeatDecision } from '../domain/contingent/wish.ts';
import { loadCatalogue } from '../store/catalogue-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { findInterface } from '../store/interface-store.ts';
import { writeJournal } from '../store/journal-store.ts';
import type { StockServices, Unsold } from './move-seats.ts';
import { blockSeats, moveSeats, takeBackUnsold, unblockSeats } from './move-seats.ts';

export type SelectionTarget =
  | { to: 'contingent'; contingentId: number | null }
  | { to: 'block' | 'unblock' };

export interface SelectionRequest {
  organisationId: number;
  performanceId: number;
  seatIds: readonly number[];
  target: SelectionTarget;
  by: string;
  reason: string | null;
  /** Decides seat by seat and writes nothing. */
  foretell: boolean;
}

export type Missing = { outcome: 'unknown'; what: 'performance' | 'contingent' | 'interface' };

/** Each seat with what became of it. */
export async function moveSelection(
  services: StockServices,
  request: SelectionRequest,
): Promise<{ outcome: 'done'; seats: readonly SeatDecision[] } | Missing> {
  const { target, organisationId, performanceId } = request;
  const contingentIds = target.to === 'contingent' ? [target.contingentId] : [];
  const missing = await findMissing(services, { organisationId, performanceId, contingentIds });
  if (missing !== null) return missing;
  const seats =
    target.to === 'contingent'
      ? await moveSeats(services, { ...request, contingentId: target.contingentId })
      : target.to === 'block'
        ? await blockSeats(services, request)
        : await unblockSeats(services, request);
  if (!request.foretell) await note(services, request, 'seats.moved', { ...target, ...sum(seats) });
  return { outcome: 'done', seats };
}

export interface TakeBackSelection {
  organisationId: number;
  performanceId: number;
  interfaceId: number;
  /** Only what the reseller holds of these; null: of all. */
  contingentIds: readonly number[] | null;
  unsold: Unsold;
  by: string;
  reason: string | null;
  foretell: boolean;
}

/** Puts the wish; the reseller is asked by the next export or take-back. */
export async function takeBackSelection(
  services: StockServices,
  request: TakeBackSelection,
): Promise<{ outcome: 'done'; seats: readonly SeatDecision[]; counts: number } | Missing> {
  const { organisationId, performanceId, interfaceId, contingentIds, unsold } = request;
  const missing = await findMissing(services, {
    organisationId,
    performanceId,
    contingentIds: contingentIds ?? [],
    interfaceId,
  });
  if (missing !== null) return missing;
  const { seats, counts } = await takeBackUnsold(services, request);
  if (!request.foretell) {
    const asked = { interfaceId, contingentIds, all: 'all' in unsold, counts, ...sum(seats) };
    await note(services, request, 'seats.asked_back', asked);
  }
  return { outcome: 'done', seats, counts };
}

/** How many of each outcome. */
function sum(seats: readonly SeatDecision[]): Record<string, number> {
  const by = Map.groupBy(seats, ({ outcome }) => outcome);
  return Object.fromEntries([...by].map(([outcome, { length }]) => [outcome, length]));
}

function findMissing(
  { database }: StockServices,
  of: {
    organisationId: number;
    performanceId: number;
    contingentIds: readonly (number | null)[];
    interfaceId?: number;
  },
): Promise<Missing | null> {
  return database.transaction(
    of.organisationId,
    async (tx: Tx): Promise<Missing | null> => {
      const { performanceById, contingentById } = await loadCatalogue(tx);
      const lacks = (what: Missing['what']): Missing => ({ outcome: 'unknown', what });
      if (!performanceById.has(of.performanceId)) return lacks('performance');
      if (of.contingentIds.some((id) => id !== null && !contingentById.has(id))) {
        return lacks('contingent');
      }
      if (of.interfaceId === undefined) return null;
      return (await findInterface(tx, of.interfaceId)) === null ? lacks('interface') : null;
    },
    { readOnly: true },
  );
}

async function note(
  { database, ids, clock }: StockServices,
  of: { organisationId: number; performanceId: number; by: string; reason: string | null },
  action: string,
  after: object,
): Promise<void> {
  await database.transaction(of.organisationId, async (tx) => {
    const [id = 0] = await ids.take(1, tx);
    const subject = `performance ${of.performanceId}`;
    const { by: author, reason } = of;
    await writeJournal(tx, [{ id, at: clock(), author, action, subject, after, reason }]);
  });
}
