import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { describeChannel } from '../../src/exchange/interfaces/describe-channel.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { testChannel } from '../support/test-channel.ts';

/** Passwords that this test gives; nothing that is kept or answered may contain them. */
const FIRST = 'open-sesame-77';
const SECOND = 'shut-sesame-78';

it('greys functions that a channel has not, each with its reason', () => {
  const { functions } = describeChannel(testChannel());
  expect(Object.fromEntries(functions.map((one) => [one.function, one.reason]))).toEqual({
    export: 'channel.no_contingents',
    take_back: 'channel.no_contingents',
    integrate: 'channel.no_sales',
    reconcile: 'channel.no_list',
    prepare_access: null,
    fetch_access: null,
  });
});

describeEachDatabase('interfaces over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let admin: ReturnType<typeof callAs>;
  let manager: ReturnType<typeof callAs>;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    admin = callAs(app, world.organisationId, 'administrator');
    manager = callAs(app, world.organisationId, 'manager');
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const settings = () => `/interfaces/ifc_${world.interfaceId}/settings`;
  const idOf = async (path: string, code: string): Promise<string> => {
    const { body } = await admin('GET', path);
    return body.items.find((one: { code: string }) => one.code === code).id;
  };
  const config = () => fnacBooks.interface(world.simulator, 'NEW').config;
  const made = async (code: string, more: object = {}) => ({
    code,
    channel: 'fnac',
    names: { fr: 'Nouvelle', en: 'New' },
    reseller: 'FNAC',
    salesChannel: await idOf('/house/sales-channels', 'OTHER'),
    config: config(),
    secrets: { contingentPassword: FIRST, accessPassword: FIRST },
    ...more,
  });

  it('describes the channels so that a form can be drawn', async () => {
    const { body } = await manager('GET', '/channels');
    const [channel] = body.items;
    expect(channel).toMatchObject({
      id: 'fnac',
      title: { fr: 'FNAC' },
      capabilities: { sales: { mode: 'pull' } },
    });
    const fields = new Map(channel.fields.map((one: { name: string }) => [one.name, one]));
    expect(fields.get('contingentPassword')).toMatchObject({ secret: true, required: true });
    expect(fields.get('mainUrl')).toMatchObject({ secret: false, required: false, usual: '' });
    expect(channel.schema.properties.contingentPassword.writeOnly).toBe(true);
    expect(channel.schema.properties.salesUrl.writeOnly).toBeUndefined();
    expect(channel.functions.every((one: { reason: unknown }) => one.reason === null)).toBe(true);
  });

  it('makes an interface: hidden, with its account, its secrets told as set', async () => {
    const foretold = await admin('POST', '/interfaces', await made('NEW', { foretell: true }));
    expect(foretold.body).toMatchObject({ outcome: 'foretold', item: { account: 'NEW' } });
    const saved = await admin('POST', '/interfaces', await made('NEW'));
    expect(saved.body).toMatchObject({
      outcome: 'saved',
      item: { code: 'NEW', status: 'hidden', currency: 'EUR', account: 'NEW', booked: false },
    });
    expect(saved.body.item.secrets).toEqual([
      { field: 'accessPassword', set: true, setAt: expect.stringMatching(/^2027-01-10T/) },
      { field: 'contingentPassword', set: true, setAt: expect.stringMatching(/^2027-01-10T/) },
    ]);
    const again = await admin('POST', '/interfaces', await made('NEW'));
    expect(again).toMatchObject({ status: 409, body: { code: 'house.exists' } });
    expect(again.body.errors).toMatchObject([{ path: '/code' }]);
  });

  it('lets nobody but administrators set passwords, wherever they stand', async () => {
    const inSecrets = await manager('POST', '/interfaces', await made('MINE'));
    expect(inSecrets).toMatchObject({ status: 403, body: { params: { action: 'secrets.write' } } });
    const hidden = { config: { accessPassword: FIRST } };
    expect((await manager('PATCH', settings(), hidden)).status).toBe(403);
    const without = await manager('POST', '/interfaces', await made('MINE', { secrets: {} }));
    expect(without).toMatchObject({ status: 422, body: { code: 'house.settings' } });
    expect(without.body.errors.map((one: { path: string }) => one.path)).toContain(
      '/secrets/accessPassword',
    );
    expect((await manager('PATCH', settings(), { reseller: 'Fnac SA' })).status).toBe(200);
  });

  it('tells every fault of the settings with its path', async () => {
    const body = await made('BAD', {
      config: { ...config(), salesUrl: 'nowhere' },
      timeZone: 'Europe/Atlantis',
      products: ['prd_999999999'],
    });
    expect((await admin('POST', '/interfaces', body)).status).toBe(404);
    const refused = await admin('POST', '/interfaces', { ...body, products: [] });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((one: { path: string }) => one.path)).toEqual([
      '/timeZone',
      '/config/salesUrl',
    ]);
    const unknown = await admin('POST', '/interfaces', { ...body, channel: 'none' });
    expect(unknown.status).toBe(404);
  });

  it('lets one of two editors win, and says so to the other', async () => {
    const seen = await manager('GET', settings());
    const as = { 'if-match': String(seen.headers.etag) };
    const both = await Promise.all([
      manager('PATCH', settings(), { priceGraceHours: 12 }, as),
      admin('PATCH', settings(), { priceGraceHours: 36 }, as),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = both.find(({ status }) => status === 200);
    const now = await manager('GET', settings());
    expect(now.body.priceGraceHours).toBe(winner?.body.item.priceGraceHours);
    expect(now.body.priceGraceHours).not.toBe(24);
  });

  it('changes money, people, products and status; a foretelling writes nothing', async () => {
    const product = await idOf('/products', 'SHOW');
    const change = {
      pricePolicy: 'ours',
      priceToleranceMinor: 50,
      houseStockMaximum: 3,
      commissionVatHundredths: 550,
      products: [product],
      people: [{ name: 'Jeanne Roux', phone: '+33 1 23 45 67 89' }],
      accountOpenedAt: '2026-01-01T00:00:00+01:00',
      status: 'hidden',
      reason: 'A new contract',
    };
    const before = (await manager('GET', settings())).body;
    const told = await manager('PATCH', settings(), { ...change, foretell: true });
    expect(told.body).toMatchObject({ outcome: 'foretold', item: { status: 'hidden' } });
    expect((await manager('GET', settings())).body).toEqual(before);
    const { body } = await manager('PATCH', settings(), change);
    expect(body.item).toMatchObject({
      pricePolicy: 'ours',
      priceToleranceMinor: 50,
      houseStockMaximum: 3,
      commissionVatHundredths: 550,
      products: [product],
      people: change.people,
      accountOpenedAt: '2025-12-31T23:00:00.000Z',
    });
    expect((await manager('PATCH', settings(), change)).body.outcome).toBe('unchanged');
    const [entry] = await world.query<{ before: object; after: object; reason: string }>(
      `select before, after, reason from journal where action = 'interface.changed'
       order by id desc limit 1`,
    );
    expect(entry).toMatchObject({
      before: { pricePolicy: 'error' },
      after: { pricePolicy: 'ours' },
      reason: 'A new contract',
    });
    await manager('PATCH', settings(), { status: 'visible', pricePolicy: 'error', products: [] });
  });

  it('refuses to activate what could not be paid', async () => {
    const id = await idOf('/interfaces', 'NEW');
    const refused = await admin('PATCH', `/interfaces/${id}/settings`, { status: 'visible' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'house.interface' } });
    const contact = await idOf('/house/contacts', 'OTHER');
    const pointOfSale = await idOf('/house/points-of-sale', 'FNAC');
    const pendingAccount = await idOf('/house/pending-accounts', 'OTHER');
    const wrong = { status: 'visible', contact, pointOfSale, pendingAccount };
    const elsewhere = await admin('PATCH', `/interfaces/${id}/settings`, wrong);
    expect(elsewhere.body.errors).toMatchObject([{ path: '/pointOfSale' }]);
    const right = { ...wrong, pointOfSale: await idOf('/house/points-of-sale', 'OTHER') };
    const active = await admin('PATCH', `/interfaces/${id}/settings`, right);
    expect(active.body.item).toMatchObject({ status: 'visible', contact });
  });

  it('keeps account and currency once something is booked, and not before', async () => {
    world.sellSeat('B', '1');
    await world.integrate();
    const booked = await manager('GET', settings());
    expect(booked.body.booked).toBe(true);
    for (const [change, path] of [
      [{ currency: 'CHF' }, '/currency'],
      [{ account: 'OTHER' }, '/account'],
      [{ config: { managerCode: 'OTHER' } }, '/config'],
    ] as const) {
      const refused = await manager('PATCH', settings(), change);
      expect(refused).toMatchObject({ status: 422, body: { code: 'house.fixed' } });
      expect(refused.body.errors[0]).toMatchObject({ path, code: 'house.fixed' });
    }
    const id = await idOf('/interfaces', 'NEW');
    const path = `/interfaces/${id}/settings`;
    const corrected = await manager('PATCH', path, { config: { managerCode: 'NEW2' } });
    expect(corrected.body.item).toMatchObject({ account: 'NEW2', config: { managerCode: 'NEW2' } });
  });

  it('sends stored passwords to no other address, unless they are given again', async () => {
    const config = { contingentUrl: 'https://elsewhere.example/Contingentement' };
    const refused = await manager('PATCH', settings(), { config });
    expect(refused).toMatchObject({ status: 422, body: { code: 'house.secrets_again' } });
    const tried = await manager('POST', '/interfaces/try', {
      interface: `ifc_${world.interfaceId}`,
      config,
    });
    expect(tried).toMatchObject({ status: 422, body: { code: 'house.secrets_again' } });
    const both = await admin('PATCH', settings(), {
      config,
      secrets: { contingentPassword: FIRST, accessPassword: SECOND },
      foretell: true,
    });
    expect(both.body.outcome).toBe('foretold');
  });

  it('tests settings that nobody has saved, and keeps nothing of it', async () => {
    const { config: right, secrets } = fnacBooks.interface(world.simulator, 'TST');
    const calls = async () =>
      (await world.query<{ n: number }>('select count(*) as n from wire_call'))[0]?.n;
    const before = await calls();
    const outcomes = async (body: object) => {
      const { body: told } = await manager('POST', '/interfaces/try', body);
      const checks: { outcome: string }[] = told.checks ?? [];
      return [...new Set(checks.map(({ outcome }) => outcome))].sort();
    };
    const fresh = { channel: 'fnac', config: right, secrets };
    expect(await outcomes(fresh)).toEqual(['ok']);
    const wrong = { ...secrets, contingentPassword: SECOND };
    expect(await outcomes({ ...fresh, secrets: wrong })).toContain('wrong-password');
    const away = { ...right, salesUrl: 'http://127.0.0.1:1/EtatVentes' };
    expect(await outcomes({ ...fresh, config: away })).toContain('unreachable');
    const code = { ...right, managerCode: 'NOBODY' };
    expect(await outcomes({ ...fresh, config: code })).toEqual(['unknown-account']);
    const stored = { interface: `ifc_${world.interfaceId}` };
    expect(await outcomes(stored)).toEqual(['ok']);
    const bad = await manager('POST', '/interfaces/try', { channel: 'fnac', config: {} });
    expect(bad).toMatchObject({ status: 422, body: { code: 'house.settings' } });
    expect((await manager('POST', '/interfaces/try', { channel: 'none' })).status).toBe(404);
    expect(await calls()).toBe(before);
  });

  it('keeps commissions as a history', async () => {
    const path = `/interfaces/ifc_${world.interfaceId}/commissions`;
    const seen = await manager('GET', path);
    expect(seen.body.items).toMatchObject([{ product: null, kind: 'amount', value: 180 }]);
    const product = await idOf('/products', 'SHOW');
    const lines = [
      { product, kind: 'percent', value: 1_250 },
      { kind: 'amount', value: 200, validFrom: '2027-06-01T00:00:00+02:00' },
    ];
    const saved = await manager('POST', path, { lines }, { 'if-match': String(seen.headers.etag) });
    expect(saved.body.item.items).toMatchObject([
      { value: 180 },
      { product, kind: 'percent', value: 1_250 },
      { product: null, value: 200, validFrom: '2027-05-31T22:00:00.000Z' },
    ]);
    const history = { lines: [{ kind: 'amount', value: 1, validFrom: '1970-01-01T00:00:00Z' }] };
    expect((await manager('POST', path, history)).status).toBe(422);
    const stale = await manager('POST', path, { lines }, { 'if-match': String(seen.headers.etag) });
    expect(stale.status).toBe(412);
    const over = await manager('POST', path, { lines: [{ kind: 'percent', value: 10_001 }] });
    expect(over.body.errors).toMatchObject([{ path: '/lines/0/value', code: 'house.amount' }]);
  });

  it('replaces a secret and shows it nowhere: no answer, journal, log or other row', async () => {
    const before = await admin('GET', settings());
    const body = { secrets: { accessPassword: SECOND }, reason: 'It was told around' };
    const answer = await admin('PATCH', settings(), body, { 'idempotency-key': 'secret-1' });
    expect(answer.body.outcome).toBe('saved');
    const dates = Object.fromEntries(
      answer.body.item.secrets.map((one: { field: string; setAt: string }) => [
        one.field,
        one.setAt,
      ]),
    );
    const [kept] = before.body.secrets.filter(
      (one: { field: string }) => one.field === 'contingentPassword',
    );
    expect(dates.contingentPassword).toBe(kept.setAt);
    expect(dates.accessPassword > kept.setAt).toBe(true);
    await world.run(async (context) => void (await context.open.testConnection()));
    const download = await admin('GET', '/house/file.json');
    const answers = JSON.stringify([answer, before, download]);
    expect(answers).not.toContain(SECOND);
    const tables = await test.database.administration((tx) =>
      tx.query<{ name: string }>(
        `select relname as name from pg_class where relkind = 'r'
         and relnamespace = 'public'::regnamespace order by 1`,
      ),
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await test.database.administration((tx) =>
        tx.query<{ n: number }>(
          `select count(*) as n from "${name}" t where t::text ~ $1 or t::text ~ $2`,
          [`${FIRST}|${SECOND}`, Buffer.from(SECOND).toString('hex')],
        ),
      );
      if ((rows[0]?.n ?? 0) > 0) found.push(name);
    }
    expect(found).toEqual([]);
    // The scan would see it: the reason of the same change is found.
    const [seen] = await world.query<{ n: number }>(
      `select count(*) as n from journal t where t::text ~ 'It was told around'`,
    );
    expect(seen?.n).toBe(1);
    const gone = await admin('PATCH', settings(), { secrets: { accessPassword: null } });
    expect(gone).toMatchObject({ status: 422, body: { code: 'house.settings' } });
  });
});
