/**
 * A server with the demo's house, for browsers: the story is told as far as its first evening, when
 * cases of every kind wait, then a person signs in.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createPeople } from '../../src/api/people/people.ts';
import { createApi } from '../../src/api/server.ts';
import { webRoutes } from '../../src/api/web/serve-web.ts';
import type { Role } from '../../src/domain/people/role.ts';
import { addPerson } from '../../src/exchange/people/change-people.ts';
import { beginDemo } from '../../src/main/demo/begin-demo.ts';
import { mosaHouse } from '../../src/main/demo/mosa.ts';
import type { Reseller } from '../../src/main/demo/reseller.ts';
import { startReseller } from '../../src/main/demo/reseller.ts';
import { STEPS } from '../../src/main/demo/steps.ts';
import type { Story } from '../../src/main/demo/story.ts';
import { tellStory } from '../../src/main/demo/story.ts';
import { StoryClock } from '../../src/main/demo/story-clock.ts';
import { STORY_TEXTS } from '../../src/main/demo/tell.ts';
import { openHouse } from '../../src/main/services.ts';
import { startHouseWorker } from '../../src/main/worker.ts';
import { copyEmptyPglite } from '../support/empty-pglite.ts';
import { PROJECT_FOLDER } from '../support/postgres-server.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';

export const PASSWORD = 'une phrase assez longue';

export interface DemoServer {
  address: string;
  /** The same by a name, under which browsers have passkeys. */
  named: string;
  story: Story;
  /** Adds a person who can sign in with `PASSWORD`; answers the login. */
  person(role: Role): Promise<string>;
  close(): Promise<void>;
}

/** The last step that is told: what waits has been counted, and nothing is settled yet. */
const LAST_STEP = 'before';

export async function openDemoServer(): Promise<DemoServer> {
  const dataFolder = makeVolatileFolder('parterre-e2e-');
  await copyEmptyPglite(dataFolder);
  const texts = STORY_TEXTS.fr;
  if (texts === undefined) throw new Error('The demo speaks French.');
  let clock: StoryClock | null = null;
  const env = { PARTERRE_DATA: dataFolder, PARTERRE_ALLOW_HOSTS: '127.0.0.1' };
  const house = await openHouse({
    env,
    clock: () => clock?.now() ?? new Date(),
    mustOwn: true,
    anySchema: true,
  });
  const beginning = await beginDemo(house, new Date(), texts);
  clock = new StoryClock(beginning.firstDay);
  const reseller: Reseller = await startReseller(beginning.resellerFolder, clock.now, texts);
  const now = new Date(`${beginning.startedOn}T12:00:00Z`);
  const story: Story = {
    services: house.services,
    beginning,
    clock,
    house: mosaHouse({ now, fnac: reseller.settings }),
    reseller,
    switchboard: reseller.simulator.switchboard,
    texts,
    signal: new AbortController().signal,
  };
  const last = STEPS.findIndex(({ name }) => name === LAST_STEP);
  await tellStory(story, STEPS.slice(0, last + 1), () => {});
  clock.join(new Date());
  const server = await listen(story, house.database.foreignPool);
  // What a person asks of the workers is done, as on a venue's own server.
  const worker = await startHouseWorker(house, env, () => {});
  return {
    ...server,
    story,
    async close() {
      await server.close();
      await worker.stop();
      await reseller.stop();
      await house.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

type Pool = Parameters<typeof createPeople>[0]['pool'];

async function listen(
  story: Story,
  pool: Pool,
): Promise<Pick<DemoServer, 'address' | 'named' | 'person' | 'close'>> {
  const { services } = story;
  const port = await freePort();
  // A passkey belongs to an address with its port, which must be known before.
  const named = `http://localhost:${port}`;
  const people = createPeople({
    services,
    pool,
    secret: 'a secret of the browser tests, long enough',
    publicUrl: named,
  });
  const app = createApi({
    exchange: services,
    identify: people.identify,
    routes: [people.routes],
  });
  app.register(people.auth);
  app.register(webRoutes({ folder: `${PROJECT_FOLDER}/web/dist`, isSecure: false }));
  const address = await app.listen({ host: '127.0.0.1', port });
  return {
    address,
    named,
    close: () => app.close(),
    async person(role) {
      const email = `${role.replace('_', '.')}@mosa.test`;
      const { organisationId } = story.beginning;
      const asked = { organisationId, author: 'test', reason: null };
      const added = await addPerson(services, { ...asked, email, name: role, role });
      if (added.outcome === 'refused' || added.link === null) throw new Error(`no link: ${role}`);
      const answer = await app.inject({
        method: 'POST',
        url: '/api/auth/reset-password',
        headers: { origin: named },
        payload: { token: added.link.token, newPassword: PASSWORD },
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return email;
    },
  };
}
