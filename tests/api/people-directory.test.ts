import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson } from '../../src/exchange/people/change-people.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import type { DirectoryServer } from '../support/directory-server.ts';
import { startDirectory } from '../support/directory-server.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import type { Browser, PeopleServer } from '../support/people-server.ts';
import { openPeopleServer } from '../support/people-server.ts';

describeEachDatabase('signing in with a directory', (open) => {
  let test: TestDatabase;
  let server: PeopleServer;
  let directory: DirectoryServer;

  beforeAll(async () => {
    test = await open();
    const { organisationId } = await seedHouse(test.database, smallHouse({}));
    directory = await startDirectory('parterre');
    server = await openPeopleServer(test.database, undefined, {
      discoveryUrl: `${directory.url}/.well-known/openid-configuration`,
      clientId: 'parterre',
      clientSecret: 'secret of the test',
    });
    const person = { email: 'ada@example.org', name: 'Ada', role: 'manager' as const };
    await addPerson(server.services, { organisationId, author: 'console', ...person });
  });
  afterAll(async () => {
    await server?.close();
    await directory?.stop();
  });

  /** To the directory and back, as this person; `nonce` is what the directory repeats. */
  async function visit(browser: Browser, email: string, more: object = {}) {
    const begun = await browser.send('POST', '/api/auth/sign-in/social', {
      provider: 'directory',
      callbackURL: '/',
      errorCallbackURL: '/sign-in',
      requestSignUp: true,
    });
    expect(begun.status).toBe(200);
    const there = new URL(String(begun.body.url));
    expect(there.origin).toBe(directory.url);
    expect(there.searchParams.get('code_challenge_method')).toBe('S256');
    const nonce = there.searchParams.get('nonce') ?? undefined;
    const code = directory.codeFor({ sub: `sub ${email}`, email, name: email, nonce, ...more });
    const state = encodeURIComponent(there.searchParams.get('state') ?? '');
    const path = `/api/auth/callback/directory?code=${encodeURIComponent(code)}&state=${state}`;
    return { back: await browser.send('GET', path), path };
  }
  const me = (browser: Browser) => browser.send('GET', '/api/v1/me');

  it('lets in whom the house knows, once per visit', async () => {
    const browser = server.browser();
    const { back, path } = await visit(browser, 'ada@example.org');
    expect([back.status, back.headers.location]).toEqual([302, '/']);
    expect((await me(browser)).body).toMatchObject({ author: 'ada@example.org', role: 'manager' });
    const thief = server.browser();
    await thief.send('GET', path);
    expect((await me(thief)).status).toBe(401);
  });

  it('brings in nobody, and believes no other answer than the one to its question', async () => {
    const persons = () =>
      test.database.administration((tx) => tx.query('select email from person order by email'));
    const before = await persons();
    const visits: [string, object][] = [
      ['stranger@example.org', { email_verified: true }],
      ['ada@example.org', { nonce: 'of another visit' }],
      ['ada@example.org', { aud: 'another client' }],
      ['ada@example.org', { iss: 'https://evil.test' }],
      ['ada@example.org', { exp: 1_000_000_000 }],
    ];
    for (const [email, more] of visits) {
      const browser = server.browser();
      const { back } = await visit(browser, email, more);
      expect([more, back.status < 400 ? back.headers.location : '']).not.toEqual([more, '/']);
      expect([more, (await me(browser)).status]).toEqual([more, 401]);
    }
    directory.forge();
    const browser = server.browser();
    await visit(browser, 'ada@example.org');
    expect((await me(browser)).status).toBe(401);
    expect(await persons()).toEqual(before);
  });
});
