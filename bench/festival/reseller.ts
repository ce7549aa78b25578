/**
 * The reseller's side of the benchmarks, in a process of its own: a FNAC simulator whose journal
 * holds the sales. Started with `fork`; says where it is, and stops when its parent goes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFnacSimulator } from '../../src/channels/fnac/simulator/simulator.ts';
import { FESTIVAL, startOf } from './house.ts';

const sales = Number(process.argv[2] ?? '100000');
const seed = Number(process.argv[3] ?? '1');
const folder = mkdtempSync(join(tmpdir(), 'parterre-bench-reseller-'));
const simulator = await startFnacSimulator({
  port: 0,
  folder,
  seed,
  clock: () => new Date('2027-01-01T10:00:00Z'),
  users: {
    contingent: { user: 'stock', password: 'secret' },
    access: { user: 'door', password: 'secret' },
  },
  managerCode: 'FST',
});
const { switchboard } = simulator;
switchboard.setProduct({
  code: 'MAN1',
  prices: { '1': { '0': '44.00' }, '2': { '0': '44.00' } },
  commission: '1.80',
  performances: Array.from({ length: 6 }, (_, n) => ({ start: startOf(n + 1), hall: 'C' })),
});

/** Half of the sales take a seat, as long as there are seats; the others stand in the zone. */
const perPerformance = FESTIVAL.rows * FESTIVAL.seatsPerRow;
const seated = Math.min(Math.floor(sales / 2), FESTIVAL.seatedPerformances * perPerformance);
for (let index = 0; index < seated; ) {
  const performance = 2 + Math.floor(index / perPerformance);
  const within = index % perPerformance;
  const size = Math.min(1 + (index % 4), seated - index, perPerformance - within);
  const places = Array.from({ length: size }, (_, n) => ({
    block: 'HALL',
    row: String(1 + Math.floor((within + n) / FESTIVAL.seatsPerRow)),
    seat: String(1 + ((within + n) % FESTIVAL.seatsPerRow)),
  }));
  const at = { product: 'MAN1', start: startOf(performance), category: '1', tariff: '0' };
  switchboard.sell({ ...at, places, force: true });
  index += size;
}
for (let index = seated; index < sales; ) {
  const count = Math.min(1 + (index % 4), sales - index);
  const at = { product: 'MAN1', start: startOf(1), category: '2', tariff: '0' };
  switchboard.sell({ ...at, block: 'LIBRE', count, force: true });
  index += count;
}

async function stop(): Promise<void> {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());
process.send?.({ url: simulator.url, operations: switchboard.state().operations });
