import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import type { LoadHouseOptions } from '../../src/exchange/load-house.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import type { SeededHouse } from '../support/houses.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

const LATER = new Date('2027-01-11T09:00:00Z');

describeEachDatabase('loading a house', (open) => {
  let test: TestDatabase;
  let house: SeededHouse;
  let code = '';
  let count = 0;

  beforeAll(async () => {
    test = await open();
  });

  // Each test has an organisation of its own: that is what tenants are for.
  beforeEach(async () => {
    count += 1;
    code = `HOUSE${count}`;
    house = await seedHouse(test.database, smallHouse({ code }), {
      ids: createIdSource(test.database),
    });
  });

  const load = (file: HouseFile, options: Partial<LoadHouseOptions> = {}) =>
    loadHouse(test.database, house.ids, testSecretBox, file, {
      clock: () => LATER,
      author: 'Ada',
      ...options,
    });

  /** A file with only these lists. */
  const part = (lists: Partial<HouseFile>): HouseFile => {
    const { format, organisation } = smallHouse({ code });
    return { format, organisation, ...lists };
  };

  const query = <R extends object>(sql: string, params: unknown[] = []) =>
    test.database.transaction(house.organisationId, (tx) => tx.query<R>(sql, params));

  const execute = (sql: string, params: unknown[] = []) =>
    test.database.transaction(house.organisationId, (tx) => tx.execute(sql, params));

  const faultsOf = async (file: HouseFile, options: Partial<LoadHouseOptions> = {}) => {
    const result = await load(file, options);
    if (result.outcome !== 'refused') throw new Error(`It was ${result.outcome}.`);
    return result.problems;
  };

  const told = async (file: HouseFile) =>
    (await faultsOf(file)).map((one) => [pointerOf(one), one.code]);

  /** Every row version of every table of the tenant: what any write would change. */
  const fingerprint = async () => {
    const tables = await test.database.administration((tx) =>
      tx.query<{ name: string }>(
        `select relname as name from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace and relrowsecurity
         order by 1`,
      ),
    );
    const states: Record<string, unknown> = {};
    for (const { name } of tables) {
      [states[name]] = await query(
        `select count(*) as rows, coalesce(string_agg(distinct xmin::text, ',' order by xmin::text),
         '') as versions from "${name}"`,
      );
    }
    return states;
  };

  const seatsOf = (performance: string) =>
    query<{ contingent: string | null; seats: number }>(
      `select c.code as contingent, count(*) as seats from performance_seat ps
       join performance p on p.id = ps.performance_id
       left join contingent c on c.id = ps.contingent_id
       where p.code = $1 group by 1 order by 1`,
      [performance],
    );

  it('fills performances with the seats of their configuration', async () => {
    for (const performance of ['P1', 'P2', 'M1']) {
      expect(await seatsOf(performance)).toEqual([
        { contingent: 'BOX', seats: 10 },
        { contingent: 'FNAC', seats: 30 },
        { contingent: 'OTHER', seats: 10 },
        { contingent: null, seats: 20 },
      ]);
    }
    const counters = await query(
      `select c.kind, count(*) as counters, sum(c.capacity)::bigint as places from counter c
       group by 1 order by 1`,
    );
    expect(counters).toEqual([
      { kind: 'day', counters: 3, places: 120 },
      { kind: 'pass', counters: 1, places: 100 },
      { kind: 'zone', counters: 3, places: 150 },
    ]);
  });

  it('changes no row when the same file is loaded again', async () => {
    const before = await fingerprint();
    expect(await load(smallHouse({ code }))).toMatchObject({ outcome: 'unchanged', changes: [] });
    expect(await fingerprint()).toEqual(before);
  });

  it('writes nothing in a dry run, and tells what it would do', async () => {
    const before = await fingerprint();
    const file = part({
      seasons: [
        { code: 'S1', name: 'Première' },
        { code: 'S9', name: 'Neuf' },
      ],
    });
    expect(await load(file, { dryRun: true })).toMatchObject({
      outcome: 'checked',
      counts: { season: { inserted: 1, updated: 1, removed: 0 } },
      changes: [
        { table: 'season', action: 'insert', name: 'S9' },
        {
          table: 'season',
          action: 'update',
          name: 'S1',
          columns: { name: { before: 'Saison 1', after: 'Première' } },
        },
      ],
    });
    expect(await fingerprint()).toEqual(before);
  });

  it('writes nothing of a file with a fault', async () => {
    const before = await fingerprint();
    const file = part({
      seasons: [{ code: 'S9', name: 'Neuf' }],
      tariffs: [
        { season: 'S8', audience: 'A', audience_kind: 'invited', code: 'I', name: 'Invité' },
      ],
    });
    expect(await told(file)).toEqual([['/tariffs/0/season', 'house.reference']]);
    expect(await fingerprint()).toEqual(before);
  });

  it('leaves alone what the file does not mention', async () => {
    const file = part({
      products: [{ season: 'S1', code: 'OPEN', name: 'Billet libre', kind: 'open_pass' }],
    });
    expect(await load(file)).toMatchObject({ outcome: 'loaded', changes: [{ name: 'S1/OPEN' }] });
    expect(await query(`select name, valid_days from product where code = 'OPEN'`)).toEqual([
      { name: 'Billet libre', valid_days: 365 },
    ]);
    const emptied = part({
      products: [
        { season: 'S1', code: 'OPEN', name: 'Billet libre', kind: 'open_pass', valid_days: null },
      ],
    });
    await load(emptied);
    expect(await query(`select valid_days from product where code = 'OPEN'`)).toEqual([
      { valid_days: null },
    ]);
  });

  it('leaves a trace of who loaded what, and raises the catalogue version', async () => {
    const version = () => query<{ v: number }>('select catalogue_version as v from organisation');
    const [before] = await version();
    await load(part({ seasons: [{ code: 'S9', name: 'Neuf' }] }));
    expect(await version()).toEqual([{ v: (before?.v ?? 0) + 1 }]);
    const [entry] = await query<{ after: { digest: string } }>(
      `select author, action, after from journal order by id desc limit 1`,
    );
    expect(entry).toMatchObject({
      author: 'Ada',
      action: 'house.load',
      after: { counts: { season: { inserted: 1 } } },
    });
    expect(entry?.after.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes no second organisation unless it is told to', async () => {
    const file = smallHouse({ code: `${code}-TYPO` });
    expect(await told(file)).toEqual([['/organisation/code', 'house.other_organisation']]);
  });

  const price = (more: object = {}) => ({
    season: 'S1',
    product: 'OPEN',
    tariff: 'OccCont/FULL',
    amount: '12.00',
    ...more,
  });
  const pricesOfOpen = () =>
    query(
      `select r.amount_minor as amount, r.valid_from as at from price r
       join product p on p.id = r.product_id join tariff t on t.id = r.tariff_id
       where p.code = 'OPEN' and t.code = 'FULL' order by r.valid_from`,
    );
  const EVER = { amount: 1200, at: '1970-01-01T00:00:00.000Z' };

  it('adds a changed price as a new row, valid from now', async () => {
    await load(part({ prices: [price({ amount: 13 })] }));
    const rows = [EVER, { amount: 1300, at: LATER.toISOString() }];
    expect(await pricesOfOpen()).toEqual(rows);
    expect(await load(part({ prices: [price({ amount: '13.00' })] }))).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await pricesOfOpen()).toEqual(rows);
  });

  it('takes the instant of a price from the file, and refuses to edit history', async () => {
    const announced = price({ amount: '14.00', valid_from: '2027-06-01' });
    await load(part({ prices: [announced] }));
    const ahead = { amount: 1400, at: '2027-05-31T22:00:00.000Z' };
    expect(await pricesOfOpen()).toEqual([EVER, ahead]);
    // What lies ahead may still change; what was valid may not.
    await load(part({ prices: [{ ...announced, amount: '15.00' }] }));
    expect(await pricesOfOpen()).toEqual([EVER, { ...ahead, amount: 1500 }]);
    const clock = () => new Date('2027-07-01T00:00:00Z');
    const faults = await faultsOf(part({ prices: [announced] }), { clock });
    expect(faults.map((one) => [pointerOf(one), one.code])).toEqual([
      ['/prices/0/valid_from', 'house.history'],
    ]);
    expect(await pricesOfOpen()).toEqual([EVER, { ...ahead, amount: 1500 }]);
  });

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

  /** As if FNAC had accepted these seats of ORCH/A in P1. */
  const exportSeats = async (row: string, numbers: string[]) => {
    const contingent = await house.idOf('contingent', 'FNAC');
    await execute(
      `update performance_seat ps set interface_id = $3, sent_contingent_id = $4,
         sent_category_id = ps.seat_category_id
       from seat s join block b on b.id = s.block_id
       where s.id = ps.seat_id and b.code = 'A' and s.row = $1 and s.number = any($2)
         and ps.performance_id = $5`,
      [
        row,
        numbers,
        await house.idOf('interface', 'FNAC'),
        contingent,
        await house.performanceId('SHOW', 'P1'),
      ],
    );
  };

  it('leaves a sold seat where it is, and says so', async () => {
    const seat = await house.seatId('A', 'B', '1');
    await execute(
      `update performance_seat set state = 'sold', own_reference = 'R1'
       where seat_id = $1 and performance_id = $2`,
      [seat, await house.performanceId('SHOW', 'P1')],
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
      [await house.idOf('interface', 'FNAC')],
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
    expect(await load(part({ zones: [{ ...zone, capacity: 35 }] }))).toMatchObject({
      outcome: 'loaded',
    });
    expect(await query(`select distinct capacity from counter where kind = 'zone'`)).toEqual([
      { capacity: 35 },
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

  const moved = (): HouseFile =>
    part({
      performances: [
        {
          season: 'S1',
          product: 'SHOW',
          code: 'P1',
          start: '2027-03-01T19:30',
          configuration: 'FULL',
        },
      ],
    });
  const startOfP1 = () =>
    query(`select local_start as start, starts_at as at from performance where code = 'P1'`);

  it('lists a moved start, and applies it only when told to', async () => {
    const listed = await load(moved());
    expect(listed).toMatchObject({ outcome: 'unchanged', notes: [{ code: 'house.move_listed' }] });
    expect(await startOfP1()).toEqual([
      { start: '2027-02-01T20:00', at: '2027-02-01T19:00:00.000Z' },
    ]);
    const applied = await load(moved(), { applyMoves: true });
    expect(applied).toMatchObject({ outcome: 'loaded', notes: [{ code: 'house.move_applied' }] });
    expect(await startOfP1()).toEqual([
      { start: '2027-03-01T19:30', at: '2027-03-01T18:30:00.000Z' },
    ]);
    expect(await query('select local_start from performance_alias')).toEqual([
      { local_start: '2027-02-01T20:00' },
    ]);
    expect(await load(moved(), { applyMoves: true })).toMatchObject({ outcome: 'unchanged' });
  });

  const stateOfP1 = (state: 'suspended' | 'running' | 'cancelled'): HouseFile => {
    const performances = smallHouse().performances?.slice(0, 1) ?? [];
    return part({ performances: performances.map((line) => ({ ...line, state })) });
  };

  it('suspends and resumes, but neither cancels nor closes', async () => {
    const state = () => query(`select state, suspended_at from performance where code = 'P1'`);
    await load(stateOfP1('suspended'));
    expect(await state()).toEqual([{ state: 'suspended', suspended_at: LATER.toISOString() }]);
    await load(stateOfP1('running'));
    expect(await state()).toEqual([{ state: 'running', suspended_at: null }]);
    expect(await told(stateOfP1('cancelled'))).toEqual([['/performances/0/state', 'house.state']]);
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

  it('keeps secrets sealed, and sees when one changes', async () => {
    const withSecret = (password: string): HouseFile => {
      const interfaces = smallHouse().interfaces ?? [];
      return part({ interfaces: interfaces.map((one) => ({ ...one, secrets: { password } })) });
    };
    await load(withSecret('open-sesame'));
    const stored = async () => {
      const [row] = await query<{ secrets: Uint8Array }>('select secrets from interface');
      return row?.secrets ?? new Uint8Array();
    };
    expect(Buffer.from(await stored()).toString()).not.toContain('open-sesame');
    expect(JSON.parse(testSecretBox.open(await stored()))).toEqual({ password: 'open-sesame' });
    const journal = await query('select after from journal');
    expect(JSON.stringify(journal)).not.toContain('open-sesame');
    expect(await load(withSecret('open-sesame'))).toMatchObject({ outcome: 'unchanged' });
    expect(await load(withSecret('changed'))).toMatchObject({ outcome: 'loaded' });
    expect(JSON.parse(testSecretBox.open(await stored()))).toEqual({ password: 'changed' });
  });

  it('plans a schedule anew when its rhythm changes, and only then', async () => {
    const next = '2027-01-12T00:00:00.000Z';
    await execute(`update schedule set next_at = $1`, [next]);
    const line = { interface: 'FNAC', function: 'export', name: 'Export', active: true } as const;
    await load(part({ schedules: [{ ...line, timing: { kind: 'hours', every: 24 } }] }));
    const planned = () => query(`select next_at from schedule where name = 'Export'`);
    expect(await planned()).toEqual([{ next_at: next }]);
    await load(part({ schedules: [{ ...line, timing: { kind: 'hours', every: 12 } }] }));
    expect(await planned()).toEqual([{ next_at: null }]);
  });

  it('replaces the values of a mapping in its one row', async () => {
    const line = { interface: 'FNAC', word: 'tariff', season: 'S1' } as const;
    const file = part({ mappings: [{ ...line, ours: 'OccCont/FULL', external: '0|44|99' }] });
    expect(await load(file)).toMatchObject({ outcome: 'loaded' });
    expect(
      await query(`select external, changed_by from mapping where ours = 'OccCont/FULL'`),
    ).toEqual([{ external: ['0', '44', '99'], changed_by: 'Ada' }]);
    expect(await load(file)).toMatchObject({ outcome: 'unchanged' });
  });
});
