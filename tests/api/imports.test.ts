import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { fixtureBytes, writtenFile } from '../support/sales-files.ts';

const CSV = { 'content-type': 'text/csv' };

describeEachDatabase('files of sales over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let at = '';
  let performance = '';

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    at = `/interfaces/ifc_${world.interfaceId}/imports`;
    performance = `prf_${await world.house.performanceId('SHOW', 'P1')}`;
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await test.close();
  });

  const bring = (bytes: Buffer, query = '', headers: Record<string, string> = CSV) =>
    call('POST', `${at}?performance=${performance}${query}`, bytes, headers);
  const tickets = async (): Promise<number> =>
    (await world.query<{ count: number }>('select count(*)::int as count from ticket'))[0]?.count ??
    0;

  it('refuses other types, too many bytes, and what is not there', async () => {
    expect((await bring(Buffer.from('x'), '', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await bring(Buffer.alloc(64 * 1024 * 1024 + 1))).status).toBe(413);
    const unknown = await call('POST', `${at}?performance=prf_999999`, Buffer.from('x'), CSV);
    expect(unknown.status).toBe(404);
    const product = `prd_${await world.house.idOf('product', 'SHOW')}`;
    const both = await bring(Buffer.from('x'), `&product=${product}`);
    expect(both).toMatchObject({ status: 400, body: { code: 'import.one_thing' } });
  });

  it('says in the run what keeps a file from being read: nothing of it is booked', async () => {
    const vague = await call('POST', at, fixtureBytes('ordinary'), CSV);
    expect(vague.body).toMatchObject({ state: 'error', outcomes: {}, lines: [] });
    const lines = await call('GET', `/runs/${vague.body.run}/lines`);
    expect(lines.body.items.map(({ code }: { code: string }) => code)).toContain(
      'import.no_performance',
    );
    const utf16 = Buffer.from(`\ufeff${fixtureBytes('ordinary').toString('latin1')}`, 'utf16le');
    const wrong = await bring(utf16);
    expect(wrong.body).toMatchObject({ state: 'error', failure: 'external.file_format' });
    expect(await tickets()).toBe(0);
  });

  it('reads a file in other letters than the reseller’s, and notes the line', async () => {
    const read = await bring(fixtureBytes('utf-8'), '&simulate=true');
    expect(read.body).toMatchObject({ state: 'warning', failure: null });
    const { body } = await call('GET', `/runs/${read.body.run}/lines`);
    const note = body.items.find((one: { code: string }) => one.code === 'external.file_charset');
    expect(note).toMatchObject({ level: 'warning', params: { line: 2 } });
  });

  it('refuses while another run has the account, and names it', async () => {
    const holds = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { organisationId, interfaceId } = world;
    const request = { organisationId, interfaceId, source: 'hand', startedBy: 'anna' } as const;
    const running = withRun(world.services, { ...request, function: 'integrate' }, async () => {
      begun.resolve();
      await holds.promise;
    });
    await begun.promise;
    const refused = await bring(fixtureBytes('ordinary'));
    holds.resolve();
    await running;
    expect(refused).toMatchObject({ status: 409, body: { code: 'run.account_busy' } });
  });

  it('tries a file out, then brings its sales home, line by line', async () => {
    world.sellSeat('B', '1');
    const { bytes } = writtenFile(world);
    const tried = await bring(bytes, '&simulate=true&language=fr');
    expect(tried.body).toMatchObject({ simulation: true, outcomes: { sale: 1 }, omitted: 0 });
    expect(await tickets()).toBe(0);
    const done = await bring(bytes, '&name=janvier.csv');
    expect(done.body).toMatchObject({ simulation: false, outcomes: tried.body.outcomes });
    expect(await tickets()).toBe(1);
    const sale = done.body.lines.find((line: { outcome: string }) => line.outcome === 'sale');
    expect(sale).toMatchObject({ class: null, problems: [], case: null });
    const shown = await call('GET', `/runs/${done.body.run}`);
    expect(shown.body).toMatchObject({
      function: 'integrate',
      source: 'hand',
      number: done.body.number,
    });
    const again = await bring(bytes);
    expect(again.body.outcomes.sale).toBeUndefined();
    expect(await tickets()).toBe(1);
  });

  it('tells of a line that is wrong why, and what to do, in the reader’s language', async () => {
    world.sellSeat('B', '2', { price: '41.00' });
    const { bytes } = writtenFile(world);
    const done = await bring(bytes, '&language=de');
    const wrong = done.body.lines.find((line: { problems: object[] }) => line.problems.length > 0);
    expect(wrong).toMatchObject({ class: 'business', problems: [{ code: 'price.differs' }] });
    expect(wrong.problems[0].remedy).toEqual(expect.any(String));
    const found = await call('GET', `/cases/${wrong.case}`);
    expect(found.body.case).toMatchObject({ id: wrong.case });
  });
});
