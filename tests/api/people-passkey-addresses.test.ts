import { expect, it } from 'vitest';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import { openPeopleServer } from '../support/people-server.ts';

describeEachDatabase('passkeys at an address of numbers', (open) => {
  it('are not offered: no browser has them there', async () => {
    const test = await open();
    await seedHouse(test.database, smallHouse({}));
    for (const url of ['http://127.0.0.1:8080', 'https://192.0.2.7', 'http://tickets.test']) {
      const server = await openPeopleServer(test.database, undefined, null, url);
      const asked = await server.browser().send('POST', '/api/auth/passkey/sign-in-options', {});
      expect([url, asked.status, asked.body.code]).toEqual([
        url,
        400,
        'sign_in.passkeys_unavailable',
      ]);
      await server.close();
    }
  });
});
