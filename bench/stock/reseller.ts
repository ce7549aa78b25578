/** The reseller's side of the stock benchmark, in a process of its own: an empty FNAC simulator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFnacSimulator } from '../../src/channels/fnac/simulator/simulator.ts';
import { STARTS } from './house.ts';

const folder = mkdtempSync(join(tmpdir(), 'parterre-bench-stock-'));
const simulator = await startFnacSimulator({
  port: 0,
  folder,
  seed: 1,
  clock: () => new Date('2027-01-01T10:00:00Z'),
  users: {
    contingent: { user: 'stock', password: 'secret' },
    access: { user: 'door', password: 'secret' },
  },
  managerCode: 'STK',
});

/** A product as new: without the places that the round before handed over. */
function forget(round: number): void {
  simulator.switchboard.setProduct({
    code: `MAN${round}`,
    prices: { '1': { '0': '44.00' } },
    performances: Object.values(STARTS).map((start) => ({ start, hall: 'C' })),
  });
}

async function stop(): Promise<void> {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());
process.on('message', (round: number) => {
  forget(round);
  process.send?.({ forgot: round });
});
process.send?.({ url: simulator.url });
