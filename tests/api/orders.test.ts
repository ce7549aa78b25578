import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { readOrder, searchOrders } from '../../src/exchange/reading/orders.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { WholeScan } from '../../src/store/database/explain-scans.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { watched } from '../support/watched-tx.ts';

/** Tickets of long ago in the books, a name for each: enough that a walk through them shows. */
const MANY = 100_000;

/** Tables that grow with every sale. */
const LARGE = new Set(['ticket', 'sale_order', 'message', 'operation', 'movement', 'ledger_entry']);

async function fillBooks(world: BooksWorld): Promise<void> {
  const [own] = await world.query<{ account: number }>(
    'select reseller_account_id as account from interface where id = $1',
    [world.interfaceId],
  );
  const [any] = await world.query<{ product: number; tariff: number; performance: number }>(
    `select d.id as product, p.id as performance, (select min(id) from tariff) as tariff
     from product d join performance p on p.product_id = d.id and p.local_start = $1`,
    [WORDS.second],
  );
  const of = [world.organisationId, own?.account, world.interfaceId];
  await world.query(
    `insert into sale_order (organisation_id, id, reseller_account_id, interface_id, reference,
       contact_id, point_of_sale_id, pending_account_id, currency, ordered_at, run_id)
     select $1, 10000000 + n, $2, $3, 'OLD' || n, 1, 1, 1, 'EUR',
       timestamptz '2020-01-01T00:00:00Z' + n * interval '1 minute', 1
     from generate_series(1, ${MANY}) n`,
    of,
  );
  await world.query(
    `insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id,
       number, state, product_id, performance_id, tariff_id, currency, price_minor, booked_minor,
       commission_minor, commission_on_top, net_due_minor, vat_hundredths, vat_minor,
       commission_vat_minor, last_name, first_name, sold_at, message_id, run_id)
     select $1, 10000000 + n, 10000000 + n, $2, $3, 'OLD' || n, 'valid', $4, $6, $5, 'EUR', 0, 0,
       0, false, 0, 0, 0, 0,
       case when n % 5 = 0 then 'Martin' else 'Name' || n end, 'P' || n,
       timestamptz '2020-01-01T00:00:00Z', n, 1
     from generate_series(1, ${MANY}) n`,
    [...of, any?.product, any?.tariff, any?.performance],
  );
}

describeEachDatabase('orders', (open) => {
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let tickets: string[] = [];
  let performance = '';

  beforeAll(async () => {
    world = await BooksWorld.open((await open()).database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    tickets = world.sell({ places: [placeOf('B', '1'), placeOf('B', '2')] });
    world.sellSeat('C', '1');
    await world.integrate();
    world.switchboard.cancel({ ticket: tickets[1] as string });
    await world.integrate();
    // The tests are about these names and not about what the simulator calls its buyers.
    const name = (number: string | undefined, last: string, first: string) =>
      world.query('update ticket set last_name = $2, first_name = $3 where number = $1', [
        number,
        last,
        first,
      ]);
    await world.query(`update ticket set last_name = 'Zed', first_name = null`);
    await name(tickets[0], 'Œuvrard-Müßig', 'Éloïse');
    await name(tickets[1], "O'Neill", 'José');
    performance = `prf_${await world.house.performanceId('SHOW', 'P1')}`;
    await fillBooks(world);
  });
  afterAll(async () => {
    await app?.close();
    await world?.close();
  });

  const found = async (query: string): Promise<string[]> => {
    const { status, body } = await call('GET', `/orders?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items.flatMap(({ lines }: { lines: { number: string }[] }) =>
      lines.map(({ number }) => number),
    );
  };

  it('are found by the beginning of a name, whatever its case and accents', async () => {
    for (const typed of ['oeuvrard mussig', 'ŒUVRARD', 'œuvrard-mü', 'Éloïse Œuvrard Müssig']) {
      expect(await found(`name=${encodeURIComponent(typed)}`), typed).toEqual(tickets);
    }
    expect(await found(`name=${encodeURIComponent('o neill josé')}`)).toEqual(tickets);
    expect(await found('name=uvrard')).toEqual([]);
    expect(await found('name=%27-')).toEqual([]);
  });

  it('are found by ticket, order, barcode and seat, each exactly', async () => {
    const [ticket] = await world.query<{ reference: string; barcode: string }>(
      `select o.reference, t.barcode from ticket t join sale_order o on o.id = t.sale_order_id
       where t.number = $1`,
      [tickets[0]],
    );
    expect(await found(`ticket=${tickets[1]}`)).toEqual(tickets);
    expect(await found(`ticket=${tickets[1]?.slice(0, -1)}`)).toEqual([]);
    expect(await found(`order=${ticket?.reference}`)).toEqual(tickets);
    expect(await found(`barcode=${ticket?.barcode}`)).toEqual(tickets);
    expect(await found(`text=${ticket?.barcode}`)).toEqual(tickets);
    expect(await found('text=oeuvr')).toEqual(tickets);
    expect(await found(`seat=B/1&performance=${performance}`)).toEqual(tickets);
    // It was sold and cancelled: the seat still leads to it.
    expect(await found(`seat=B/2&performance=${performance}`)).toEqual(tickets);
    expect(await found(`seat=B/3&performance=${performance}`)).toEqual([]);
  });

  it('are filtered: only tickets that fit are listed', async () => {
    expect(await found(`performance=${performance}&state=cancelled`)).toEqual([tickets[1]]);
    expect(await found('name=oeuvrard&state=exchanged')).toEqual([]);
    const day = 'from=2020-01-02&until=2020-01-02&limit=200';
    // The house is in Paris, an hour ahead: its day begins with the 1,380th minute of UTC's year.
    const numbers = [await found(day)].flat();
    expect(numbers[0]).toBe(`OLD${1_380 + 1_439}`);
  });

  it('come in pages that neither repeat nor skip, by name and by time', async () => {
    for (const query of ['name=martin', 'from=2020-01-01&until=2020-01-01']) {
      const seen: string[] = [];
      let next: string | null = null;
      for (let pages = 0; pages < 4; pages += 1) {
        const after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
        const { body } = await call('GET', `/orders?${query}&limit=150${after}`);
        seen.push(...body.items.map(({ id }: { id: string }) => id));
        next = body.next;
      }
      expect(new Set(seen).size).toBe(600);
    }
  });

  it('a page that a filter leaves empty has a next one, until there is no more', async () => {
    let next: string | null = '';
    let pages = 0;
    const all: string[] = [];
    while (next !== null && pages < 100) {
      const after = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const { body } = await call('GET', `/orders?state=cancelled${after}`);
      all.push(...body.items.map(({ lines }: { lines: { number: string }[] }) => lines[0]?.number));
      next = body.next;
      pages += 1;
    }
    expect(all).toEqual([tickets[1]]);
    expect(pages).toBeLessThan(60);
  });

  it('asks for one way at a time, and for the performance of a seat', async () => {
    const both = await call('GET', '/orders?name=a&ticket=b');
    expect([both.status, both.body.code]).toEqual([400, 'orders.one_way']);
    const where = await call('GET', '/orders?seat=B/1');
    expect([where.status, where.body.code]).toEqual([400, 'orders.seat_of']);
  });

  it('a forged cursor is refused, and a day at the end of time bounds nothing', async () => {
    const cursor = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const key of ['x', '0000-01-01T00:00:00Z', '']) {
      const { status } = await call('GET', `/orders?after=${cursor({ key, id: 1 })}`);
      expect(status, key).toBe(400);
    }
    const nul = await call('GET', `/orders?name=a&after=${cursor({ key: '\0', id: 1 })}`);
    expect(nul.status).toBe(400);
    const days = 'from=0000-01-01&until=9999-12-31&limit=1';
    expect((await call('GET', `/orders?${days}`)).status).toBe(200);
  });

  it('performances are found by season, days and words, a page at a time', async () => {
    const all = await call('GET', '/performances?limit=200');
    const at = new Set(all.body.items.map(({ localStart }: { localStart: string }) => localStart));
    expect(at).toContain(WORDS.first);
    const day = WORDS.first.slice(0, 10);
    const one = await call('GET', `/performances?from=${day}&until=${day}&state=running`);
    expect(one.body.items.length).toBeGreaterThan(0);
    for (const { localStart } of one.body.items) expect(localStart.slice(0, 10)).toBe(day);
    const sold = one.body.items.find(({ id }: { id: string }) => id === performance);
    expect(sold).toMatchObject({ sold: 2, productCode: 'SHOW' });
    const first = await call('GET', '/performances?limit=1&text=sHÓw');
    const next = await call('GET', `/performances?limit=1&text=show&after=${first.body.next}`);
    expect(next.body.items[0].id).not.toBe(first.body.items[0].id);
    expect((await call('GET', '/performances?text=nowhere')).body).toEqual({
      items: [],
      next: null,
    });
    expect((await call('GET', '/products?text=SHÖW')).body.items).toMatchObject([{ code: 'SHOW' }]);
  });

  it('shows an order with ledger, history, codes and messages, no way to the buyer', async () => {
    const { body: list } = await call('GET', `/orders?ticket=${tickets[0]}`);
    const { status, body } = await call('GET', `/orders/${list.items[0].id}`);
    expect(status).toBe(200);
    const [kept, gone] = body.tickets;
    expect(kept).toMatchObject({ number: tickets[0], state: 'valid', bookedMinor: 4_000 });
    expect(kept.ledger.map(({ kind }: { kind: string }) => kind)).toContain('sale');
    expect(kept.messages.map(({ kind }: { kind: string }) => kind)).toEqual(['sale']);
    expect(kept.codes).toMatchObject([{ state: 'valid', code: kept.barcode }]);
    expect(gone.operations.map(({ kind }: { kind: string }) => kind)).toEqual([
      'sale',
      'cancellation',
    ]);
    expect(gone.codes).toMatchObject([{ state: 'revoked' }]);
    const sum = gone.ledger.reduce(
      (all: number, one: { amountMinor: number }) => all + one.amountMinor,
      0,
    );
    expect(sum).toBe(0);
    const told = JSON.stringify(body);
    for (const secret of fnacBooks.contactData(tickets[0] as string)) {
      expect(told).not.toContain(secret);
    }
  });

  it('look up: no search reads a large table or a whole tenant', async () => {
    const met: WholeScan[] = [];
    const database = new Proxy(world.database, {
      get: (target, name) =>
        name === 'transaction'
          ? (((id, work, options) =>
              target.transaction(
                id,
                (tx) => work(watched(tx, met)),
                options,
              )) as Database['transaction'])
          : Reflect.get(target, name, target),
    });
    const { organisationId, interfaceId } = world;
    const performanceId = Number(performance.slice(4));
    const filter = { interfaceId: null, performanceId: null, state: null, from: null, until: null };
    const search = (sought: Parameters<typeof searchOrders>[1]['sought'], more: object = {}) =>
      searchOrders(
        { database },
        { organisationId, sought, ...filter, ...more, after: null, limit: 50 },
      );
    await search({ by: 'nothing' });
    await search({ by: 'nothing' }, { interfaceId, state: 'valid', from: '2026-01-01T00:00:00Z' });
    await search({ by: 'nothing' }, { performanceId });
    await search({ by: 'name', value: 'martin p' }, { state: 'valid' });
    for (const by of ['ticket', 'order', 'barcode', 'any'] as const)
      await search({ by, value: '1' });
    await search({ by: 'seat', value: 'B/1', performanceId });
    const { items } = await search({ by: 'ticket', value: tickets[0] as string });
    const orderId = items[0]?.id ?? 0;
    await readOrder({ database }, { organisationId, orderId, afterId: 0, limit: 100 });
    const narrow = ({ index }: WholeScan) => index !== 'sale_order_by_time';
    expect(met.filter((one) => LARGE.has(one.table) && narrow(one))).toEqual([]);
  });
});
