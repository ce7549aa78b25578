import { expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { LATER, useHouse } from '../support/house-bench.ts';
import { smallHouse } from '../support/houses.ts';

describeEachDatabase('loading a house', (open) => {
  const { load, part, query, execute, faultsOf, told, fingerprint, seatsOf, code } = useHouse(open);

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
    expect(await load(smallHouse({ code: code() }))).toMatchObject({
      outcome: 'unchanged',
      changes: [],
    });
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
    const file = smallHouse({ code: `${code()}-TYPO` });
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
