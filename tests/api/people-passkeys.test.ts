import { afterAll, beforeAll, expect, it } from 'vitest';
import { deactivatePerson } from '../../src/exchange/people/activity.ts';
import { addPerson, resetPerson } from '../../src/exchange/people/change-people.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import type { Answer, Browser, PeopleServer } from '../support/people-server.ts';
import { codeOfTelephone, openPeopleServer } from '../support/people-server.ts';
import type { Lies, Options } from '../support/soft-authenticator.ts';
import { SoftAuthenticator } from '../support/soft-authenticator.ts';

const URL_OF_HOUSE = 'https://tickets.example.org';
const PASSWORD = 'correct horse battery';

describeEachDatabase('passkeys', (open) => {
  let test: TestDatabase;
  let one: PeopleServer;
  let two: PeopleServer;
  let organisationId: number;
  let later = 0;
  const clock = (): Date => new Date(Date.now() + later);

  beforeAll(async () => {
    test = await open();
    organisationId = (await seedHouse(test.database, smallHouse({}))).organisationId;
    one = await openPeopleServer(test.database, clock, null, URL_OF_HOUSE);
    two = await openPeopleServer(await test.openAgain(), clock, null, URL_OF_HOUSE);
  });
  afterAll(async () => {
    await one?.close();
    await two?.close();
  });

  const request = () => ({ organisationId, author: 'console' });
  const post = (browser: Browser, path: string, body: object = {}): Promise<Answer> =>
    browser.send('POST', `/api/auth/${path}`, body);
  const me = (browser: Browser) => browser.send('GET', '/api/v1/me');
  const rows = (sql: string) =>
    test.database.administration((tx) => tx.query<Record<string, unknown>>(sql));

  /** A person with a password, signed in. */
  async function person(email: string): Promise<Browser> {
    const asked = { ...request(), email, name: 'Ada', role: 'administrator' as const };
    const added = await addPerson(one.services, asked);
    if (added.outcome !== 'done' || added.link === null) throw new Error(JSON.stringify(added));
    const browser = one.browser();
    const { token } = added.link;
    expect((await post(browser, 'reset-password', { token, newPassword: PASSWORD })).status).toBe(
      200,
    );
    expect((await post(browser, 'sign-in/email', { email, password: PASSWORD })).status).toBe(200);
    return browser;
  }

  async function options(browser: Browser, path: string, body: object = {}): Promise<Options> {
    const asked = await post(browser, path, body);
    expect([path, asked.status]).toEqual([path, 200]);
    return asked.body.options as Options;
  }

  async function register(browser: Browser, lies: Lies = {}, name = 'Telephone') {
    const device = new SoftAuthenticator(URL_OF_HOUSE);
    const asked = await options(browser, 'passkey/register-options');
    const response = device.create(asked, lies);
    return {
      device,
      response,
      answer: await post(browser, 'passkey/register', { name, response }),
    };
  }

  async function withPasskey(email: string) {
    const browser = await person(email);
    const { device, answer } = await register(browser);
    expect(answer.status).toBe(200);
    return { browser, device };
  }

  async function signIn(browser: Browser, device: SoftAuthenticator, lies: Lies = {}) {
    const asked = await options(browser, 'passkey/sign-in-options');
    const response = device.get(asked, lies);
    return { response, answer: await post(browser, 'passkey/sign-in', { response }) };
  }

  it('sign in with no word of who it is, as both factors; the session is like any', async () => {
    const { device } = await withPasskey('ada@example.org');
    const browser = two.browser();
    const asked = await options(browser, 'passkey/sign-in-options');
    expect(asked).toMatchObject({
      rpId: 'tickets.example.org',
      userVerification: 'required',
      allowCredentials: [],
    });
    const response = device.get(asked);
    const signed = await post(browser, 'passkey/sign-in', { response });
    expect(signed.body).toEqual({
      user: { id: expect.any(String), email: 'ada@example.org', name: 'Ada' },
    });
    const cookie = String(signed.headers['set-cookie']);
    expect(cookie).toMatch(/^__Secure-parterre\.session_token=[^;]+;.*Secure/i);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect((await me(browser)).body).toMatchObject({ author: 'ada@example.org' });
    await post(browser, 'sign-out');
    expect((await me(browser)).status).toBe(401);
  });

  it('ask an authenticator for a key that finds its person and looks at them', async () => {
    const browser = await person('asked@example.org');
    const asked = await options(browser, 'passkey/register-options');
    expect(asked).toMatchObject({
      rp: { id: 'tickets.example.org', name: 'Parterre' },
      user: { name: 'asked@example.org', displayName: 'Ada' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      timeout: 300_000,
    });
    expect(Buffer.from(asked.challenge, 'base64url').length).toBeGreaterThanOrEqual(32);
  });

  const liars: [string, Lies][] = [
    ['another page', { origin: 'https://tickets.example.org.evil.test' }],
    ['the page over plain HTTP', { origin: 'http://tickets.example.org' }],
    ['another site', { rpId: 'evil.test' }],
    ['a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['nobody at the authenticator', { verified: false }],
  ];

  it('refuse to keep what another page, or nobody, made', async () => {
    const browser = await person('made@example.org');
    const lies: [string, Lies][] = [
      ...liars,
      ['an answer to another question', { type: 'webauthn.get' }],
      ['an attestation nobody asked for', { format: 'packed' }],
      ['an unknown attestation', { format: 'mine' }],
    ];
    for (const [what, lie] of lies) {
      const { answer } = await register(browser, lie);
      expect([what, answer.status, answer.body.code]).toEqual([
        what,
        400,
        'sign_in.passkey_refused',
      ]);
    }
    const name = await register(browser, {}, ' ');
    expect(name.answer.body.code).toBe('sign_in.passkey_name_invalid');
    expect((await me(browser)).status).toBe(200);
    expect(await rows('select 1 from passkey where name = $$ $$')).toEqual([]);
  });

  it('refuse to open for another page, nobody, another key or another person', async () => {
    const { device } = await withPasskey('liar@example.org');
    const lies: [string, Lies][] = [
      ...liars,
      ['an answer to another question', { type: 'webauthn.create' }],
      ['another key', { forged: true }],
      ['another person’s handle', { userHandle: 'c29tZWJvZHkgZWxzZQ' }],
    ];
    for (const [what, lie] of lies) {
      const browser = one.browser();
      const { answer } = await signIn(browser, device, lie);
      expect([what, answer.status, answer.body.code]).toEqual([
        what,
        401,
        'sign_in.passkey_refused',
      ]);
      expect((await me(browser)).status).toBe(401);
    }
    expect((await signIn(one.browser(), device)).answer.status).toBe(200);
  });

  it('take each challenge once, also of two servers at once, and for five minutes', async () => {
    const { device } = await withPasskey('once@example.org');
    const asked = await options(one.browser(), 'passkey/sign-in-options');
    const response = device.get(asked);
    const both = await Promise.all(
      [one, two].map((server) => post(server.browser(), 'passkey/sign-in', { response })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const again = device.get(asked);
    expect((await post(one.browser(), 'passkey/sign-in', { response: again })).status).toBe(401);
    const late = await options(one.browser(), 'passkey/sign-in-options');
    later += 5 * 60_000;
    const tooLate = device.get(late);
    expect((await post(one.browser(), 'passkey/sign-in', { response: tooLate })).status).toBe(401);
    expect((await signIn(one.browser(), device)).answer.status).toBe(200);
    // A refused answer has used its challenge up: nobody tries twice on one.
    const tried = await options(one.browser(), 'passkey/sign-in-options');
    const bad = device.get(tried, { forged: true });
    await post(one.browser(), 'passkey/sign-in', { response: bad });
    const good = device.get(tried);
    expect((await post(one.browser(), 'passkey/sign-in', { response: good })).status).toBe(401);
    // Nor is a challenge for making a passkey one for signing in.
    const browser = await person('mixed@example.org');
    const made = await options(browser, 'passkey/register-options');
    const mixed = device.get(made);
    expect((await post(one.browser(), 'passkey/sign-in', { response: mixed })).status).toBe(401);
  });

  it('refuse a counter that goes back, or stays: somebody has a copy', async () => {
    const { device } = await withPasskey('counter@example.org');
    const counted = async (counter: number) =>
      (await signIn(one.browser(), device, { counter })).answer.status;
    expect(await counted(7)).toBe(200);
    expect(await counted(7)).toBe(401);
    expect(await counted(6)).toBe(401);
    expect(await counted(0)).toBe(401);
    expect(await counted(8)).toBe(200);
  });

  it('of telephones that do not count open again and again', async () => {
    const { device } = await withPasskey('uncounted@example.org');
    for (let round = 0; round < 3; round += 1) {
      expect((await signIn(one.browser(), device, { counter: 0 })).answer.status).toBe(200);
    }
  });

  it('are the second factor after a password, and only their own person’s', async () => {
    const { device } = await withPasskey('second@example.org');
    const other = await withPasskey('other@example.org');
    const login = { email: 'second@example.org', password: PASSWORD };
    const browser = one.browser();
    const half = await post(browser, 'sign-in/email', login);
    expect(half.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['passkey'] });
    expect((await me(browser)).status).toBe(401);
    const asked = await options(browser, 'passkey/sign-in-options');
    expect(asked.allowCredentials).toMatchObject([{ id: device.id }]);
    const foreign = other.device.get(asked);
    expect((await post(browser, 'passkey/sign-in', { response: foreign })).status).toBe(401);
    const { answer } = await signIn(browser, device);
    expect(answer.status).toBe(200);
    expect((await me(browser)).body).toMatchObject({ author: 'second@example.org' });
    // Nor is what was asked for signing in an answer to making a passkey.
    const asking = one.browser();
    await post(asking, 'sign-in/email', login);
    const forSignIn = await options(asking, 'passkey/sign-in-options');
    const made = new SoftAuthenticator(URL_OF_HOUSE).create({
      ...forSignIn,
      rp: { id: 'tickets.example.org' },
    });
    const kept = await post(browser, 'passkey/register', { name: 'x', response: made });
    expect(kept.status).toBe(400);
    // A question to everybody is no answer to who has given a password.
    const halfAgain = one.browser();
    const open = await options(one.browser(), 'passkey/sign-in-options');
    await post(halfAgain, 'sign-in/email', login);
    const loose = device.get(open);
    expect((await post(halfAgain, 'passkey/sign-in', { response: loose })).status).toBe(401);
  });

  it('stand beside the code of the telephone, each for itself', async () => {
    const { browser, device } = await withPasskey('beside@example.org');
    const login = { email: 'beside@example.org', password: PASSWORD };
    const begun = await post(browser, 'two-factor/enable', { password: PASSWORD });
    const code = codeOfTelephone(String(begun.body.totpURI));
    expect((await post(browser, 'two-factor/verify-totp', { code })).status).toBe(200);
    const half = await post(one.browser(), 'sign-in/email', login);
    expect(half.body.twoFactorMethods).toEqual(['passkey', 'totp']);
    expect((await post(browser, 'two-factor/disable', { password: PASSWORD })).status).toBe(200);
    const still = await post(one.browser(), 'sign-in/email', login);
    expect(still.body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['passkey'] });
    expect((await signIn(one.browser(), device)).answer.status).toBe(200);
  });

  it('open nothing once removed, and then the password is enough again', async () => {
    const { browser, device } = await withPasskey('removed@example.org');
    const listed = await browser.send('GET', '/api/v1/me/passkeys');
    const [passkey] = listed.body.items as { id: string; name: string }[];
    expect(passkey).toMatchObject({ name: 'Telephone' });
    const before = await options(one.browser(), 'passkey/sign-in-options');
    const stranger = await person('stranger@example.org');
    const at = `/api/v1/me/passkeys/${passkey?.id}`;
    expect((await stranger.send('DELETE', at)).status).toBe(404);
    expect((await stranger.send('PATCH', at, { name: 'Mine' })).status).toBe(404);
    expect((await browser.send('DELETE', at)).status).toBe(200);
    expect((await browser.send('DELETE', at)).status).toBe(404);
    const response = device.get(before);
    expect((await post(one.browser(), 'passkey/sign-in', { response })).status).toBe(401);
    const login = { email: 'removed@example.org', password: PASSWORD };
    const whole = await post(one.browser(), 'sign-in/email', login);
    expect(whole.body).not.toHaveProperty('twoFactorRedirect');
  });

  it('open nothing for who is locked out or deactivated', async () => {
    const { device } = await withPasskey('locked@example.org');
    const login = { email: 'locked@example.org', password: 'wrong horse battery' };
    for (let at = 0; at < 11; at += 1) await post(one.browser(), 'sign-in/email', login);
    const { answer } = await signIn(two.browser(), device);
    expect([answer.status, answer.body.code]).toEqual([429, 'request.too_many']);
    const gone = await withPasskey('gone@example.org');
    const who = { email: 'gone@example.org' };
    await deactivatePerson(one.services, { ...request(), who });
    expect((await me(gone.browser)).status).toBe(401);
    const refused = await signIn(one.browser(), gone.device);
    expect([refused.answer.status, refused.answer.body.code]).toEqual([
      403,
      'sign_in.person_deactivated',
    ]);
  });

  it('go with the second factor when a person is reset', async () => {
    const { device } = await withPasskey('reset@example.org');
    const who = { email: 'reset@example.org' };
    const kept = await resetPerson(one.services, { ...request(), who });
    expect(kept).toMatchObject({ twoFactorRemoved: false });
    expect((await signIn(one.browser(), device)).answer.status).toBe(200);
    const taken = await resetPerson(one.services, { ...request(), who, twoFactor: true });
    expect(taken).toMatchObject({ twoFactorRemoved: true });
    expect((await signIn(one.browser(), device)).answer.status).toBe(401);
  });

  it('are not added with a session’s cookie alone, some time after the sign-in', async () => {
    const browser = await person('stolen@example.org');
    await rows(`update person_session set created_at = created_at - interval '11 minutes'
                where person_id = (select id from person where email = 'stolen@example.org')`);
    const stale = await post(browser, 'passkey/register-options');
    expect([stale.status, stale.body.code]).toEqual([403, 'sign_in.session_not_fresh']);
    const wrong = await post(browser, 'passkey/register-options', { password: 'wrong horse 123' });
    expect(wrong.status).toBe(400);
    const right = await post(browser, 'passkey/register-options', { password: PASSWORD });
    expect(right.status).toBe(200);
    const nobody = await post(one.browser(), 'passkey/register-options');
    expect(nobody.status).toBe(401);
    // What one person was asked another cannot answer.
    const thief = await person('thief@example.org');
    const device = new SoftAuthenticator(URL_OF_HOUSE);
    const response = device.create(right.body.options as Options);
    const taken = await post(thief, 'passkey/register', { name: 'x', response });
    expect(taken.status).toBe(400);
  });

  it('belong to one person: a credential that is known is not kept again', async () => {
    const { device } = await withPasskey('first@example.org');
    const browser = await person('again@example.org');
    const asked = await options(browser, 'passkey/register-options');
    const response = device.create(asked);
    const again = await post(browser, 'passkey/register', { name: 'Copy', response });
    expect([again.status, again.body.code]).toEqual([400, 'sign_in.passkey_refused']);
  });

  it('leave their story in the journal, and no key in it', async () => {
    const { browser, device } = await withPasskey('story@example.org');
    await signIn(one.browser(), device, { forged: true });
    await signIn(one.browser(), device);
    const listed = await browser.send('GET', '/api/v1/me/passkeys');
    const [passkey] = listed.body.items as { id: string }[];
    const at = `/api/v1/me/passkeys/${passkey?.id}`;
    expect((await browser.send('PATCH', at, { name: 'Key of the desk' })).status).toBe(200);
    await browser.send('DELETE', at);
    const told = await rows(
      `select author, action, before, after from journal
       where subject = 'person story@example.org' order by id`,
    );
    const by = 'story@example.org';
    const address = '127.0.0.1';
    const visit = { way: 'passkey', address };
    expect(told.slice(3)).toEqual([
      {
        author: by,
        action: 'person.passkey_added',
        before: null,
        after: { name: 'Telephone', synced: true },
      },
      {
        author: 'sign-in',
        action: 'person.sign_in_failed',
        before: null,
        after: { ...visit, code: 'sign_in.passkey_refused' },
      },
      { author: by, action: 'person.signed_in', before: null, after: visit },
      {
        author: by,
        action: 'person.passkey_renamed',
        before: { name: 'Telephone' },
        after: { name: 'Key of the desk' },
      },
      {
        author: by,
        action: 'person.passkey_removed',
        before: { name: 'Key of the desk', synced: true },
        after: null,
      },
    ]);
    expect(JSON.stringify(told)).not.toContain(device.id);
  });
});
