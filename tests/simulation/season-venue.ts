/** What the venue does on a day of the season: its own sales, moves, prices, words, runs. */
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import {
  blockSeats,
  moveSeats,
  takeBackUnsold,
  unblockSeats,
} from '../../src/exchange/move-seats.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { changeQuota } from '../../src/store/quota-store.ts';
import { BLOCKS, PRODUCTS, priceLine, SEASON_CODES, seatsOf, TARIFFS } from './season-house.ts';
import type { Season, SeasonReseller } from './season-world.ts';

type Event = (season: Season) => Promise<string>;

const EVENTS: Readonly<Record<string, readonly [number, Event]>> = {
  'own seats': [4, ownSeats],
  'own places': [3, ownPlaces],
  'own passes': [1, ownPasses],
  'move seat': [4, moveSeat],
  'block seat': [3, blockSeat],
  'ask back': [2, askBack],
  'quota of': [2, quota],
  'price of': [2, changePrice],
  'form to': [2, sendForm],
  'words of': [2, teachWords],
};

const WEIGHTED = Object.entries(EVENTS).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
);

export async function actAtVenue(season: Season): Promise<void> {
  const name = season.pick(WEIGHTED);
  const [, event] = EVENTS[name] as (typeof EVENTS)[string];
  season.note(`${name} ${await event(season)}`);
}

const SEASON = 'S1';
const STATES = ['sold', 'sold', 'held', 'blocked', 'free'] as const;

/** Mostly of the venue's block; else what a reseller may hold, and is refused. */
async function ownSeats(season: Season): Promise<string> {
  const { product, code } = season.pick(season.upcoming());
  const block = season.chance(70) ? 'D' : season.pick(BLOCKS);
  const place = { area: 'FLOOR', block, rows: season.pick(['A', 'B', 'C']), seats: '1-2' };
  const line = {
    season: SEASON,
    product,
    performance: code,
    ...place,
    state: season.pick(STATES),
    reference: `V${season.roll(4)}`,
  };
  return `${JSON.stringify(line)} ${await season.load({ own_places: [line] })}`;
}

async function ownPlaces(season: Season): Promise<string> {
  const { product, code } = season.pick(season.upcoming());
  const line = {
    season: SEASON,
    product,
    performance: code,
    area: 'PIT',
    quantity: season.roll(5),
    state: season.pick(STATES),
    reference: `V${season.roll(4)}`,
  };
  return `${JSON.stringify(line)} ${await season.load({ own_places: [line] })}`;
}

async function ownPasses(season: Season): Promise<string> {
  const line = {
    season: SEASON,
    product: 'OPEN',
    quantity: season.roll(5),
    state: season.pick(STATES),
    reference: `V${season.roll(4)}`,
  };
  return `${JSON.stringify(line)} ${await season.load({ own_places: [line] })}`;
}

async function anySeats(season: Season) {
  const performance = season.pick(season.upcoming());
  const seats = [1, 2].map(() => season.pick(seatsOf(season.pick(BLOCKS))));
  const seatIds = await Promise.all(
    seats.map(({ block, row, seat }) => season.trio.house.seatId(block, row, seat)),
  );
  const performanceId = await season.trio.house.performanceId(
    performance.product,
    performance.code,
  );
  const { organisationId, database, ids, services } = season.trio;
  return {
    services: { database, ids, clock: services.clock },
    of: { organisationId, performanceId, seatIds, by: 'bruno' },
    told: `${performance.code} ${seats.map((one) => Object.values(one).join('/')).join(' ')}`,
  };
}

async function moveSeat(season: Season): Promise<string> {
  const { services, of, told } = await anySeats(season);
  const to = season.pick([...SEASON_CODES, 'BOX', null]);
  const contingentId = to === null ? null : await season.trio.house.idOf('contingent', to);
  const answers = await moveSeats(services, { ...of, contingentId });
  return `${told} to ${to}: ${answers.map(({ outcome }) => outcome)}`;
}

async function blockSeat(season: Season): Promise<string> {
  const { services, of, told } = await anySeats(season);
  const act = season.chance(60) ? blockSeats : unblockSeats;
  const answers = await act(services, of);
  return `${told} ${act.name}: ${answers.map(({ outcome }) => outcome)}`;
}

async function askBack(season: Season): Promise<string> {
  const { services, of } = await anySeats(season);
  const { interfaceId, code } = season.pick(season.resellers);
  const count = season.roll(4);
  const { organisationId, performanceId, by } = of;
  const answer = await takeBackUnsold(services, {
    organisationId,
    performanceId,
    interfaceId,
    contingentIds: null,
    unsold: { count },
    by,
  });
  return `${code} ${count}: ${answer.seats.length} seats, ${answer.counts} places`;
}

async function quota(season: Season): Promise<string> {
  const { trio } = season;
  const performance = season.pick(season.upcoming());
  const id = await trio.house.performanceId(performance.product, performance.code);
  const code = season.pick(SEASON_CODES);
  const contingentId = await trio.house.idOf('contingent', code);
  const [counter] = await trio.query<{ id: number }>(
    'select id from counter where performance_id = $1',
    [id],
  );
  const change = { counterId: counter?.id as number, contingentId, quota: season.roll(14) };
  const outcome = await trio.database.transaction(trio.organisationId, (tx) =>
    changeQuota(tx, change),
  );
  return `${performance.code} ${code} ${change.quota}: ${JSON.stringify(outcome)}`;
}

/** Two euros more or less from now on; the resellers learn it with their next form. */
async function changePrice(season: Season): Promise<string> {
  const product = season.pick(PRODUCTS);
  const category = ['SHOW', 'MATCH'].includes(product) ? season.pick(['CAT1', 'PIT']) : '';
  const tariff = season.pick(TARIFFS);
  const before = season.prices.at(product, category, tariff, season.now.getTime()) ?? 0;
  const cents = Math.max(0, before + season.pick([200, -200, 400]));
  // A local instant in summer time or winter time: the whole minute that comes next.
  const from = Math.ceil(season.now.getTime() / 60_000) * 60_000;
  const offset = from < Date.parse('2026-10-25T01:00:00Z') ? 2 : 1;
  const local = new Date(from + offset * 3_600_000).toISOString().slice(0, 16);
  const refused = await season.load({
    prices: [priceLine(product, category, tariff, cents, local)],
  });
  if (refused.length === 0) season.prices.change(product, category, tariff, from, cents);
  return `${product} ${category} ${tariff} ${cents} from ${local}: ${refused}`;
}

async function sendForm(season: Season): Promise<string> {
  const reseller = season.pick(season.resellers);
  season.sendForm(reseller);
  return reseller.code;
}

/** What a reseller began to say gets its meaning here, and what waited for it is taken up. */
export async function teachWords(
  season: Season,
  reseller: SeasonReseller = season.pick(season.resellers),
): Promise<string> {
  const { tariffs, categories } = reseller.learned;
  const { house } = season.trio;
  const before = await season.trio.query<{ ours: string; external: string[] }>(
    `select ours, external from mapping
     where interface_id = $1 and word in ('tariff', 'seat_category')`,
    [await house.idOf('interface', reseller.code)],
  );
  const line = (word: 'tariff' | 'seat_category', ours: string, more: readonly string[]) => {
    const known = before.find((row) => row.ours === ours)?.external ?? [];
    const external = [...new Set([...known, ...more])].join('|');
    const of = word === 'tariff' ? { season: SEASON } : {};
    return { interface: reseller.code, word, ours, external, ...of };
  };
  const meaning = (of: ReadonlyMap<string, string>, ours: string) =>
    [...of].filter(([, means]) => means === ours).map(([word]) => word);
  const refused = await season.load({
    mappings: [
      ...TARIFFS.map((code) => line('tariff', `OccCont/${code}`, meaning(tariffs, code))),
      line('seat_category', 'FULL/CAT1', meaning(categories, 'CAT1')),
    ],
  });
  if (refused.length > 0) throw new Error(`Words refused: ${refused}`);
  const ran = await season.trio.replay(reseller);
  return `${reseller.code} replay ${ran.state} ${JSON.stringify(ran.counts)}`;
}

/** A run of a reseller's interface as the season's night has it: at times its process dies. */
export async function runOf(season: Season, reseller: SeasonReseller): Promise<void> {
  const { trio } = season;
  const what = season.pick(['integrate', 'integrate', 'integrate', 'export', 'export', 'back']);
  if (season.chance(12)) {
    if (what === 'integrate') {
      await season.runAndDie(reseller, 'integrate', (context) => integrateSales(context));
    } else {
      await season.runAndDie(reseller, 'export', (context) => exportContingent(context));
    }
    return;
  }
  if (what === 'back') {
    const { product, code } = season.pick(season.upcoming());
    const performanceIds = [await trio.house.performanceId(product, code)];
    const unsold = { count: season.roll(3) };
    const ran = await trio.run(reseller, 'take_back', (context) =>
      takeBack(context, { performanceIds, unsold }),
    );
    season.note(`${reseller.code} take back ${code} ${JSON.stringify(unsold)}: ${ran.state}`);
    return;
  }
  // A form without the seats' prices is sent by mistake: the reseller refuses every seat.
  const refuses = what === 'export' && season.chance(15);
  if (refuses) season.sendForm(reseller, ['CAT1']);
  const ran = await (what === 'export' ? trio.export(reseller) : trio.integrate(reseller));
  if (refuses) season.sendForm(reseller);
  const failure = ran.failure === null ? '' : ` ${ran.failure.code}`;
  season.note(`${reseller.code} ${what} ${ran.state}${failure} ${JSON.stringify(ran.counts)}`);
}

/** Compares the lists; faults that are still in store may break it off a few times. */
export async function compareLists(
  season: Season,
  reseller: SeasonReseller,
  performanceIds: readonly number[],
): Promise<number> {
  for (let round = 0; round < 12; round += 1) {
    const ran = await season.trio.run(reseller, 'reconcile', (context) =>
      reconcile(context, { performanceIds }),
    );
    if (ran.failure === null) return ran.id;
  }
  throw new Error(`The list of ${reseller.code} cannot be read.`);
}
