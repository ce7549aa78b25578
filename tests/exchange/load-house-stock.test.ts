import { expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { useHouse } from '../support/house-bench.ts';

describeEachDatabase('loading stock and taking away', (open) => {
  const { load, part, query, execute, faultsOf, told, seatsOf, exportSeats, house } =
    useHouse(open);

  const toContingent = (contingent: string | null, seats: string): HouseFile =>
    part({
      contingent_seats: [
        {
          season: 'S1',
          product: 'SHOW',
          performances: 'P1',
          contingent,
          area: 'ORCH',
          block: 'A',
          rows: 'B',
          seats,
        },
      ],
    });
  const versions = () =>
    query<{ code: string; version: number }>(
      `select p.code, o.stock_version as version from offer o
       join performance p on p.id = o.performance_id order by 1`,
    );

  it('moves free seats at once, with a movement and a new version of the offer', async () => {
    const before = await versions();
    expect(await load(toContingent('OTHER', '1-3'))).toMatchObject({ seats: { moved: 3 } });
    expect(await seatsOf('P1')).toEqual([
      { contingent: 'BOX', seats: 10 },
      { contingent: 'FNAC', seats: 27 },
      { contingent: 'OTHER', seats: 13 },
      { contingent: null, seats: 20 },
    ]);
    const moved = await query(`select kind, quantity from movement where seat_id is not null`);
    expect(moved).toEqual(Array(3).fill({ kind: 'moved', quantity: 1 }));
    expect(await versions()).toEqual(
      before.map((one) => ({ ...one, version: one.version + (one.code === 'P1' ? 1 : 0) })),
    );
    expect(await load(toContingent('OTHER', '1-3'))).toMatchObject({ outcome: 'unchanged' });
  });

  it('makes a wish of moving a seat that a reseller holds', async () => {
    await exportSeats('B', ['1', '2']);
    const result = await load(toContingent(null, '1-3'));
    expect(result).toMatchObject({ outcome: 'loaded', seats: { moved: 1, wished: 2 } });
    expect(result.notes.map((one) => [pointerOf(one), one.code])).toEqual([
      ['/contingent_seats/0/seats', 'house.seats_wished'],
    ]);
    const wishes = () =>
      query(
        `select wish, wish_by, wish_contingent_id as target, contingent_id is not null as stays
         from performance_seat where interface_id is not null`,
      );
    const wish = { wish: 'contingent', wish_by: 'Ada', target: null, stays: true };
    expect(await wishes()).toEqual([wish, wish]);
    expect(await load(toContingent(null, '1-3'))).toMatchObject({ outcome: 'unchanged' });
    // The file says the seats stay where they are: the wish is withdrawn.
    await load(toContingent('FNAC', '1-2'));
    expect(await wishes()).toEqual(
      Array(2).fill({ wish: null, wish_by: null, target: null, stays: true }),
    );
  });

  it('leaves a sold seat where it is, and says so', async () => {
    const seat = await house().seatId('A', 'B', '1');
    await execute(
      `update performance_seat set state = 'sold', own_reference = 'R1'
       where seat_id = $1 and performance_id = $2`,
      [seat, await house().performanceId('SHOW', 'P1')],
    );
    const result = await load(toContingent('OTHER', '1-2'));
    expect(result).toMatchObject({ outcome: 'loaded', seats: { moved: 1, wished: 0 } });
    expect(result.notes.map(({ code: told }) => told)).toEqual(['house.seats_stay']);
  });

  it('refuses a capacity below what is sold, held and at resellers', async () => {
    await execute(
      `update contingent_quota q set allotted = 20, interface_id = $1
       from counter c join performance p on p.id = c.performance_id
       where q.counter_id = c.id and p.code = 'P1' and q.quota = 20`,
      [await house().idOf('interface', 'FNAC')],
    );
    await execute(
      `update counter c set sold = 15 from performance p
       where p.id = c.performance_id and p.code = 'P1'`,
    );
    const zone = { configuration: 'FULL', area: 'PIT', category: 'PIT' };
    const [fault] = await faultsOf(part({ zones: [{ ...zone, capacity: 30 }] }));
    expect(fault).toMatchObject({ sheet: 'zones', line: 0, code: 'house.capacity_in_use' });
    expect(fault?.cure).toBe(
      'Take 5 back first (20 of FNAC at FNAC), or leave the capacity higher.',
    );
    // 15 sold by the venue and 30 kept for contingents.
    expect(await told(part({ zones: [{ ...zone, capacity: 44 }] }))).toEqual([
      ['/zones/0/capacity', 'house.over_capacity'],
    ]);
    expect(await load(part({ zones: [{ ...zone, capacity: 45 }] }))).toMatchObject({
      outcome: 'loaded',
    });
    expect(await query(`select distinct capacity from counter where kind = 'zone'`)).toEqual([
      { capacity: 45 },
    ]);
  });

  const otherConfiguration = (): Partial<HouseFile> => ({
    configurations: [{ layout: 'HALL', code: 'SMALL', name: 'Petite' }],
    categories: [{ configuration: 'SMALL', code: 'ONE', name: 'Une', kind: 'seats' }],
    category_seats: [{ configuration: 'SMALL', category: 'ONE', area: 'BALC' }],
    performances: [
      {
        season: 'S1',
        product: 'SHOW',
        code: 'P1',
        start: '2027-02-01T20:00',
        configuration: 'SMALL',
      },
    ],
  });

  it('gives a free performance another configuration', async () => {
    expect(await load(part(otherConfiguration()))).toMatchObject({ outcome: 'loaded' });
    expect(await seatsOf('P1')).toEqual([{ contingent: null, seats: 10 }]);
    expect(
      await query(`select c.kind from counter c join performance p on p.id = c.performance_id
                   where p.code = 'P1'`),
    ).toEqual([]);
  });

  it('refuses another configuration while a reseller has seats of it', async () => {
    await exportSeats('B', ['1']);
    expect(await told(part(otherConfiguration()))).toEqual([
      ['/performances/0/configuration', 'house.configuration_in_use'],
    ]);
  });

  it('spreads new seats and changed categories to the performances', async () => {
    await load(
      part({
        seats: [{ layout: 'HALL', area: 'ORCH', block: 'B', rows: 'D', seats: '1-4' }],
        categories: [{ configuration: 'FULL', code: 'CAT3', name: 'Trois', kind: 'seats' }],
        category_seats: [
          { configuration: 'FULL', category: 'CAT3', area: 'ORCH', block: 'B', rows: 'C-D' },
        ],
      }),
    );
    const rows = await query(
      `select p.code, count(*) as seats from performance_seat ps
       join performance p on p.id = ps.performance_id
       join seat_category c on c.id = ps.seat_category_id
       where c.code = 'CAT3' group by 1 order by 1`,
    );
    expect(rows).toEqual(['M1', 'P1', 'P2'].map((one) => ({ code: one, seats: 14 })));
  });

  it('takes seats out of a configuration only when nobody has them', async () => {
    const file = (row: string) =>
      part({
        category_seats: [
          {
            configuration: 'FULL',
            category: 'CAT1',
            area: 'ORCH',
            block: 'A',
            rows: row,
            remove: true,
          },
        ],
      });
    await exportSeats('B', ['1']);
    expect(await told(file('B'))).toEqual([['/category_seats/remove', 'house.in_use']]);
    expect(await load(file('C'))).toMatchObject({ outcome: 'loaded' });
    expect(await seatsOf('P1')).toContainEqual({ contingent: 'FNAC', seats: 20 });
  });

  const gone = { remove: true } as const;

  it('removes what nothing depends on', async () => {
    const line = { season: 'S1', product: 'MATCH', code: 'M1', start: '2027-02-08T20:00' };
    const file = part({ performances: [{ ...line, configuration: 'FULL', ...gone }] });
    expect(await load(file)).toMatchObject({ outcome: 'loaded' });
    expect(await query(`select code from performance order by 1`)).toEqual([
      { code: 'P1' },
      { code: 'P2' },
    ]);
    expect(await load(file)).toMatchObject({
      outcome: 'unchanged',
      notes: [{ code: 'house.gone' }],
    });
  });

  it('refuses to remove what something depends on, and says what', async () => {
    await exportSeats('B', ['1']);
    const show = { season: 'S1', product: 'SHOW', code: 'P1', start: '2027-02-01T20:00' };
    const file = part({
      seasons: [{ code: 'S1', name: 'Saison 1', ...gone }],
      performances: [{ ...show, configuration: 'FULL', ...gone }],
      contingents: [{ code: 'FNAC', name: 'FNAC', kind: 'external', ...gone }],
    });
    const problems = await faultsOf(file);
    expect(problems.map((one) => `${pointerOf(one)} ${one.code}`)).toEqual(
      expect.arrayContaining([
        '/seasons/0/remove house.in_use',
        '/contingents/0/remove house.in_use',
      ]),
    );
    expect(problems.find(({ sheet }) => sheet === 'seasons')?.message).toContain('product');
  });

  it('refuses to remove a performance that a reseller has seats of', async () => {
    await exportSeats('B', ['1']);
    const show = { season: 'S1', product: 'SHOW', code: 'P1', start: '2027-02-01T20:00' };
    const file = part({ performances: [{ ...show, configuration: 'FULL', ...gone }] });
    expect(await told(file)).toEqual([['/performances/0/remove', 'house.in_use']]);
  });
});
