import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { HookAddress, Senders } from '../../src/exchange/watch/deliver.ts';
import { deliverDue } from '../../src/exchange/watch/deliver.ts';
import { watchTick } from '../../src/exchange/watch/watch-tick.ts';
import type { ClaimedDelivery } from '../../src/store/outbox-store.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

type Sent = { id: number; hook: HookAddress | null; recipient: string };

/** Hooks, deliveries and news over the API; what leaves is caught at the senders. */
describeEachDatabase('hooks and news over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  let sent: Sent[] = [];
  let isUp = true;

  const send = async (delivery: ClaimedDelivery, hook: HookAddress | null) => {
    sent.push({ id: delivery.id, hook, recipient: delivery.recipient });
    return isUp
      ? ({ outcome: 'delivered', status: 200, detail: null } as const)
      : ({ outcome: 'refused', status: 410, detail: 'the receiver answered 410' } as const);
  };
  const senders: Senders = {
    mail: (delivery) => send(delivery, null),
    webhook: send,
    chat: send,
  };

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  async function deliver(): Promise<Sent[]> {
    sent = [];
    await deliverDue(world.services, senders, { organisationId: world.organisationId });
    return sent;
  }
  const addHook = (name: string, more: object = {}, headers = {}) =>
    call('POST', '/hooks', { name, url: `https://${name}.example/in?key=k1`, ...more }, headers);

  it('tells a secret once, and an address never', async () => {
    const key = { 'idempotency-key': 'hook-1' };
    const added = await addHook('ops', {}, key);
    expect(added.status).toBe(201);
    const { hook, secret } = added.body;
    expect(secret).toMatch(/^whsec_.{40,}$/);
    // Sent again, it is not done again, and the secret is not told a second time.
    expect(await addHook('ops', {}, key)).toMatchObject({
      status: 409,
      body: { code: 'idempotency.not_kept' },
    });
    const everything = [
      await call('GET', '/hooks'),
      await call('GET', `/hooks/${hook}`),
      await call('GET', '/journal?subject=hook'),
    ];
    const told = JSON.stringify(everything.map(({ body }) => body));
    expect(told).toContain('ops.example');
    expect(told).not.toContain('k1');
    expect(told).not.toContain(secret);
    await call('DELETE', `/hooks/${hook}`);
    expect((await call('GET', '/hooks')).body.items).toEqual([]);
  });

  it('tries, changes and renews: what leaves has the address and the secret of now', async () => {
    const { hook, secret } = (await addHook('chat', { kind: 'chat' })).body;
    const trial = await call('POST', `/hooks/${hook}/try`);
    expect(trial.status).toBe(202);
    expect(await deliver()).toMatchObject([
      { hook: { url: 'https://chat.example/in?key=k1', secret } },
    ]);
    expect((await call('GET', `/deliveries/${trial.body.delivery}`)).body).toMatchObject({
      kind: 'chat',
      hook,
      state: 'delivered',
      attempts: 1,
      nextAt: null,
      news: [{ id: null, reason: 'test' }],
      log: [{ attempt: 1, outcome: 'delivered', status: 200 }],
    });
    const { headers } = await call('GET', `/hooks/${hook}`);
    const seen = { 'if-match': String(headers.etag) };
    const change = { url: 'https://new.example/in', kinds: ['run_error'] };
    const changed = await call('PATCH', `/hooks/${hook}`, change, seen);
    expect(changed.body).toMatchObject({ host: 'new.example', kinds: ['run_error'] });
    expect((await call('PATCH', `/hooks/${hook}`, { name: 'x' }, seen)).status).toBe(412);
    const renewed = await call('POST', `/hooks/${hook}/secret`);
    expect(renewed.body.secret).not.toBe(secret);
    await call('POST', `/hooks/${hook}/try`);
    expect(await deliver()).toMatchObject([
      { hook: { url: 'https://new.example/in', secret: renewed.body.secret } },
    ]);
    const journal = await call('GET', '/journal?subject=hook chat');
    expect(journal.body.items.slice(0, 2)).toMatchObject([
      { action: 'hook.changed', after: { secret: 'changed' } },
      { action: 'hook.changed', before: { host: 'chat.example' }, after: { host: 'new.example' } },
    ]);
    expect(JSON.stringify(journal.body)).not.toContain(renewed.body.secret);
    await call('DELETE', `/hooks/${hook}`);
  });

  it('refuses what is no address, and a name that is taken', async () => {
    const { hook } = (await addHook('once')).body;
    expect((await addHook('once')).body.code).toBe('hook.name_taken');
    const other = (await addHook('other')).body.hook;
    const rename = await call('PATCH', `/hooks/${other}`, { name: 'once' });
    expect(rename).toMatchObject({ status: 422, body: { code: 'hook.name_taken' } });
    for (const url of ['file:///etc/passwd', 'https://u:p@host.example/', 'nothing']) {
      expect((await addHook('bad', { url })).body.code).toBe('hook.url');
      const change = await call('PATCH', `/hooks/${other}`, { url });
      expect(change.body.code).toBe('hook.url');
    }
    for (const id of [hook, other]) await call('DELETE', `/hooks/${id}`);
  });

  it('pages through deliveries, and sends one again, or a span', async () => {
    const { hook } = (await addHook('span')).body;
    isUp = false;
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      ids.unshift((await call('POST', `/hooks/${hook}/try`)).body.delivery);
    }
    await deliver();
    isUp = true;
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const path = `/deliveries?hook=${hook}&state=failed&limit=2${after}`;
      const { body } = await call('GET', path);
      seen.push(...body.items.map((one: { id: string }) => one.id));
      next = body.next;
    }
    expect(seen).toEqual(ids);
    const again = await call('POST', `/deliveries/${ids[2]}/replay`);
    expect(again.body).toMatchObject({ id: ids[2], state: 'pending', attempts: 1 });
    expect(await deliver()).toHaveLength(1);
    const [first, last] = [
      (await call('GET', `/deliveries/${ids[1]}`)).body.createdAt,
      (await call('GET', `/deliveries/${ids[0]}`)).body.createdAt,
    ];
    // From the second on, before the third.
    const span = { from: first, to: last, state: 'failed' };
    const replayed = await call('POST', `/hooks/${hook}/replay`, span);
    expect(replayed.body).toEqual({ deliveries: [ids[1]], more: false });
    expect(await deliver()).toHaveLength(1);
    expect((await call('GET', `/deliveries/${ids[0]}`)).body.state).toBe('failed');
    const journal = await call('GET', '/journal?action=delivery.replayed');
    expect(journal.body.items).toHaveLength(2);
    await call('DELETE', `/hooks/${hook}`);
  });

  it('shows what is open with its remedy, its place and when it is told next', async () => {
    world.sellSeat('B', '1', { price: '41.00' });
    await world.integrate();
    await world.query(`update interface set notified_emails = '{manager@house}'`);
    await watchTick(world.services, { organisationId: world.organisationId });
    const { body } = await call('GET', '/news?language=fr');
    expect(body.items).toMatchObject([
      {
        kind: 'new_roots',
        code: 'price.differs',
        interfaces: [{ id: `ifc_${world.interfaceId}`, code: 'FNAC' }],
        count: 1,
        timesTold: 1,
        path: `/cases?interface=ifc_${world.interfaceId}&code=price.differs`,
      },
    ]);
    const [news] = body.items;
    expect(news.remedy).not.toBe('');
    const day = Date.parse(news.lastToldAt) + 86_400_000;
    expect(Date.parse(news.next.at)).toBeLessThanOrEqual(day);
    expect((await call('GET', '/news?kind=run_error')).body.items).toEqual([]);
    const other = await call('GET', `/news?interface=ifc_999999`);
    expect(other.body.items).toEqual([]);
    expect((await deliver()).map(({ recipient }) => recipient)).toEqual(['manager@house']);
  });

  it('lets a person choose which news, when and in which language', async () => {
    const { body: usual } = await call('GET', '/news/preference');
    expect(usual).toMatchObject({
      email: 'manager@house',
      mode: 'at_once',
      digestAt: '08:00',
      kinds: null,
      interfaces: [{ id: `ifc_${world.interfaceId}`, code: 'FNAC' }],
    });
    const wish = { mode: 'at_once', language: 'de', digestAt: '18:30', kinds: ['late_run'] };
    const set = await call('PUT', '/news/preference', wish);
    expect(set.body).toMatchObject(wish);
    // Other news do not reach this person any more; a day later the reminder would have.
    const later = { ...world.services, clock: () => new Date('2027-01-12T09:00:00Z') };
    const tick = await watchTick(later, { organisationId: world.organisationId });
    expect(tick).toMatchObject({ told: 1, deliveries: 0 });
    const all = await call('PUT', '/news/preference', { ...wish, kinds: null });
    expect(all.body.kinds).toBeNull();
    const next = { ...world.services, clock: () => new Date('2027-01-14T09:00:00Z') };
    expect(await watchTick(next, { organisationId: world.organisationId })).toMatchObject({
      deliveries: 1,
    });
    const journal = await call('GET', '/journal?action=news.preference');
    expect(journal.body.items).toMatchObject([
      { before: { kinds: ['late_run'] }, after: { kinds: null } },
      { before: null, after: { kinds: ['late_run'], language: 'de' } },
    ]);
  });
});
