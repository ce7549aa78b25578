/**
 * A process of its own that runs a function of the one interface and never ends it: the tests
 * kill or freeze it. Its argument is { options, now }; it writes one line when it works.
 */

import { withRun } from '../../src/exchange/run-function.ts';
import { processHolder } from '../../src/main/process-holder.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { createTestServices } from './exchange-services.ts';
import { INTERFACE, ORGANISATION } from './one-interface.ts';
import { testChannel } from './test-channel.ts';

const { options, now } = JSON.parse(process.argv[2] ?? '{}') as {
  options: OpenOptions;
  now: string;
};
const database = await openDatabase(options);
const services = createTestServices({
  database,
  channels: [testChannel()],
  now: () => new Date(now),
  holder: processHolder(),
});
await withRun(
  services,
  {
    organisationId: ORGANISATION,
    interfaceId: INTERFACE,
    function: 'integrate',
    source: 'schedule',
    startedBy: 'Intégration',
  },
  async (context) => {
    context.log.line('info', 'integrate.nothing');
    await context.log.flush();
    process.stdout.write(`${JSON.stringify({ run: context.run.number })}\n`);
    await new Promise(() => setInterval(() => {}, 1_000));
  },
);
