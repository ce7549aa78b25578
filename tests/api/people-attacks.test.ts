import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addPerson } from '../../src/exchange/people/change-people.ts';
import {
  ADDRESS_RULE,
  beginAttempt,
  REQUESTS,
  RequestLimits,
} from '../../src/exchange/people/limits.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import type { Browser, PeopleServer } from '../support/people-server.ts';
import { codeOfTelephone, openPeopleServer, PUBLIC_URL } from '../support/people-server.ts';

const SECURE_URL = 'https://tickets.example.org';
const PASSWORD = 'correct horse battery';
const SECRET = 'a secret of the tests, long enough for all';

describeEachDatabase('an attacker', (open) => {
  let test: TestDatabase;
  let plain: PeopleServer;
  let secure: PeopleServer;
  let organisationId: number;
  let later = 0;
  const clock = (): Date => new Date(Date.now() + later);

  beforeAll(async () => {
    test = await open();
    organisationId = (await seedHouse(test.database, smallHouse({}))).organisationId;
    plain = await openPeopleServer(test.database, clock);
    secure = await openPeopleServer(await test.openAgain(), clock, null, SECURE_URL);
  });
  afterAll(async () => {
    await plain?.close();
    await secure?.close();
  });
  // What one test used up of an address is forgotten for the next.
  beforeEach(() => {
    later += 3_600_000;
  });

  const post = (browser: Browser, path: string, body: object = {}, more = {}) =>
    browser.send('POST', `/api/auth/${path}`, body, more);
  const rows = (sql: string) =>
    test.database.administration((tx) => tx.query<Record<string, unknown>>(sql));
  const me = (browser: Browser) => browser.send('GET', '/api/v1/me');

  async function person(email: string, server = plain): Promise<Browser> {
    const asked = { organisationId, author: 'console', email, name: 'Ada' };
    const added = await addPerson(server.services, { ...asked, role: 'manager' });
    if (added.outcome !== 'done' || added.link === null) throw new Error(JSON.stringify(added));
    const browser = server.browser();
    const { token } = added.link;
    await post(browser, 'reset-password', { token, newPassword: PASSWORD });
    const signed = await post(browser, 'sign-in/email', { email, password: PASSWORD });
    expect(signed.status).toBe(200);
    return browser;
  }

  /** A cookie as the library signs it. */
  const signed = (token: string): string => {
    const signature = createHmac('sha256', SECRET).update(token).digest('base64');
    return encodeURIComponent(`${token}.${signature}`);
  };

  it('who reads the database, and has the secret too, has no session', async () => {
    const browser = await person('read@example.org');
    const name = 'parterre.session_token';
    const [token = ''] = decodeURIComponent(browser.cookies.get(name) ?? '').split('.');
    const [kept] = await rows(
      `select token from person_session s join person p on p.id = s.person_id
       where p.email = 'read@example.org'`,
    );
    expect(kept?.token).toMatch(/^[0-9a-f]{64}$/);
    const thief = plain.browser();
    thief.cookies.set(name, signed(token));
    expect((await me(thief)).status).toBe(200);
    thief.cookies.set(name, signed(String(kept?.token)));
    expect((await me(thief)).status).toBe(401);
    const dump = await rows('select to_jsonb(s) as row from person_session s');
    expect(JSON.stringify(dump)).not.toContain(token);
  });

  it('finds sessions renewed and ended by their digest', async () => {
    const browser = await person('renewed@example.org');
    const of = `person_id = (select id from person where email = 'renewed@example.org')`;
    await rows(
      `update person_session set expires_at = expires_at - interval '2 hours' where ${of}`,
    );
    const before = await rows(`select expires_at from person_session where ${of}`);
    const renewed = await browser.send('GET', '/api/auth/get-session');
    expect(renewed.status).toBe(200);
    expect(await rows(`select expires_at from person_session where ${of}`)).not.toEqual(before);
    expect((await me(browser)).status).toBe(200);
    const other = plain.browser();
    await post(other, 'sign-in/email', { email: 'renewed@example.org', password: PASSWORD });
    const listed = await browser.send('GET', '/api/v1/me/sessions');
    const sessions = listed.body.items as { id: string; current: boolean }[];
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const there = sessions.find(({ current }) => !current);
    const stranger = await person('strange@example.org');
    const at = `/api/v1/me/sessions/${there?.id}`;
    expect((await stranger.send('DELETE', at)).status).toBe(404);
    expect((await me(other)).status).toBe(200);
    expect((await browser.send('DELETE', at)).status).toBe(200);
    expect((await me(other)).status).toBe(401);
    await post(other, 'sign-in/email', { email: 'renewed@example.org', password: PASSWORD });
    const ended = await browser.send('DELETE', '/api/v1/me/sessions');
    expect(ended.body).toEqual({ ended: 1 });
    expect([(await me(other)).status, (await me(browser)).status]).toEqual([401, 200]);
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD} 2` };
    await post(other, 'sign-in/email', { email: 'renewed@example.org', password: PASSWORD });
    await post(browser, 'change-password', { ...change, revokeOtherSessions: true });
    expect([(await me(other)).status, (await me(browser)).status]).toEqual([401, 200]);
  });

  it('gets cookies that no script reads, no other site sends, and https keeps', async () => {
    await person('cookie@example.org', secure);
    const body = { email: 'cookie@example.org', password: PASSWORD };
    const over = async (server: PeopleServer) => {
      const answer = await post(server.browser(), 'sign-in/email', body);
      return String(answer.headers['set-cookie']);
    };
    const https = await over(secure);
    expect(https).toMatch(/^__Secure-parterre\.session_token=/);
    for (const word of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i]) {
      expect(https).toMatch(word);
    }
    expect(https).not.toMatch(/Domain=/i);
    const http = await over(plain);
    expect(http).toMatch(/^parterre\.session_token=.*HttpOnly.*SameSite=Lax/i);
    expect(http).not.toMatch(/Secure/);
  });

  it('finds headers on every answer, and https asked for only where there is https', async () => {
    const paths = ['/api/v1/me', '/api/v1/sign-in', '/api/auth/get-session', '/nowhere'];
    for (const url of paths) {
      const overHttps = (await secure.app.inject({ url })).headers;
      const overHttp = (await plain.app.inject({ url })).headers;
      expect([url, overHttps['strict-transport-security']]).toEqual([url, 'max-age=31536000']);
      expect([url, overHttp['strict-transport-security']]).toEqual([url, undefined]);
      for (const headers of [overHttps, overHttp]) {
        expect(headers['content-security-policy']).toBe(
          `default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'`,
        );
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['x-frame-options']).toBe('DENY');
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    const docs = async (server: PeopleServer) =>
      String((await server.app.inject('/api/v1/docs/')).headers['content-security-policy']);
    expect(await docs(secure)).toMatch(/script-src 'self'.*upgrade-insecure-requests/);
    expect(await docs(plain)).toMatch(/script-src 'self'/);
    expect(await docs(plain)).not.toMatch(/upgrade-insecure-requests|https?:|swagger\.io/);
  });

  it('is kept from trying by address, whatever it says its address is', async () => {
    const at = { login: null, address: '127.0.0.1' };
    for (let n = 0; n <= ADDRESS_RULE.attempts; n += 1) await beginAttempt(plain.services, at);
    const tries: [string, object][] = [
      ['sign-in/email', { email: 'nobody@example.org', password: PASSWORD }],
      ['reset-password', { token: 'guessed', newPassword: PASSWORD }],
      ['two-factor/verify-totp', { code: '123456' }],
      ['two-factor/verify-backup-code', { code: 'abcde-fghij' }],
      ['passkey/sign-in', { response: {} }],
    ];
    const lies = [
      {},
      { 'x-forwarded-for': '192.0.2.9' },
      { 'x-parterre-address': '192.0.2.9' },
      { forwarded: 'for=192.0.2.9' },
    ];
    for (const [path, body] of tries) {
      for (const lie of lies) {
        const answer = await post(secure.browser(), path, body, lie);
        expect([path, lie, answer.status]).toEqual([path, lie, 429]);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
      }
    }
    later += ADDRESS_RULE.lockSeconds * 1_000;
    const [first = ['', {}]] = tries;
    expect((await post(plain.browser(), ...first)).status).toBe(401);
  });

  it('is kept from asking too often, signed in or not', async () => {
    const limits = new RequestLimits(plain.services);
    for (let n = 0; n < REQUESTS.address; n += 1) await limits.take('address', '127.0.0.1');
    const urls = ['/api/auth/get-session', '/api/v1/me'];
    for (const url of urls) {
      const answer = await secure.app.inject({ url });
      expect([url, answer.statusCode]).toEqual([url, 429]);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const elsewhere = { url: '/api/v1/me', remoteAddress: '192.0.2.44' };
    expect((await secure.app.inject(elsewhere)).statusCode).toBe(401);
  });

  /** A person with a telephone: the address that it shows codes for, and the codes on paper. */
  async function withTelephone(email: string) {
    const browser = await person(email);
    const begun = await post(browser, 'two-factor/enable', { password: PASSWORD });
    const address = String(begun.body.totpURI);
    const code = codeOfTelephone(address);
    expect((await post(browser, 'two-factor/verify-totp', { code })).status).toBe(200);
    return { browser, address };
  }

  it('who knows the password cannot try codes for ever', async () => {
    const { address } = await withTelephone('codes@example.org');
    const login = { email: 'codes@example.org', password: PASSWORD };
    const right = Number(codeOfTelephone(address));
    let tried = 0;
    for (let n = 1; n <= 30; n += 1) {
      const browser = plain.browser();
      if ((await post(browser, 'sign-in/email', login)).status === 429) break;
      const code = String((right + n * 7_919) % 1_000_000).padStart(6, '0');
      const answer = await post(browser, 'two-factor/verify-totp', { code });
      if (answer.status === 429) break;
      tried += 1;
    }
    expect(tried).toBeLessThanOrEqual(10);
    const listed = await rows(
      `select distinct action from journal where subject = 'person codes@example.org'
       and author = 'sign-in' order by action`,
    );
    expect(listed.map(({ action }) => action)).toContain('person.sign_in_failed');
  });

  it('who saw a code over a shoulder cannot use it, nor trust a machine with it', async () => {
    const { address } = await withTelephone('seen@example.org');
    const login = { email: 'seen@example.org', password: PASSWORD };
    const code = codeOfTelephone(address);
    const first = plain.browser();
    await post(first, 'sign-in/email', login);
    const body = { code, trustDevice: true };
    const opened = await post(first, 'two-factor/verify-totp', body);
    expect(opened.status).toBe(200);
    expect(String(opened.headers['set-cookie'])).not.toContain('trust_device');
    const second = plain.browser();
    await post(second, 'sign-in/email', login);
    const again = await post(second, 'two-factor/verify-totp', { code });
    expect([again.status, again.body.code]).toEqual([401, 'sign_in.invalid_code']);
    expect((await me(second)).status).toBe(401);
    // The machine that was asked to be trusted owes the second factor as any other.
    first.cookies.delete('parterre.session_token');
    const back = await post(first, 'sign-in/email', login);
    expect(back.body).toMatchObject({ twoFactorRedirect: true });
  });

  it('is led to no other site after signing in', async () => {
    for (const callbackURL of ['https://evil.test/', '//evil.test', 'javascript:alert(1)']) {
      const answer = await post(plain.browser(), 'sign-in/social', {
        provider: 'directory',
        callbackURL,
      });
      expect([callbackURL, answer.status >= 400]).toEqual([callbackURL, true]);
    }
    const login = { email: 'nobody@example.org', password: PASSWORD };
    const more = { callbackURL: 'https://evil.test/' };
    const answer = await post(plain.browser(), 'sign-in/email', { ...login, ...more });
    expect(answer.headers.location).toBeUndefined();
  });

  it('cannot rewrite the journal, not even as the role that owns it', async () => {
    await person('written@example.org');
    for (const sql of [
      `update journal set author = 'nobody'`,
      'delete from journal',
      'truncate journal',
    ]) {
      await expect(rows(sql)).rejects.toThrow(/only ever appended|permission denied/);
      await expect(
        test.database.transaction(organisationId, (tx) => tx.execute(sql)),
      ).rejects.toThrow(/permission denied|must be owner/);
    }
    const [left] = await rows(
      `select count(*)::int as left from journal where subject = 'person written@example.org'`,
    );
    expect(left?.left).toBe(3);
  });

  it('sees a lock begin once in the journal, and an administrator end it', async () => {
    await person('locked@example.org');
    const login = { email: 'locked@example.org', password: 'wrong horse battery' };
    await Promise.all(
      Array.from({ length: 14 }, (_, at) =>
        post((at % 2 === 0 ? plain : secure).browser(), 'sign-in/email', login),
      ),
    );
    const noted = await rows(
      `select action, count(*)::int as times from journal
       where subject = 'person locked@example.org' and author = 'sign-in'
       group by action order by action`,
    );
    expect(noted).toEqual([
      { action: 'person.locked', times: 1 },
      { action: 'person.sign_in_failed', times: 10 },
    ]);
    const office = await person('office@example.org');
    await rows(`update membership set role = 'administrator' where person_id =
                (select id from person where email = 'office@example.org')`);
    const people = await office.send('GET', '/api/v1/people');
    const locked = (people.body.items as { id: string; email: string; lockedUntil: string }[]).find(
      ({ email }) => email === login.email,
    );
    expect(Date.parse(locked?.lockedUntil ?? '')).toBeGreaterThan(clock().getTime());
    const at = `/api/v1/people/${locked?.id}/unlock`;
    expect((await office.send('POST', at, {})).body).toEqual({ changed: true });
    const right = { email: login.email, password: PASSWORD };
    expect((await post(plain.browser(), 'sign-in/email', right)).status).toBe(200);
    expect((await office.send('POST', at, {})).body).toEqual({ changed: false });
  });

  it('meets nobody who may not act, and one administrator at least who may', async () => {
    const office = await person('chief@example.org');
    await rows(`update membership set role = case when person_id =
      (select id from person where email = 'chief@example.org') then 'administrator'
      else 'manager' end`);
    const people = async () =>
      (await office.send('GET', '/api/v1/people')).body.items as Record<string, string>[];
    const of = async (email: string) => (await people()).find((one) => one.email === email) ?? {};
    const chief = await of('chief@example.org');
    const last = await office.send('POST', `/api/v1/people/${chief.id}/deactivate`, {});
    expect([last.status, last.body.code]).toEqual([422, 'people.last_administrator']);
    const desk = await person('desk@example.org');
    const { id, etag = '' } = await of('desk@example.org');
    const at = `/api/v1/people/${id}`;
    const done = await office.send('POST', `${at}/deactivate`, { reason: 'On leave' });
    expect(done.body).toEqual({ changed: true });
    expect((await me(desk)).status).toBe(401);
    const login = { email: 'desk@example.org', password: PASSWORD };
    const refused = await post(plain.browser(), 'sign-in/email', login);
    expect([refused.status, refused.body.code]).toEqual([403, 'sign_in.person_deactivated']);
    // Whoever read the person before does not overwrite what was done since.
    const stale = { 'if-match': etag };
    const role = await office.send('PUT', `${at}/role`, { role: 'auditor' }, stale);
    expect([role.status, role.body.code]).toEqual([412, 'etag.changed']);
    const fresh = await office.send('GET', at);
    const match = { 'if-match': String(fresh.headers.etag) };
    expect((await office.send('PUT', `${at}/role`, { role: 'auditor' }, match)).status).toBe(200);
    expect((await office.send('POST', `${at}/activate`, {})).body).toEqual({ changed: true });
    expect((await post(plain.browser(), 'sign-in/email', login)).status).toBe(200);
  });

  it('sees of a person only what is theirs, changed by one at a time', async () => {
    const browser = await person('profile@example.org');
    const mine = await me(browser);
    expect(mine.body).toMatchObject({
      person: { email: 'profile@example.org', name: 'Ada', language: null, totp: false },
      organisations: [{ role: 'manager', current: true }],
    });
    const match = { 'if-match': String(mine.headers.etag) };
    const change = (body: object) => browser.send('PATCH', '/api/v1/me', body, match);
    const changed = await change({ name: 'Ada L.', language: 'fr' });
    expect(changed.body).toMatchObject({ name: 'Ada L.', language: 'fr' });
    expect((await change({ name: 'Late' })).status).toBe(412);
    expect((await browser.send('PATCH', '/api/v1/me', { name: ' ' })).status).toBe(422);
    expect((await browser.send('PATCH', '/api/v1/me', { email: 'x@y.zz' })).status).toBe(422);
    const [noted] = await rows(
      `select before, after from journal where action = 'person.profile'
       and subject = 'person profile@example.org'`,
    );
    expect(noted).toEqual({
      before: { name: 'Ada', language: null },
      after: { name: 'Ada L.', language: 'fr' },
    });
    const ways = await plain.browser().send('GET', '/api/v1/sign-in');
    expect(ways.body).toMatchObject({ directory: false, passkeys: false });
    expect((await browser.send('GET', '/api/v1/sign-in/settings')).status).toBe(403);
    expect(PUBLIC_URL.startsWith('http:')).toBe(true);
  });
});
