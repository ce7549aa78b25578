import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seatPlanSchema } from '../../src/api/routes/seat-schemas.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

interface Plan {
  states: string[];
  wishes: string[];
  blocks: { area: string; code: string }[];
  rows: string[];
  numbers: string[];
  contingents: { id: string; code: string }[];
  interfaces: { id: string }[];
  count: number;
  seats: Record<string, number[]>;
}

describeEachDatabase('seats of a performance', (open) => {
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let path = '';

  beforeAll(async () => {
    world = await BooksWorld.open((await open()).database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    path = `/performances/prf_${await world.house.performanceId('SHOW', 'P1')}`;
    world.sellSeat('B', '1');
    await world.integrate();
  });
  afterAll(async () => {
    await app?.close();
    await world?.close();
  });

  const readPlan = async (): Promise<Plan> => (await call('GET', `${path}/seats`)).body;

  const indexOf = (plan: Plan, row: string, number: string): number => {
    const { row: rows = [], number: numbers = [] } = plan.seats;
    return rows.findIndex(
      (at, i) => plan.rows[at] === row && plan.numbers[numbers[i] ?? -1] === number,
    );
  };
  const seatId = (plan: Plan, row: string, number: string): string =>
    `set_${plan.seats.id?.[indexOf(plan, row, number)]}`;
  const told = (plan: Plan, row: string, number: string) => {
    const at = indexOf(plan, row, number);
    const of = (name: string): number => plan.seats[name]?.[at] ?? Number.NaN;
    return {
      state: plan.states[of('state')],
      contingent: plan.contingents[of('contingent')]?.code ?? null,
      interface: plan.interfaces[of('interface')]?.id ?? null,
      wish: plan.wishes[of('wish')] ?? null,
    };
  };

  it('are told in columns of one length, as the schema says, with a place each', async () => {
    const plan = await readPlan();
    expect(seatPlanSchema.safeParse(plan).success).toBe(true);
    const [count] = await world.query<{ n: number }>(
      'select count(*)::int as n from performance_seat where performance_id = $1',
      [Number(path.split('_')[1])],
    );
    expect(plan.count).toBe(count?.n);
    expect(new Set(Object.values(plan.seats).map(({ length }) => length))).toEqual(
      new Set([plan.count]),
    );
    expect(Object.keys(plan.seats)).toHaveLength(12);
    const ours = `ifc_${world.interfaceId}`;
    expect(told(plan, 'B', '1')).toMatchObject({ state: 'sold', interface: ours });
    expect(told(plan, 'B', '2')).toMatchObject({ state: 'free', interface: ours, wish: null });
    const { x = [], y = [] } = plan.seats;
    expect(new Set(x.map((value, i) => `${value} ${y[i]}`)).size).toBe(plan.count);
  });

  it('are 304 until something changes, and packed for who takes it', async () => {
    const first = await call('GET', `${path}/seats`);
    const etag = String(first.headers.etag);
    const again = await call('GET', `${path}/seats`, undefined, { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
    const { rawPayload, headers } = await app.inject({
      url: `/api/v1${path}/seats`,
      headers: { 'x-caller': `${world.organisationId} auditor`, 'accept-encoding': 'gzip' },
    });
    expect(headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(rawPayload).toString())).toEqual(first.body);
    const seats = [seatId(first.body, 'B', '3')];
    await call('POST', `${path}/seats/move`, { seats, to: { kind: 'block' } });
    const changed = await call('GET', `${path}/seats`, undefined, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(told(changed.body, 'B', '3').wish).toBe('block');
    const states = await call('GET', `${path}/seats?columns=states`);
    expect(states.body.seats.row).toBeUndefined();
    expect(states.body.seats.wish).toEqual(changed.body.seats.wish);
    await call('POST', `${path}/seats/move`, { seats, to: { kind: 'unblock' } });
  });

  it('move seat by seat, foretold first: what cannot is refused with its reason', async () => {
    const plan = await readPlan();
    const seats = [seatId(plan, 'B', '1'), seatId(plan, 'B', '4'), 'set_999999999'];
    const to = { kind: 'contingent', contingent: null };
    const refused = [
      { seat: seats[0], reason: 'sold' },
      { seat: seats[2], reason: 'unknown' },
    ];
    const foretold = await call('POST', `${path}/seats/move`, { seats, to, foretell: true });
    expect(foretold.body).toMatchObject({ outcome: 'foretold', wishes: 1, applied: 0, refused });
    expect(told(await readPlan(), 'B', '4').wish).toBeNull();
    const { body } = await call('POST', `${path}/seats/move`, { seats, to, reason: 'A gala' });
    expect(body).toEqual({ ...foretold.body, outcome: 'done' });
    expect(told(await readPlan(), 'B', '4').wish).toBe('contingent');
    const [line] = await world.query<{ reason: string; author: string }>(
      `select reason, author from journal where action = 'seats.moved' order by id desc limit 1`,
    );
    expect(line).toEqual({ reason: 'A gala', author: 'manager@house' });
  });

  it('a contingent of nobody’s is not there', async () => {
    const plan = await readPlan();
    const seats = [seatId(plan, 'B', '4')];
    const to = { kind: 'contingent', contingent: 'ctg_999999' };
    expect((await call('POST', `${path}/seats/move`, { seats, to })).status).toBe(404);
  });

  it('are asked back: these, so many, all; and the wish is not put twice', async () => {
    const of = { interface: `ifc_${world.interfaceId}` };
    const seats = [seatId(await readPlan(), 'C', '1')];
    const these = { ...of, unsold: { kind: 'seats', seats } };
    expect((await call('POST', `${path}/take-back`, these)).body).toMatchObject({ wishes: 1 });
    expect((await call('POST', `${path}/take-back`, these)).body).toMatchObject({
      wishes: 0,
      unchanged: 1,
    });
    const two = { ...of, unsold: { kind: 'count', count: 2 } };
    const foretold = await call('POST', `${path}/take-back`, { ...two, foretell: true });
    expect(foretold.body).toMatchObject({ outcome: 'foretold', wishes: 2, places: 0 });
    expect((await call('POST', `${path}/take-back`, two)).body).toMatchObject({ wishes: 2 });
  });

  it('stand in the dialog, which says why a row is greyed', async () => {
    const table = async () => (await call('GET', `${path}/allotments`)).body.items[0];
    const before = await table();
    expect(before).toMatchObject({ exportObstacle: null, takeBackObstacle: null });
    expect(before.rows.some(({ sold }: { sold: number }) => sold === 1)).toBe(true);
    await call('POST', `${path}/suspend`, { reason: 'Storm' });
    expect((await table()).exportObstacle).toBe('performance.suspended');
    await call('POST', `${path}/resume`, {});
    const hide = (status: string) =>
      world.query('update interface set status = $1 where id = $2', [status, world.interfaceId]);
    await hide('hidden');
    expect((await table()).takeBackObstacle).toBe('interface.hidden');
    await hide('visible');
  });

  it('tell their whole story', async () => {
    const plan = await readPlan();
    const { status, body } = await call('GET', `${path}/seats/${seatId(plan, 'B', '1')}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'sold', tickets: [{ state: 'valid' }], cases: [] });
    expect(body.movements.map(({ kind }: { kind: string }) => kind)).toEqual(['allotted', 'sold']);
    expect(body.commands).toMatchObject([{ action: 'add', state: 'done' }]);
    expect((await call('GET', `${path}/seats/set_999999999`)).status).toBe(404);
  });
});
