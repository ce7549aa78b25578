/** A house adopted in mid-season: compared with the reseller's list, taken over, integrated. */
import type { SimulatedPlace } from '../../channels/contract/switchboard.ts';
import { adopt } from '../../exchange/adopt.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { reconcile } from '../../exchange/reconcile.ts';
import { lastReconciliation, openDifferences } from './books.ts';
import { atSecond, houseDay } from './first-day.ts';
import { GARDENS, GARDENS_INTERFACE, gardensHouse } from './gardens.ts';
import type { Story } from './story.ts';
import { loadPart, performanceIds, run } from './story.ts';
import { toldIntegration } from './tell.ts';

const ROWS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
const SEATS_PER_ROW = 12;
/** Orders of 2, 4, 3, 1 and 2 tickets: a row of 12 seats. */
const ROW_OF_ORDERS = [2, 4, 3, 1, 2] as const;
/** Day of the story from which the museum keeps the accounts. */
export const ADOPTED_ON = 3;

/** What had happened at the reseller before anyone at the museum knew Parterre. */
export async function sellBefore(story: Story): Promise<string[]> {
  const { switchboard } = story.reseller.gardens.simulator;
  const start = startOfGardens(story);
  switchboard.setProduct({
    code: GARDENS.product,
    type: 'event',
    performances: [{ start, hall: 'PAR' }],
    commission: '1.80',
    prices: { [GARDENS.category]: { '0': '18.00', '44': '18.00', '6': '14.00' } },
    idempotencyKey: 'form',
  });
  const places = ROWS.flatMap((row) =>
    Array.from({ length: SEATS_PER_ROW }, (_, n) => placeOf(row, n + 1)),
  );
  const { allotment, category, product } = GARDENS;
  const key = 'places';
  switchboard.receivePlaces({ product, start, allotment, category, places, idempotencyKey: key });
  let tickets = 0;
  for (const [index, row] of ['A', 'B', 'C'].entries()) tickets += sellRow(story, row, index);
  // Given back long ago, and never sold again.
  const [first = ''] = sellOrder(story, 'A', 0, 0);
  const at = atSecond(story, -8, '11:00:00', 0);
  switchboard.cancel({ ticket: first, at, idempotencyKey: 'cancel' });
  return [story.texts.gardensBefore(places.length, tickets)];
}

/** The house is described; the account opens today, so that older sales are not owed twice. */
export async function describeGardens(story: Story): Promise<string[]> {
  await loadGardens(story);
  sellMore(story);
  await run(
    story,
    'reconcile',
    (context) => reconcile(context),
    await filters(story),
    GARDENS_INTERFACE,
  );
  const { missingHere, missingThere, different } = await openDifferences(story, GARDENS_INTERFACE);
  return [story.texts.gardens(missingHere, missingThere, different)];
}

export async function adoptGardens(story: Story): Promise<string[]> {
  const of = await filters(story);
  const { organisationId } = story.beginning;
  const reconciliationId = await lastReconciliation(story, GARDENS_INTERFACE);
  const seats = await adopt(story.services, { organisationId, reconciliationId });
  const work = run(story, 'integrate', (context) => integrateSales(context), {}, GARDENS_INTERFACE);
  const told = toldIntegration(story.texts, await work);
  await run(story, 'reconcile', (context) => reconcile(context), of, GARDENS_INTERFACE);
  const left = await openDifferences(story, GARDENS_INTERFACE);
  const differences = left.missingHere + left.missingThere + left.different;
  return [story.texts.adopted(seats, told, differences)];
}

/** The reseller has a new port at each start. */
export async function loadGardens(story: Story): Promise<void> {
  await loadPart(story, gardensPart(story));
}

export function gardensPart(story: Story): ReturnType<typeof gardensHouse> {
  return gardensHouse({
    start: startOfGardens(story),
    accountOpened: story.clock.local(ADOPTED_ON, '00:00'),
    opens: `${houseDay(story, -90)}T10:00`,
    fnac: story.reseller.gardens.settings,
  });
}

function startOfGardens(story: Story): string {
  return `${houseDay(story, 38)}T20:30`;
}

async function filters(story: Story): Promise<{ performanceIds: number[] }> {
  return { performanceIds: await performanceIds(story, ['CONTES1']) };
}

function placeOf(row: string, seat: number): SimulatedPlace {
  return { block: GARDENS.block, row, seat: String(seat) };
}

function sellRow(story: Story, row: string, index: number): number {
  const orders = ROW_OF_ORDERS.map((_, n) => sellOrder(story, row, n, index));
  return orders.flat().length;
}

function sellOrder(story: Story, row: string, n: number, index: number): readonly string[] {
  const from = 1 + ROW_OF_ORDERS.slice(0, n).reduce((total, count) => total + count, 0);
  const count = ROW_OF_ORDERS[n] ?? 0;
  return story.reseller.gardens.simulator.switchboard.sell({
    product: GARDENS.product,
    start: startOfGardens(story),
    places: Array.from({ length: count }, (_, seat) => placeOf(row, from + seat)),
    tariff: n % 2 === 0 ? '0' : '6',
    at: atSecond(story, -10 + index, '10:00:00', n * 300),
    idempotencyKey: `${row}.${n}`,
  }).tickets;
}

/** Sold on the day of the change, after the account opened and before anything was adopted. */
function sellMore(story: Story): void {
  story.reseller.gardens.simulator.switchboard.sell({
    product: GARDENS.product,
    start: startOfGardens(story),
    places: [placeOf('D', 1), placeOf('D', 2)],
    tariff: '0',
    at: atSecond(story, ADOPTED_ON, '09:00:00', 0),
    idempotencyKey: 'today',
  });
}
