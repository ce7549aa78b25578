/** `parterre serve`: the server with a worker in the same process. */
import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { createProcessLog, logRuns } from '../process-log.ts';
import { serve } from '../serve.ts';
import { untilStopped } from '../stop.ts';
import { startTraces } from '../traces.ts';
import type { CliCommand, CliIo } from './command.ts';

export const command: CliCommand = {
  name: 'serve',
  does: 'everything in one process: the API and a worker',
  usage: `parterre serve
    PARTERRE_HOST (127.0.0.1) and PARTERRE_PORT (8080): where it listens
    PARTERRE_WORKER=off: without a worker, beside \`parterre worker\` on a PostgreSQL server`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  parseArgs({ args, options: {} });
  const log = createProcessLog(io.env);
  const traces = await startTraces(io.env);
  const stopLogging = logRuns(log);
  const server = await serve({ env: io.env, log });
  io.out(`Parterre listens on ${server.address}`);
  for (const line of server.greeting) io.out(line);
  // For the next start, also when this one is killed.
  flushCompileCache();
  await untilStopped(io.signal);
  log('info', {}, 'server stops');
  await server.stop();
  stopLogging();
  await traces?.stop();
  return 0;
}
