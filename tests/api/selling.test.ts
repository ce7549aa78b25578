import type { FastifyInstance } from 'fastify';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Answer } from '../support/api.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describeEachDatabase('putting on sale over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let show = '';
  let at = '';

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      second: { account: 'TST', products: ['S1/MATCH'], firstProducts: ['S1/SHOW'] },
    });
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    show = `prd_${await world.house.idOf('product', 'SHOW')}`;
    at = `/interfaces/ifc_${world.interfaceId}`;
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await test.close();
  });

  const file = async (path: string) => {
    const headers = { 'x-caller': `${world.organisationId} manager` };
    return await app.inject({ url: `/api/v1${path}`, headers });
  };

  it('refuses what is not there, and a cursor of another list', async () => {
    for (const query of ['interface=ifc_999999', 'product=prd_999999', 'season=sea_999999']) {
      expect((await call('GET', `/selling?${query}`)).status, query).toBe(404);
      expect((await call('GET', `/selling/ready?${query}`)).status, query).toBe(404);
    }
    const after = Buffer.from('["x"]').toString('base64url');
    for (const path of ['/selling', '/selling/ready', '/selling/steps']) {
      const answer = await call('GET', `${path}?after=${after}`);
      expect(answer, path).toMatchObject({ status: 400, body: { code: 'request.cursor' } });
    }
  });

  it('shows a row for each performance and reseller, with its counts, page by page', async () => {
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    const whole = await call('GET', '/selling');
    const rows: Answer['body'][] = whole.body.items;
    const first = rows.find(
      (row) => row.performance?.code === 'P1' && row.interface.code === 'FNAC',
    );
    const id = await world.house.performanceId('SHOW', 'P1');
    const table = await call('GET', `/performances/prf_${id}/allotments`);
    const [own] = table.body.items.filter(
      (one: { interface: { code: string } }) => one.interface.code === 'FNAC',
    );
    const sum = (name: string) =>
      own.rows.reduce((all: number, row: Record<string, number>) => all + (row[name] ?? 0), 0);
    for (const name of ['contingented', 'exported', 'toExport', 'toTakeBack', 'sold', 'refused']) {
      expect(first[name], name).toBe(sum(name));
    }
    expect([first.sold, ticket.length > 0]).toEqual([1, true]);
    expect(first.lastRun).toMatchObject({ function: 'integrate', state: 'ok' });
    const seen: unknown[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Answer = await call('GET', `/selling?limit=1${next && `&after=${next}`}`);
      seen.push(...page.body.items);
      next = page.body.next;
    }
    expect(seen).toEqual(rows);
    expect(rows.length).toBeGreaterThan(2);
  });

  it('opens no product whose tests hold places, unless told to', async () => {
    const ticket = world.sellSeat('B', '2');
    await world.integrate();
    const mark = { tickets: [ticket], isTest: true, reason: 'A trial' };
    await call('POST', `${at}/tests`, mark);
    const path = `${at}/products/${show}/steps/open`;
    const refused = await call('PUT', path, { done: true });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'selling.tests_living', errors: [{ ticket }] },
    });
    expect((await call('PUT', path, { done: true, anyway: true })).status).toBe(200);
    await call('PUT', path, { done: false });
  });

  it('tells each finding with its class, in five languages, and where to mend it', async () => {
    await world.query(`delete from mapping where interface_id = $1 and word = 'seat_category'`, [
      world.interfaceId,
    ]);
    const texts = new Set<string>();
    for (const language of ['fr', 'en', 'de', 'it', 'es']) {
      const query = `interface=ifc_${world.interfaceId}&level=missing&language=${language}`;
      const { body } = await call('GET', `/selling/ready?${query}`);
      const found = body.items.find((one: { code: string }) => one.code === 'mapping.category');
      expect(found).toMatchObject({
        class: 'mapping',
        level: 'missing',
        product: { id: show, code: 'SHOW' },
        performanceCount: 2,
        remedy: { screen: 'mappings' },
      });
      expect(found.remedy.path).toMatch(
        new RegExp(`^/interfaces/ifc_${world.interfaceId}/mappings\\?word=seat_category&ours=FULL`),
      );
      expect(found.text).not.toMatch(/[{}]/);
      texts.add(found.text);
      expect(body.summary).toMatchObject([{ interface: { code: 'FNAC' }, ready: 0 }]);
    }
    expect(texts.size).toBe(5);
    const one = await call('GET', '/selling/ready?limit=1');
    const rest = await call('GET', `/selling/ready?limit=200&after=${one.body.next}`);
    const all = await call('GET', '/selling/ready?limit=200');
    expect([...one.body.items, ...rest.body.items]).toEqual(all.body.items);
    const board = await call('GET', `/selling?interface=ifc_${world.interfaceId}&product=${show}`);
    expect(board.body.items[0].missing).toBeGreaterThan(0);
  });

  it('ticks a step for whoever saw the steps, and takes the tick away', async () => {
    const path = `${at}/products/${show}/steps`;
    const before = await call('GET', path);
    const seen = { 'if-match': String(before.headers.etag) };
    const done = await call('PUT', `${path}/form_sent`, { done: true }, seen);
    const [step] = done.body.steps;
    expect(step).toMatchObject({ step: 'form_sent', doneBy: 'manager@house' });
    const late = await call('PUT', `${path}/mappings_received`, { done: true }, seen);
    expect(late).toMatchObject({ status: 412, body: { code: 'etag.changed' } });
    const now = { 'if-match': String(done.headers.etag) };
    const undone = await call('PUT', `${path}/form_sent`, { done: false, reason: 'Lost' }, now);
    expect(undone.body.steps[0]).toEqual({ step: 'form_sent', doneAt: null, doneBy: null });
    const list = await call('GET', `/selling/steps?product=${show}`);
    const own = list.body.items.find(
      (one: { interface: { code: string } }) => one.interface.code === 'FNAC',
    );
    expect(own.steps).toEqual(undone.body.steps);
  });

  it('gives the form out as Excel and PDF, and takes only its own sheet in', async () => {
    const query = `?product=${show}&language=fr`;
    const told = await call('GET', `${at}/sales-form${query}`);
    expect(told.body).toMatchObject({ products: [{ code: 'SHOW', dates: [{}, {}] }] });
    expect(told.body.codesAsked.length).toBeGreaterThan(0);
    expect(told.body.letter.text).toContain('Bonjour');
    const pdf = await file(`${at}/sales-form.pdf${query}`);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const workbook = await file(`${at}/sales-form.xlsx${query}`);
    expect(workbook.headers['content-disposition']).toContain('FNAC-SHOW-form.xlsx');
    const filled = await fill(workbook.rawPayload, 'ifc');
    const send = (bytes: Buffer, where = at, more = '') =>
      call('POST', `${where}/sales-form/answer${more}`, bytes, { 'content-type': XLSX });
    const others = await send(filled, `/interfaces/ifc_${world.second?.interfaceId}`);
    expect(others).toMatchObject({ status: 422, body: { code: 'form.other_interface' } });
    expect((await send(Buffer.from('PK no workbook'))).body.code).toBe('form.not_a_form');
    const wrong = await call('POST', `${at}/sales-form/answer`, filled, {
      'content-type': 'text/csv',
    });
    expect(wrong.status).toBe(415);
    const large = await send(Buffer.alloc(10 * 1024 * 1024 + 1));
    expect(large).toMatchObject({ status: 413, body: { code: 'request.too_large' } });
    const foretold = await send(filled);
    expect(foretold.body).toMatchObject({ outcome: 'foretold', left: 0 });
    expect(foretold.body.created).toBe(told.body.codesAsked.length);
    expect((await send(filled)).body).toEqual(foretold.body);
    const saved = await send(filled, at, '?apply=true');
    expect(saved.body).toMatchObject({ outcome: 'saved', created: foretold.body.created });
    const again = await call('GET', `${at}/sales-form${query}`);
    expect(again.body.codesAsked).toEqual([]);
  });

  it('lists prices to be told, writes the letter, and marks them as told', async () => {
    await call('POST', `${at}/sales-form/sent`, { products: [show] });
    expect((await call('GET', `${at}/prices-to-announce`)).body.items).toEqual([]);
    const [price] = await world.query<{ id: number }>(
      `update price set amount_minor = amount_minor + 100 where id = (
         select min(p.id) from price p join tariff t on t.id = p.tariff_id
         where p.product_id = $1 and t.code = 'FULL' and p.organisation_id = t.organisation_id)
       returning id`,
      [Number(show.slice(4))],
    );
    const listed = await call('GET', `${at}/prices-to-announce`);
    const { toldMinor, amountMinor } = listed.body.items[0];
    expect(listed.body.items).toMatchObject([{ id: `prc_${price?.id}`, product: { id: show } }]);
    expect(amountMinor - toldMinor).toBe(100);
    const letter = await call('GET', `${at}/prices-to-announce/letter?language=de`);
    expect(letter.body.letter.subject).toContain('Preisänderung');
    expect(letter.body.prices).toEqual([`prc_${price?.id}`]);
    const asked = { prices: letter.body.prices };
    const marked = await call('POST', `${at}/prices-to-announce/announced`, asked);
    expect(marked.body).toEqual({ announced: [`prc_${price?.id}`] });
    expect((await call('GET', `${at}/prices-to-announce/letter`)).body.letter).toBeNull();
  });

  it('asks for runs on a choice, and tells for each account what waits behind what', async () => {
    const unknown = await call('POST', '/selling/runs', {
      items: [
        { interface: `ifc_${world.interfaceId}`, function: 'export', performances: ['prf_999999'] },
      ],
    });
    expect(unknown.status).toBe(404);
    const id = await world.house.performanceId('SHOW', 'P1');
    const item = (interfaceId: number | undefined, of: string) => ({
      interface: `ifc_${interfaceId}`,
      function: of,
    });
    const asked = await call('POST', '/selling/runs', {
      items: [
        { ...item(world.interfaceId, 'integrate'), performances: [`prf_${id}`] },
        item(world.second?.interfaceId, 'export'),
      ],
    });
    expect(asked.status).toBe(202);
    const [account, ...others] = asked.body.accounts;
    expect(others).toEqual([]);
    const [first, second] = account.requests;
    expect(account).toMatchObject({ account: 'TST', running: null });
    expect(first).toMatchObject({ item: 0, behind: null });
    expect(second).toMatchObject({
      item: 1,
      behind: { request: first.request, run: null, interface: 'FNAC', function: 'integrate' },
    });
    const left = await world.query<{ filters: object }>(
      'select filters from run_request where ended_at is null order by id',
    );
    expect(left.map(({ filters }) => filters)).toEqual([{ performanceIds: [id] }, {}]);
  });

  /** The answer sheet with every code that is missing filled in, as a spreadsheet saves it. */
  async function fill(workbook: Buffer, begin: string): Promise<Buffer> {
    const rows = await readSheet(workbook, 'Codes');
    const data = rows.map((row, index) =>
      [0, 1, 2, 3, 4].map((column) => {
        const known = row[column] === null ? '' : String(row[column] ?? '');
        const value = index >= 2 && column === 4 && known === '' ? `${begin}${index}` : known;
        return value === '' ? null : { value, type: String };
      }),
    );
    return await writeExcelFile([
      { data: [[{ value: 'x', type: String }]], sheet: 'Sheet' },
      { data, sheet: 'Codes' },
    ]).toBuffer();
  }
});
