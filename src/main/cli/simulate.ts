/** `parterre simulate`: a reseller's simulator by itself, for a newcomer and for trying out. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunningSimulator } from '../../channels/contract/switchboard.ts';
import type { FnacSimulatorSettings } from '../../channels/fnac/simulator/simulator.ts';
import { fnacAddresses, startFnacSimulator } from '../../channels/fnac/simulator/simulator.ts';
import type { FolderLock } from '../../store/database/folder-lock.ts';
import { takeFolderLock } from '../../store/database/folder-lock.ts';
import { dataFolderOf } from '../services.ts';
import type { CliCommand, CliIo } from './command.ts';
import { onDisk, Refusal, UsageError } from './refusal.ts';

const OPTIONS = {
  port: { type: 'string' },
  folder: { type: 'string' },
  seed: { type: 'string' },
  manager: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'simulate',
  does: "a reseller's simulator by itself",
  usage: `parterre simulate fnac --port N [--folder FOLDER] [--seed N] [--manager CODE]
                 [--user NAME] [--password TEXT] [--json]
    runs until it is stopped; port 0 takes a free one; the switchboard is /switchboard/NAME`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'fnac') {
    throw new UsageError('Say which reseller: fnac.');
  }
  const account = { user: values.user ?? 'parterre', password: values.password ?? 'parterre' };
  const port = wholeNumber(values.port, '--port');
  if (port > 65_535) throw new UsageError('--port is a number from 0 to 65535.');
  const folder = values.folder ?? join(dataFolderOf(io.env), 'simulators', 'fnac');
  const lock = await lockOf(folder);
  try {
    const simulator = await start({
      port,
      folder,
      seed: wholeNumber(values.seed ?? '1', '--seed'),
      clock: () => new Date(),
      users: { contingent: account, access: account },
      managerCode: values.manager ?? 'MOS',
    });
    const { url, banner } = simulator;
    if (values.json) {
      io.out(JSON.stringify({ url, port: simulator.port, addresses: fnacAddresses(url) }));
    } else io.out(banner);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await simulator.stop();
  } finally {
    lock.release();
  }
  return 0;
}

/** Two simulators in one folder would write the same ticket numbers twice. */
async function lockOf(folder: string): Promise<FolderLock> {
  await onDisk(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const lock = takeFolderLock(join(folder, 'owner.lock'));
  if (lock !== null) return lock;
  throw new Refusal(
    `${folder}: another simulator runs on it. Stop that one, or name another --folder.`,
  );
}

async function start(settings: FnacSimulatorSettings): Promise<RunningSimulator> {
  try {
    return await startFnacSimulator(settings);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be used by you' : 'is taken';
    throw new Refusal(`The port ${settings.port} ${why}. Choose another, or 0 for a free one.`);
  }
}

function wholeNumber(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d{1,9}$/.test(text)) throw new UsageError(`${name} is a number.`);
  return Number(text);
}
