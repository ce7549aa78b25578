import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '../../src/domain/people/role.ts';
import { addPerson, removePerson, resetPerson } from '../../src/exchange/people/change-people.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import type { Browser, PeopleServer } from '../support/people-server.ts';
import { codeOfTelephone, openPeopleServer, PUBLIC_URL } from '../support/people-server.ts';

const PASSWORD = 'correct horse battery';
const WRONG = 'wrong horse battery';

describeEachDatabase('signing in', (open) => {
  let test: TestDatabase;
  let one: PeopleServer;
  let two: PeopleServer;
  let organisationId: number;

  beforeAll(async () => {
    test = await open();
    organisationId = (await seedHouse(test.database, smallHouse({}))).organisationId;
    one = await openPeopleServer(test.database);
    two = await openPeopleServer(await test.openAgain());
  });
  afterAll(async () => {
    await one?.close();
    await two?.close();
  });

  const request = () => ({ organisationId, author: 'console' });

  async function add(email: string, role: Role = 'manager'): Promise<string> {
    const added = await addPerson(one.services, { ...request(), email, name: 'Ada', role });
    if (added.outcome !== 'done' || added.link === null) throw new Error(JSON.stringify(added));
    return added.link.token;
  }

  async function person(email: string, role?: Role): Promise<Browser> {
    const token = await add(email, role);
    const browser = one.browser();
    const set = await browser.send('POST', '/api/auth/reset-password', {
      token,
      newPassword: PASSWORD,
    });
    expect(set.status).toBe(200);
    return browser;
  }

  const signIn = (browser: Browser, email: string, password = PASSWORD) =>
    browser.send('POST', '/api/auth/sign-in/email', { email, password });
  const me = (browser: Browser) => browser.send('GET', '/api/v1/me');

  it('takes the right password, keeps the session in a cookie only, and signs out', async () => {
    const browser = await person('right@example.org', 'box_office');
    expect((await me(browser)).status).toBe(401);
    const signed = await signIn(browser, 'Right@Example.org');
    expect(signed.status).toBe(200);
    expect(signed.body).not.toHaveProperty('token');
    const cookie = String(signed.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const known = await me(browser);
    expect(known.body).toMatchObject({ author: 'right@example.org', role: 'box_office' });
    expect(known.body.actions).not.toContain('people.write');
    const [noted] = await rows(test, `select ip_address from person_session`);
    expect(noted).toEqual({ ip_address: '127.0.0.1' });
    const session = await browser.send('GET', '/api/auth/get-session');
    expect(session.body).toMatchObject({ user: { email: 'right@example.org' } });
    const token = decodeURIComponent(browser.cookies.get('parterre.session_token') ?? 'x');
    expect(JSON.stringify(session.body)).not.toContain(token.split('.')[0]);
    expect((await browser.send('GET', '/api/v1/people')).status).toBe(403);
    const kept = new Map(browser.cookies);
    expect((await browser.send('POST', '/api/auth/sign-out')).status).toBe(200);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await me(browser)).status).toBe(401);
  });

  it('answers a wrong password and an unknown person with the same words', async () => {
    await person('known@example.org');
    const wrong = await signIn(one.browser(), 'known@example.org', WRONG);
    const unknown = await signIn(one.browser(), 'nobody@example.org', WRONG);
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('sign_in.invalid_email_or_password');
    const { requestId: first, ...said } = wrong.body;
    const { requestId: second, ...saidToo } = unknown.body;
    expect(first).not.toBe(second);
    expect(unknown.status).toBe(401);
    expect(saidToo).toEqual(said);
  });

  it('has no door for signing up, deleting, or asking for a link', async () => {
    for (const path of ['sign-up/email', 'request-password-reset', 'delete-user', 'update-user']) {
      const body = { email: 'x@example.org', password: PASSWORD, name: 'X' };
      const answer = await one.browser().send('POST', `/api/auth/${path}`, body);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('locks a login after ten failures on two servers together, whoever it is', async () => {
    await person('locked@example.org');
    for (const email of ['locked@example.org', 'never-was@example.org']) {
      const tries = Array.from({ length: 14 }, (_, at) =>
        signIn((at % 2 === 0 ? one : two).browser(), email, WRONG),
      );
      const codes = (await Promise.all(tries)).map((answer) => answer.status).sort();
      expect(codes).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    }
    const right = await signIn(two.browser(), 'locked@example.org');
    expect(right.status).toBe(429);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('forgets the failures of a login that got in', async () => {
    const browser = await person('clumsy@example.org');
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 6; at += 1) await signIn(one.browser(), 'clumsy@example.org', WRONG);
      expect((await signIn(browser, 'clumsy@example.org')).status).toBe(200);
    }
  });

  it('takes a link once', async () => {
    const token = await add('once@example.org');
    const set = (newPassword: string) =>
      one.browser().send('POST', '/api/auth/reset-password', { token, newPassword });
    expect((await set('short')).status).toBe(400);
    const both = await Promise.all([set(PASSWORD), set(`${PASSWORD} too`)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 400]);
    expect((await set(PASSWORD)).status).toBe(400);
  });

  it('asks for the code of the telephone, and takes each backup code once', async () => {
    const browser = await person('telephone@example.org');
    await signIn(browser, 'telephone@example.org');
    const begun = await browser.send('POST', '/api/auth/two-factor/enable', { password: PASSWORD });
    expect(begun.status).toBe(200);
    const address = String(begun.body.totpURI);
    const code = () => ({ code: codeOfTelephone(address) });
    const confirmed = await browser.send('POST', '/api/auth/two-factor/verify-totp', code());
    expect(confirmed.status).toBe(200);
    const other = one.browser();
    const half = await signIn(other, 'telephone@example.org');
    expect(half.body).toMatchObject({ twoFactorRedirect: true });
    expect((await me(other)).status).toBe(401);
    const wrong = String((Number(code().code) + 500_000) % 1_000_000).padStart(6, '0');
    const bad = await other.send('POST', '/api/auth/two-factor/verify-totp', { code: wrong });
    expect(bad.status).toBe(401);
    expect((await other.send('POST', '/api/auth/two-factor/verify-totp', code())).status).toBe(200);
    expect((await me(other)).status).toBe(200);
    const [backup] = begun.body.backupCodes as string[];
    for (const expected of [200, 401]) {
      const third = one.browser();
      await signIn(third, 'telephone@example.org');
      const path = '/api/auth/two-factor/verify-backup-code';
      expect((await third.send('POST', path, { code: backup })).status).toBe(expected);
    }
    const journal = await rows(
      test,
      `select author, action, after->>'way' as way from journal
       where subject = 'person telephone@example.org' order by id`,
    );
    expect(journal.map(({ author, action, way }) => [author, action, way])).toEqual([
      ['console', 'person.added', null],
      ['telephone@example.org', 'person.password', null],
      ['telephone@example.org', 'person.signed_in', 'password'],
      ['telephone@example.org', 'person.two_factor_on', null],
      ['sign-in', 'person.sign_in_failed', 'code'],
      ['telephone@example.org', 'person.signed_in', 'code'],
      ['telephone@example.org', 'person.signed_in', 'backup_code'],
      ['sign-in', 'person.sign_in_failed', 'backup_code'],
    ]);
  });

  it('ends a session with the reset and with the removal of its person', async () => {
    const browser = await person('leaver@example.org');
    await signIn(browser, 'leaver@example.org');
    const who = { email: 'leaver@example.org' };
    const reset = await resetPerson(two.services, { ...request(), who });
    if (reset.outcome !== 'done') throw new Error(reset.code);
    expect((await me(browser)).status).toBe(401);
    expect((await signIn(one.browser(), who.email)).status).toBe(401);
    const { token } = reset.link;
    await browser.send('POST', '/api/auth/reset-password', { token, newPassword: PASSWORD });
    await signIn(browser, who.email);
    expect((await me(browser)).status).toBe(200);
    await removePerson(two.services, { ...request(), who });
    expect((await me(browser)).status).toBe(401);
  });

  it('lets no other site’s page act with a cookie', async () => {
    const browser = await person('target@example.org', 'administrator');
    await signIn(browser, 'target@example.org');
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const key = (headers: Record<string, string>) =>
      one.app.inject({
        method: 'POST',
        url: '/api/v1/keys',
        headers: { cookie, ...headers },
        payload: { name: JSON.stringify(headers), role: 'auditor' },
      });
    const foreign = [
      { origin: 'http://evil.test' },
      { origin: 'null' },
      { origin: 'https://tickets.test' },
      { origin: 'http://tickets.test.evil.test' },
      { origin: 'http://evil.test', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ] as Record<string, string>[];
    for (const headers of foreign) {
      const answer = await key(headers);
      expect([headers, answer.statusCode]).toEqual([headers, 403]);
      expect(answer.json().code).toBe('request.origin');
    }
    expect((await key({ origin: PUBLIC_URL })).statusCode).toBe(200);
    expect((await key({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    const out = await one.app.inject({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { cookie, origin: 'http://evil.test' },
    });
    expect(out.statusCode).toBe(403);
    expect((await me(browser)).status).toBe(200);
  });

  it('keeps passwords, links and sessions out of log and journal, and hashes them', async () => {
    const token = await add('secret@example.org');
    const browser = one.browser();
    const link = { token, newPassword: PASSWORD };
    await browser.send('POST', '/api/auth/reset-password', link);
    await signIn(browser, 'secret@example.org');
    await signIn(browser, 'secret@example.org', WRONG);
    const session = decodeURIComponent(browser.cookies.get('parterre.session_token') ?? '');
    const journal = await rows(test, 'select * from journal');
    const texts = [JSON.stringify(journal), one.log.join('\n'), two.log.join('\n')].join('\n');
    expect(journal.length).toBeGreaterThan(5);
    for (const secret of [PASSWORD, WRONG, token, session.split('.')[0] ?? '']) {
      expect(secret.length).toBeGreaterThan(10);
      expect(texts.includes(secret), secret).toBe(false);
    }
    const accounts = await rows(test, 'select password from person_account');
    expect(JSON.stringify(accounts)).not.toContain(PASSWORD);
    const links = await rows(test, 'select identifier from person_verification');
    expect(JSON.stringify(links)).not.toContain('reset-password');
  });
});

function rows(test: TestDatabase, sql: string): Promise<Record<string, unknown>[]> {
  return test.database.administration((tx) => tx.query<Record<string, unknown>>(sql));
}
