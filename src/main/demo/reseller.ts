/** The reseller of the demo: FNAC's simulator, with its books in a folder beside the data. */
import { join } from 'node:path';
import type { RunningSimulator } from '../../channels/contract/switchboard.ts';
import type { Entry } from '../../channels/fnac/simulator/books.ts';
import { JournalFile } from '../../channels/fnac/simulator/journal.ts';
import { fnacAddresses, startFnacSimulator } from '../../channels/fnac/simulator/simulator.ts';
import { takeFolderLock } from '../../store/database/folder-lock.ts';
import { DemoRefused } from './begin-demo.ts';
import type { MosaOptions } from './mosa.ts';
import { ZONE } from './story-clock.ts';
import type { StoryTexts } from './texts/fr.ts';

/** Ticket numbers, bar codes and names follow from it: every demo sells the same tickets. */
export const SEED = 2019;
export const MANAGER_CODE = 'MOS';
/** The reseller's other account, of the theatre in the gardens, is another server of its own. */
const GARDENS_SEED = 1848;
export const GARDENS_MANAGER_CODE = 'JAR';

// Of the simulator alone, which listens on the loopback only.
const USERS = {
  contingent: { user: 'iallmosa1', password: 'demo-allotements' },
  access: { user: 'iaccmosa1', password: 'demo-controle' },
};

/** One account at the reseller. */
export interface Shop {
  simulator: RunningSimulator;
  /** Where its books lie. */
  folder: string;
  /** What the operator hands out: the settings of the interface. */
  settings: MosaOptions['fnac'];
}

export interface Reseller extends Shop {
  /** The account of a theatre that the museum takes over in mid-season. */
  gardens: Shop;
  stop(): Promise<void>;
}

/** Starts it where it was left. Throws DemoRefused while another process is this reseller. */
export async function startReseller(
  folder: string,
  clock: () => Date,
  { refusals }: StoryTexts,
): Promise<Reseller> {
  const lock = takeFolderLock(join(folder, 'owner.lock'));
  if (lock === null) {
    throw new DemoRefused(refusals.runsAlready(folder).join('\n'));
  }
  const running: RunningSimulator[] = [];
  const stop = async (): Promise<void> => {
    for (const simulator of running) await simulator.stop();
    lock.release();
  };
  const open = async (where: string, seed: number, managerCode: string): Promise<Shop> => {
    const simulator = await startFnacSimulator({
      port: 0,
      folder: where,
      seed,
      clock,
      users: USERS,
      managerCode,
      timeZone: ZONE,
      noteContacts: true,
    });
    running.push(simulator);
    return { simulator, folder: where, settings: settingsOf(simulator) };
  };
  try {
    const shop = await open(folder, SEED, MANAGER_CODE);
    const gardens = await open(join(folder, 'jardins'), GARDENS_SEED, GARDENS_MANAGER_CODE);
    return { ...shop, gardens, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function settingsOf(simulator: RunningSimulator): Shop['settings'] {
  const addresses = fnacAddresses(simulator.url);
  return {
    salesUrl: addresses.EtatVentes,
    contingentUrl: addresses.Contingentement,
    contingentUser: USERS.contingent.user,
    contingentPassword: USERS.contingent.password,
    prepareUrl: addresses.PrepareCtrlAcces,
    getAccessUrl: addresses.GetCtrlAcces,
    accessUser: USERS.access.user,
    accessPassword: USERS.access.password,
  };
}

export interface ReportedOperation {
  ticket: string;
  operationNumber: number;
  /** Its own word: VENTE, ANNULATION… */
  type: string;
  /** Local instant, without offset. */
  at: string;
  priceMinor: number;
  commissionMinor: number;
  givenBackMinor: number;
}

/** Every operation that the reseller ever wrote, each once, straight from its file. */
export function reportedOperations(folder: string): ReportedOperation[] {
  const operations: ReportedOperation[] = [];
  const file = new JournalFile<Entry>(folder, false, (entry) => {
    if (entry.entry !== 'operations') return;
    for (const line of entry.lines) {
      operations.push({
        ticket: line.numeroBillet ?? '',
        operationNumber: Number(line.numeroOperation ?? ''),
        type: line.type ?? '',
        at: line.dateOperation ?? '',
        priceMinor: minor(line.prix),
        commissionMinor: minor(line.commission),
        givenBackMinor: minor(line.montantRembourse),
      });
    }
  });
  file.close();
  return operations;
}

/** Cents of an amount as it travels, `12.50`. */
function minor(amount: string | undefined): number {
  return Number((amount ?? '0').replace('.', ''));
}
