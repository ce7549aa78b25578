import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Role } from '../../src/domain/people/role.ts';
import { ROLES } from '../../src/domain/people/role.ts';
import { addPerson } from '../../src/exchange/people/change-people.ts';
import { createKey } from '../../src/exchange/people/keys.ts';
import { createSchedule, startSchedule } from '../../src/exchange/schedules/change-schedules.ts';
import { addHook, tryDelivery } from '../../src/exchange/watch/hooks.ts';
import { callAs, openApi, routesOfPeople } from '../support/api.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { HOUSE_ROUTES } from '../support/house-routes.ts';

/** Who may call: a letter for administrator, manager, box office, steward, auditor. */
const LETTERS: Readonly<Record<string, Role>> = {
  a: 'administrator',
  m: 'manager',
  b: 'box_office',
  s: 'steward',
  u: 'auditor',
};

const SETTLE = { choice: { ids: ['cas_1'] }, way: 'accept', reason: 'Seen' };

const RUNS = { items: [{ interface: 'ifc_999999', function: 'export' }] };

/** Every route, by hand: who may, and a body that its schema allows. */
const EXPECTED: Readonly<Record<string, [roles: string, body?: object]>> = {
  'GET /interfaces': ['ambu'],
  'GET /interfaces/{interface}': ['ambu'],
  'POST /interfaces/{interface}/runs': ['amb', { function: 'replay' }],
  'POST /interfaces/{interface}/test': ['amb'],
  'POST /interfaces/{interface}/report': ['amb', {}],
  'POST /interfaces/{interface}/run-requests': ['amb', { function: 'replay' }],
  'GET /run-requests': ['ambu'],
  'GET /run-requests/{request}': ['ambu'],
  'POST /run-requests/{request}/withdraw': ['amb', {}],
  'GET /schedules': ['ambu'],
  'GET /interfaces/{interface}/schedules': ['ambu'],
  'POST /interfaces/{interface}/schedules': [
    'am',
    { name: 'Nightly', function: 'export', timing: { kind: 'manual' } },
  ],
  'POST /schedules/foretell': ['ambu', { timing: { kind: 'at', time: '02:30' } }],
  'GET /schedules/{schedule}': ['ambu'],
  'PATCH /schedules/{schedule}': ['am', { active: true }],
  'DELETE /schedules/{schedule}': ['am'],
  'POST /schedules/{schedule}/start': ['amb', {}],
  'POST /schedules/{schedule}/resume': ['amb', {}],
  'GET /interfaces/{interface}/cursors': ['ambu'],
  'POST /interfaces/{interface}/cursors/move': ['am', { to: null, reason: 'Lost sales' }],
  'GET /news': ['ambu'],
  'GET /news/preference': ['ambu'],
  'PUT /news/preference': ['ambu', { mode: 'off', language: null, digestAt: '08:00', kinds: null }],
  'GET /hooks': ['ambu'],
  'POST /hooks': ['am', { name: 'ops', url: 'https://ops.venue.example/' }],
  'GET /hooks/{hook}': ['ambu'],
  'PATCH /hooks/{hook}': ['am', { kinds: ['run_error'] }],
  'DELETE /hooks/{hook}': ['am'],
  'POST /hooks/{hook}/secret': ['am'],
  'POST /hooks/{hook}/try': ['am'],
  'POST /hooks/{hook}/replay': ['am', { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z' }],
  'GET /deliveries': ['ambu'],
  'GET /deliveries/{delivery}': ['ambu'],
  'POST /deliveries/{delivery}/replay': ['am'],
  'GET /journal': ['amu'],
  ...HOUSE_ROUTES,
  'GET /seasons': ['ambu'],
  'GET /products': ['ambu'],
  'GET /performances': ['ambu'],
  'GET /performances/{performance}': ['ambu'],
  'GET /performances/{performance}/allotments': ['ambu'],
  'POST /performances/{performance}/suspend': ['am', { reason: 'Storm' }],
  'POST /performances/{performance}/resume': ['am', {}],
  'POST /performances/{performance}/cancel': ['am', { reason: 'Storm' }],
  'POST /performances/{performance}/close': ['am', { reason: 'Over' }],
  'POST /performances/{performance}/reopen': ['am', { reason: 'Storm' }],
  'GET /performances/{performance}/seats': ['ambu'],
  'GET /performances/{performance}/seats/{seat}': ['ambu'],
  'POST /performances/{performance}/seats/move': [
    'am',
    { seats: ['set_1'], to: { kind: 'block' } },
  ],
  'POST /performances/{performance}/take-back': [
    'amb',
    { interface: 'ifc_1', unsold: { kind: 'all' } },
  ],
  'GET /reconciliations': ['ambu'],
  'GET /reconciliations/{reconciliation}': ['ambu'],
  'GET /reconciliations/{reconciliation}/differences': ['ambu'],
  'GET /reconciliations/{reconciliation}/differences.xlsx': ['ambu'],
  'POST /reconciliations/{reconciliation}/adopt': ['am', {}],
  'GET /interfaces/{interface}/refused': ['ambu'],
  'POST /interfaces/{interface}/refused/send': ['am', { performance: 'prf_1' }],
  'GET /test-modes': ['ambu'],
  'POST /interfaces/{interface}/test-modes': ['am', { of: { ticket: 'X1' }, on: true }],
  'GET /performances/{performance}/door-lists/{list}': ['ambu'],
  'GET /products/{product}/door-lists/{list}': ['ambu'],
  'POST /performances/{performance}/move': ['am', { reason: 'Storm', foretell: true }],
  'POST /performances/{performance}/reseat/import': ['am'],
  'GET /performances/{performance}/refunds': ['ambu'],
  'GET /performances/{performance}/refunds.xlsx': ['ambu'],
  'GET /orders': ['ambu'],
  'GET /orders/{order}': ['ambu'],
  'GET /cases': ['ambu'],
  'GET /cases/{case}': ['ambu'],
  'POST /cases/foretell': ['amb', SETTLE],
  'POST /cases/settle': ['amb', SETTLE],
  'POST /cases/take': ['amb', { cases: ['cas_1'] }],
  'POST /cases/note': ['amb', { cases: ['cas_1'], note: 'Called' }],
  'POST /cases/hand-over': ['amb', { cases: ['cas_1'], to: 'anna' }],
  'GET /runs': ['ambu'],
  'GET /runs/{run}': ['ambu'],
  'GET /runs/{run}/lines': ['ambu'],
  'GET /runs/{run}/calls': ['ambu'],
  'GET /runs/{run}/calls/{call}': ['ambu'],
  'POST /runs/{run}/cancel': ['amb'],
  'GET /runs/{run}/events': ['ambu'],
  'GET /interfaces/{interface}/mappings': ['ambu'],
  'GET /interfaces/{interface}/mappings/queue': ['ambu'],
  'GET /interfaces/{interface}/mappings.xlsx': ['ambu'],
  'POST /interfaces/{interface}/mappings': [
    'am',
    { change: { kind: 'not_ours', word: 'product', external: ['X'] }, foretell: true },
  ],
  'POST /interfaces/{interface}/mappings/import': ['am'],
  'GET /accounts': ['ambu'],
  'GET /accounts/{account}': ['ambu'],
  'POST /accounts/{account}/entries': [
    'am',
    { kind: 'payment', amountMinor: 1, document: 'D1', day: '2027-01-05' },
  ],
  'POST /accounts/{account}/close': ['am', { period: '2020-01' }],
  'PUT /accounts/{account}/ceiling': ['am', { ceilingMinor: 1_000_000 }],
  'POST /interfaces/{interface}/statements': [
    'am',
    { period: '2027-01', document: 'S1', grossMinor: 0 },
  ],
  'GET /interfaces/{interface}/statements/{period}': ['ambu'],
  'POST /own-seats': ['am'],
  'POST /interfaces/{interface}/refused/{performance}/send': ['am'],
  'GET /tests': ['ambu'],
  'POST /interfaces/{interface}/tests': ['am', { tickets: ['1'], isTest: true, reason: 'A test' }],
  'GET /selling': ['ambu'],
  'GET /selling/ready': ['ambu'],
  'GET /selling/steps': ['ambu'],
  'GET /interfaces/{interface}/products/{product}/steps': ['ambu'],
  'PUT /interfaces/{interface}/products/{product}/steps/{step}': ['am', { done: true }],
  'POST /selling/runs': ['amb', RUNS],
  'GET /interfaces/{interface}/prices-to-announce': ['ambu'],
  'GET /interfaces/{interface}/prices-to-announce/letter': ['ambu'],
  'POST /interfaces/{interface}/prices-to-announce/announced': ['am', {}],
  'GET /interfaces/{interface}/sales-form': ['ambu'],
  'GET /interfaces/{interface}/sales-form.xlsx': ['ambu'],
  'GET /interfaces/{interface}/sales-form.pdf': ['ambu'],
  'POST /interfaces/{interface}/sales-form/sent': ['am', { products: ['prd_1'] }],
  'POST /interfaces/{interface}/sales-form/answer': ['am'],
  'GET /interfaces/{interface}/statements': ['ambu'],
  'POST /interfaces/{interface}/statements/import': ['am'],
  'GET /interfaces/{interface}/statements/{period}/differences': ['ambu'],
  'POST /interfaces/{interface}/statements/{period}/clear': ['am', {}],
  'POST /interfaces/{interface}/imports': ['amb'],
  'GET /accounts/export': ['amu'],
  'GET /accounts/{account}/entries': ['ambu'],
  'GET /accounts/{account}/open-documents': ['ambu'],
  'GET /accounts/{account}/matches': ['ambu'],
  'POST /accounts/{account}/matches': ['am', { statement: 'stm_1', entry: 'ent_1' }],
  'POST /accounts/{account}/matches/{match}/undo': ['am', { reason: 'Wrong' }],
  'GET /door/performances': ['ambsu'],
  'POST /door/check': ['ambsu', { code: '1' }],
  'POST /door/block': ['am', { code: '1', block: 'stolen', reason: 'Seen' }],
  'GET /sign-in': ['ambsu'],
  'GET /sign-in/settings': ['au'],
  'GET /me': ['ambsu'],
  'PATCH /me': ['ambsu', { name: 'Ada' }],
  'GET /me/sessions': ['ambsu'],
  'DELETE /me/sessions': ['ambsu'],
  'DELETE /me/sessions/{session}': ['ambsu'],
  'GET /me/passkeys': ['ambsu'],
  'PATCH /me/passkeys/{passkey}': ['ambsu', { name: 'Telephone' }],
  'DELETE /me/passkeys/{passkey}': ['ambsu'],
  'GET /people': ['au'],
  'GET /people/{person}': ['au'],
  'POST /people': ['a', { email: 'ada@example.org', name: 'Ada', role: 'steward' }],
  'PUT /people/{person}/role': ['a', { role: 'auditor' }],
  'POST /people/{person}/deactivate': ['a', {}],
  'POST /people/{person}/activate': ['a', {}],
  'POST /people/{person}/unlock': ['a', {}],
  'POST /people/{person}/reset': ['a', {}],
  'DELETE /people/{person}': ['a'],
  'GET /keys': ['au'],
  'POST /keys': ['a', { name: 'Kiosk', role: 'steward' }],
  'DELETE /keys/{key}': ['a'],
};

/** What anybody may ask, signed in or not. */
const PUBLIC: ReadonlySet<string> = new Set(['GET /sign-in']);

const isFile = (path: string) =>
  /\/(import|imports|answer)$/.test(path) || path === '/own-seats' || path === '/house/file';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What an address must say besides its path. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /accounts/export': '?period=2027-01',
  'GET /interfaces/{interface}/sales-form': '?product=prd_1',
  'GET /interfaces/{interface}/sales-form.xlsx': '?product=prd_1',
  'GET /interfaces/{interface}/sales-form.pdf': '?product=prd_1',
  'POST /interfaces/{interface}/statements/import': '?period=2027-01&document=S1',
};

interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  name: string;
}

const [kind = 'pglite'] = (process.env.PARTERRE_TEST_DATABASES ?? 'postgres').split(',');

/** A person and a key of this house; of sessions and passkeys nobody has any. */
async function peopleOf({ organisationId, services }: BooksWorld): Promise<Record<string, string>> {
  const by = { organisationId, author: 'console', role: 'steward' as const };
  const person = { ...by, email: 'theirs@example.org', name: 'Theirs' };
  const added = await addPerson(services, person);
  const made = await createKey(services, { ...by, name: 'Theirs', scopes: null, expiresAt: null });
  return {
    person: added.outcome === 'done' ? `per_${added.personId}` : added.code,
    key: made.outcome === 'done' ? `key_${made.id}` : made.code,
    session: 'ses_of-nobody',
    passkey: 'pky_of-nobody',
  };
}

describe('every route', () => {
  let test: TestDatabase;
  let world: BooksWorld;
  let other: BooksWorld;
  let app: FastifyInstance;
  let operations: Operation[] = [];
  /** Ids of the other organisation, by the parameter's name. */
  let theirs: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    test = await openTestDatabase(kind as 'pglite' | 'postgres');
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    other = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(world.services, { routes: [routesOfPeople(world.services)] });
    const ticket = other.sellSeat('B', '1', { price: '41.00' });
    other.sellSeat('C', '1');
    const run = await other.integrate();
    const [call] = await other.query<{ id: number }>('select id from wire_call limit 1');
    const [performance] = await other.query<{ id: number }>(
      'select id from performance where local_start = $1',
      [WORDS.first],
    );
    const [account] = await other.query<{ id: number }>('select id from pending_account limit 1');
    const { organisationId, interfaceId } = other;
    const by = { organisationId, interfaceId, author: 'anna' };
    const change = { name: 'Theirs', function: 'integrate', timing: { kind: 'manual' } } as const;
    const made = await createSchedule(other.services, { ...by, change });
    const schedule = made.outcome === 'saved' ? made.schedule.id : 0;
    const asked = await startSchedule(other.services, { ...by, scheduleId: schedule });
    const request = asked.outcome === 'asked' ? asked.requestId : 0;
    const hook = {
      kind: 'webhook',
      name: 'ops',
      url: 'https://ops.example/',
      kinds: null,
    } as const;
    const added = await addHook(other.services, { ...by, ...hook });
    const hookId = added.outcome === 'added' ? added.hook.id : 0;
    const delivery = await tryDelivery(other.services, { organisationId, to: { hook: hookId } });
    const [order] = await other.query<{ id: number }>('select id from sale_order limit 1');
    const [seat] = await other.query<{ id: number }>('select min(id) as id from seat');
    const theirsOf = async (table: string, prefix: string): Promise<string> => {
      const [row] = await other.query<{ id: number }>(`select id from ${table} limit 1`);
      return `${prefix}_${row?.id}`;
    };
    theirs = {
      ...(await peopleOf(other)),
      step: 'open',
      match: 'mat_1',
      channel: await theirsOf('sales_channel', 'chn'),
      pointOfSale: await theirsOf('point_of_sale', 'pos'),
      contact: await theirsOf('contact', 'ctc'),
      resellerAccount: await theirsOf('reseller_account', 'rac'),
      contingent: await theirsOf('contingent', 'ctg'),
      product: await theirsOf('product', 'prd'),
      // Nobody has compared anything: like another's, it does not exist.
      reconciliation: 'rec_1',
      list: 'white',
      order: `ord_${order?.id}`,
      seat: `set_${seat?.id}`,
      hook: `hok_${hookId}`,
      delivery: `dlv_${delivery}`,
      schedule: `sch_${schedule}`,
      request: `req_${request}`,
      interface: `ifc_${other.interfaceId}`,
      case: `cas_${await caseOf(other, ticket)}`,
      run: `run_${run.id}`,
      call: `wir_${call?.id}`,
      performance: `prf_${performance?.id}`,
      account: `acc_${account?.id}`,
      period: '2027-01',
    };
    const { paths } = (await app.inject('/api/v1/openapi.json')).json();
    operations = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((verb) => {
        const method = verb.toUpperCase() as Operation['method'];
        const short = path.replace('/api/v1', '');
        return { method, path: short, name: `${method} ${short}` };
      }),
    );
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await other.close();
    await test.close();
  });

  const filled = (path: string): string =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => theirs[name] ?? `no ${name}`);

  it('is in the table of this test', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('asks who calls', async () => {
    const wrong: string[] = [];
    for (const { method, path, name } of operations) {
      if (PUBLIC.has(name)) continue;
      const { statusCode, headers } = await app.inject({ method, url: `/api/v1${filled(path)}` });
      const type = headers['content-type'];
      if (statusCode !== 401 || !type?.startsWith('application/problem+json')) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });

  it('lets in the roles it is for, and hides others’ objects from them', async () => {
    const wrong: string[] = [];
    const tell = (name: string, role: Role, status: number): void => {
      wrong.push(`${name} as ${role}: ${status}`);
    };
    for (const { method, path, name } of operations) {
      const [letters = '', body] = EXPECTED[name] ?? [];
      const allowed = new Set([...letters].map((letter) => LETTERS[letter]));
      const headers: Record<string, string> = isFile(path)
        ? { 'content-type': path.endsWith('/imports') ? 'text/csv' : XLSX }
        : {};
      const sent = isFile(path) ? Buffer.from('no file') : body;
      for (const role of ROLES) {
        const call = callAs(app, world.organisationId, role);
        const { status } = await call(method, filled(path) + (QUERIES[name] ?? ''), sent, headers);
        if (!allowed.has(role)) {
          if (status !== 403) tell(name, role, status);
        } else if (path.includes('{')) {
          if (status !== 404) tell(name, role, status);
        } else if (method === 'GET' && status !== 200) tell(name, role, status);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('holds a key to its scopes', async () => {
    const scoped = (scopes: string) =>
      app.inject({
        url: '/api/v1/cases',
        headers: { 'x-caller': `${world.organisationId} manager ${scopes}` },
      });
    expect((await scoped('runs.start')).statusCode).toBe(403);
    expect((await scoped('runs.start,read')).statusCode).toBe(200);
  });

  it('does not touch another organisation’s cases named in a body', async () => {
    const call = callAs(app, world.organisationId);
    const cases = [theirs.case];
    for (const verb of ['take', 'note', 'hand-over']) {
      const more = verb === 'note' ? { note: 'x' } : verb === 'take' ? {} : { to: 'x' };
      const { status, body } = await call('POST', `/cases/${verb}`, { cases, ...more });
      expect([status, body]).toEqual([200, { changed: 0 }]);
    }
    const settled = await call('POST', '/cases/settle', { ...SETTLE, choice: { ids: cases } });
    expect(settled.body.answers).toMatchObject([
      { outcome: 'refused', ticket: '', refusal: { code: 'cases.refused.unknown' } },
    ]);
    const [left] = await other.query<{ takenBy: string | null; settledAt: string | null }>(
      'select taken_by as "takenBy", settled_at as "settledAt" from quarantine',
    );
    expect(left).toEqual({ takenBy: null, settledAt: null });
  });
});
