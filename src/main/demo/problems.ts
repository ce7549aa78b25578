/** One of each usual problem. */
import { exportContingent } from '../../exchange/export-contingent.ts';
import { fetchAccess } from '../../exchange/fetch-access.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { moveSeats } from '../../exchange/move-seats.ts';
import { prepareAccess } from '../../exchange/prepare-access.ts';
import { reconcile } from '../../exchange/reconcile.ts';
import { AUTHOR } from './begin-demo.ts';
import { contingentId, openDifferences } from './books.ts';
import { atSecond, CODES, place, startOf, ticketsOf } from './first-day.ts';
import type { Story } from './story.ts';
import { INTERFACE, loadPart, performanceIds, run, seatIds } from './story.ts';

/** The fourth evening is a nocturne at 13.00, and nobody told the house. */
export async function sellTooDear(story: Story): Promise<string[]> {
  for (const [n, count] of [2, 2, 1].entries()) {
    story.switchboard.sell({
      product: CODES.chalk,
      start: startOf(story, 'CHALK4'),
      block: 'LIBRE',
      count,
      tariff: '0',
      price: '13.00',
      at: atSecond(story, 1, '10:00:00', n * 60),
      idempotencyKey: `price.${n}`,
    });
  }
  return [story.texts.tooDear];
}

/** Adherents of a new kind: the customer category exists, no mapping does. */
export async function sellInCategory22(story: Story): Promise<string[]> {
  story.switchboard.newTariff({ code: '22', like: '15', idempotencyKey: 'category.new' });
  const sale = { tariff: '22', product: CODES.theatre, start: startOf(story, 'EXT2') };
  const { tickets } = story.switchboard.sell({
    ...sale,
    places: [1, 2, 3, 4].map((seat) => place('E', seat)),
    at: atSecond(story, 1, '10:30:00', 0),
    idempotencyKey: 'category.theatre',
  });
  story.switchboard.sell({
    tariff: '22',
    product: CODES.chalk,
    start: startOf(story, 'CHALK5'),
    block: 'LIBRE',
    count: 4,
    at: atSecond(story, 1, '10:32:00', 0),
    idempotencyKey: 'category.chalk',
  });
  story.switchboard.cancel({
    ticket: tickets[3] ?? '',
    at: atSecond(story, 1, '10:45:00', 0),
    idempotencyKey: 'category.cancel',
  });
  return [story.texts.category22];
}

/** The reseller gives its commission back on top of the price: more than was paid. */
export async function oddCancellation(story: Story): Promise<string[]> {
  const [ticket = ''] = ticketsOf(story, 'EXT1.B.0');
  story.switchboard.cancel({
    ticket,
    givenBack: '36.80',
    at: atSecond(story, 1, '11:00:00', 0),
    idempotencyKey: 'cancellation',
  });
  story.switchboard.sell({
    product: CODES.theatre,
    start: startOf(story, 'EXT1'),
    places: [place('B', 1)],
    tariff: '0',
    at: atSecond(story, 1, '11:20:00', 0),
    idempotencyKey: 'resale',
  });
  return [story.texts.oddCancellation];
}

/** Two seats are wanted by Ticketnet; one of them is sold before the reseller is asked. */
export async function takeBackSoldSeat(story: Story): Promise<string[]> {
  const [performanceId = 0] = await performanceIds(story, ['EXT1']);
  const places = [place('K', 1), place('K', 2)];
  const { organisationId } = story.beginning;
  await moveSeats(story.services, {
    organisationId,
    performanceId,
    seatIds: await seatIds(story, places),
    contingentId: await contingentId(story, 'TICKETNET'),
    by: AUTHOR,
  });
  story.switchboard.sell({
    product: CODES.theatre,
    start: startOf(story, 'EXT1'),
    places: places.slice(0, 1),
    tariff: '44',
    at: atSecond(story, 1, '13:05:00', 0),
    idempotencyKey: 'wish.sold',
  });
  const request = { performanceIds: [performanceId], integrateFirst: false };
  await run(story, 'export', (context) => exportContingent(context, request));
  await run(story, 'integrate', (context) => integrateSales(context));
  return [story.texts.wish];
}

export async function giveBackLastEvening(story: Story): Promise<string[]> {
  const [performanceId = 0] = await performanceIds(story, ['CHALK6']);
  await loadPart(story, {
    contingent_quotas: [
      {
        season: 'S2',
        product: 'CHALK',
        performances: 'CHALK6',
        area: 'AUDI',
        contingent: 'FNAC',
        quota: 140,
      },
    ],
  });
  const request = { performanceIds: [performanceId] };
  await run(story, 'export', (context) => exportContingent(context, request));
  return [story.texts.lastEvening];
}

/** The reseller's list lacks a place that it took and never gave back. */
export async function otherList(story: Story): Promise<string[]> {
  const [performanceId = 0] = await performanceIds(story, ['EXT2']);
  story.switchboard.lieAboutSeat({
    product: CODES.theatre,
    start: startOf(story, 'EXT2'),
    place: place('H', 8),
    says: 'absent',
    idempotencyKey: 'list.absent',
  });
  const request = { performanceIds: [performanceId] };
  await run(story, 'reconcile', (context) => reconcile(context, request));
  const { missingHere, missingThere, different } = await openDifferences(story, INTERFACE);
  return [story.texts.otherList(missingHere + missingThere + different)];
}

const POLLS_MAX = 5;

/** The list comes before three last sales are read: their codes open the door all the same. */
export async function collectCodes(story: Story): Promise<string[]> {
  const ids = await performanceIds(story, ['CHALK1']);
  story.switchboard.sell({
    product: CODES.chalk,
    start: startOf(story, 'CHALK1'),
    block: 'LIBRE',
    count: 3,
    tariff: '0',
    at: atSecond(story, 1, '15:55:00', 0),
    idempotencyKey: 'door.last',
  });
  const filters = { performanceIds: ids };
  await run(story, 'prepare_access', (context) => prepareAccess(context), filters);
  let codes = 0;
  for (let poll = 0; poll < POLLS_MAX && codes === 0; poll += 1) {
    const counts = await run(story, 'fetch_access', (context) => fetchAccess(context), filters);
    codes = counts.codes ?? 0;
  }
  return [story.texts.doorList(codes)];
}
