import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '../../src/domain/people/role.ts';
import { ROLES } from '../../src/domain/people/role.ts';
import {
  addPerson,
  changeRole,
  removePerson,
  resetPerson,
} from '../../src/exchange/people/change-people.ts';
import { createFirstAdministrator } from '../../src/exchange/people/first-administrator.ts';
import type { KeyRequest } from '../../src/exchange/people/keys.ts';
import { createKey, endKey, readKeys } from '../../src/exchange/people/keys.ts';
import { beginAttempt, REQUESTS, RequestLimits } from '../../src/exchange/people/limits.ts';
import { readPeople } from '../../src/exchange/people/read-people.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import type { PeopleServer } from '../support/people-server.ts';
import { openPeopleServer } from '../support/people-server.ts';

const NOON = Date.parse('2026-03-02T12:00:00.000Z');

describeEachDatabase('keys and people', (open) => {
  let test: TestDatabase;
  let one: PeopleServer;
  let two: PeopleServer;
  let organisationId: number;
  let other: number;
  let now = NOON;
  const clock = (): Date => new Date(now);

  beforeAll(async () => {
    test = await open();
    organisationId = (await seedHouse(test.database, smallHouse({}))).organisationId;
    other = await secondOrganisation(test);
    one = await openPeopleServer(test.database, clock);
    two = await openPeopleServer(await test.openAgain(), clock);
  });
  afterAll(async () => {
    await one?.close();
    await two?.close();
  });

  const request = () => ({ organisationId, author: 'console' });

  async function make(name: string, more: Partial<KeyRequest> = {}): Promise<string> {
    const asked = { ...request(), name, role: 'manager' as Role, scopes: null, expiresAt: null };
    const made = await createKey(one.services, { ...asked, ...more });
    if (made.outcome !== 'done') throw new Error(made.code);
    return made.key;
  }

  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
  const call = (key: string, method: Method, url: string, payload?: object, server = one) =>
    server.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${key}` },
      ...(payload === undefined ? {} : { payload }),
    });

  it('lets a key do what its role and its scopes both allow', async () => {
    for (const role of ROLES) {
      const key = await make(`role ${role}`, { role });
      const seen = await call(key, 'GET', '/me');
      expect([seen.statusCode, seen.json().role, seen.json().author]).toEqual([
        200,
        role,
        `key:role ${role}`,
      ]);
      const people = await call(key, 'GET', '/people');
      expect(people.statusCode).toBe(['administrator', 'auditor'].includes(role) ? 200 : 403);
      const added = await call(key, 'POST', '/keys', { name: `by ${role}`, role: 'steward' });
      expect(added.statusCode).toBe(role === 'administrator' ? 200 : 403);
    }
    const narrow = await make('narrow', { role: 'administrator', scopes: ['door.read'] });
    expect((await call(narrow, 'GET', '/me')).json().actions).toEqual(['door.read']);
    expect((await call(narrow, 'GET', '/people')).statusCode).toBe(403);
  });

  it('narrows no key to what its role may not, nor to making people and keys', async () => {
    const asked = { ...request(), name: 'beyond', expiresAt: null };
    for (const [role, scope] of [
      ['auditor', 'runs.start'],
      ['administrator', 'keys.write'],
      ['administrator', 'people.write'],
    ] as const) {
      expect(await createKey(one.services, { ...asked, role, scopes: [scope] })).toEqual({
        outcome: 'refused',
        code: 'keys.scope_not_allowed',
        params: { scope, role },
      });
    }
  });

  it('keeps a digest only, and no key in journal, lists or logs', async () => {
    const key = await make('quiet');
    expect(key).toMatch(/^prt_[A-Za-z0-9_-]{43}$/);
    await call(key, 'GET', '/me');
    const dumped = await test.database.administration((tx) =>
      tx.query(
        'select to_jsonb(k) as row from api_key k union all select to_jsonb(j) from journal j',
      ),
    );
    const lists = JSON.stringify([dumped, await readKeys(one.services, organisationId)]);
    expect(lists).toContain('key.created');
    expect(lists.includes(key)).toBe(false);
    expect(one.log.join('\n').includes(key)).toBe(false);
  });

  it('refuses a key that expired, was revoked, or never was, alike', async () => {
    const dying = await make('dying', { expiresAt: new Date(now + 60_000) });
    const revoked = await make('revoked');
    expect((await call(dying, 'GET', '/me')).statusCode).toBe(200);
    expect((await call(revoked, 'GET', '/me', undefined, two)).statusCode).toBe(200);
    const ended = await endKey(one.services, { ...request(), which: { name: 'revoked' } });
    expect(ended).toEqual({ outcome: 'done', name: 'revoked' });
    now += 60_000;
    const never = `prt_${'A'.repeat(43)}`;
    for (const key of [dying, revoked, never, 'prt_x', 'x', `${revoked}x`]) {
      for (const server of [one, two]) {
        const answer = await call(key, 'GET', '/me', undefined, server);
        expect([answer.statusCode, answer.json().code]).toEqual([401, 'caller.unknown']);
      }
    }
    const again = await endKey(one.services, { ...request(), which: { name: 'revoked' } });
    expect(again).toMatchObject({ code: 'keys.unknown' });
    expect(await make('revoked')).not.toBe(revoked);
    const past = { ...request(), name: 'past', role: 'auditor' as const, scopes: null };
    const result = await createKey(one.services, { ...past, expiresAt: new Date(now) });
    expect(result).toMatchObject({ code: 'keys.expiry_past' });
  });

  it('gives a name once among the living, also to two at once', async () => {
    const asked = { ...request(), name: 'twin', role: 'auditor' as const };
    const both = await Promise.all(
      [one, two].map((server) =>
        createKey(server.services, { ...asked, scopes: null, expiresAt: null }),
      ),
    );
    expect(both.map((result) => result.outcome).sort()).toEqual(['done', 'refused']);
  });

  it('notes when a key was used last', async () => {
    const key = await make('seen');
    await call(key, 'GET', '/me');
    const used = (await readKeys(one.services, organisationId)).find((k) => k.name === 'seen');
    expect(used?.lastUsedAt).toBe(clock().toISOString());
  });

  it('knows nothing of another organisation', async () => {
    const key = await make('mine', { role: 'administrator' });
    const theirs = { organisationId: other, author: 'console' };
    const made = await createKey(one.services, {
      ...theirs,
      name: 'theirs',
      role: 'manager',
      scopes: null,
      expiresAt: null,
    });
    const person = await addPerson(one.services, {
      ...theirs,
      email: 'theirs@example.org',
      name: 'T',
      role: 'manager',
    });
    if (made.outcome !== 'done' || person.outcome !== 'done') throw new Error('not made');
    expect((await call(key, 'GET', '/keys')).body).not.toContain('theirs');
    expect((await call(key, 'GET', '/people')).body).not.toContain('theirs');
    const at = `/people/per_${person.personId}`;
    const answers = [
      await call(key, 'DELETE', `/keys/key_${made.id}`),
      await call(key, 'DELETE', at),
      await call(key, 'PUT', `${at}/role`, { role: 'auditor' }),
      await call(key, 'POST', `${at}/reset`, {}),
    ];
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 404, 404, 404]);
    expect((await call(made.key, 'GET', '/me')).statusCode).toBe(200);
  });

  it('adds, changes and removes people, each with its row of the journal', async () => {
    const key = await make('office', { role: 'administrator' });
    const added = await call(key, 'POST', '/people', {
      email: ' Grace@Example.org ',
      name: 'Grace',
      role: 'box_office',
      reason: 'new at the desk',
    });
    expect(added.json().link.address).toMatch(/^http:\/\/tickets\.test\/set-password#token=.{43}$/);
    const at = `/people/${added.json().id}`;
    expect((await call(key, 'PUT', `${at}/role`, { role: 'manager' })).json().changed).toBe(true);
    expect((await call(key, 'PUT', `${at}/role`, { role: 'manager' })).json().changed).toBe(false);
    expect((await call(key, 'POST', `${at}/reset`, {})).statusCode).toBe(200);
    expect((await call(key, 'DELETE', at)).statusCode).toBe(200);
    expect((await call(key, 'DELETE', at)).statusCode).toBe(404);
    const rows = await test.database.administration((tx) =>
      tx.query(
        `select author, action, before, after, reason from journal
         where subject = 'person grace@example.org' order by id`,
      ),
    );
    const by = { author: 'key:office', before: null, after: null, reason: null };
    expect(rows).toEqual([
      {
        ...by,
        action: 'person.added',
        after: { name: 'Grace', role: 'box_office' },
        reason: 'new at the desk',
      },
      {
        ...by,
        action: 'person.role',
        before: { role: 'box_office' },
        after: { role: 'manager' },
      },
      {
        ...by,
        action: 'person.reset',
        after: {
          twoFactorRemoved: false,
          linkUntil: new Date(now + 48 * 3_600_000).toISOString(),
        },
      },
      { ...by, action: 'person.removed', before: { name: 'Grace', role: 'manager' } },
    ]);
  });

  it('has one first administrator, though two servers start at once; the last stays', async () => {
    const first = { ...request(), email: 'first@example.org', name: 'First' };
    const both = await Promise.all(
      [one, two].map((server) => createFirstAdministrator(server.services, first)),
    );
    expect(both.filter((made) => made !== null)).toHaveLength(1);
    expect(await createFirstAdministrator(one.services, first)).toBeNull();
    const who = { email: 'first@example.org' };
    const people = await readPeople(one.services, organisationId);
    expect(people).toEqual([
      expect.objectContaining({ ...who, role: 'administrator', hasPassword: false }),
    ]);
    const last = { outcome: 'refused', code: 'people.last_administrator', params: {} };
    expect(await changeRole(one.services, { ...request(), who, role: 'auditor' })).toEqual(last);
    expect(await removePerson(one.services, { ...request(), who })).toEqual(last);
    const second = { ...request(), email: 'second@example.org', name: 'Second' };
    await addPerson(one.services, { ...second, role: 'administrator' });
    const leaving = [who, { email: second.email }].map((each, at) =>
      removePerson((at === 0 ? one : two).services, { ...request(), who: each }),
    );
    const outcomes = (await Promise.all(leaving)).map((result) => result.outcome);
    expect(outcomes.sort()).toEqual(['done', 'refused']);
  });

  it('lets no house reset a person who is of another house too', async () => {
    const person = { email: 'both@example.org', name: 'Both', role: 'manager' as const };
    const here = await addPerson(one.services, { ...request(), ...person });
    const theirs = { organisationId: other, author: 'them' };
    const there = await addPerson(one.services, { ...theirs, ...person });
    expect(here).toMatchObject({ outcome: 'done', link: { token: expect.any(String) } });
    expect(there).toMatchObject({ outcome: 'done', link: null });
    const who = { email: person.email };
    const refused = await resetPerson(one.services, { ...theirs, who });
    expect(refused).toMatchObject({ code: 'people.of_others_too' });
    const console = await resetPerson(one.services, { ...theirs, who, console: true });
    expect(console.outcome).toBe('done');
  });

  it('counts the requests of a key on both servers together, a minute at a time', async () => {
    const limits = [one, two].map((server) => new RequestLimits(server.services));
    let passed = 0;
    for (let at = 0; at < REQUESTS.key + 200; at += 1) {
      if ((await limits[at % 2]?.take('key', 'busy')) === null) passed += 1;
    }
    expect(passed).toBe(REQUESTS.key);
    expect(await limits[0]?.take('key', 'calm')).toBeNull();
    const wait = await limits[1]?.take('key', 'busy');
    now += (wait?.retryAfterSeconds ?? 0) * 1_000;
    expect(await limits[1]?.take('key', 'busy')).toBeNull();
  });

  it('forgets a day later what was counted', async () => {
    const limits = new RequestLimits(one.services);
    await beginAttempt(one.services, { login: 'a@example.org', address: '192.0.2.1' });
    await limits.take('key', 'old');
    const left = async () => {
      const [row] = await test.database.administration((tx) =>
        tx.query<{ failures: number; windows: number }>(
          `select (select count(*)::int from sign_in_failure) as failures,
                  (select count(*)::int from request_window) as windows`,
        ),
      );
      return row;
    };
    expect((await left())?.failures).toBe(2);
    now += 86_400_000 + 3_600_000;
    await limits.take('key', 'new');
    expect(await left()).toEqual({ failures: 0, windows: 1 });
  });
});

async function secondOrganisation(test: TestDatabase): Promise<number> {
  const [row] = await test.database.administration((tx) =>
    tx.query<{ id: number }>(
      `insert into organisation (id, code, name, currency, time_zone, created_at)
       select max(id) + 1, 'OTHER', 'Other', 'EUR', 'Europe/Paris', '2026-01-01' from organisation
       returning id`,
    ),
  );
  return row?.id ?? 0;
}
