/** Seats of a performance as the API says them. */
import { z } from 'zod';
import type { SeatDecision } from '../../domain/contingent/wish.ts';
import { printSeat } from '../../domain/seating/seat-text.ts';
import type { PlanColumns, PlanHead } from '../../exchange/reading/seat-plan.ts';
import { PLAN_STATES, PLAN_WISHES } from '../../exchange/reading/seat-plan.ts';
import type { SeatStory } from '../../exchange/reading/seat-story.ts';
import { idSchema, printId, printIdOrNull } from '../ids.ts';
import { instant, params } from '../route.ts';
import { presentTicket, ticketInFullSchema } from './order-schemas.ts';

const numbers = z.array(z.number()).readonly();

/** What the route writes by hand, so that no object is made of each seat. */
export const seatPlanSchema = z
  .object({
    performance: idSchema('performance'),
    count: z.int(),
    positions: z.enum(['house', 'derived']).describe('Derived: the house told no coordinates.'),
    states: z.array(z.string()).readonly(),
    wishes: z.array(z.string()).readonly(),
    blocks: z.array(z.object({ area: z.string(), code: z.string() })).readonly(),
    rows: z.array(z.string()).readonly(),
    numbers: z.array(z.string()).readonly(),
    categories: z
      .array(z.object({ id: idSchema('category'), code: z.string(), name: z.string() }))
      .readonly(),
    contingents: z
      .array(z.object({ id: idSchema('contingent'), code: z.string(), name: z.string() }))
      .readonly(),
    interfaces: z
      .array(z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }))
      .readonly(),
    zones: z
      .array(
        z.object({
          counter: idSchema('counter'),
          area: z.string(),
          category: idSchema('category').nullable(),
          capacity: z.int().nullable(),
          sold: z.int(),
          held: z.int(),
          blocked: z.int(),
          shares: z
            .array(
              z.object({
                contingent: idSchema('contingent'),
                interface: idSchema('interface').nullable(),
                quota: z.int(),
                allotted: z.int(),
                sold: z.int(),
                held: z.int(),
                wishTakeBack: z.int(),
                refused: z.boolean(),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
    seats: z
      .object({
        id: numbers.describe('The seat’s id is `set_` and this number.'),
        block: numbers.optional(),
        row: numbers.optional(),
        number: numbers.optional(),
        x: numbers.optional(),
        y: numbers.optional(),
        category: numbers,
        contingent: numbers,
        state: numbers,
        interface: numbers,
        wish: numbers,
        flags: numbers.describe(
          'Bits: 1 wheelchair, 2 companion, 4 restricted view, 8 house seat, 16 refused, ' +
            '32 overbooked, 64 in an open case, 128 the venue’s own.',
        ),
      })
      .describe('Columns: an entry a seat; numbers point into the lists above, −1 is none.'),
  })
  .meta({ id: 'SeatPlan' });

/** The plan's answer as JSON text, in the shape of `seatPlanSchema`. */
export function writeSeatPlan(
  performance: string,
  count: number,
  head: PlanHead,
  columns: PlanColumns,
): string {
  const { place, ...states } = columns;
  const told = {
    performance,
    count,
    positions: head.positions,
    states: PLAN_STATES,
    wishes: PLAN_WISHES,
    blocks: head.blocks.map(({ area, code }) => ({ area, code })),
    rows: head.rows,
    numbers: head.numbers,
    categories: head.categories.map((one) => ({ ...one, id: printId('category', one.id) })),
    contingents: head.contingents.map((one) => ({ ...one, id: printId('contingent', one.id) })),
    interfaces: head.interfaces.map((one) => ({ ...one, id: printId('interface', one.id) })),
    zones: head.zones.map(({ counterId, categoryId, shares, ...zone }) => ({
      counter: printId('counter', counterId),
      category: printIdOrNull('category', categoryId),
      ...zone,
      shares: shares.map(({ contingentId, interfaceId, ...share }) => ({
        contingent: printId('contingent', contingentId),
        interface: printIdOrNull('interface', interfaceId),
        ...share,
      })),
    })),
  };
  const seats = Object.entries({ ...states, ...place })
    .map(([name, values]) => `"${name}":[${values}]`)
    .join();
  return `${JSON.stringify(told).slice(0, -1)},"seats":{${seats}}}`;
}

export const movedSchema = z
  .object({
    outcome: z.enum(['done', 'foretold']),
    applied: z.int(),
    wishes: z.int().describe('At a reseller: it is asked by the next export.'),
    wishesDropped: z.int(),
    unchanged: z.int(),
    refused: z.array(z.object({ seat: idSchema('seat'), reason: z.string() })).readonly(),
  })
  .meta({ id: 'SeatsMoved' });

export function presentMoved(
  seats: readonly SeatDecision[],
  foretell: boolean,
): z.output<typeof movedSchema> {
  const count = (outcome: SeatDecision['outcome']): number =>
    seats.reduce((sum, seat) => sum + (seat.outcome === outcome ? 1 : 0), 0);
  return {
    outcome: foretell ? 'foretold' : 'done',
    applied: count('applied'),
    wishes: count('wish'),
    wishesDropped: count('wish_dropped'),
    unchanged: count('unchanged'),
    refused: seats.flatMap((seat) =>
      seat.outcome === 'refused'
        ? [{ seat: printId('seat', seat.seatId), reason: seat.reason }]
        : [],
    ),
  };
}

const name = z.string().nullable();

export const seatStorySchema = z
  .object({
    id: idSchema('seat'),
    name: z.string().describe('Layout/Area/Block/Row/Number.'),
    category: name,
    contingent: name,
    contingentId: idSchema('contingent').nullable(),
    state: z.enum(PLAN_STATES),
    interface: name.describe('Whose reseller holds or sold it.'),
    sentCategory: name,
    sentContingent: name,
    wish: z
      .object({
        kind: z.string(),
        contingent: name,
        reference: name,
        by: name,
        at: instant.nullable(),
      })
      .nullable(),
    refused: z.object({ at: instant, reason: name }).nullable(),
    ownReference: name.describe('The venue’s own sale, hold or block.'),
    wheelchair: z.boolean(),
    companionOf: idSchema('seat').nullable(),
    restrictedView: z.boolean(),
    houseSeat: z.boolean(),
    movements: z
      .array(
        z.object({
          kind: z.string(),
          contingent: name,
          interface: name,
          ticket: idSchema('ticket').nullable(),
          run: idSchema('run').nullable(),
          at: instant,
        }),
      )
      .readonly(),
    tickets: z.array(ticketInFullSchema.extend({ order: idSchema('order') })).readonly(),
    commands: z
      .array(
        z.object({
          reference: z.string(),
          action: z.enum(['add', 'withdraw']),
          state: z.string(),
          interface: name,
          contingent: name,
          storedAt: instant,
          answeredAt: instant.nullable(),
          result: name,
          reason: name,
          run: idSchema('run'),
        }),
      )
      .readonly()
      .describe('The newest first.'),
    cases: z
      .array(
        z.object({
          id: idSchema('case'),
          root: idSchema('case').nullable(),
          ticket: z.string(),
          class: z.string(),
          problems: z.array(z.object({ code: z.string(), params: params.optional() })).readonly(),
          openedAt: instant,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'SeatStory' });

export function presentStory({
  seat,
  movements,
  tickets,
  commands,
  cases,
}: SeatStory): z.output<typeof seatStorySchema> {
  const { wish, wishContingent, wishReference, wishBy, wishAt } = seat;
  return {
    ...seat,
    id: printId('seat', seat.seatId),
    name: printSeat(seat.name),
    contingentId: printIdOrNull('contingent', seat.contingentId),
    companionOf: printIdOrNull('seat', seat.companionOf),
    wish:
      wish === null
        ? null
        : {
            kind: wish,
            contingent: wishContingent,
            reference: wishReference,
            by: wishBy,
            at: wishAt,
          },
    refused: seat.refusedAt === null ? null : { at: seat.refusedAt, reason: seat.refusedReason },
    movements: movements.map(({ ticketId, runId, ...one }) => ({
      ...one,
      ticket: printIdOrNull('ticket', ticketId),
      run: printIdOrNull('run', runId),
    })),
    tickets: tickets.map((one) => ({
      ...presentTicket(one),
      order: printId('order', one.orderId),
    })),
    commands: commands.map((one) => ({ ...one, run: printId('run', one.runId) })),
    cases: cases.map((one) => ({
      ...one,
      id: printId('case', one.id),
      root: printIdOrNull('case', one.rootId),
    })),
  };
}
