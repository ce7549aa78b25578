import { expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { OwnPlacesRequest } from '../../src/exchange/house-seats/change-own-places.ts';
import { changeOwnPlaces } from '../../src/exchange/house-seats/change-own-places.ts';
import { readOwnLines } from '../../src/exchange/house-seats/read-lines.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { LATER, useHouse } from '../support/house-bench.ts';

describeEachDatabase('the venue’s own sales from a file', (open) => {
  const bench = useHouse(open);
  const { query, execute, exportSeats, fingerprint } = bench;

  const linesOf = async (bytes: Buffer) => {
    const read = await readOwnLines(bytes);
    if ('fault' in read) throw new Error(read.fault.message);
    return read.lines;
  };
  const apply = async (text: string | Buffer, more: Partial<OwnPlacesRequest> = {}) =>
    changeOwnPlaces(
      { database: bench.database(), ids: bench.house().ids, clock: () => LATER },
      {
        organisationId: bench.house().organisationId,
        lines: await linesOf(Buffer.from(text)),
        author: 'Ada',
        source: 'test',
        ...more,
      },
    );
  const owned = () =>
    query<{ place: string; state: string; reference: string | null }>(
      `select concat_ws('/', b.code, s.row, s.number) as place, ps.state,
              ps.own_reference as reference
       from performance_seat ps join seat s on s.id = ps.seat_id join block b on b.id = s.block_id
       where ps.state <> 'free' or ps.own_reference is not null order by 1`,
    );
  const wishes = () =>
    query<{ place: string; wish: string; reference: string | null; state: string | null }>(
      `select concat_ws('/', s.row, s.number) as place, ps.wish, ps.wish_reference as reference,
              ps.wish_state as state
       from performance_seat ps join seat s on s.id = ps.seat_id where ps.wish is not null
       order by 1`,
    );
  const counter = (code: string) =>
    query(
      `select c.sold, c.held, c.blocked from counter c join product p on p.id = c.product_id
       left join performance f on f.id = c.performance_id
       where coalesce(f.code, p.code || coalesce(c.day::text, '')) = $1`,
      [code],
    );
  const HEAD = 'performance;seat;zone;date;quantity;state;reference\n';

  it('sells, holds, blocks and frees, and the same file again changes nothing', async () => {
    const file =
      `${HEAD}SHOW/P1;HALL/ORCH/B/B/1-3;;;;sold;G1\n` +
      'SHOW/2027-02-01 20:00;HALL/ORCH/B/B/5;;;;held;O2\n' +
      'P2;HALL/BALC//A/9,10;;;;blocked;T3\n' +
      'SHOW/P1;;HALL/PIT;;12;sold;G1\nDAY;;;2027-02-02;4;held;O2\nOPEN;;;;3;sold;G9\n';
    expect(await apply(file)).toMatchObject({ lines: 6, applied: 25, faults: [] });
    expect(await owned()).toEqual([
      { place: '/A/10', state: 'blocked', reference: 'T3' },
      { place: '/A/9', state: 'blocked', reference: 'T3' },
      { place: 'B/B/1', state: 'sold', reference: 'G1' },
      { place: 'B/B/2', state: 'sold', reference: 'G1' },
      { place: 'B/B/3', state: 'sold', reference: 'G1' },
      { place: 'B/B/5', state: 'held', reference: 'O2' },
    ]);
    expect(await counter('P1')).toEqual([{ sold: 12, held: 0, blocked: 0 }]);
    expect(await counter('DAY2027-02-02')).toEqual([{ sold: 0, held: 4, blocked: 0 }]);
    expect(await counter('OPEN')).toEqual([{ sold: 3, held: 0, blocked: 0 }]);
    const before = await fingerprint();
    expect(await apply(file)).toMatchObject({ applied: 0, unchanged: 25, faults: [] });
    expect(await fingerprint()).toEqual(before);
    const freed = `${HEAD}SHOW/P1;HALL/ORCH/B/B/1-5;;;;free;G1\nP2;HALL/BALC//A/*;;;;free;T3\n`;
    expect(await apply(freed)).toMatchObject({ applied: 2, faults: [{ line: 2 }] });
    expect((await owned()).map(({ place }) => place)).toEqual(['B/B/1', 'B/B/2', 'B/B/3', 'B/B/5']);
    const rest = `${HEAD}P1;HALL/ORCH/B/B/1-3;;;;free;G1\nP1;;PIT;;0;free;G1\n`;
    expect(await apply(rest)).toMatchObject({ applied: 15, faults: [] });
    expect(await counter('P1')).toEqual([{ sold: 0, held: 0, blocked: 0 }]);
    const kinds = await query<{ kind: string; n: number }>(
      `select kind, sum(quantity)::int as n from movement where kind <> 'moved'
       group by 1 order by 1`,
    );
    expect(kinds).toEqual([
      { kind: 'blocked', n: 2 },
      { kind: 'cancelled', n: 15 },
      { kind: 'held', n: 5 },
      { kind: 'sold', n: 18 },
      { kind: 'unblocked', n: 2 },
    ]);
  });

  it('tells each bad line with its cure and applies the others', async () => {
    await exportSeats('B', ['2']);
    await apply(`${HEAD}P1;HALL/ORCH/B/C/1;;;;held;OTHER1\n`);
    const { faults, applied } = await apply(
      [
        'Ventes du guichet;;;;;;',
        HEAD.trim(),
        'SHOW/P1;HALL/ORCH/A/B/2;;;;sold;G1',
        'SHOW/P1;HALL/ORCH/B/C/1-2;;;;sold;G1',
        'SHOW/P1;HALL/ORCH/B/Z/1;;;;sold;G1',
        'SHOW/P1;HALL/ORCH/X/A/1;;;;sold;G1',
        'SHOW/P1;HALL/ORCH/B/C/9;;;;sold;G1',
        'SHOW/P1;HALL/ORCH/B/C/8-10;;;;held;G2',
        'SHOW/P1;;PIT;;21;sold;G1',
        'SHOW/P1;;PIT;;20;sold;G2',
        'SHOW/P1;;PIT;;1;sold;G3',
        'SHOW/P9;HALL/ORCH/B/C/5;;;;sold;G1',
        'DAY;;;2027-03-01;1;sold;G1',
        'SHOW/P1;;BALC;;1;sold;G1',
        'SHOW/P1;HALL/ORCH/B/C/5;;;;gone;G1',
        'SHOW/P1;HALL/ORCH/B/C/5;;;;sold;',
        'SHOW/P1;HALL/ORCH/B/C/5;;;2;sold;G1',
        '',
        'SHOW/P1;HALL/ORCH/B/C/4;;;;sold;G1',
      ].join('\n'),
    );
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [3, 'seats.at_reseller'],
      [4, 'seats.other_reference'],
      [5, 'seats.unknown'],
      [6, 'seats.unknown'],
      [8, 'seats.twice'],
      [9, 'seats.over_capacity'],
      [11, 'seats.over_capacity'],
      [12, 'seats.performance_unknown'],
      [13, 'seats.date_unknown'],
      [14, 'seats.zone_unknown'],
      [15, 'seats.line'],
      [16, 'seats.line'],
      [17, 'seats.line'],
    ]);
    expect(faults[0]?.message).toBe('B/2: at FNAC.');
    expect(faults[1]?.message).toBe('C/1: taken by OTHER1.');
    expect(faults[4]?.message).toBe('Line 7 names the same place.');
    expect(faults.every(({ cure }) => cure !== '')).toBe(true);
    expect(applied).toBe(22);
    expect((await owned()).map(({ place }) => place)).toEqual(['B/C/1', 'B/C/4', 'B/C/9']);
  });

  it('a simulation says the same and writes nothing', async () => {
    await exportSeats('B', ['2']);
    const before = await fingerprint();
    const file =
      `${HEAD}P1;HALL/ORCH/A/B/2;;;;sold;G1\nP1;HALL/ORCH/B/B/1-3;;;;sold;G1\n` +
      'P1;;PIT;;20;sold;G1\nP1;;PIT;;1;sold;G2\n';
    const answer = await apply(file, { simulate: true });
    expect(await fingerprint()).toEqual(before);
    expect(answer.faults.map(({ line }) => line)).toEqual([2, 5]);
    expect(await apply(file)).toEqual(answer);
  });

  it('keeps what a reseller still holds beyond a lowered quota, and the safety gauge', async () => {
    const quota = `contingent_quota q set allotted = 20, quota = 10 from counter c, performance p
      where c.id = q.counter_id and p.id = c.performance_id and p.code = 'P1' and q.quota = 20`;
    expect(await execute(`update ${quota}`)).toBe(1);
    const { faults } = await apply(`${HEAD}SHOW/P1;;PIT;;21;sold;G1\n`);
    expect(faults[0]?.message).toBe('21 places more are asked for, and 20 are left.');
    // What contingents have of seats, 30 places of the zone, and 4 more people may come in.
    const contingented = (await bench.seatsOf('P1')).filter((one) => one.contingent !== null);
    const seats = contingented.reduce((sum, one) => sum + one.seats, 0);
    await execute(`update performance set gauge = $1 where code = 'P1'`, [seats + 30 + 4]);
    const file =
      `${HEAD}SHOW/P1;HALL/ORCH/B/B/1-3;;;;sold;G1\nSHOW/P1;HALL/ORCH/B/C/1-2;;;;held;G2\n` +
      'SHOW/P1;HALL/ORCH/B/C/5-9;;;;blocked;G3\nSHOW/P1;HALL/ORCH/B/A/1;;;;sold;G4\n' +
      'SHOW/P1;;PIT;;1;sold;G1\nSHOW/P1;;PIT;;1;sold;G2\n';
    const answer = await apply(file);
    expect(answer.faults.map(({ line, message }) => [line, message])).toEqual([
      [3, '2 places more are asked for, and 1 are left.'],
      [7, '1 places more are asked for, and 0 are left.'],
    ]);
  });

  it('closed figures stay', async () => {
    await execute(`update performance set state = 'closed' where code = 'P1'`);
    const file = `${HEAD}SHOW/P1;HALL/ORCH/B/B/1;;;;sold;G1\nSHOW/P1;;PIT;;1;sold;G1\n`;
    const { faults } = await apply(file);
    expect(faults.map(({ code }) => code)).toEqual(['seats.closed', 'seats.closed']);
  });

  it('asks seats back for a reference, once, and drops what is wanted no more', async () => {
    await exportSeats('B', ['1', '2']);
    await exportSeats('A', ['1', '2']);
    const ask = `${HEAD}P1;HALL/ORCH/A/B/1-2;;;;sold;G1\n`;
    expect(await apply(ask, { askBack: true })).toMatchObject({ asked: 2, faults: [] });
    expect(await wishes()).toEqual(
      ['B/1', 'B/2'].map((place) => ({ place, wish: 'own_sale', reference: 'G1', state: 'sold' })),
    );
    const before = await fingerprint();
    expect(await apply(ask, { askBack: true })).toMatchObject({ asked: 0, waiting: 2 });
    expect(await apply(ask)).toMatchObject({ waiting: 2, faults: [] });
    expect(await fingerprint()).toEqual(before);
    const other = await apply(ask.replace('G1', 'G2'), { askBack: true });
    expect(other.faults).toMatchObject([{ code: 'seats.other_reference' }]);
    expect(other.faults[0]?.message).toBe('B/1, B/2: taken by G1.');
    // A companion seat goes and comes back with its wheelchair place.
    const alone = `${HEAD}P1;HALL/ORCH/A/A/2;;;;held;W1\n`;
    const refused = await apply(alone, { askBack: true });
    expect(refused.faults).toMatchObject([{ code: 'seats.companion' }]);
    await apply(`${HEAD}P1;HALL/ORCH/A/A/1;;;;held;W1\n`, { askBack: true });
    expect((await wishes()).slice(0, 2)).toEqual([
      { place: 'A/1', wish: 'own_sale', reference: 'W1', state: 'held' },
      { place: 'A/2', wish: 'take_back', reference: null, state: null },
    ]);
    const free = `${HEAD}P1;HALL/ORCH/A/B/2;;;;free;G1\n`;
    expect(await apply(free)).toMatchObject({ dropped: 1, faults: [] });
    expect((await wishes()).map(({ place }) => place)).toEqual(['A/1', 'A/2', 'B/1']);
  });

  it('reads Windows-1252, commas, tabs and quoted runs, and workbooks', async () => {
    const french = Buffer.from(
      'Séance,Place,État,Référence\nP1,"HALL/ORCH/B/B/1,3",Libre,É1\n',
      'latin1',
    );
    expect(await linesOf(french)).toMatchObject([
      { line: 2, performance: 'P1', seat: 'HALL/ORCH/B/B/1,3', state: 'Libre', reference: 'É1' },
    ]);
    const marked = Buffer.from('\uFEFFstate\treference\tseat\nsold\tG1\tX\n');
    expect(await linesOf(marked)).toMatchObject([{ state: 'sold', seat: 'X' }]);
    const text = (value: string) => ({ value, type: String });
    const workbook = await writeXlsxFile([
      ['Séance', 'Date', 'Nombre', 'État', 'Référence'].map(text),
      [
        text('DAY'),
        { value: new Date('2027-02-02T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
        { value: 2, type: Number },
        text('Vendu'),
        { value: 4711, type: Number },
      ],
    ]).toBuffer();
    expect(await linesOf(workbook)).toMatchObject([
      { line: 2, performance: 'DAY', date: '2027-02-02', quantity: '2', reference: '4711' },
    ]);
    expect(await apply(workbook)).toMatchObject({ applied: 2, faults: [] });
  });

  it.each([
    ['performance;seat\nP1;X\n', 'state, reference'],
    ['state;reference;seat\nsold;"G1;X\nsold;G2;Y\n', 'quotation mark'],
    ['PKnot a zip', 'not a workbook'],
  ])('refuses a file that cannot be cut into lines: %j', async (text, why) => {
    const read = await readOwnLines(Buffer.from(text));
    expect('fault' in read ? read.fault.message : 'read').toContain(why);
  });
});
