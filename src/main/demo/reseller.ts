/** The reseller of the demo: FNAC's simulator, with its books in a folder beside the data. */
import { join } from 'node:path';
import type { RunningSimulator } from '../../channels/contract/switchboard.ts';
import type { Entry } from '../../channels/fnac/simulator/books.ts';
import { JournalFile } from '../../channels/fnac/simulator/journal.ts';
import { fnacAddresses, startFnacSimulator } from '../../channels/fnac/simulator/simulator.ts';
import type { FolderLock } from '../../store/database/folder-lock.ts';
import { takeFolderLock } from '../../store/database/folder-lock.ts';
import { DemoRefused } from './begin-demo.ts';
import type { MosaOptions } from './mosa.ts';
import { ZONE } from './story-clock.ts';

/** Ticket numbers, bar codes and names follow from it: every demo sells the same tickets. */
export const SEED = 2019;
export const MANAGER_CODE = 'MOS';

// Of the simulator alone, which listens on the loopback only.
const USERS = {
  contingent: { user: 'iallmosa1', password: 'demo-allotements' },
  access: { user: 'iaccmosa1', password: 'demo-controle' },
};

export interface Reseller {
  simulator: RunningSimulator;
  /** What the operator hands out: the settings of the interface. */
  settings: MosaOptions['fnac'];
  stop(): Promise<void>;
}

/** Starts it where it was left. Throws DemoRefused while another process is this reseller. */
export async function startReseller(folder: string, clock: () => Date): Promise<Reseller> {
  const lock = takeFolderLock(join(folder, 'owner.lock'));
  if (lock === null) {
    throw new DemoRefused(
      `Une démo tourne déjà avec les livres du revendeur de ${folder}.\n` +
        'Arrêtez-la (Ctrl-C), ou choisissez un autre dossier avec PARTERRE_DATA et une autre base.',
    );
  }
  try {
    const simulator = await startFnacSimulator({
      port: 0,
      folder,
      seed: SEED,
      clock,
      users: USERS,
      managerCode: MANAGER_CODE,
      timeZone: ZONE,
      noteContacts: true,
    });
    return opened(simulator, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function opened(simulator: RunningSimulator, lock: FolderLock): Reseller {
  const addresses = fnacAddresses(simulator.url);
  return {
    simulator,
    settings: {
      salesUrl: addresses.EtatVentes,
      contingentUrl: addresses.Contingentement,
      contingentUser: USERS.contingent.user,
      contingentPassword: USERS.contingent.password,
      prepareUrl: addresses.PrepareCtrlAcces,
      getAccessUrl: addresses.GetCtrlAcces,
      accessUser: USERS.access.user,
      accessPassword: USERS.access.password,
    },
    async stop() {
      await simulator.stop();
      lock.release();
    },
  };
}

export interface ReportedOperation {
  ticket: string;
  operationNumber: number;
}

/** Every operation that the reseller ever wrote, each once, straight from its file. */
export function reportedOperations(folder: string): ReportedOperation[] {
  const operations: ReportedOperation[] = [];
  const file = new JournalFile<Entry>(folder, false, (entry) => {
    if (entry.entry !== 'operations') return;
    for (const line of entry.lines) {
      const { numeroBillet: ticket = '', numeroOperation = '' } = line;
      operations.push({ ticket, operationNumber: Number(numeroOperation) });
    }
  });
  file.close();
  return operations;
}
