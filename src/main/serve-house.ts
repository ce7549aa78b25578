/** Listens for an open house: API, people, screens, pages for machines, and its worker. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { logRequests } from '../api/request-log.ts';
import { createApi } from '../api/server.ts';
import { registerWatch } from '../api/watch/register-watch.ts';
import { webRoutes } from '../api/web/serve-web.ts';
import { readHealth } from '../exchange/watch/read-health.ts';
import { readStuck } from '../exchange/watch/read-stuck.ts';
import type { JobLog, Worker } from '../jobs/worker.ts';
import { publicUrlOf } from './cli/people.ts';
import { createHousePeople, greetFirstAdministrators } from './house-people.ts';
import { metricsOf, startMachinePages } from './machine-pages.ts';
import type { Server } from './serve.ts';
import type { Environment, House } from './services.ts';

const PORT = 8080;
/** Where `npm run build` puts the web application. */
const WEB_FOLDER = join(import.meta.dirname, '..', '..', 'web', 'dist');

/** Throws what the system says where the port cannot be had. */
export async function serveHouse(house: House, env: Environment, log: JobLog): Promise<Server> {
  const { services, database } = house;
  const people = createHousePeople(house, env);
  const isSecure = publicUrlOf(env).startsWith('https:');
  const app = createApi({
    exchange: services,
    identify: people.identify,
    routes: [people.routes],
    isSecure,
    ...(env.PARTERRE_TRUST_PROXY ? { trustProxy: env.PARTERRE_TRUST_PROXY.split(/[\s,]+/) } : {}),
  });
  logRequests(app, (answered) => log('info', { ...answered }, 'request'));
  app.register(people.auth);
  let worker: 'starting' | 'working' | 'failed' = 'starting';
  // Nobody who asks the API has to wait for the queue; one that cannot start, or stands still, is
  // told to who balances the load.
  const queue =
    env.PARTERRE_WORKER === 'off'
      ? null
      : async () => worker !== 'failed' && !(await readStuck(services));
  registerWatch(app, {
    health: () => readHealth(services, queue),
    metrics: metricsOf(house),
    metricsToken: env.PARTERRE_METRICS_TOKEN || null,
  });
  app.register(webRoutes({ folder: WEB_FOLDER, isSecure }));
  const host = env.PARTERRE_HOST || '127.0.0.1';
  await app.listen({ host, port: Number(env.PARTERRE_PORT || PORT) });
  const { port } = app.server.address() as AddressInfo;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const pages = await startMachinePages(house, env, log, queue);
  const starting = queue === null ? null : startWorker(house, env, log);
  starting?.then((started) => {
    worker = started === null ? 'failed' : 'working';
  });
  // Who signs in first should not wait for it either; what is wrong with it is told to them.
  const opening = (starting ?? Promise.resolve()).then(people.signIn).catch(() => {});
  const greeting = await greetFirstAdministrators(house, env, publicUrlOf(env));
  log('info', { address, database: database.kind }, 'server ready');
  return {
    address,
    greeting,
    async stop() {
      await app.close();
      await pages?.stop();
      await (await starting)?.stop();
      await opening;
      await house.close();
    },
  };
}

/** A queue that cannot start is told, and the API goes on: people can still work by hand. */
async function startWorker(house: House, env: Environment, log: JobLog): Promise<Worker | null> {
  try {
    const { startHouseWorker } = await import('./worker.ts');
    const worker = await startHouseWorker(house, env, log);
    log('info', {}, 'worker ready');
    return worker;
  } catch (error) {
    log('error', { error: String(error) }, 'worker not started');
    return null;
  }
}
