import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Answer } from '../support/api.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { bombOf } from '../support/workbook-bomb.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = { 'content-type': 'text/csv' };

describeEachDatabase('settlement over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let at = '';
  let account = '';
  const tickets: string[] = [];

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    at = `/interfaces/ifc_${world.interfaceId}`;
    for (const seat of ['1', '2', '3']) tickets.push(world.sellSeat('B', seat));
    await world.integrate();
    account = `/accounts/${(await call('GET', '/accounts')).body.items[0].id}`;
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await test.close();
  });

  const bring = (file: Buffer | string, query = '', headers: Record<string, string> = CSV) =>
    call(
      'POST',
      `${at}/statements/import?period=2027-01&document=R1${query}`,
      Buffer.from(file),
      headers,
    );

  it('refuses what is no statement: faulty lines, too large, a bomb, another type', async () => {
    const faulty = await bring('ticket;gross\nX1;12,345\n;5\n');
    expect(faulty).toMatchObject({
      status: 422,
      body: {
        code: 'statement.amount',
        errors: [{ line: 2 }, { line: 3, code: 'statement.neither' }],
      },
    });
    expect((await bring('a;b\n1;2\n')).body.code).toBe('statement.table');
    expect((await bring('ticket;gross\n')).body.code).toBe('statement.empty');
    expect((await bring(Buffer.alloc(20 * 1024 * 1024 + 1, 0x20))).status).toBe(413);
    expect((await bring('x', '', { 'content-type': 'application/json' })).status).toBe(415);
    const bomb = bombOf(400 * 1024 * 1024);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const exploded = await bring(bomb, '', { 'content-type': XLSX });
    expect(exploded).toMatchObject({ status: 422, body: { code: 'statement.table' } });
    expect((await bring('ticket;gross\nX1;5\n', '&grossMinor=7')).body).toMatchObject({
      code: 'account.statement_sums',
    });
    expect((await call('GET', `${at}/statements`)).body.items).toEqual([]);
  });

  it('refuses a statement in another currency than the account’s', async () => {
    const set = (currency: string) =>
      world.query('update interface set currency = $1 where id = $2', [
        currency,
        world.interfaceId,
      ]);
    await set('CHF');
    try {
      const refused = await bring('ticket;gross\nX1;5\n', '&apply=true');
      expect(refused).toMatchObject({
        status: 422,
        body: { code: 'account.statement_currency', params: { account: 'EUR', interface: 'CHF' } },
      });
    } finally {
      await set('EUR');
    }
  });

  it('foretells a file, keeps it once, and tells what differs with its ways out', async () => {
    // One agrees, one costs more there, one is missing there, and one is not here.
    const rows = [
      ['numéro de billet', 'brut', 'commission'],
      [tickets[0], '40,00', '1,80'],
      [tickets[1], '41,00', '1,80'],
      ['999', '40,00', '1,80'],
    ];
    const data = rows.map((row) => row.map((value) => ({ value: value ?? '', type: String })));
    const workbook = await writeExcelFile(data).toBuffer();
    const headers = { 'content-type': XLSX };
    const foretold = await bring(workbook, '', headers);
    expect(foretold.body).toEqual({
      outcome: 'foretold',
      statement: null,
      lines: 3,
      grossMinor: 12_100,
      commissionMinor: 540,
      tickets: 3,
    });
    expect((await call('GET', `${at}/statements`)).body.items).toEqual([]);
    expect((await bring(workbook, '&apply=true', headers)).body.outcome).toBe('entered');
    expect((await bring(workbook, '&apply=true', headers)).body.outcome).toBe('known');
    const other = await bring('ticket;gross\nX1;5\n', '&apply=true');
    expect(other).toMatchObject({ status: 409, body: { code: 'account.statement_differs' } });

    const compared = await call('GET', `${at}/statements/2027-01`);
    expect(compared.body).toMatchObject({
      outcome: 'compared',
      differences: 3,
      differenceMinor: 100,
      byCause: { amount: 1, missing_here: 1, missing_there: 1 },
      openLines: 2,
    });
    const seen: Answer['body'][] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page: Answer = await call(
        'GET',
        `${at}/statements/2027-01/differences?limit=1${after}`,
      );
      seen.push(...page.body.items);
      next = page.body.next;
    }
    expect(new Map(seen.map((one) => [one.ticket, one]))).toEqual(
      new Map([
        ['999', expect.objectContaining({ cause: 'missing_here', netMinor: 3_820, ours: null })],
        [
          tickets[1],
          expect.objectContaining({
            cause: 'amount',
            netMinor: 100,
            ways: ['ask_reseller', 'adjust'],
          }),
        ],
        [
          tickets[2],
          expect.objectContaining({ cause: 'missing_there', netMinor: -3_820, theirs: null }),
        ],
      ]),
    );
    const path = `${at}/statements/2027-01/differences`;
    const one = await call('GET', `${path}?cause=missing_here`);
    expect(one.body.items.map((line: { ticket: string }) => line.ticket)).toEqual(['999']);
    const summed = await call('GET', `${path}?by=performance`);
    const moved = (items: { netMinor: number }[]) =>
      items.reduce((sum, { netMinor }) => sum + netMinor, 0);
    expect(moved(summed.body.items)).toBe(moved(seen));
  });

  it('clears what agrees, once', async () => {
    const cleared = await call('POST', `${at}/statements/2027-01/clear`);
    expect(cleared.body).toMatchObject({ newlyCleared: 1, openLines: 2 });
    expect((await call('POST', `${at}/statements/2027-01/clear`)).body.newlyCleared).toBe(0);
    const [kept] = (await call('GET', `${at}/statements`)).body.items;
    expect(kept).toMatchObject({ document: 'R1', lines: 3, cleared: 1, netMinor: 11_560 });
  });

  it('matches payments with the statement, never beyond either, and takes it back', async () => {
    const pay = async (document: string, amountMinor: number): Promise<string> => {
      const entry = { kind: 'payment', amountMinor, document, day: '2027-01-08' };
      expect((await call('POST', `${account}/entries`, entry)).status).toBe(200);
      const { body } = await call('GET', `${account}/entries?document=${document}`);
      return body.items[0].id;
    };
    const [first, second] = [await pay('V1', 11_000), await pay('V2', 5_000)];
    const opened = await call('GET', `${account}/open-documents`);
    const [statement] = opened.body.statements;
    expect(statement).toMatchObject({ document: 'R1', openMinor: 11_560 });
    const match = (entry: string, more = {}) =>
      call('POST', `${account}/matches`, { statement: statement.id, entry, ...more });
    expect((await match('ent_999999')).status).toBe(404);
    for (const amountMinor of [11_001, -1, 0]) {
      const refused = await match(first, { amountMinor });
      expect(refused, String(amountMinor)).toMatchObject({
        status: 422,
        body: { code: 'account.match_beyond' },
      });
    }
    expect((await match(first)).body).toMatchObject({ amountMinor: 11_000, openMinor: 560 });
    expect((await match(first)).body.code).toBe('account.match_twice');
    const rest = await match(second);
    expect(rest.body).toMatchObject({ amountMinor: 560, openMinor: 0 });
    const left = await call('GET', `${account}/open-documents`);
    expect(left.body).toMatchObject({
      statements: [],
      entries: [{ document: 'V2', openMinor: 4_440 }],
    });
    const undo = `${account}/matches/${rest.body.match}/undo`;
    expect((await call('POST', undo, { reason: '' })).status).toBe(422);
    expect((await call('POST', undo, { reason: 'Of February' })).body.outcome).toBe('undone');
    expect((await call('POST', undo, { reason: 'Of February' })).body.outcome).toBe('known');
    const after = await call('GET', `${account}/open-documents`);
    expect(after.body.statements).toMatchObject([{ openMinor: 560 }]);
    const all = await call('GET', `${account}/matches`);
    expect(all.body.items).toMatchObject([
      { amountMinor: 560, undoneBy: 'manager@house' },
      { amountMinor: 11_000, undoneBy: null },
    ]);
  });

  it('pages through the ledger with the balance that each entry left', async () => {
    const seen: Answer['body'][] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Answer = await call(
        'GET',
        `${account}/entries?limit=2${next && `&after=${next}`}`,
      );
      seen.push(...page.body.items);
      next = page.body.next;
    }
    const [{ count } = { count: 0 }] = await world.query<{ count: number }>(
      'select count(*)::int as count from ledger_entry',
    );
    expect(seen.length).toBe(count);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(count);
    let balance = 0;
    for (const entry of seen.toReversed()) {
      balance += entry.amountMinor;
      expect(entry.balanceMinor).toBe(balance);
    }
    const view = await call('GET', account);
    expect(view.body.balanceMinor).toBe(balance);
    expect(view.body.periods.at(-1).balanceMinor).toBe(balance);
    // A filter leaves entries out, never their effect.
    const paid = await call('GET', `${account}/entries?kind=payment`);
    const expected = seen.filter(({ kind }) => kind === 'payment');
    expect(paid.body.items).toEqual(expected);
    const ofTicket = await call('GET', `${account}/entries?ticket=${tickets[0]}`);
    expect(ofTicket.body.items.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'commission',
      'sale',
    ]);
  });

  it('refuses a forged cursor and a closed month', async () => {
    const forged = { period: '2027-01', at: '2027-99-99 00:00:00+00', id: 1, balanceMinor: 0 };
    for (const one of [forged, { ...forged, at: '2027-02-30 00:00:00+00' }]) {
      const after = Buffer.from(JSON.stringify(one)).toString('base64url');
      const refused = await call('GET', `${account}/entries?after=${after}`);
      expect(refused).toMatchObject({ status: 400, body: { code: 'request.cursor' } });
    }
    const close = { period: '2026-12', despiteWarnings: true };
    expect((await call('POST', `${account}/close`, close)).body.outcome).toBe('closed');
    const entry = { kind: 'payment', amountMinor: 5, document: 'V9', day: '2026-12-30' };
    const refused = await call('POST', `${account}/entries`, entry);
    expect(refused).toMatchObject({ status: 422, body: { code: 'account.period_closed' } });
  });

  it('exports a month for accounting as CSV and as Excel', async () => {
    const get = (query: string, role = 'auditor') =>
      app.inject({
        url: `/api/v1/accounts/export?period=2027-01${query}`,
        headers: { 'x-caller': `${world.organisationId} ${role}` },
      });
    expect((await get('', 'box_office')).statusCode).toBe(403);
    expect((await get('&account=acc_999999')).statusCode).toBe(404);
    const csv = await get('');
    expect(csv.headers['content-disposition']).toContain('accounts-2027-01.csv');
    const [head = '', ...lines] = csv.body.replace('\ufeff', '').trim().split('\r\n');
    const amount = head.split(';').indexOf('amount');
    const sum = lines.reduce((all, line) => all + Number(line.split(';')[amount]), 0);
    const { body } = await call('GET', account);
    const [january] = body.periods.filter((one: { period: string }) => one.period === '2027-01');
    expect(Math.round(sum * 100)).toBe(january.balanceMinor);
    const excel = await get('&format=xlsx');
    expect(excel.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
});
