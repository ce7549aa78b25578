import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Answer } from '../support/api.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** What each subject's routes answer and do, over a real reseller's books. */
describeEachDatabase('the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let asBoxOffice: ReturnType<typeof callAs>;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    asBoxOffice = callAs(app, world.organisationId, 'box_office');
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const at = () => `/interfaces/ifc_${world.interfaceId}`;
  const performance = async (): Promise<string> => {
    const { body } = await call('GET', '/performances');
    const found = body.items.find(
      (one: { localStart: string; productCode: string }) => one.localStart === WORDS.first,
    );
    return `/performances/${found.id}`;
  };

  it('pages through cases without losing or repeating one', async () => {
    for (const seat of ['1', '2', '3']) world.sellSeat('B', seat, { price: '41.00' });
    await world.integrate();
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page: Answer = await call('GET', `/cases?limit=1${after}`);
      expect(page.body.count).toEqual({ roots: 3, followers: 0 });
      seen.push(...page.body.items.map((one: { id: string }) => one.id));
      next = page.body.next;
    }
    const whole = await call('GET', '/cases');
    expect(seen).toEqual(whole.body.items.map((one: { id: string }) => one.id));
    expect(new Set(seen).size).toBe(3);
    expect(whole.body.items[0]).toMatchObject({
      problems: [{ code: 'price.differs' }],
      interface: { code: 'FNAC' },
    });
  });

  it('refuses a cursor that it did not write', async () => {
    const forged = [
      'x',
      Buffer.from('{"now":"2027-01-01T00:00:00Z","key":"[9]"}').toString('base64url'),
      Buffer.from(
        '{"now":"2027-01-01T00:00:00Z","key":"[0, 0, \\"2027-99-99 00:00:00+00\\", 1]"}',
      ).toString('base64url'),
    ];
    for (const after of forged) {
      const answer = await call('GET', `/cases?after=${after}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.cursor' } });
    }
  });

  it('foretells, refuses money to the box office, and settles for a manager', async () => {
    const ticket = world.sellSeat('C', '1', { price: '41.00' });
    await world.integrate();
    const id = `cas_${await caseOf(world, ticket)}`;
    const shown = await call('GET', `/cases/${id}`);
    const accept = shown.body.ways.find((one: { way: string }) => one.way === 'accept');
    expect(accept).toMatchObject({ manager: true, settlesAll: true, effect: { settled: 1 } });
    const body = { choice: { ids: [id] }, way: 'accept', reason: 'Seen with Camille' };
    const told = await call('POST', '/cases/foretell', body);
    expect(told.body).toMatchObject({ outcome: 'foretold', effect: { operations: { sale: 1 } } });
    const refused = await asBoxOffice('POST', '/cases/settle', body);
    expect(JSON.stringify(refused.body)).toContain('cases.refused.manager');
    expect((await call('GET', `/cases/${id}`)).body.case.settledAt).toBeNull();
    const settled = await call('POST', '/cases/settle', body);
    expect(settled.body).toMatchObject({
      outcome: 'done',
      answers: [{ case: id, outcome: 'settled', wayOut: 'accept', settledBy: 'manager@house' }],
    });
    const after = await call('GET', `/cases/${id}`);
    expect(after.body.trace.at(-1)).toMatchObject({ author: 'manager@house' });
  });

  it('takes, notes and hands over a case', async () => {
    const { body } = await call('GET', '/cases?limit=1');
    const cases = [body.items[0].id];
    expect((await asBoxOffice('POST', '/cases/take', { cases })).body).toEqual({ changed: 1 });
    expect((await call('POST', '/cases/note', { cases, note: 'Called' })).body.changed).toBe(1);
    expect((await call('GET', `/cases/${cases[0]}`)).body.case).toMatchObject({
      takenBy: 'box_office@house',
      note: 'Called',
    });
    await call('POST', '/cases/hand-over', { cases, to: null });
    expect((await call('GET', `/cases/${cases[0]}`)).body.case.takenBy).toBeNull();
  });

  it('makes the letter to the reseller', async () => {
    const { body } = await call('GET', '/cases?limit=1');
    const choice = { ids: [body.items[0].id] };
    expect((await call('POST', `${at()}/report`, {})).body).toEqual({
      outcome: 'empty',
      report: null,
    });
    await call('POST', '/cases/settle', { choice, way: 'report', reason: 'Theirs' });
    const made = await call('POST', `${at()}/report`, { language: 'fr' });
    expect(made.body).toMatchObject({ outcome: 'made', report: { items: 1 } });
    expect(Buffer.from(made.body.report.file, 'base64').subarray(0, 2).toString()).toBe('PK');
  });

  it('shows runs, their lines with texts, and their calls with bodies', async () => {
    const { body } = await call('GET', '/runs?limit=1&function=integrate');
    const [run] = body.items;
    expect(run).toMatchObject({ function: 'integrate', interface: { code: 'FNAC' } });
    const older = await call('GET', `/runs?limit=1&function=integrate&after=${body.next}`);
    expect(older.body.items[0].number).toBeLessThan(run.number);
    const lines = await call('GET', `/runs/${run.id}/lines?language=fr`);
    expect(lines.body.items.length).toBeGreaterThan(0);
    expect(lines.body.items[0].title).not.toBe('');
    const calls = await call('GET', `/runs/${run.id}/calls`);
    expect(calls.body.items[0]).toMatchObject({ operation: 'etatVentes', status: 200 });
    const whole = await call('GET', `/runs/${run.id}/calls/${calls.body.items[0].id}`);
    expect(whole.body.request).toMatch(/etatVentes/i);
    const stop = await call('POST', `/runs/${run.id}/cancel`);
    expect(stop).toMatchObject({ status: 409, body: { code: 'run.not_running' } });
  });

  it('starts a function, and follows it to its end', async () => {
    world.sellSeat('C', '5');
    const started = await call('POST', `${at()}/runs`, { function: 'integrate' });
    expect(started.status).toBe(202);
    const events = await call('GET', started.body.events.replace('/api/v1', ''));
    expect(events.headers['content-type']).toMatch(/^text\/event-stream/);
    const end = String(events.body).split('\n\n').at(-2) ?? '';
    expect(end).toMatch(/^event: end\n/);
    const data = JSON.parse(end.split('data: ')[1] ?? '');
    expect(data).toMatchObject({ id: started.body.run, counts: { integrated: 1 } });
    expect(data).toEqual((await call('GET', `/runs/${started.body.run}`)).body);
  });

  it('tests the connection', async () => {
    const started = await call('POST', `${at()}/test`);
    expect(started.status).toBe(202);
    const events = await call('GET', started.body.events.replace('/api/v1', ''));
    expect(events.body).toContain('connection.ok');
  });

  it('refuses filters that are not there', async () => {
    const body = { function: 'export', performances: ['prf_999999999'] };
    expect((await call('POST', `${at()}/runs`, body)).status).toBe(404);
  });

  it('shows interfaces without their secrets', async () => {
    const { body } = await call('GET', at());
    expect(body).toMatchObject({ code: 'FNAC', account: 'TST', currency: 'EUR' });
    expect(JSON.stringify(body)).not.toMatch(/password|secret/i);
  });

  it('shows a performance and the table of its allotments', async () => {
    const path = await performance();
    const [seats] = await world.query<{ exported: number }>(
      `select count(*)::int as exported from performance_seat s
       join performance p on p.id = s.performance_id and p.organisation_id = s.organisation_id
       where s.interface_id = $1 and s.state = 'free' and p.local_start = $2`,
      [world.interfaceId, WORDS.first],
    );
    const { body } = await call('GET', `${path}/allotments`);
    const [table] = body.items;
    const numbered = table.rows.filter((row: { counter: null }) => row.counter === null);
    const exported = numbered.reduce(
      (sum: number, row: { exported: number }) => sum + row.exported,
      0,
    );
    expect(exported).toBe(seats?.exported);
    expect(exported).toBeGreaterThan(0);
    expect((await call('GET', path)).body).toMatchObject({ state: 'running' });
  });

  it('suspends, resumes and cancels, foretold first; another state is a conflict', async () => {
    const path = await performance();
    const foretold = await call('POST', `${path}/suspend`, { reason: 'Storm', foretell: true });
    expect(foretold.body.outcome).toBe('foretold');
    expect((await call('GET', path)).body.state).toBe('running');
    const missing = await call('POST', `${path}/suspend`, {});
    expect(missing).toMatchObject({ status: 422, body: { code: 'performance.reason_missing' } });
    await call('POST', `${path}/suspend`, { reason: 'Storm' });
    expect((await call('GET', path)).body.state).toBe('suspended');
    await call('POST', `${path}/resume`, {});
    const cancelled = await call('POST', `${path}/cancel`, { reason: 'Storm' });
    expect(cancelled.body).toMatchObject({ outcome: 'done' });
    expect(cancelled.body.letters.length).toBe(1);
    const late = await call('POST', `${path}/suspend`, { reason: 'Storm' });
    expect(late).toMatchObject({ status: 409, body: { code: 'performance.state' } });
    await call('POST', `${path}/reopen`, { reason: 'It clears up' });
    expect((await call('GET', path)).body.state).toBe('running');
  });

  it('changes mappings only as their table was seen', async () => {
    const table = await call('GET', `${at()}/mappings`);
    const seen = String(table.headers.etag);
    const change = { kind: 'not_ours', word: 'product', external: ['NEVER'] };
    const first = await call('POST', `${at()}/mappings`, { change }, { 'if-match': seen });
    expect(first.body).toMatchObject({ outcome: 'saved', created: 1 });
    const second = await call(
      'POST',
      `${at()}/mappings`,
      { change: { ...change, external: ['EITHER'] } },
      { 'if-match': seen },
    );
    expect(second).toMatchObject({ status: 412, body: { code: 'etag.changed' } });
    const unknown = { kind: 'set', word: 'product', ours: 'NO SUCH', external: ['Z'] };
    const refused = await call('POST', `${at()}/mappings`, { change: unknown });
    expect(refused).toMatchObject({ status: 422, body: { code: 'mapping.ours_unknown' } });
  });

  it('gives mappings out as Excel and takes them in again', async () => {
    const { rawPayload, headers } = await app.inject({
      url: `/api/v1${at()}/mappings.xlsx`,
      headers: { 'x-caller': `${world.organisationId} manager` },
    });
    const type = String(headers['content-type']);
    const into = (file: Buffer, of = type) =>
      call('POST', `${at()}/mappings/import`, file, { 'content-type': of });
    expect((await into(rawPayload)).body).toMatchObject({
      outcome: 'foretold',
      created: 0,
      updated: 0,
      missing: 0,
    });
    expect((await into(Buffer.from('no file'))).status).toBe(422);
    expect((await into(rawPayload, 'text/plain')).status).toBe(415);
  });

  it('books documents once, and closes a month', async () => {
    const { body } = await call('GET', '/accounts');
    const [account] = body.items;
    const path = `/accounts/${account.id}`;
    const entry = { kind: 'payment', amountMinor: 1_000, document: 'V1', day: '2027-01-05' };
    const entered = await call('POST', `${path}/entries`, entry);
    expect(entered.body).toMatchObject({
      outcome: 'entered',
      period: '2027-01',
      balanceMinor: account.balanceMinor - 1_000,
    });
    expect((await call('POST', `${path}/entries`, entry)).body.outcome).toBe('known');
    const other = await call('POST', `${path}/entries`, { ...entry, amountMinor: 2_000 });
    expect(other).toMatchObject({ status: 409, body: { code: 'account.document_differs' } });
    const ceiling = await call('PUT', `${path}/ceiling`, { ceilingMinor: -1 });
    expect(ceiling).toMatchObject({ status: 422, body: { code: 'account.ceiling_negative' } });
    const running = await call('POST', `${path}/close`, { period: '2027-01' });
    expect(running).toMatchObject({ status: 422, body: { code: 'account.period_running' } });
    const view = await call('GET', `${path}?period=2027-01&check=true`);
    expect(view.body.ledgerMinor).toBe(view.body.balanceMinor);
    expect(view.body.detail.paidMinor).toBe(1_000);
  });

  it('compares a statement with the books', async () => {
    const path = `${at()}/statements`;
    expect((await call('GET', `${path}/2027-01`)).body.outcome).toBe('nothing');
    const kept = await call('POST', path, { period: '2027-01', document: 'R1', grossMinor: 5 });
    expect(kept.body.outcome).toBe('entered');
    expect((await call('GET', `${path}/2027-01`)).body.outcome).toBe('compared');
  });

  it('marks tests, lists them, and answers for the door', async () => {
    const ticket = world.sellSeat('C', '6');
    await world.integrate();
    const [{ barcode } = { barcode: '' }] = await world.query<{ barcode: string }>(
      'select barcode from ticket where number = $1',
      [ticket],
    );
    const door = asBoxOffice('POST', '/door/check', { code: barcode });
    expect((await door).body).toMatchObject({ known: true });
    const block = { code: barcode, block: 'stolen', reason: 'Reported' };
    expect((await call('POST', '/door/block', block)).body.outcome).toBe('blocked');
    const closed = await asBoxOffice('POST', '/door/check', { code: barcode });
    expect(closed.body.answer.open).toBe(false);
    expect((await call('POST', '/door/check', { code: 'NONE' })).body.known).toBe(false);
    expect((await call('POST', '/door/block', { ...block, code: 'NONE' })).status).toBe(404);
    const mark = { tickets: [ticket, 'NONE'], isTest: true, reason: 'A trial' };
    expect((await call('POST', `${at()}/tests`, mark)).body).toMatchObject({
      marked: [ticket],
      unknown: ['NONE'],
    });
    const { body } = await call('GET', '/tests');
    expect(body.items.map((one: { ticket: string }) => one.ticket)).toEqual([ticket]);
  });

  it('takes the venue’s own seats as a file', async () => {
    const file = 'performance;seat;state;reference\nSHOW/NOPE;HALL/ORCH/B/C/9;sold;R1\n';
    const send = (text: string) =>
      call('POST', '/own-seats?simulate=true', Buffer.from(text), { 'content-type': 'text/csv' });
    expect((await send(file)).body).toMatchObject({ lines: 1, applied: 0, faults: [{ line: 2 }] });
    expect(await send('nothing')).toMatchObject({ status: 422, body: { code: 'seats.table' } });
  });

  it('sends again what was refused', async () => {
    const path = (await performance()).split('/').at(-1);
    const sent = await call('POST', `${at()}/refused/${path}/send`);
    expect(sent).toMatchObject({ status: 200, body: { places: 0 } });
  });

  it('tells what is wrong with a request, with its path', async () => {
    const unknown = await call('POST', '/cases/settle', { way: 'accept', reason: 'x', choice: {} });
    expect(unknown).toMatchObject({ status: 422, body: { code: 'request.invalid_body' } });
    expect(unknown.body.errors[0].path).toMatch(/^\/choice/);
    const query = await call('GET', '/cases?limit=201');
    expect(query.status).toBe(400);
    expect(query.body.errors[0].path).toBe('/limit');
    const json = await app.inject({
      method: 'POST',
      url: '/api/v1/cases/take',
      headers: {
        'x-caller': `${world.organisationId} manager`,
        'content-type': 'application/json',
      },
      payload: '{',
    });
    expect([json.statusCode, json.json().code]).toEqual([400, 'request.unreadable']);
    const large = await call('POST', '/cases/take', { cases: ['x'.repeat(1_100_000)] });
    expect(large).toMatchObject({ status: 413, body: { code: 'request.too_large' } });
    const type = await app.inject({
      method: 'POST',
      url: '/api/v1/cases/take',
      headers: { 'x-caller': `${world.organisationId} manager`, 'content-type': 'text/csv' },
      payload: 'a',
    });
    expect([type.statusCode, type.json().code]).toEqual([415, 'request.content_type']);
  });
});
