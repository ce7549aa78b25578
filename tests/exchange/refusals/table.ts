import { expect } from 'vitest';
import type { HouseFile } from '../../../src/domain/house/file.ts';
import type { ProblemCode } from '../../../src/domain/order/problem.ts';
import type { BooksWorld } from '../../support/books-world.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';

/** Messages that must be refused, what is said of each, and what cures it. */

export interface Refusal {
  name: string;
  change?: (house: HouseFile) => void;
  /** Done after the house was handed over, before the sale is reported. */
  prepare?: (world: BooksWorld) => Promise<void>;
  /** Makes the reseller report it; `good` is a ticket that is fine. Answers the bad ticket. */
  report: (world: BooksWorld, good: string) => string;
  /** All at once, in this order. */
  problems: readonly (readonly [ProblemCode, Record<string, unknown>])[];
  /** Sets right what was wrong; then a replay integrates it. */
  cure?: (world: BooksWorld) => Promise<void>;
}

/** Rewrites the last line of the journal, in the reseller's own field names. */
function spoil(world: BooksWorld, fields: Record<string, string>): void {
  const sequence = world.switchboard.state({ tickets: false }).operations;
  world.switchboard.rewrite({ sequence, fields });
}

function sellSpoilt(world: BooksWorld, fields: Record<string, string>): string {
  const ticket = world.sellSeat('B', '1');
  spoil(world, fields);
  return ticket;
}

/** A change of the inventory as a person's screen makes it: readers notice by the version. */
export async function change(world: BooksWorld, sql: string): Promise<void> {
  await world.database.transaction(world.organisationId, async (tx) => {
    await tx.execute(sql);
    await tx.execute('update organisation set catalogue_version = catalogue_version + 1');
  });
}

const P1 = `performance set state = `;
const ON_P1 = `where code = 'P1'`;

const MAPPINGS: readonly Refusal[] = [
  {
    name: 'unknown words: all of a message at once',
    report: (world) =>
      sellSpoilt(world, {
        typeTarif: '77',
        categorieClient: '99',
        bloc: 'ZZZ',
        allotement: 'AAA',
      }),
    problems: [
      ['mapping.missing', { word: 'seat_category', value: '77', parent: 'FULL' }],
      ['mapping.missing', { word: 'tariff', value: '99', parent: 'MSHOW' }],
      ['mapping.missing', { word: 'block', value: 'ZZZ', parent: 'FULL' }],
      ['mapping.missing', { word: 'contingent', value: 'AAA', parent: '' }],
    ],
    cure: (world) =>
      change(
        world,
        `update mapping set external = external || case word
           when 'seat_category' then array['77'] when 'tariff' then array['99']
           when 'block' then array['ZZZ'] else array['AAA'] end
         where ours in ('FULL/CAT1', 'OccCont/FULL', 'HALL/ORCH/A', 'FNAC')`,
      ),
  },
  {
    name: 'an unknown product',
    report: (world) => sellSpoilt(world, { manifestation: 'MNEW' }),
    problems: [['mapping.missing', { word: 'product', value: 'MNEW', parent: '' }]],
    cure: (world) =>
      change(world, `update mapping set external = external || '{MNEW}' where ours = 'SHOW'`),
  },
  {
    name: 'an unknown performance',
    report: (world) => sellSpoilt(world, { dateSeance: '2027-02-01T21:00:00' }),
    problems: [
      ['mapping.missing', { word: 'performance', value: '2027-02-01T21:00', parent: 'MSHOW' }],
    ],
    cure: (world) =>
      change(
        world,
        `insert into performance_alias (organisation_id, performance_id, local_start, moved_at)
         select organisation_id, id, '2027-02-01T21:00', '2027-01-01T00:00:00Z'
         from performance ${ON_P1}`,
      ),
  },
  {
    name: 'an ambiguous performance: two start together',
    change(house) {
      const [first] = house.performances ?? [];
      if (first) house.performances?.push({ ...first, code: 'P9', state: 'preparing' });
    },
    report: (world) => world.sellSeat('B', '1'),
    problems: [
      ['mapping.ambiguous', { word: 'performance', value: WORDS.first, candidates: 'P1, P9' }],
    ],
    cure: (world) =>
      change(world, `update performance set local_start = '2027-02-01T23:00' where code = 'P9'`),
  },
];

const SELLING: readonly Refusal[] = [
  {
    name: 'a product of a kind that resellers may not sell',
    prepare: (world) =>
      change(world, `update mapping set ours = 'SUBSCR' where ours = 'OPEN' and word = 'product'`),
    report: (world) => world.sell({ product: WORDS.undated, start: null })[0] ?? '',
    problems: [['product.not_sellable', { product: 'SUBSCR', kind: 'season_ticket' }]],
  },
  {
    name: 'a product that is not on this channel',
    prepare: (world) =>
      change(
        world,
        `delete from on_sale_window where product_id in (
           select id from product where code = 'OPEN')`,
      ),
    report: (world) => world.sell({ product: WORDS.undated, start: null })[0] ?? '',
    problems: [['product.not_on_channel', { product: 'OPEN' }]],
  },
  {
    name: 'a sale before sales opened',
    report: (world) => world.sellSeat('B', '1', { at: '2025-12-31T23:00:00' }),
    problems: [['product.outside_window', { product: 'SHOW', at: '2025-12-31T22:00:00.000Z' }]],
    cure: (world) => change(world, `update on_sale_window set opens_at = '2025-01-01T00:00:00Z'`),
  },
  {
    name: 'a pass that was not valid any more',
    prepare: (world) =>
      change(world, `update product set valid_until = '2026-12-31' where code = 'OPEN'`),
    report: (world) => world.sell({ product: WORDS.undated, start: null })[0] ?? '',
    problems: [['pass.not_valid_then', { product: 'OPEN', day: '2027-01-10' }]],
    cure: (world) =>
      change(world, `update product set valid_until = '2027-12-31' where code = 'OPEN'`),
  },
  ...(['preparing', 'closed'] as const).map(
    (state): Refusal => ({
      name: `a performance that is ${state}`,
      prepare: (world) => change(world, `update ${P1}'${state}' ${ON_P1}`),
      report: (world) => world.sellSeat('B', '1'),
      problems: [[`performance.${state}`, { performance: 'P1', state }]],
      cure: (world) => change(world, `update ${P1}'running' ${ON_P1}`),
    }),
  ),
  {
    name: 'a performance that was cancelled before the sale',
    prepare: (world) =>
      change(world, `update ${P1}'cancelled', cancelled_at = '2027-01-09T12:00:00Z' ${ON_P1}`),
    report: (world) => world.sellSeat('B', '1'),
    problems: [['performance.cancelled', { performance: 'P1', state: 'cancelled' }]],
    cure: (world) => change(world, `update ${P1}'running', cancelled_at = null ${ON_P1}`),
  },
  {
    name: 'a tariff that may not go to resellers',
    prepare: (world) =>
      change(world, `update mapping set ours = 'Member/CARD' where ours = 'OccCont/REDUCED'`),
    report: (world) => world.sellSeat('B', '1', { tariff: WORDS.reduced }),
    problems: [['tariff.not_allowed', { tariff: 'Member/CARD' }]],
    cure: (world) =>
      change(world, `update mapping set ours = 'OccCont/REDUCED' where ours = 'Member/CARD'`),
  },
];

const PLACES: readonly Refusal[] = [
  {
    name: 'a seat of another contingent',
    report: (world) =>
      world.sell({
        places: [{ block: 'ORCB', row: 'A', seat: '1' }],
        category: WORDS.seats,
        force: true,
      })[0] ?? '',
    problems: [['seat.other_contingent', { seat: 'HALL/ORCH/B/A/1', contingent: 'OTHER' }]],
    cure: (world) =>
      change(
        world,
        `update performance_seat set contingent_id = (select id from contingent where code = 'FNAC')
         where contingent_id = (select id from contingent where code = 'OTHER')`,
      ),
  },
  {
    name: 'a seat that is in no contingent',
    report: (world) =>
      world.sell({
        places: [{ block: 'ORCB', row: 'B', seat: '1' }],
        category: WORDS.seats,
        force: true,
      })[0] ?? '',
    problems: [['seat.not_in_allotment', { seat: 'HALL/ORCH/B/B/1' }]],
  },
  {
    name: 'a seat that the house itself has sold',
    prepare: (world) =>
      change(
        world,
        `update performance_seat set state = 'sold', own_reference = 'BOX-1'
         where performance_id = (select id from performance ${ON_P1})
           and seat_id = (select s.id from seat s join block b on b.id = s.block_id
             where b.code = 'A' and s.row = 'B' and s.number = '1')`,
      ),
    report: (world) => world.sellSeat('B', '1'),
    problems: [['seat.sold', { seat: 'HALL/ORCH/A/B/1', holder: 'BOX-1' }]],
  },
  {
    name: 'a seat sold twice',
    report(world) {
      world.sellSeat('B', '1');
      return world.sellSeat('B', '1', { force: true });
    },
    problems: [
      ['seat.sold', { seat: 'HALL/ORCH/A/B/1', holder: expect.stringMatching(/^\d{12}$/) }],
    ],
  },
  {
    name: 'a seat that does not exist',
    report: (world) =>
      world.sell({ places: [placeOf('Z', '99')], category: WORDS.seats, force: true })[0] ?? '',
    problems: [['seat.unknown', { seat: 'HALL/ORCH/A/Z/99' }]],
  },
  {
    name: 'a numbered seat without its number',
    report: (world) =>
      sellSpoilt(world, { typeTarif: '10', bloc: '', rang: '', place: '', allotement: '' }),
    problems: [['seat.missing', { category: 'CAT1' }]],
  },
  {
    name: 'a wrong category',
    report: (world) => world.sellSeat('B', '1', { category: '20', price: '30.00' }),
    problems: [
      ['seat.wrong_category', { seat: 'HALL/ORCH/A/B/1', reported: 'CAT2', ours: 'CAT1' }],
    ],
  },
  {
    name: 'more than a zone holds',
    report(world) {
      world.sell({ block: WORDS.standing, category: WORDS.zone, count: 20 });
      const one = { block: WORDS.standing, category: WORDS.zone, force: true };
      return world.sell(one)[0] ?? '';
    },
    problems: [['count.over', { place: WORDS.first, left: 0 }]],
  },
];

const MONEY: readonly Refusal[] = [
  {
    name: 'a price below zero',
    report: (world) => sellSpoilt(world, { prix: '-5.00' }),
    problems: [['price.negative', { reported: -500, currency: 'EUR' }]],
  },
  {
    name: 'another currency',
    report: (world) => sellSpoilt(world, { devise: 'CHF' }),
    problems: [['currency.differs', { reported: 'CHF', ours: 'EUR' }]],
  },
  {
    name: 'another price',
    report: (world) => world.sellSeat('B', '1', { price: '41.00' }),
    problems: [['price.differs', { ours: 4000, reported: 4100, currency: 'EUR' }]],
    cure: (world) =>
      change(world, `update price set amount_minor = 4100 where amount_minor = 4000`),
  },
  {
    name: 'a barcode already used',
    report(world, good) {
      const { tickets } = world.switchboard.state();
      const barcode = tickets.find(({ ticket }) => ticket === good)?.barcode ?? '';
      return sellSpoilt(world, { codeBarres: barcode });
    },
    problems: [['barcode.used', { barcode: expect.stringMatching(/^\d{13}$/) }]],
  },
  {
    name: 'everything wrong at once',
    report: (world) =>
      sellSpoilt(world, { categorieClient: '99', rang: 'Z', place: '99', devise: 'CHF' }),
    problems: [
      ['mapping.missing', { word: 'tariff', value: '99', parent: 'MSHOW' }],
      ['currency.differs', { reported: 'CHF', ours: 'EUR' }],
      ['seat.unknown', { seat: 'HALL/ORCH/A/Z/99' }],
    ],
  },
];

export const REFUSALS = { MAPPINGS, SELLING, PLACES, MONEY };
