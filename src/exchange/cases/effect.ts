/** What settling did, or would do: the books, the codes, the house, and what is left. */
import type { BooksEffect } from '../../domain/cases/effect.ts';
import { effectOf } from '../../domain/cases/effect.ts';
import type { BatchPlan } from '../../domain/order/plan.ts';
import { countCodeStates, nameSeats } from '../../store/case-effect-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { HouseChange } from './case-request.ts';

export interface PlaceMoved {
  kind: string;
  /** `Layout/Area/Block/Row/Number`; null for what is counted. */
  seat: string | null;
  counterId: number | null;
  quantity: number;
}

export interface CaseEffect extends Omit<BooksEffect, 'places'> {
  places: readonly PlaceMoved[];
  /** Codes of the messages concerned, by the state they are in now. */
  codes: Readonly<Record<string, number>>;
  house: readonly HouseChange[];
}

/** Reads the effect of plans in the transaction that has written them, or after it. */
export async function readEffect(
  tx: Tx,
  of: {
    plans: readonly BatchPlan[];
    chosen: readonly CaseDetail[];
    house: readonly HouseChange[];
  },
): Promise<CaseEffect> {
  const { plans, chosen, house } = of;
  const { places, ...effect } = effectOf(plans, new Set(chosen.map(({ id }) => id)));
  const codes = new Set(chosen.flatMap(({ message }) => message.barcode ?? []));
  for (const plan of plans) {
    for (const { message } of plan.settled)
      if (message.barcode !== null) codes.add(message.barcode);
    for (const { barcode } of plan.newTickets) if (barcode !== null) codes.add(barcode);
  }
  const names = await nameSeats(
    tx,
    places.flatMap(({ seatId }) => seatId ?? []),
  );
  return {
    ...effect,
    places: places.map(({ kind, seatId, counterId, quantity }) => ({
      kind,
      seat: seatId === null ? null : (names.get(seatId) ?? null),
      counterId,
      quantity,
    })),
    codes: await countCodeStates(tx, [...codes]),
    house,
  };
}
