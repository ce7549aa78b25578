/** One history of a reseller, and how it arrives: out of order, cut anywhere, with repeats. */
import fc from 'fast-check';
import type { Message } from '../../src/domain/order/message.ts';
import type { Choice, HistoryOptions } from './paper-history.ts';

/** `PARTERRE_SEED=…` repeats a run, `PARTERRE_RUNS=…` makes more. */
export const seed = Number(process.env.PARTERRE_SEED ?? Date.now() % 1_000_000_007);
export const runsOr = (runs: number): number => Number(process.env.PARTERRE_RUNS ?? runs);

export const ACTIONS: Readonly<Record<Choice['action'], number>> = {
  sell: 6,
  sellZone: 2,
  sellDay: 2,
  cancel: 5,
  refundPart: 2,
  refundRest: 1,
  release: 1,
  refundFees: 2,
  sellNumberAgain: 2,
  replace: 2,
  renumber: 1,
  rename: 1,
  exchange: 3,
};

/** Choices in which some actions come more often. */
export function choicesWith(
  more: Partial<Record<Choice['action'], number>> = {},
): fc.Arbitrary<Choice> {
  const weights = Object.entries({ ...ACTIONS, ...more }) as [Choice['action'], number][];
  return fc.record({
    action: fc.oneof(
      ...weights.map(([action, weight]) => ({ weight, arbitrary: fc.constant(action) })),
    ),
    pick: fc.nat(7),
    how: fc.nat(23),
    wait: fc.nat(90),
  });
}

export const historyOptions: fc.Arbitrary<HistoryOptions> = fc.record({
  numbers: fc.constantFrom('all', 'none', 'some'),
  commission: fc.boolean(),
});

/** Mappings that are missing at first: the full price, the second category, the pass. */
const GAPS = ['OccCont/FULL', 'GREAT/CAT2', 'DAY'];

export interface Delivery {
  /** A place in the order of arrival for each message, and for those told twice. */
  order: readonly number[];
  repeats: readonly number[];
  cuts: readonly number[];
  gaps: readonly string[];
  page: number;
}

export const delivery: fc.Arbitrary<Delivery> = fc.record({
  order: fc.array(fc.nat(10_000), { minLength: 60, maxLength: 60 }),
  repeats: fc.array(fc.nat(40), { maxLength: 6 }),
  cuts: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
  gaps: fc.subarray(GAPS),
  page: fc.integer({ min: 1, max: 10 }),
});

export function batchesOf(
  messages: readonly Message[],
  { order, repeats, cuts }: Pick<Delivery, 'order' | 'repeats' | 'cuts'>,
): Message[][] {
  const told = [...messages];
  for (const index of repeats) {
    const again = messages[index % Math.max(1, messages.length)];
    if (again !== undefined) told.push(again);
  }
  const arrival = told
    .map((message, index) => ({ message, place: order[index % order.length] ?? 0, index }))
    .sort((a, b) => a.place - b.place || a.index - b.index)
    .map(({ message }) => structuredClone(message));
  const batches: Message[][] = [];
  for (let cut = 0; arrival.length > 0; cut += 1) {
    batches.push(arrival.splice(0, cuts[cut % cuts.length] ?? 1));
  }
  return batches;
}
