/** What settling cases does to the books, counted: alike for what is foretold and what is done. */
import type { BatchPlan } from '../order/plan.ts';

export interface MoneyMoved {
  kind: string;
  currency: string;
  amountMinor: number;
}

export interface PlacesMoved {
  kind: string;
  performanceId: number | null;
  seatId: number | null;
  counterId: number | null;
  quantity: number;
}

export interface BooksEffect {
  /** Messages that left quarantine. */
  settled: readonly number[];
  /** Of them, those that nobody chose: they waited behind a chosen one, or for the same cure. */
  freed: number;
  /** Operations booked, by kind. */
  operations: Readonly<Record<string, number>>;
  tickets: { made: number; overbooked: number };
  /** Entries of the pending account, by kind. */
  money: readonly MoneyMoved[];
  places: readonly PlacesMoved[];
}

export function effectOf(plans: readonly BatchPlan[], chosen: ReadonlySet<number>): BooksEffect {
  const operations: Record<string, number> = {};
  const money = new Map<string, MoneyMoved>();
  const places = new Map<string, PlacesMoved>();
  const settled: number[] = [];
  const tickets = { made: 0, overbooked: 0 };
  for (const plan of plans) {
    for (const { kind } of plan.operations) operations[kind] = (operations[kind] ?? 0) + 1;
    for (const { kind, currency, amountMinor } of plan.ledger) {
      const sum = money.get(`${kind} ${currency}`) ?? { kind, currency, amountMinor: 0 };
      sum.amountMinor += amountMinor;
      money.set(`${kind} ${currency}`, sum);
    }
    for (const { kind, performanceId, seatId, counterId, quantity } of plan.movements) {
      const key = `${kind} ${performanceId} ${seatId} ${counterId}`;
      const sum = places.get(key) ?? { kind, performanceId, seatId, counterId, quantity: 0 };
      sum.quantity += quantity;
      places.set(key, sum);
    }
    settled.push(...plan.settled.map(({ messageId }) => messageId));
    tickets.made += plan.newTickets.length;
    tickets.overbooked += plan.newTickets.filter((one) => one.overbooked).length;
  }
  settled.sort((a, b) => a - b);
  return {
    settled,
    freed: settled.filter((id) => !chosen.has(id)).length,
    operations,
    tickets,
    money: [...money.values()],
    places: [...places.values()],
  };
}
