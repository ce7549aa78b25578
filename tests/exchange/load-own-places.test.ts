import { expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { exportHouse } from '../../src/exchange/export-house.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { useHouse } from '../support/house-bench.ts';

type OwnLine = NonNullable<HouseFile['own_places']>[number];

describeEachDatabase('the venue’s own places', (open) => {
  const bench = useHouse(open);
  const { load, part, query, execute, faultsOf, told, exportSeats, fingerprint } = bench;

  const seats = (
    state: OwnLine['state'],
    reference = 'R1',
    more: Partial<OwnLine> = {},
  ): HouseFile =>
    part({
      own_places: [
        {
          season: 'S1',
          product: 'SHOW',
          performance: 'P1',
          area: 'ORCH',
          block: 'A',
          rows: 'B',
          seats: '1-3',
          state,
          reference,
          ...more,
        },
      ],
    });
  const owned = () =>
    query(
      `select s.number, ps.state, ps.own_reference as reference from performance_seat ps
       join seat s on s.id = ps.seat_id where ps.state <> 'free' or ps.own_reference is not null
       order by s.number`,
    );
  const pit = (state: OwnLine['state'], quantity: number, reference = 'R1'): HouseFile =>
    part({
      own_places: [
        {
          season: 'S1',
          product: 'SHOW',
          performance: 'P1',
          area: 'PIT',
          quantity,
          state,
          reference,
        },
      ],
    });
  const counter = () =>
    query(
      `select c.sold, c.held, c.blocked from counter c
       join performance p on p.id = c.performance_id where p.code = 'P1'`,
    );

  it('sells, holds, blocks and frees seats, each with its movement', async () => {
    for (const state of ['held', 'sold'] as const) {
      expect(await load(seats(state))).toMatchObject({ outcome: 'loaded', seats: { own: 3 } });
      expect(await owned()).toEqual(
        ['1', '2', '3'].map((number) => ({ number, state, reference: 'R1' })),
      );
    }
    const before = await fingerprint();
    expect(await load(seats('sold'))).toMatchObject({ outcome: 'unchanged' });
    expect(await fingerprint()).toEqual(before);
    expect(await load(seats('free'))).toMatchObject({ outcome: 'loaded', seats: { own: 3 } });
    expect(await owned()).toEqual([]);
    const kinds = await query(
      `select kind, count(*) as times from movement where seat_id is not null
       group by 1 order by 1`,
    );
    expect(kinds).toEqual(['cancelled', 'held', 'sold'].map((kind) => ({ kind, times: 3 })));
  });

  it('refuses what a reseller holds, with its name, and writes nothing of the file', async () => {
    await exportSeats('B', ['2']);
    const before = await fingerprint();
    const [fault] = await faultsOf(seats('sold'));
    expect(fault).toMatchObject({ sheet: 'own_places', line: 0, code: 'house.at_reseller' });
    expect(fault?.message).toBe('B/2: at FNAC.');
    expect(await fingerprint()).toEqual(before);
  });

  it('refuses what the venue took under another reference', async () => {
    await load(seats('held', 'R1'));
    expect(await told(seats('sold', 'R2'))).toEqual([
      ['/own_places/0/seats', 'house.other_reference'],
    ]);
    expect(await told(seats('free', 'R2'))).toEqual([
      ['/own_places/0/seats', 'house.other_reference'],
    ]);
  });

  it('takes counted places from what no contingent keeps', async () => {
    // 50 places, 20 kept for FNAC and 10 for OTHER.
    expect(await load(pit('held', 12))).toMatchObject({ seats: { own: 12 } });
    expect(await load(pit('sold', 8, 'R2'))).toMatchObject({ seats: { own: 8 } });
    expect(await counter()).toEqual([{ sold: 8, held: 12, blocked: 0 }]);
    const [fault] = await faultsOf(pit('blocked', 1, 'R3'));
    expect(fault).toMatchObject({ code: 'house.over_capacity', key: 'quantity' });
    expect(await load(pit('sold', 5))).toMatchObject({ outcome: 'loaded' });
    expect(await counter()).toEqual([{ sold: 13, held: 0, blocked: 0 }]);
    expect(await load(pit('sold', 5))).toMatchObject({ outcome: 'unchanged' });
    await load(pit('free', 0));
    expect(await counter()).toEqual([{ sold: 8, held: 0, blocked: 0 }]);
  });

  it('refuses quotas beyond what the venue has left', async () => {
    await load(pit('sold', 20));
    const quota = { season: 'S1', product: 'SHOW', performances: 'P1', area: 'PIT' };
    const file = part({ contingent_quotas: [{ ...quota, contingent: 'FNAC', quota: 21 }] });
    expect(await told(file)).toEqual([['/contingent_quotas/0/quota', 'house.over_capacity']]);
  });

  it('are in the export, which loads without a change', async () => {
    await load(seats('sold'));
    await load(pit('held', 4));
    const { organisationId } = bench.house();
    const file = await exportHouse(test(), organisationId);
    expect(file.own_places).toEqual([
      { ...seats('sold').own_places?.[0] },
      { ...pit('held', 4).own_places?.[0] },
    ]);
    expect(await load(file)).toMatchObject({ outcome: 'unchanged' });
    await execute(`update performance_seat set state = 'free', own_reference = null`);
    expect(await load(file)).toMatchObject({ outcome: 'loaded', seats: { own: 3 } });
  });

  const test = () => bench.database();
});
