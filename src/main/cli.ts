/** The command `parterre`: finds the group, runs it, turns what it throws into an exit code. */

import { StoreError } from '../store/database/errors.ts';
import { command as access } from './cli/access.ts';
import type { CliCommand, CliIo } from './cli/command.ts';
import { createIo, Refusal, UsageError } from './cli/command.ts';
import { command as doctor } from './cli/doctor.ts';
import { commands as exchange } from './cli/exchange.ts';
import { command as house } from './cli/house.ts';
import { command as interfaces } from './cli/interfaces.ts';
import { command as mappings } from './cli/mappings.ts';
import { command as migrate } from './cli/migrate.ts';
import { command as runs } from './cli/runs.ts';
import { command as simulate } from './cli/simulate.ts';

const COMMANDS: readonly CliCommand[] = [
  ...exchange,
  runs,
  access,
  house,
  interfaces,
  mappings,
  simulate,
  migrate,
  doctor,
];

/** Runs a command line; answers the exit code: 0 done, 1 refused or problems found, 2 usage. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    return help(rest[0], io);
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) {
    io.err(`parterre: there is no command "${name}". There are:`);
    for (const one of COMMANDS) io.err(`  ${one.name}`);
    io.err('parterre help NAME tells how each is called.');
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) return help(name, io);
  try {
    return await command.run(rest, io);
  } catch (error) {
    return tell(error, command, io);
  }
}

function help(name: string | undefined, io: CliIo): number {
  const named = COMMANDS.filter((one) => name === undefined || one.name === name);
  if (named.length === 0) {
    io.err(`parterre: there is no command "${name}".`);
    return 2;
  }
  for (const one of named) io.out(one.usage);
  if (name === undefined) {
    io.out('');
    io.out('Data: PARTERRE_DATA (.parterre), or a PostgreSQL server in DATABASE_URL.');
    io.out('Exit codes: 0 done, 1 refused or problems found, 2 called wrongly.');
  }
  return 0;
}

/** What went wrong, where, and what to do. */
function tell(error: unknown, command: CliCommand, io: CliIo): number {
  if (error instanceof UsageError || isParseError(error)) {
    io.err(`parterre ${command.name}: ${(error as Error).message}`);
    io.err(command.usage);
    return 2;
  }
  if (error instanceof Refusal || error instanceof StoreError) {
    io.err(`parterre ${command.name}: ${error.message}`);
    return 1;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(`parterre ${command.name}: this is an error of ours. Send support what follows.`);
  io.err(text);
  return 1;
}

function isParseError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

/** A reader that leaves early (`| head`) ends the output, not the work. */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    open = false;
  });
  return (text) => {
    if (open) stream.write(`${text}\n`);
  };
}

if (import.meta.main) {
  const control = new AbortController();
  const stop = (): void => control.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const io = createIo({
    out: writer(process.stdout),
    err: writer(process.stderr),
    env: process.env,
    signal: control.signal,
  });
  process.exitCode = await runCli(process.argv.slice(2), io);
}
