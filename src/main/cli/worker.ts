/** `parterre worker`: does what is due and what is asked for, until it is told to end. */
import { parseArgs } from 'node:util';
import { readStuck } from '../../exchange/watch/read-stuck.ts';
import { startMachinePages } from '../machine-pages.ts';
import { createProcessLog, logRuns } from '../process-log.ts';
import { openHouse } from '../services.ts';
import { untilStopped } from '../stop.ts';
import { startTraces } from '../traces.ts';
import { startHouseWorker } from '../worker.ts';
import type { CliCommand, CliIo } from './command.ts';

export const command: CliCommand = {
  name: 'worker',
  does: 'runs the schedules; as many as wanted on a PostgreSQL server',
  usage: `parterre worker
    works until it is stopped; its log is on stderr, one JSON object a line
    PARTERRE_CONCURRENCY: accounts worked at once (4); PARTERRE_LOG_LEVEL: info, warn, …
    PARTERRE_METRICS_PORT: /healthz, /readyz and /metrics, on loopback`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  parseArgs({ args, options: {} });
  const log = createProcessLog(io.env);
  const traces = await startTraces(io.env);
  const stopLogging = logRuns(log);
  const house = await openHouse({ env: io.env, mustOwn: true });
  try {
    const stuck = () => readStuck(house.services);
    const pages = await startMachinePages(house, io.env, log, async () => !(await stuck()));
    const worker = await startHouseWorker(house, io.env, log);
    log('info', { database: house.database.kind }, 'worker ready');
    await untilStopped(io.signal);
    log('info', {}, 'worker stops');
    await worker.stop();
    await pages?.stop();
    return 0;
  } finally {
    await house.close();
    stopLogging();
    await traces?.stop();
  }
}
