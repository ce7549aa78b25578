/**
 * One measured integration in a process of its own, as a worker has one: so that its memory is its
 * own, and nothing that the benchmark holds weighs on its collector. Started with `fork`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { migrate } from '../../src/store/database/migrate.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { writeFestival } from './house.ts';
import { festivalSettings, integrateAll } from './ours.ts';

const [, , where, target, resellerUrl] = process.argv;
const database = await openDatabase(
  where === 'url' ? { url: target ?? '' } : { dataFolder: target ?? '', mustOwn: true },
);
if (where === 'folder') {
  await migrate(database, { at: new Date().toISOString() });
  const { config, secrets } = festivalSettings(resellerUrl ?? '');
  await writeFestival(database, config, secrets);
}
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const measured = await integrateAll(database);
delay.disable();
await database.close();
process.send?.({ ...measured, longestStopMs: delay.max / 1e6 });
process.disconnect?.();
