/** One seat of a performance, with everything that happened to it. */
import type { Database } from '../../store/database/database.ts';
import { readTicketsById } from '../../store/order-store.ts';
import type { SeatCase, SeatCommand, SeatMovement, SeatNow } from '../../store/seat-story-store.ts';
import {
  readSeatCases,
  readSeatCommands,
  readSeatMovements,
  readSeatNow,
  readTicketsOfSeat,
} from '../../store/seat-story-store.ts';
import type { TicketInFull } from './orders.ts';
import { withStories } from './orders.ts';

export interface SeatStory {
  seat: SeatNow;
  movements: SeatMovement[];
  /** Living, cancelled and exchanged ones, the oldest first. */
  tickets: TicketInFull[];
  commands: SeatCommand[];
  cases: SeatCase[];
}

const MOVEMENTS_MAX = 500;
const COMMANDS_MAX = 200;
const TICKETS_MAX = 50;

/** Null where the performance has no such seat. */
export function readSeatStory(
  { database }: { database: Database },
  of: { organisationId: number; performanceId: number; seatId: number },
): Promise<SeatStory | null> {
  const { performanceId, seatId } = of;
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const seat = await readSeatNow(tx, performanceId, seatId);
      if (seat === null) return null;
      const ticketIds = await readTicketsOfSeat(tx, performanceId, seatId, TICKETS_MAX);
      return {
        seat,
        movements: await readSeatMovements(tx, performanceId, seatId, MOVEMENTS_MAX),
        tickets: await withStories(tx, await readTicketsById(tx, ticketIds)),
        commands: await readSeatCommands(tx, performanceId, seatId, COMMANDS_MAX),
        cases: await readSeatCases(tx, performanceId, seatId),
      };
    },
    { readOnly: true },
  );
}
