import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Answer } from '../support/api.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

describeEachDatabase('the house over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId, 'manager');
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const find = async (path: string, code: string) => {
    const { body } = await call('GET', path);
    return body.items.find((one: { code: string }) => one.code === code);
  };
  const product = async (code = 'SHOW') => (await find('/products', code)).id as string;
  const performance = async (): Promise<string> => {
    const { body } = await call('GET', '/performances');
    const [found] = body.items.filter(
      (one: { localStart: string; productCode: string }) =>
        one.localStart === WORDS.first && one.productCode === 'SHOW',
    );
    return found.id;
  };
  const version = async () => {
    const [row] = await world.query<{ version: number }>(
      'select catalogue_version as version from organisation',
    );
    return row?.version ?? 0;
  };
  const lastEntry = async () => {
    const [row] = await world.query<{
      action: string;
      subject: string;
      author: string;
      before: unknown;
      after: unknown;
    }>('select action, subject, author, before, after from journal order by id desc limit 1');
    return row;
  };

  it('changes the organisation, but not the currency of its books', async () => {
    const before = await call('GET', '/organisation');
    const as = { 'if-match': before.body.version };
    const before_version = await version();
    const change = { name: 'La Maison', language: 'de', businessDayEndsAt: '05:00' };
    const saved = await call('PATCH', '/organisation', change, as);
    expect(saved.body).toMatchObject({ outcome: 'saved', item: { ...change, currency: 'EUR' } });
    expect(await version()).toBe(before_version + 1);
    expect(await lastEntry()).toMatchObject({
      action: 'organisation.changed',
      author: 'manager@house',
      before: { name: 'Test house' },
      after: { name: 'La Maison' },
    });
    expect((await call('PATCH', '/organisation', { name: 'Other' }, as)).status).toBe(412);
    for (const [body, path, code] of [
      [{ currency: 'CHF' }, '/currency', 'house.fixed'],
      [{ timeZone: 'Mars/Base' }, '/timeZone', 'house.time_zone'],
    ] as const) {
      const refused = await call('PATCH', '/organisation', body);
      expect(refused).toMatchObject({ status: 422, body: { code, errors: [{ path }] } });
    }
  });

  it('makes and changes channels, points of sale, contacts and accounts', async () => {
    const channel = await call('POST', '/house/sales-channels', {
      code: 'NEW',
      name: 'Neuf',
      kind: 'external',
      acceptsThirdParty: true,
    });
    const salesChannel = channel.body.item.id;
    const shop = await call('POST', '/house/points-of-sale', {
      code: 'NEW',
      name: 'Neuf',
      salesChannel,
      acceptsPendingAccount: false,
    });
    const path = `/house/points-of-sale/${shop.body.item.id}`;
    const changed = await call('PATCH', path, { acceptsPendingAccount: true });
    expect(changed.body.item).toMatchObject({
      code: 'NEW',
      salesChannel,
      acceptsPendingAccount: true,
    });
    const contact = await call('POST', '/house/contacts', {
      code: 'NEW',
      name: 'Neuf SA',
      pendingAccountAuthorised: true,
    });
    const account = await call('POST', '/house/pending-accounts', {
      code: 'NEW',
      contact: contact.body.item.id,
      ceilingMinor: 1_000_000,
    });
    expect(account.body.item).toMatchObject({ currency: 'EUR', ceilingMinor: 1_000_000 });
    const other = (await find('/house/contacts', 'OTHER')).id;
    const given = await call('PATCH', `/house/pending-accounts/${account.body.item.id}`, {
      contact: other,
    });
    expect(given.body.item).toMatchObject({ contact: other, ceilingMinor: 1_000_000 });
    const twice = await call('POST', '/house/contacts', {
      code: 'NEW',
      name: 'Again',
      pendingAccountAuthorised: true,
    });
    expect(twice).toMatchObject({ status: 409, body: { code: 'house.exists' } });
    expect((await find('/house/contacts', 'NEW')).name).toBe('Neuf SA');
    const race = { code: 'RACE', kind: 'internal' };
    const both = await Promise.all(
      ['One', 'Two'].map((name) => call('POST', '/house/contingents', { ...race, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = { code: 'X', name: 'X', salesChannel: 'chn_999999', acceptsPendingAccount: true };
    expect((await call('POST', '/house/points-of-sale', lost)).status).toBe(404);
  });

  it('lets one of two editors of a point of sale win', async () => {
    const { id, version: seen } = await find('/house/points-of-sale', 'OTHER');
    const path = `/house/points-of-sale/${id}`;
    const both = await Promise.all(
      ['One', 'Two'].map((name) => call('PATCH', path, { name }, { 'if-match': seen })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('opens the books of a reseller’s account where nothing was sold in between', async () => {
    world.sellSeat('B', '1');
    await world.integrate();
    const { body } = await call('GET', '/house/reseller-accounts');
    const [account] = body.items;
    expect(account).toMatchObject({ channel: 'fnac', account: 'TST', booked: true });
    const path = `/house/reseller-accounts/${account.id}`;
    const early = await call('PATCH', path, { openedAt: '2026-09-01T00:00:00Z' });
    expect(early.body.item.openedAt).toBe('2026-09-01T00:00:00.000Z');
    const late = await call('PATCH', path, { openedAt: '2028-01-01T00:00:00Z' });
    expect(late).toMatchObject({ status: 422, body: { code: 'house.in_use' } });
    expect(late.body.errors).toMatchObject([{ path: '/openedAt' }]);
  });

  it('edits prices: what was valid stays, and a new amount counts from now or later', async () => {
    const path = `/products/${await product()}/prices`;
    const seen = await call('GET', path);
    const { items, tariffs, categories } = seen.body;
    expect(categories.map((one: { code: string }) => one.code)).toEqual(['CAT1', 'CAT2', 'PIT']);
    const tariff = tariffs.find((one: { code: string }) => one.code === 'FULL').id;
    const category = categories[0].id;
    const ofFull = (table: Answer) =>
      (table.body.item?.items ?? table.body.items)
        .filter((one: { tariff: string; category: string }) => {
          return one.tariff === tariff && one.category === category;
        })
        .map((one: { amountMinor: number; validFrom: string | null }) => [
          one.amountMinor,
          one.validFrom?.slice(0, 10) ?? null,
        ]);
    expect(ofFull(seen)).toEqual([[4_000, null]]);
    const later = '2027-06-01T00:00:00Z';
    const lines = [
      { tariff, category, amountMinor: 4_200 },
      { tariff, category, amountMinor: 4_500, validFrom: later },
    ];
    const one = (line: object) => call('POST', path, { lines: [line] });
    const told = await call('POST', path, { lines: [lines[0]], foretell: true });
    expect(ofFull(told)).toEqual([
      [4_000, null],
      [4_200, '2027-01-10'],
    ]);
    expect(await call('GET', path)).toMatchObject({ body: { items } });
    await one(lines[0] ?? {});
    const saved = await one(lines[1] ?? {});
    expect(ofFull(saved)).toEqual([
      [4_000, null],
      [4_200, '2027-01-10'],
      [4_500, '2027-06-01'],
    ]);
    const stale = { 'if-match': String(seen.headers.etag) };
    expect((await call('POST', path, { lines }, stale)).status).toBe(412);
    const history = await one({ tariff, category, amountMinor: 1, validFrom: null });
    expect(history).toMatchObject({ status: 422, body: { code: 'house.history' } });
    expect(history.body.errors).toMatchObject([{ path: '/lines/0/validFrom' }]);
    const gone = await one({ ...lines[1], remove: true });
    expect(ofFull(gone)).toHaveLength(2);
    expect(gone.body.changes).toMatchObject([{ table: 'price', action: 'remove' }]);
    expect(await lastEntry()).toMatchObject({
      action: 'prices.changed',
      subject: expect.stringMatching(/^product \d+$/),
    });
    const twice = await call('POST', path, {
      lines: [lines[0], { ...lines[0], amountMinor: 9 }],
    });
    expect(twice).toMatchObject({ status: 422, body: { code: 'house.duplicate' } });
  });

  it('opens and closes on-sale windows per channel', async () => {
    const path = `/products/${await product()}/windows`;
    const salesChannel = (await find('/house/sales-channels', 'BOX')).id;
    const opensAt = '2027-01-15T09:00:00.000Z';
    const line = { salesChannel, performance: await performance(), opensAt };
    const send = (more: object) => call('POST', path, { lines: [{ ...line, ...more }] });
    const seen = (await call('GET', path)).body.items.length;
    const saved = await send({ closesAt: '2027-02-01T20:00:00+01:00' });
    expect(saved.body.item.items).toHaveLength(seen + 1);
    expect(saved.body.item.items.at(-1)).toMatchObject({
      ...line,
      closesAt: '2027-02-01T19:00:00.000Z',
    });
    expect((await send({ closesAt: null })).body.item.items.at(-1).closesAt).toBeNull();
    const wrong = await send({ closesAt: '2027-01-14T00:00:00Z' });
    expect(wrong.body.errors).toMatchObject([{ path: '/lines/0/closesAt', code: 'house.window' }]);
    expect((await send({ remove: true })).body.item.items).toHaveLength(seen);
    const external = (await find('/house/sales-channels', 'FNAC')).id;
    const subscription = `/products/${await product('SUBSCR')}/windows`;
    const unsellable = { lines: [{ salesChannel: external, opensAt }] };
    expect(await call('POST', subscription, unsellable)).toMatchObject({
      status: 422,
      body: { code: 'product.not_sellable' },
    });
    const moved = { lines: [{ salesChannel: external, opensAt: '2027-02-31T00:00:00Z' }] };
    expect((await call('POST', path, moved)).body.errors).toMatchObject([
      { path: '/lines/0/opensAt', code: 'house.calendar' },
    ]);
  });

  it('makes and renames contingents', async () => {
    const salesChannels = [(await find('/house/sales-channels', 'NEW')).id];
    const body = { code: 'LATE', name: 'Tard', kind: 'external', salesChannels };
    const made = await call('POST', '/house/contingents', body);
    expect(made.body.item).toMatchObject({ ...body, sendsWheelchair: false, colour: null });
    const path = `/house/contingents/${made.body.item.id}`;
    const renamed = await call('PATCH', path, { name: 'Dernière minute', colour: '#2f6fde' });
    expect(renamed.body.item).toMatchObject({
      code: 'LATE',
      name: 'Dernière minute',
      salesChannels,
    });
    const two = [...salesChannels, (await find('/house/sales-channels', 'OTHER')).id];
    const refused = await call('PATCH', path, { salesChannels: two });
    expect(refused.body.errors).toMatchObject([
      { path: '/salesChannels', code: 'house.contingent_channels' },
    ]);
  });

  it('changes shares of a zone, and foretells what the reseller is asked back', async () => {
    const path = `/performances/${await performance()}/quotas`;
    const seen = await call('GET', path);
    const [counter] = seen.body.counters;
    expect(counter).toMatchObject({ kind: 'zone', area: 'PIT', capacity: 50 });
    const contingent = (await find('/house/contingents', 'FNAC')).id;
    const ofFnac = (answer: Answer) =>
      (answer.body.item ?? answer.body).quotas.find(
        (one: { contingent: string }) => one.contingent === contingent,
      );
    expect(ofFnac(seen)).toMatchObject({ quota: 20, allotted: 20, askedBack: 0 });
    const numbered = seen.body.seats.find(
      (one: { contingent: string }) => one.contingent === contingent,
    );
    expect(numbered).toMatchObject({ seats: 30, sold: 1, allotted: expect.any(Number) });
    const share = (quota: number, more: object = {}) =>
      call('POST', path, { lines: [{ counter: counter.id, contingent, quota }], ...more });
    const told = await share(12, { foretell: true });
    expect(told.body.outcome).toBe('foretold');
    expect(ofFnac(told)).toMatchObject({ quota: 12, allotted: 20, askedBack: 8 });
    expect(ofFnac(await call('GET', path)).quota).toBe(20);
    const over = await share(41);
    expect(over).toMatchObject({ status: 422, body: { code: 'house.over_capacity' } });
    expect(over.body.errors).toMatchObject([{ path: '/lines/0/quota' }]);
    const removed = await call('POST', path, {
      lines: [{ counter: counter.id, contingent, quota: 0, remove: true }],
    });
    expect(removed).toMatchObject({ status: 422, body: { code: 'house.in_use' } });
    expect((await share(12)).body.outcome).toBe('saved');
    const exported = await world.export();
    expect(exported.state).toBe('ok');
    expect(ofFnac(await call('GET', path))).toMatchObject({ quota: 12, allotted: 12 });
  });

  it('changes shares of a pass by day', async () => {
    const path = `/products/${await product('DAY')}/quotas`;
    const { body } = await call('GET', path);
    expect(body.counters.map((one: { day: string }) => one.day)).toEqual([
      '2027-02-01',
      '2027-02-02',
      '2027-02-03',
    ]);
    const contingent = (await find('/house/contingents', 'FNAC')).id;
    const [, second] = body.counters;
    const saved = await call('POST', path, {
      lines: [{ counter: second.id, contingent, quota: 25 }],
    });
    const quotas = saved.body.item.quotas.map((one: { quota: number }) => one.quota);
    expect(quotas).toEqual([15, 25, 15]);
  });
});
