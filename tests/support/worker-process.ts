/**
 * A worker in a process of its own, over the FNAC channel, that a test kills. Its argument is
 * { options }: how to open the database. It writes one line when it works.
 */
import type { Ports } from '../../src/channels/contract/channel.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { createRunQueue } from '../../src/jobs/run-queue.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { processHolder } from '../../src/main/process-holder.ts';
import { every, wait } from '../../src/main/timers.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { listOrganisations } from '../../src/store/interface-store.ts';
import { createHttp } from '../../src/transport/http.ts';
import { createSoapPort } from '../../src/transport/soap.ts';
import { testSecretBox } from './exchange-services.ts';

const { options } = JSON.parse(process.argv[2] ?? '{}') as { options: OpenOptions };
const database = await openDatabase(options);
const http = createHttp({ allowHosts: ['127.0.0.1'] });
const clock = (): Date => new Date();
const pool = database.foreignPool;
const worker = await startWorker({
  services: {
    database,
    ids: createIdSource(database),
    clock,
    secrets: testSecretBox,
    findChannel: (id) => (id === fnac.id ? fnac : undefined),
    listChannels: () => [fnac],
    openPorts: ({ recorder, timeZone, currency, signal }) => {
      const soap = createSoapPort({ http, recorder, clock, signal });
      return { http, soap, recorder, clock, timeZone, currency, signal } as Ports;
    },
    holder: processHolder(),
    wait,
    every,
  },
  queue: createRunQueue({
    pool: { query: (text, values) => pool.query(text, values) },
    backend: database.kind,
    concurrency: 3,
    onError: () => {},
  }),
  listOrganisations: () => database.administration((tx) => listOrganisations(tx)),
  log: (level, fields, message) => {
    process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
  },
});
process.stdout.write(`${JSON.stringify({ message: 'ready' })}\n`);
process.once('SIGTERM', async () => {
  await worker.stop();
  http.close();
  await database.close();
});
