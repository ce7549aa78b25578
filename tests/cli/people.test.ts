import { beforeAll, expect, it } from 'vitest';
import { createIo } from '../../src/main/cli/command.ts';
import { command as keys } from '../../src/main/cli/keys.ts';
import { command as people } from '../../src/main/cli/people.ts';
import { readerOf } from '../../src/main/cli/reader.ts';
import { createHousePeople, greetFirstAdministrators } from '../../src/main/house-people.ts';
import type { House } from '../../src/main/services.ts';
import { readOrganisation } from '../../src/store/interface-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { createTestServices } from '../support/exchange-services.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

const NOW = '2026-11-24T10:00:00.000Z';
const ENV = {
  PARTERRE_URL: 'https://tickets.example.org',
  PARTERRE_SECRET: 'a secret of the test',
};

describeEachDatabase('parterre people and keys', (open) => {
  let test: TestDatabase;
  let house: House;
  let organisationId: number;
  beforeAll(async () => {
    test = await open();
    organisationId = (await seedHouse(test.database, smallHouse({}))).organisationId;
    const { database } = test;
    const services = createTestServices({ database, channels: [], now: () => new Date(NOW) });
    house = { services, database, dataFolder: 'none', close: async () => undefined };
  });

  const parterre = (command: typeof people, ...words: string[]) => inLanguage('en', command, words);

  async function inLanguage(language: string, command: typeof people, words: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const organisation = await test.database.transaction(organisationId, readOrganisation);
    const io = {
      ...createIo({
        out: (text) => void out.push(text),
        err: (text) => void err.push(text),
        env: ENV,
        signal: new AbortController().signal,
      }),
      open: async () => ({
        services: house.services,
        organisation,
        reader: readerOf(organisation, language),
        author: 'Ada',
        close: async () => undefined,
      }),
    };
    return { code: await command.run(words, io), out: out.join('\n'), err: err.join('\n') };
  }

  it('greets the first administrator once, and a server can be made of the house', async () => {
    const lines = await greetFirstAdministrators(house, ENV);
    expect(lines).toEqual([
      expect.stringMatching(/^The administrator of \S+ is administrator@parterre\.local\.$/),
      'Set the password here, once, until 2026-11-26T10:00:00.000Z:',
      expect.stringMatching(/^https:\/\/tickets\.example\.org\/set-password#token=[\w-]{43}$/),
    ]);
    expect(await greetFirstAdministrators(house, ENV)).toEqual([]);
    const { signIn } = createHousePeople(house, ENV);
    expect((await signIn()).options.advanced.useSecureCookies).toBe(true);
  });

  it('adds, lists, changes, resets and removes people', async () => {
    const add = ['add', 'grace@example.org', '--name', 'Grace', '--role', 'steward'];
    const added = await parterre(people, ...add);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/set-password#token=[\w-]{43}$/);
    expect(await parterre(people, ...add)).toMatchObject({ code: 1, out: '' });
    const role = await parterre(people, 'role', 'grace@example.org', '--role', 'manager');
    expect(role.out).toBe('grace@example.org is manager now.');
    const listed = JSON.parse((await parterre(people, 'list', '--json')).out);
    expect(listed.map((one: { email: string; role: string }) => [one.email, one.role])).toEqual([
      ['administrator@parterre.local', 'administrator'],
      ['grace@example.org', 'manager'],
    ]);
    const reset = await parterre(people, 'reset', 'grace@example.org', '--two-factor', '--json');
    expect(JSON.parse(reset.out)).toMatchObject({ outcome: 'done', twoFactorRemoved: false });
    expect((await parterre(people, 'remove', 'grace@example.org')).code).toBe(0);
    const gone = await parterre(people, 'remove', 'grace@example.org');
    expect(gone).toEqual({ code: 1, out: '', err: 'Nobody of the organisation has this address.' });
  });

  it('keeps a person from acting, and lets them act again', async () => {
    const add = ['add', 'desk@example.org', '--name', 'Desk', '--role', 'box_office'];
    await parterre(people, ...add);
    const said = async (verb: string) => (await parterre(people, verb, 'desk@example.org')).out;
    expect(await said('deactivate')).toBe('desk@example.org may do nothing here now.');
    expect(await said('deactivate')).toBe('desk@example.org might do nothing here already.');
    expect((await parterre(people)).out).toMatch(/desk@example\.org .* never seen {2}deactivated /);
    expect(await said('activate')).toBe('desk@example.org may act again.');
    expect(await said('unlock')).toBe('desk@example.org was not locked.');
    const last = await parterre(people, 'deactivate', 'administrator@parterre.local');
    expect(last.err).toBe('This is the last administrator: make another one first.');
  });

  it.each([
    ['fr', 'nul@example.org', 'Personne dans l\u2019organisation n\u2019a cette adresse.'],
    ['de', 'nul@example.org', 'Niemand in der Organisation hat diese Adresse.'],
    ['it', 'nul@example.org', 'Nessuno nell\u2019organizzazione ha questo indirizzo.'],
    ['es', 'nul@example.org', 'Nadie de la organización tiene esta dirección.'],
  ])('speaks %s', async (language, email, sentence) => {
    const said = await inLanguage(language, people, ['unlock', email]);
    expect(said.err.replaceAll("'", '\u2019')).toBe(sentence);
  });

  it('makes, lists and revokes keys', async () => {
    const words = ['--role', 'steward', '--scope', 'door.scan', '--days', '30'];
    const made = await parterre(keys, 'create', 'gate', ...words);
    expect(made.out).toMatch(/^The key, which is not shown again:\nprt_[\w-]{43}$/);
    const [key] = JSON.parse((await parterre(keys, '--json')).out);
    expect(key).toMatchObject({
      name: 'gate',
      role: 'steward',
      scopes: ['door.scan'],
      expiresAt: '2026-12-24T10:00:00.000Z',
      createdBy: 'Ada',
    });
    expect((await parterre(keys, 'create', 'gate', ...words)).code).toBe(1);
    expect((await parterre(keys, 'revoke', 'gate')).out).toBe('gate was revoked.');
    expect((await parterre(keys, 'list')).out).toMatch(
      /gate {2}prt_\S{4}… {2}steward {2}door\.scan {2}revoked 24\/11\/2026/,
    );
  });

  it.each([
    [people, ['add', 'x@example.org', '--name', 'X']],
    [people, ['add', 'x@example.org', '--role', 'owner', '--name', 'X']],
    [people, ['reset']],
    [people, ['burn', 'x@example.org']],
    [keys, ['create', 'x', '--role', 'auditor', '--scope', 'keys.write']],
    [keys, ['create', 'x', '--role', 'auditor', '--days', '0.5']],
    [keys, ['list', 'x']],
  ])('says how it is called: %#', async (command, words) => {
    await expect(parterre(command, ...words)).rejects.toThrow(/^(Say |--days|\S+ is no scope)/);
  });
});
