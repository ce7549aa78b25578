/** The command `parterre`: finds the group, runs it, turns what it throws into an exit code. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { StoreError } from '../store/database/errors.ts';
import type { CliCommand, CliIo } from './cli/command.ts';
import { COMMANDS } from './cli/commands.ts';
import { Refusal, UsageError } from './cli/refusal.ts';

/** Runs a command line; answers the exit code: 0 done, 1 refused or problems found, 2 usage. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  const json = rest.includes('--json');
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    return await help(
      rest.find((word) => !word.startsWith('-')),
      json,
      io,
    );
  }
  const load = commandOf(name);
  if (load === undefined) return unknownCommand(name, json, io);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) return await help(name, json, io);
  try {
    return await command.run(rest, io);
  } catch (error) {
    return tell(error, command, json, io);
  }
}

/** Own names only: `parterre constructor` is no command. */
function commandOf(name: string): (() => Promise<CliCommand>) | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

async function help(name: string | undefined, json: boolean, io: CliIo): Promise<number> {
  const loads = name === undefined ? Object.values(COMMANDS) : [commandOf(name)];
  const named: CliCommand[] = [];
  for (const load of loads) {
    if (load === undefined) return unknownCommand(name ?? '', json, io);
    named.push(await load());
  }
  if (json) {
    io.out(JSON.stringify(named.map(({ name: command, usage }) => ({ command, usage }))));
    return 0;
  }
  if (name !== undefined) {
    for (const one of named) io.out(one.usage);
    return 0;
  }
  const width = Math.max(...named.map((one) => one.name.length));
  for (const one of named) io.out(`parterre ${one.name.padEnd(width)}  ${one.does}`);
  io.out('');
  io.out('parterre help NAME tells how it is called; --json prints one JSON value on stdout.');
  io.out('Data: PARTERRE_DATA (.parterre), or a PostgreSQL server in DATABASE_URL.');
  io.out('Exit codes: 0 done, 1 refused or problems found, 2 called wrongly.');
  return 0;
}

function unknownCommand(name: string, json: boolean, io: CliIo): number {
  const message = `there is no command "${name}"`;
  const commands = Object.keys(COMMANDS);
  if (json) io.out(JSON.stringify({ outcome: 'usage', message, commands }));
  io.err(`parterre: ${message}. There are:`);
  for (const one of commands) io.err(`  ${one}`);
  io.err('parterre help NAME tells how each is called.');
  return 2;
}

/** What went wrong, where, and what to do; a program finds it as JSON where it reads answers. */
function tell(error: unknown, command: CliCommand, json: boolean, io: CliIo): number {
  const inJson = (told: object): void => {
    if (json) io.out(JSON.stringify({ ...told, command: command.name }));
  };
  if (error instanceof UsageError || isParseError(error)) {
    const { message } = error as Error;
    inJson({ outcome: 'usage', message });
    io.err(`parterre ${command.name}: ${message}`);
    io.err(command.usage);
    return 2;
  }
  if (error instanceof Refusal || error instanceof StoreError) {
    const { message } = error;
    const code = error instanceof StoreError ? error.code : null;
    inJson({ outcome: 'refused', code, message });
    io.err(`parterre ${command.name}: ${message}`);
    return 1;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  inJson({ outcome: 'failed', message: error instanceof Error ? error.message : String(error) });
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

/** What opens the house is loaded by the first command that does it this way. */
function lateIo(streams: Pick<CliIo, 'out' | 'err' | 'env' | 'signal'>): CliIo {
  const load = async (): Promise<CliIo> => {
    const { createIo } = await import('./cli/command.ts');
    return createIo(streams);
  };
  return {
    ...streams,
    openHouse: async (options) => (await load()).openHouse(options),
    open: async (options) => (await load()).open(options),
  };
}

/**
 * Stripped types and compiled code are kept beside the packages: the next start finds them. Where
 * that folder cannot be written, nothing is kept.
 */
function keepCompiled(): void {
  enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/parterre', import.meta.url)));
}

if (import.meta.main) {
  keepCompiled();
  const control = new AbortController();
  const stop = (): void => control.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const io = lateIo({
    out: writer(process.stdout),
    err: writer(process.stderr),
    env: process.env,
    signal: control.signal,
  });
  process.exitCode = await runCli(process.argv.slice(2), io);
  // What was given up (a database that never answers) must not hold the process.
  if (control.signal.aborted) process.exit();
}
