/** What happens at a reseller on a day of the season: sales, returns, errors, lies, bad lines. */
import type { SellRequest, SimulatedPlace } from '../../src/channels/contract/switchboard.ts';
import { SwitchboardError } from '../../src/channels/contract/switchboard.ts';
import type { ProductCode } from './season-house.ts';
import {
  BLOCKS,
  dayAfter,
  PERFORMANCES,
  SEASON_CODES,
  seatsOf,
  TARIFFS,
  WORDS,
} from './season-house.ts';
import type { Season, SeasonReseller } from './season-world.ts';

type Event = (season: Season, reseller: SeasonReseller) => string;

/** How often of a hundred or so; the name stands in the diary. */
const EVENTS: Readonly<Record<string, readonly [number, Event]>> = {
  seats: [16, (season, one) => sellShow(season, one, 'CAT1', {})],
  zone: [8, (season, one) => sellShow(season, one, 'PIT', {})],
  passes: [7, sellPass],
  test: [2, (season, one) => sellShow(season, one, 'CAT1', { test: true, count: 1 })],
  cancel: [
    9,
    (season, one) => onTicket(season, one, 'cancel', (ticket, desk) => desk.cancel({ ticket })),
  ],
  fees: [
    2,
    (season, one) =>
      onTicket(season, one, 'cancel', (ticket, desk) =>
        desk.cancel({ ticket, givenBack: `${season.roll(6)}.00` }),
      ),
  ],
  refund: [
    4,
    (season, one) =>
      onTicket(season, one, null, (ticket, desk) =>
        desk.refund({ ticket, amount: `${season.roll(4)}.00` }),
      ),
  ],
  release: [
    1,
    (season, one) =>
      onTicket(season, one, 'refund', (ticket, desk) =>
        desk.refund({ ticket, amount: `${season.roll(4)}.00`, releasesPlace: true }),
      ),
  ],
  whole: [1, refundWhole],
  duplicate: [
    3,
    (season, one) => onTicket(season, one, null, (ticket, desk) => desk.duplicate({ ticket })),
  ],
  renumber: [1, renumber],
  exchange: [4, exchange],
  name: [
    2,
    (season, one) =>
      onTicket(season, one, null, (ticket, desk) =>
        desk.changeName({
          ticket,
          lastName: season.pick(['X', 'Šarka', 'Ó Briain']),
          firstName: 'Li',
        }),
      ),
  ],
  price: [2, wrongPrice],
  tariff: [1, newTariff],
  category: [1, newCategory],
  foreign: [2, foreignSeat],
  beyond: [1, (season, one) => sellShow(season, one, 'PIT', { count: 9, force: true })],
  twice: [1, soldTwice],
  repeat: [2, repeatLines],
  reorder: [4, reorder],
  fault: [3, fault],
  drop: [3, dropAnswer],
  lie: [1, lie],
  scribble: [1, scribble],
  generous: [1, generous],
};

const WEIGHTED = Object.entries(EVENTS).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
);

/** One event at one reseller; what the reseller itself cannot do is nothing that happened. */
export function happen(season: Season, reseller: SeasonReseller): void {
  const name = season.pick(WEIGHTED);
  const [, event] = EVENTS[name] as (typeof EVENTS)[string];
  try {
    season.note(`${reseller.code} ${name} ${event(season, reseller)}`);
  } catch (error) {
    if (!(error instanceof SwitchboardError)) throw error;
    season.note(`${reseller.code} (${name}: ${error.message})`);
  }
}

/** Sells, and remembers what lives now. */
function sell(reseller: SeasonReseller, request: SellRequest): string {
  const { tickets } = reseller.simulator.switchboard.sell(request);
  reseller.living.push(...tickets);
  const { product, start, price } = request;
  const at = price === undefined ? '' : ` at ${price}`;
  return `${product} ${start ?? ''} ${tickets.join(' ')}${at}`;
}

function sellShow(
  season: Season,
  reseller: SeasonReseller,
  category: 'CAT1' | 'PIT',
  more: Partial<SellRequest>,
): string {
  const say = WORDS[reseller.code];
  const performance = season.pick(season.upcoming());
  const zone = category === 'PIT' ? { block: say.pit } : {};
  return sell(reseller, {
    product: say.product(performance.product),
    start: performance.start,
    category: say.category[category] as string,
    tariff: say.tariff[season.pick(TARIFFS)],
    count: season.roll(4),
    ...zone,
    ...(season.chance(20) ? { names: nobody(season) } : {}),
    ...more,
  });
}

function nobody(season: Season) {
  const name = { lastName: season.pick(['X', 'FNAC', '']), firstName: '' };
  return [name, name, name, name];
}

function sellPass(season: Season, reseller: SeasonReseller): string {
  const say = WORDS[reseller.code];
  const product: ProductCode = season.pick(['DAY', 'TWO', 'OPEN']);
  const last = PERFORMANCES - 1;
  return sell(reseller, {
    product: say.product(product),
    start: product === 'OPEN' ? null : dayAfter(Math.min(last, season.day + season.roll(10))),
    category: say.category[''] as string,
    tariff: say.tariff[season.pick(TARIFFS)],
    count: season.roll(2),
  });
}

type Desk = SeasonReseller['simulator']['switchboard'];

/** Something with a living ticket; `ends`: it lives no longer then. */
function onTicket(
  season: Season,
  reseller: SeasonReseller,
  ends: 'cancel' | 'refund' | null,
  act: (ticket: string, desk: Desk) => unknown,
): string {
  const ticket = anyTicket(season, reseller);
  act(ticket, reseller.simulator.switchboard);
  if (ends !== null) forget(reseller, ticket);
  return ticket;
}

function anyTicket(season: Season, reseller: SeasonReseller): string {
  if (reseller.living.length === 0) throw new SwitchboardError(409, 'no ticket lives');
  // The latest are touched more often: their sales may not be read yet.
  const latest = season.chance(50) ? reseller.living.slice(-6) : reseller.living;
  return season.pick(latest);
}

function forget(reseller: SeasonReseller, ticket: string): void {
  reseller.living = reseller.living.filter((one) => one !== ticket);
}

function priceOf(reseller: SeasonReseller, ticket: string): string {
  const found = reseller.simulator.switchboard.state().tickets.find((one) => one.ticket === ticket);
  return found?.price ?? '0.00';
}

function refundWhole(season: Season, reseller: SeasonReseller): string {
  return onTicket(season, reseller, 'refund', (ticket, desk) =>
    desk.refund({ ticket, amount: priceOf(reseller, ticket) }),
  );
}

function renumber(season: Season, reseller: SeasonReseller): string {
  const former = anyTicket(season, reseller);
  const { ticket } = reseller.simulator.switchboard.duplicate({ ticket: former, newNumber: true });
  forget(reseller, former);
  reseller.living.push(ticket);
  return `${former} is ${ticket}`;
}

function exchange(season: Season, reseller: SeasonReseller): string {
  const say = WORDS[reseller.code];
  const former = anyTicket(season, reseller);
  const sold = reseller.simulator.switchboard.state().tickets.find((one) => one.ticket === former);
  const how =
    sold?.seat && season.chance(60)
      ? { place: wordsOf(reseller, season.pick(seatsOf(ownBlock(reseller)))) }
      : { tariff: say.tariff[season.pick(TARIFFS)] };
  const { ticket } = reseller.simulator.switchboard.exchange({ ticket: former, ...how });
  forget(reseller, former);
  reseller.living.push(ticket);
  return `${former} for ${ticket} ${JSON.stringify(how)}`;
}

function ownBlock(reseller: SeasonReseller): string {
  return BLOCKS[SEASON_CODES.indexOf(reseller.code)] as string;
}

export function wordsOf(
  reseller: SeasonReseller,
  { block, row, seat }: SimulatedPlace,
): SimulatedPlace {
  const say = WORDS[reseller.code];
  return { block: say.block(block), row: say.row(row), seat };
}

/** The first takes what is on its own list; the third says its commission with it. */
function wrongPrice(season: Season, reseller: SeasonReseller): string {
  const commission = reseller.code === 'R3' ? { commission: '3.00' } : {};
  const price = { price: `${season.pick(['21', '33', '45'])}.50`, ...commission };
  return sellShow(season, reseller, 'CAT1', { count: 1, ...price });
}

/** A customer category that nobody here has heard of: what the full price costs, or the reduced. */
function newTariff(season: Season, reseller: SeasonReseller): string {
  const say = WORDS[reseller.code];
  const { tariffs } = reseller.learned;
  if (tariffs.size < 3) {
    const means = season.pick(TARIFFS);
    const word = `T${reseller.code}${tariffs.size}`;
    tariffs.set(word, means);
    reseller.simulator.switchboard.newTariff({ code: word, like: say.tariff[means] });
  }
  const word = season.pick([...tariffs.keys()]);
  return `${word} ${sellShow(season, reseller, 'CAT1', { count: 1, tariff: word })}`;
}

function newCategory(season: Season, reseller: SeasonReseller): string {
  const { categories } = reseller.learned;
  const word = `C${reseller.code}`;
  if (!categories.has(word)) {
    categories.set(word, 'CAT1');
    season.sendForm(reseller);
  }
  const tariff = WORDS[reseller.code].tariff.FULL;
  const performance = season.pick(season.upcoming());
  const places = [wordsOf(reseller, season.pick(seatsOf(ownBlock(reseller))))];
  const product = WORDS[reseller.code].product(performance.product);
  return sell(reseller, {
    product,
    start: performance.start,
    places,
    category: word,
    tariff,
  });
}

/** A seat of somebody else's: of another reseller, or of the venue. */
function foreignSeat(season: Season, reseller: SeasonReseller): string {
  const block = season.pick(BLOCKS.filter((one) => one !== ownBlock(reseller)));
  const place = wordsOf(reseller, season.pick(seatsOf(block)));
  return sellShow(season, reseller, 'CAT1', {
    places: [place],
    force: true,
    tariff: full(reseller),
  });
}

const full = (reseller: SeasonReseller): string => WORDS[reseller.code].tariff.FULL;

function soldTwice(season: Season, reseller: SeasonReseller): string {
  const former = anyTicket(season, reseller);
  const sold = reseller.simulator.switchboard.state().tickets.find((one) => one.ticket === former);
  if (!sold?.seat || sold.start === null) throw new SwitchboardError(409, 'it has no seat');
  const place = { block: sold.block ?? '', row: sold.row ?? '', seat: sold.seat };
  const what = { product: sold.product, start: sold.start, tariff: full(reseller) };
  const category = WORDS[reseller.code].category.CAT1 as string;
  return `${former} and ${sell(reseller, { ...what, category, places: [place], force: true })}`;
}

function repeatLines(season: Season, reseller: SeasonReseller): string {
  const count = season.roll(5);
  reseller.simulator.switchboard.duplicateOperations({ count });
  return `${count}`;
}

function reorder(season: Season, reseller: SeasonReseller): string {
  return `${reseller.simulator.switchboard.reorder({ count: 1 + season.roll(8) }).reordered}`;
}

const FAILURES = ['fault:OCCUPE', 'fault:INTERNE', 'html', 'truncate', 'reset', 'empty'] as const;
const SERVICES = ['EtatVentes', 'Contingentement'] as const;

function fault(season: Season, reseller: SeasonReseller): string {
  const request = { service: season.pick(SERVICES), failure: season.pick(FAILURES) };
  reseller.simulator.switchboard.failNext(request);
  return JSON.stringify(request);
}

function dropAnswer(season: Season, reseller: SeasonReseller): string {
  const service = season.pick(SERVICES);
  reseller.simulator.switchboard.dropNextAnswer({ service });
  return service;
}

function lie(season: Season, reseller: SeasonReseller): string {
  const performance = season.pick(season.upcoming());
  const about = {
    product: WORDS[reseller.code].product(performance.product),
    start: performance.start,
    place: wordsOf(reseller, season.pick(seatsOf(ownBlock(reseller)))),
  };
  const says = season.pick(['free', 'sold', 'absent'] as const);
  reseller.simulator.switchboard.lieAboutSeat({ ...about, says });
  reseller.lies.push(about);
  return `${says} ${JSON.stringify(about)}`;
}

/** A line that no one can read. */
function scribble(season: Season, reseller: SeasonReseller): string {
  const fields = season.pick([
    { type: 'VENTE', prix: '12,00', numeroBillet: 'BAD-1' },
    { type: 'INCONNU', numeroBillet: 'BAD-2' },
    { type: 'ANNULATION', numeroBillet: '', dateOperation: 'yesterday' },
  ]);
  reseller.simulator.switchboard.appendRaw({ fields });
  return JSON.stringify(fields);
}

/** More commission given back than was ever taken. */
function generous(season: Season, reseller: SeasonReseller): string {
  return onTicket(season, reseller, 'cancel', (ticket, desk) =>
    desk.cancel({ ticket, commission: '99.00' }),
  );
}
