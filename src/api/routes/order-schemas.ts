/** Orders and tickets as the API says them: the holder's name, and never how to reach anybody. */
import { z } from 'zod';
import { printSeat } from '../../domain/seating/seat-text.ts';
import type { FoundOrder, OrderRow, TicketInFull } from '../../exchange/reading/orders.ts';
import { idSchema, printId, printIdOrNull } from '../ids.ts';
import { instant, params } from '../route.ts';

export const ticketState = z.enum(['valid', 'cancelled', 'exchanged']);

const orderHead = {
  id: idSchema('order'),
  reference: z.string().nullable().describe('The reseller’s; null: it named none.'),
  orderedAt: instant,
  interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
  contact: z.string().nullable().describe('The technical contact of the house.'),
  pointOfSale: z.string().nullable(),
  account: idSchema('account'),
  currency: z.string(),
  tickets: z.int(),
  living: z.int().describe('Tickets that are neither cancelled nor exchanged.'),
  livingMinor: z.int().describe('What the living ones were booked at.'),
};

const ticketLine = {
  id: idSchema('ticket'),
  number: z.string(),
  state: ticketState,
  lastName: z.string().nullable(),
  firstName: z.string().nullable(),
  product: z.object({ id: idSchema('product'), code: z.string() }),
  performance: z
    .object({ id: idSchema('performance'), code: z.string(), localStart: z.string() })
    .nullable(),
  day: z.string().nullable().describe('Of a dated pass.'),
  seatId: idSchema('seat').nullable(),
  seat: z.string().nullable().describe('Layout/Area/Block/Row/Number.'),
  zone: z.string().nullable(),
  tariff: z.string().nullable(),
  bookedMinor: z.int(),
  refundedMinor: z.int(),
  currency: z.string(),
  soldAt: instant,
  isTest: z.boolean(),
  overbooked: z.boolean(),
  toBeRefunded: z.boolean(),
};

export const foundOrderSchema = z
  .object({
    ...orderHead,
    lines: z
      .array(z.object(ticketLine))
      .readonly()
      .describe('Its first 20 tickets that fit the filter.'),
  })
  .meta({ id: 'FoundOrder' });

type Line = FoundOrder['lines'][number];

function presentHead(order: OrderRow) {
  return {
    ...order,
    id: printId('order', order.id),
    // Ours for what the reseller sold without an order.
    reference: order.reference.startsWith('#') ? null : order.reference,
    interface: {
      id: printId('interface', order.interfaceId),
      code: order.interfaceCode,
      reseller: order.reseller,
    },
    account: printId('account', order.pendingAccountId),
  };
}

function presentLine(line: Line) {
  const { performanceId, performance, localStart } = line;
  return {
    ...line,
    id: printId('ticket', line.id),
    product: { id: printId('product', line.productId), code: line.product },
    performance:
      performanceId === null
        ? null
        : {
            id: printId('performance', performanceId),
            code: performance ?? '',
            localStart: localStart ?? '',
          },
    seatId: printIdOrNull('seat', line.seatId),
    seat: line.seat === null ? null : printSeat(line.seat),
  };
}

export function presentFound(order: FoundOrder): z.output<typeof foundOrderSchema> {
  return { ...presentHead(order), lines: order.lines.map(presentLine) };
}

const ledgerLine = z.object({
  kind: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  period: z.string(),
  late: z.boolean(),
  operationAt: instant,
  enteredAt: instant,
  document: z.string().nullable(),
  author: z.string(),
});

const operationLine = z.object({
  kind: z.string(),
  operationNumber: z.int().nullable(),
  operationAt: instant,
  enteredAt: instant,
  amountMinor: z.int(),
  commissionMinor: z.int(),
  currency: z.string(),
  run: idSchema('run').nullable(),
  author: z.string(),
  detail: z.unknown(),
});

const codeLine = z.object({
  code: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  changedAt: instant,
  usedAt: instant.nullable(),
});

const messageLine = z.object({
  kind: z.string(),
  state: z.enum(['integrated', 'quarantined', 'set_aside']),
  operationNumber: z.int().nullable(),
  operationAt: instant,
  receivedAt: instant,
  run: idSchema('run'),
  content: z.looseObject({}).describe('As it is kept: without contact data.'),
  case: z
    .object({
      id: idSchema('case'),
      settledAt: instant.nullable(),
      class: z.string(),
      problems: z.array(z.object({ code: z.string(), params: params.optional() })).readonly(),
    })
    .nullable(),
});

export const ticketInFullSchema = z
  .object({
    ...ticketLine,
    generation: z.int().describe('How often the number was used before.'),
    kind: z.enum(['third_party', 'ours']),
    seriesNumber: z.int().nullable(),
    resellerSeat: z.string().nullable().describe('What the reseller sold, where we re-seated it.'),
    category: z.string().nullable(),
    contingent: z.string().nullable(),
    priceMinor: z.int().describe('Paid by the spectator.'),
    ourPriceMinor: z.int().nullable(),
    commissionMinor: z.int(),
    commissionOnTop: z.boolean(),
    netDueMinor: z.int(),
    vatHundredths: z.int(),
    vatMinor: z.int(),
    commissionVatMinor: z.int(),
    commissionRefundedMinor: z.int(),
    nameMissing: z.boolean(),
    nameState: z.string().nullable(),
    outlet: z.string().nullable(),
    barcode: z.string().nullable(),
    cancelledAt: instant.nullable(),
    fromHouseStock: z.boolean(),
    ledger: z.array(ledgerLine).readonly(),
    operations: z.array(operationLine).readonly(),
    codes: z.array(codeLine).readonly(),
    messages: z.array(messageLine).readonly(),
  })
  .meta({ id: 'TicketInFull' });

export const orderInFullSchema = z
  .object({
    order: z.object(orderHead),
    tickets: z.array(ticketInFullSchema).readonly(),
    next: z
      .string()
      .nullable()
      .describe('Of an order with more tickets: `after` of the next page.'),
  })
  .meta({ id: 'Order' });

export const presentOrder = presentHead;

export function presentTicket(ticket: TicketInFull): z.output<typeof ticketInFullSchema> {
  const { resellerSeat, operations, messages } = ticket;
  return {
    ...ticket,
    ...presentLine(ticket),
    resellerSeat: resellerSeat === null ? null : printSeat(resellerSeat),
    operations: operations.map((one) => ({
      ...one,
      run: printIdOrNull('run', one.runId),
      detail: one.detail ?? null,
    })),
    messages: messages.map((one) => ({
      ...one,
      run: printId('run', one.runId),
      content: { ...one.content },
      case: one.case === null ? null : { ...one.case, id: printId('case', one.id) },
    })),
  };
}
