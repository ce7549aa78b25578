/** Re-seating tickets by a table, all lines or none. Door and lists show our seats from then on. */

import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { CategoryNote, ReseatLine, ReseatPlan } from '../../domain/performance/reseating.ts';
import { planReseating } from '../../domain/performance/reseating.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import {
  lockSeatBoard,
  readBoardTickets,
  replaceSeatRows,
  writeTicketSeats,
} from '../../store/seat-board-store.ts';
import type { LetterOptions, ReseatedTicket, ResellerLetter } from './letters.ts';
import { moveLetters } from './letters.ts';
import type {
  Life,
  LifeOutcome,
  LifeRefused,
  LifeRequest,
  LifeServices,
} from './life-transaction.ts';
import { decide, noteChange, refused, withPerformance } from './life-transaction.ts';

export interface Reseated {
  outcome: LifeOutcome;
  tickets: ReseatedTicket[];
  /** The venue's own places that sit elsewhere. */
  own: ReseatPlan['own'];
  /** Seats of another category than the ticket's: told, not refused. */
  notes: CategoryNote[];
  letters: ResellerLetter[];
}

export function reseatPerformance(
  services: LifeServices,
  request: LifeRequest & LetterOptions & { table: readonly ReseatLine[] },
): Promise<Reseated | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const { tx, performance } = life;
    const found = decide(life, 'reseat');
    if (found.outcome === 'refused') return found;
    const catalogue = await loadCatalogue(tx);
    const old = await lockSeatBoard(tx, performance.id);
    const plan = planReseating({
      old,
      // The performance's own rows: a seat's category may differ from its configuration's.
      places: old.map(({ row, name }) => ({
        seatId: row.seat_id,
        name,
        categoryId: row.seat_category_id,
      })),
      tickets: await readBoardTickets(tx, performance.id),
      table: request.table,
      keep: 'seat',
      categoryCode: codesOf(catalogue),
    });
    if (plan.faults.length > 0) return refused(...plan.faults);
    const { notes, own } = plan;
    const tickets = reseatedOf(plan);
    const done = { tickets, own, notes };
    if (tickets.length + own.length === 0) return { outcome: 'unchanged', ...done, letters: [] };
    await writeBoard(life, plan);
    await noteChange(life, 'performance.reseat', null, { tickets, own });
    const { localStart: formerStart } = performance;
    const moved = { formerStart, hallChanged: false, reseated: tickets };
    const letters = await moveLetters(tx, performance, moved, request);
    return { outcome: 'done', ...done, letters };
  });
}

export function codesOf(catalogue: Catalogue): (id: number) => string {
  return (id) => catalogue.categoryById.get(id)?.code ?? '?';
}

/** What the reseller must tell its buyers: seats of another name. */
export function reseatedOf(plan: ReseatPlan): ReseatedTicket[] {
  return plan.tickets.flatMap(({ ticket, from, to, sameName }) => {
    if (sameName) return [];
    const { interfaceId, number } = ticket;
    return [{ interfaceId, ticket: number, from: from?.name ?? '—', to: to.name }];
  });
}

export async function writeBoard(
  { tx, ids, at, performance, request }: Life,
  plan: ReseatPlan,
): Promise<void> {
  const change = { performanceId: performance.id, at, by: request.by };
  await replaceSeatRows(tx, performance.id, plan.removed, plan.rows);
  const seats = plan.tickets.map(({ ticket, from, to, resellerSeatId }) => ({
    ticketId: ticket.id,
    fromSeatId: from?.seatId ?? null,
    seatId: to.seatId,
    resellerSeatId,
    contingentId: ticket.contingentId,
    interfaceId: ticket.interfaceId,
    detail: { from: from?.name ?? null, to: to.name },
  }));
  await writeTicketSeats(tx, ids, change, seats);
}
