/** Rows and seats that the reseller writes otherwise: out, back, and one that nobody announced. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { readMappingQueue } from '../../src/exchange/mapping-queue.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { readRefused, sendAgain } from '../../src/exchange/refused-places.ts';
import { saveMappings } from '../../src/exchange/save-mappings.ts';
import { readCases, seatOf, ticketOf } from '../support/books-view.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';

type Mapping = NonNullable<HouseFile['mappings']>[number];

/** FNAC writes our row B of block A `RG-b` and our seat 3 `003`; row C is its `BALCON`. */
const NAMES: Omit<Mapping, 'interface'>[] = [
  rule('row', 'HALL/ORCH/A', { prefix: 'RG-', letter_case: 'lower', our_letter_case: 'upper' }),
  rule('seat', 'HALL/ORCH/A', { digits: 3 }),
  { word: 'row', ours: 'HALL/ORCH/A/C', external: 'BALCON' },
  { word: 'seat', ours: 'HALL/ORCH/A/C/10', external: '10BIS' },
];

function rule(word: 'row' | 'seat', ours: string, parts: object): Omit<Mapping, 'interface'> {
  return { word, ours, external: '*', rule: parts } as Omit<Mapping, 'interface'>;
}

describeEachDatabase('seats under the reseller’s names', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(async () => {
    await checkHouse(world.database, world.organisationId);
    await world.close();
  });
  const enter = async (exported = true): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      exported,
      change: (house) => {
        house.mappings?.push(...NAMES.map((line) => ({ interface: 'FNAC', ...line })));
      },
    });
  };
  const place = (row: string, seat: string) => ({ block: WORDS.block, row, seat });
  /** The places of the first performance as the reseller lists them. */
  const held = async (): Promise<string[]> => {
    const places: string[] = [];
    const words = { product: WORDS.event, performance: null, start: WORDS.first, hall: null };
    await world.run(async ({ open: channel }) => {
      for await (const page of channel.contingentList?.list(words) ?? []) {
        for (const one of page) {
          if (one.type === 'seat') places.push(`${one.block}/${one.row}/${one.seat}`);
        }
      }
    });
    return places.sort();
  };

  it('go out under its names and their sales come back under ours', async () => {
    await enter();
    const names = await held();
    expect(names).toContain('ORCA/RG-b/001');
    expect(names).toContain('ORCA/RG-b/010');
    expect(names).toContain('ORCA/BALCON/009');
    expect(names).toContain('ORCA/BALCON/10BIS');
    // A wheelchair place and its companion, a seat with restricted view and one of ours stay.
    expect(names).toHaveLength(30 - 4);
    const [one = '', two = '', three = ''] = world.sell({
      places: [place('RG-b', '003'), place('BALCON', '10BIS'), place('BALCON', '009')],
    });
    await world.integrate();
    expect((await ticketOf(world, one)).seat).toBe('ORCH/A/B/3');
    expect((await ticketOf(world, two)).seat).toBe('ORCH/A/C/10');
    expect((await ticketOf(world, three)).seat).toBe('ORCH/A/C/9');
    expect(await seatOf(world, 'B', '3')).toMatchObject({ state: 'sold', ticket: one });
    expect(await readCases(world)).toEqual([]);
    // Given back, and compared: both lists agree.
    world.switchboard.cancel({ ticket: two });
    await world.integrate();
    expect(await seatOf(world, 'C', '10')).toMatchObject({ state: 'free', interface: 'FNAC' });
    const ran = await world.run((context) => reconcile(context), { function: 'reconcile' });
    expect(ran.counts).toMatchObject({ differences: 0 });
  });

  it('a name that no seat has is a case; a single line lets the sale in', async () => {
    await enter();
    // FNAC sells a seat under a name of its own, `VIP`.
    const [ticket = ''] = world.sell({
      places: [place('RG-b', 'VIP')],
      category: WORDS.seats,
      force: true,
    });
    await world.integrate();
    const [found, ...others] = await readCases(world);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ ticket, problems: [{ code: 'seat.unknown' }] });
    const { organisationId, interfaceId } = world;
    expect(await readMappingQueue(world.services, { organisationId, interfaceId })).toEqual([]);
    const line = {
      id: null,
      word: 'seat' as const,
      seasonId: null,
      ours: 'HALL/ORCH/A/B/7',
      external: ['VIP'],
      notOurs: false,
    };
    const saved = await saveMappings(
      world.services,
      { organisationId, interfaceId, changes: { save: [line], remove: [] }, author: 'claire' },
      (_, ids) => world.replay(ids),
    );
    expect(saved).toMatchObject({ outcome: 'saved' });
    expect((await ticketOf(world, ticket)).seat).toBe('ORCH/A/B/7');
    expect(await readCases(world)).toEqual([]);
  });

  it('a rule that comes late lets in all the sales it explains', async () => {
    await enter();
    // As yet we know nothing of FNAC's own numbering in block B: `F-1` is our 1.
    const other = (seat: string) => ({ block: 'ORCB', row: 'B', seat });
    const tickets = world.sell({
      places: [other('F-1'), other('F-2')],
      category: WORDS.seats,
      force: true,
    });
    await world.integrate();
    expect(await readCases(world)).toHaveLength(2);
    const { organisationId, interfaceId } = world;
    const line = {
      id: null,
      word: 'seat' as const,
      seasonId: null,
      ours: 'HALL/ORCH/B',
      external: ['*'],
      notOurs: false,
      rule: { prefix: 'F-', digits: null, ourDigits: null, letterCase: null, ourLetterCase: null },
    };
    await saveMappings(
      world.services,
      { organisationId, interfaceId, changes: { save: [line], remove: [] }, author: 'claire' },
      (_, ids) => world.replay(ids),
    );
    // The seats are known now; they stand in no contingent of FNAC's: someone must decide.
    const cases = await readCases(world);
    expect(cases.map(({ ticket, problems }) => [ticket, problems.map(({ code }) => code)])).toEqual(
      tickets.map((ticket) => [ticket, ['seat.not_in_allotment']]),
    );
  });

  it('a refused seat is listed, not sent every night, and sent again by hand', async () => {
    await enter(false);
    const { organisationId, interfaceId } = world;
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const of = { organisationId, interfaceId, performanceId };
    const refused = async () => {
      const places: string[] = [];
      for await (const page of readRefused(world.services, of)) {
        places.push(...page.map((one) => `${one.performance} ${one.contingent} ${one.place}`));
      }
      return places;
    };
    // FNAC has no such price yet: it refuses the seats of that category one by one.
    const prices = { [WORDS.zone]: { [WORDS.full]: '20.00' } };
    const performances = [{ start: WORDS.first, hall: WORDS.hall }];
    world.switchboard.setProduct({ code: WORDS.event, performances, prices });
    const first = await world.export({ filters: { performanceIds: [performanceId] } });
    expect(first.counts).toMatchObject({ refused: 26 });
    const places = await refused();
    expect(places).toHaveLength(26);
    expect(places).toContain('SHOW/P1 FNAC HALL/ORCH/A/C/10');
    const commands = world.switchboard.state({}).commands;
    await world.export({ filters: { performanceIds: [performanceId] } });
    expect(world.switchboard.state({}).commands).toBe(commands);
    // The form is mended: now they go, by hand.
    const both = { ...prices, [WORDS.seats]: { [WORDS.full]: '40.00' } };
    world.switchboard.setProduct({ code: WORDS.event, performances, prices: both });
    await world.export({ filters: { performanceIds: [performanceId] } });
    expect(world.switchboard.state({}).commands).toBe(commands);
    const seatIds = [await world.house.seatId('A', 'C', '10')];
    const request = { ...of, author: 'claire' };
    expect(await sendAgain(world.services, { ...request, seatIds })).toBe(1);
    await world.export({ filters: { performanceIds: [performanceId] } });
    expect(await held()).toContain('ORCA/BALCON/10BIS');
    expect(await refused()).toHaveLength(25);
    expect(await sendAgain(world.services, { ...request, seatIds: null })).toBe(25);
    expect(await sendAgain(world.services, { ...request, seatIds: null })).toBe(0);
    await world.export({ filters: { performanceIds: [performanceId] } });
    expect(await refused()).toEqual([]);
    expect(await held()).toHaveLength(26);
  });
});
