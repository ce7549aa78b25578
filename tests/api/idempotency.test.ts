import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiProblem } from '../../src/api/problem.ts';
import type { Api } from '../../src/api/route.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** A write sent again is answered again: one of several wins, and the answer is the first one's. */
describeEachDatabase('Idempotency-Key', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let other: BooksWorld;
  let app: FastifyInstance;
  let now = new Date('2027-01-10T09:00:00Z');
  /** How often the route's work was done, and what it waits for. */
  let done = 0;
  let gate: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, { exported: false });
    other = await BooksWorld.open(test.database, fnac, fnacBooks, { exported: false });
    app = await openApi({ ...world.services, clock: () => now }, { routes: [counting] });
  });
  afterEach(() => {
    now = new Date('2027-01-10T09:00:00Z');
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await other.close();
  });

  function counting(api: Api): void {
    const schema = { body: z.strictObject({ n: z.int() }) };
    const work = async ({ body }: { body: { n: number } }) => {
      await gate;
      done += 1;
      if (body.n < 0) throw new ApiProblem(422, 'test.negative', 'Below zero.');
      return { done };
    };
    api.post('/count', { config: { action: 'runs.start' }, schema }, work);
    const secret = { action: 'runs.start', keepsAnswer: false } as const;
    api.post('/secret', { config: secret, schema }, work);
  }

  const post = (key: string, n: number, path = '/count', role = 'manager', of = world) =>
    callAs(app, of.organisationId, role)('POST', path, { n }, { 'idempotency-key': key });

  it('answers the same again and does it once', async () => {
    const before = done;
    const first = await post('once', 1);
    const second = await post('once', 1);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(done).toBe(before + 1);
  });

  it('of two at once one does it, the other is told that it runs', async () => {
    const before = done;
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const both = [post('two', 1), post('two', 1)];
    const loser = await Promise.race(both);
    expect(loser).toMatchObject({ status: 409, body: { code: 'idempotency.running' } });
    resolve();
    gate = Promise.resolve();
    const answers = await Promise.all(both);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(done).toBe(before + 1);
    expect((await post('two', 1)).headers['idempotency-replayed']).toBe('true');
  });

  it('refuses the key for another body', async () => {
    await post('body', 1);
    const answer = await post('body', 2);
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency.other_body' } });
  });

  it('is the caller’s, the route’s and the organisation’s own', async () => {
    const before = done;
    await post('mine', 1);
    await post('mine', 2, '/count', 'administrator');
    await post('mine', 3, '/secret');
    await post('mine', 4, '/count', 'manager', other);
    expect(done).toBe(before + 4);
  });

  it('keeps no error: nothing was done, and the key is free', async () => {
    const before = done;
    expect((await post('error', -1)).status).toBe(422);
    expect((await post('error', 5)).status).toBe(200);
    expect(done).toBe(before + 2);
  });

  it('keeps no secret: a repeat is told that it was done', async () => {
    const before = done;
    expect((await post('secret', 1, '/secret')).status).toBe(200);
    const again = await post('secret', 1, '/secret');
    expect(again).toMatchObject({ status: 409, body: { code: 'idempotency.not_kept' } });
    expect(done).toBe(before + 1);
    const rows = await world.query(`select body from api_request where key = 'secret'`);
    expect(rows).toEqual([{ body: null }]);
  });

  it('forgets after a day, and not before', async () => {
    const before = done;
    await post('day', 1);
    now = new Date('2027-01-11T08:59:59Z');
    await post('day', 1);
    expect(done).toBe(before + 1);
    now = new Date('2027-01-11T09:00:00Z');
    await post('day', 1);
    expect(done).toBe(before + 2);
  });

  it('takes the key of a request that went down with its server, after an hour', async () => {
    await world.query(
      `insert into api_request (organisation_id, caller, route, key, digest, claim, state,
         created_at, expires_at)
       values ($1, 'manager-1', 'POST /api/v1/count', 'dead', 'x', 'dead', 'running', $2, $3)`,
      [world.organisationId, '2027-01-10T09:00:00Z', '2027-01-11T09:00:00Z'],
    );
    expect((await post('dead', 1)).status).toBe(422);
    now = new Date('2027-01-10T10:00:01Z');
    expect((await post('dead', 1)).status).toBe(200);
  });

  it('refuses a key that is none', async () => {
    for (const key of ['', 'a b', 'x'.repeat(201)]) {
      expect(await post(key, 1)).toMatchObject({ status: 400, body: { code: 'idempotency.key' } });
    }
  });
});
