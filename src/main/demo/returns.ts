/** What came back on the first day, and the disorder in which the reseller reports it. */
import { atSecond, CODES, place, startOf, ticketsOf } from './first-day.ts';
import type { Story } from './story.ts';

export interface Returns {
  cancelled: number;
  refunded: number;
  others: number;
}

/** Cancellations, refunds, duplicates, exchanges, other names; resales of what came back. */
export function takeReturns(story: Story): Returns {
  const desk = new ReturnsDesk(story);
  const counts = { cancelled: 0, refunded: 0, others: 0 };
  // The single tickets of each row come back whole, and three of the seats are sold again.
  for (const row of ['A', 'B', 'C', 'D', 'E', 'F'])
    counts.cancelled += desk.cancel(`EXT1.${row}.3`);
  for (const row of ['A', 'B', 'C']) desk.resell(row, 10);
  // Here the reseller keeps 2.00 of fees.
  for (const code of ['CHALK1', 'CHALK2', 'CHALK3', 'CHALK5']) {
    counts.cancelled += desk.cancel(`${code}.0.0`, '10.00') + desk.cancel(`${code}.1.3`);
  }
  counts.cancelled += desk.cancel(`${CODES.datedPass}.0`) + desk.cancel(`${CODES.openPass}.0.0`);
  counts.cancelled += desk.cancel('ECHECS1.0.0') + desk.cancel('ECHECS2.0.0');
  for (const row of ['A', 'B', 'C', 'D']) counts.refunded += desk.refund(`EXT2.${row}.0`, '5.00');
  for (const code of ['CHALK1', 'CHALK2']) counts.refunded += desk.refund(`${code}.2.0`, '3.00');
  // All of the price: the place is free again.
  counts.cancelled += desk.refund('EXT2.A.4', '35.00') + desk.refund('CHALK3.2.0', '12.00');
  counts.others += desk.duplicate('EXT1.A.1') + desk.duplicate('CHALK1.0.1');
  counts.others += desk.exchange('EXT1.C.0', 'N', 1) + desk.exchange('EXT1.D.0', 'N', 2);
  counts.others +=
    desk.rename('EXT2.A.1', 'Curie', 'Ève') + desk.rename('EXT2.B.1', 'Braque', 'Zoé');
  return counts;
}

/** Each operation on the first ticket of an order of the first day, under a key of its own. */
class ReturnsDesk {
  readonly #story: Story;
  #count = 0;

  constructor(story: Story) {
    this.#story = story;
  }

  #next(order: string, kind: string) {
    const at = atSecond(this.#story, 0, '18:30:00', this.#count * 45);
    this.#count += 1;
    const ticket = ticketsOf(this.#story, order)[0] ?? '';
    return { ticket, at, idempotencyKey: `returns.${kind}.${order}` };
  }

  cancel(order: string, givenBack?: string): 1 {
    const on = this.#next(order, 'cancel');
    this.#story.switchboard.cancel(givenBack === undefined ? on : { ...on, givenBack });
    return 1;
  }

  refund(order: string, amount: string): 1 {
    this.#story.switchboard.refund({ ...this.#next(order, 'refund'), amount });
    return 1;
  }

  duplicate(order: string): 1 {
    this.#story.switchboard.duplicate(this.#next(order, 'duplicate'));
    return 1;
  }

  exchange(order: string, row: string, seat: number): 1 {
    const on = this.#next(order, 'exchange');
    const start = startOf(this.#story, 'EXT1');
    this.#story.switchboard.exchange({ ...on, start, place: place(row, seat) });
    return 1;
  }

  rename(order: string, lastName: string, firstName: string): 1 {
    this.#story.switchboard.changeName({ ...this.#next(order, 'rename'), lastName, firstName });
    return 1;
  }

  resell(row: string, seat: number): void {
    const { at } = this.#next(`EXT1.${row}.3`, 'resell');
    this.#story.switchboard.sell({
      product: CODES.theatre,
      start: startOf(this.#story, 'EXT1'),
      places: [place(row, seat)],
      tariff: '0',
      at,
      idempotencyKey: `returns.resell.${row}`,
    });
  }
}
