/** `parterre runs`: the log, run → lines → wire calls. */
import { parseArgs } from 'node:util';
import { TEXTS } from '../../runs/remedies.ts';
import type { KeptFileSummary } from '../../store/received-file-store.ts';
import { filesOfRun, forgetFilesBefore, readKeptFile } from '../../store/received-file-store.ts';
import type { RunFilter, RunFunction, RunRecord, RunState } from '../../store/run-store.ts';
import {
  cancelRun,
  findRunByNumber,
  listRunLines,
  listRuns,
  RUN_FUNCTIONS,
} from '../../store/run-store.ts';
import type { WireCallSummary } from '../../store/wire-call-store.ts';
import {
  deleteWireCallsBefore,
  listWireCalls,
  readWireBodies,
} from '../../store/wire-call-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface } from './command.ts';
import { say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';
import { inColumns, lineAsJson, printLine, printRun, printRuns } from './run-output.ts';

const OPTIONS = {
  interface: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  state: { type: 'string' },
  function: { type: 'string' },
  limit: { type: 'string' },
  before: { type: 'string' },
  bodies: { type: 'boolean' },
  days: { type: 'string' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>['values'];

type ShownCall = WireCallSummary & { request?: string | null; response?: string | null };
type ShownFile = KeptFileSummary & { text?: string | null };

const STATES: readonly RunState[] = ['running', 'ok', 'warning', 'error', 'cancelled'];
const LINES_SHOWN_MAX = 1_000;
const CALLS_PRUNED_AT_ONCE = 1_000;

export const command: CliCommand = {
  name: 'runs',
  does: 'the log: runs, their lines with remedies, calls on the wire',
  usage: `parterre runs [list] [--interface CODE] [--state STATE] [--function FUNCTION]
                 [--limit N] [--before NUMBER] [--json]     the newest runs first
parterre runs show NUMBER [--bodies] [--json]     its lines with remedies, its wire calls and files
parterre runs stop NUMBER                         asks a running run to stop
parterre runs prune --days N [--json]             forgets calls and files older than N days
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', number, ...more] = positionals;
  if (more.length > 0 || !['list', 'show', 'stop', 'prune'].includes(action)) {
    throw new UsageError('Say list, show NUMBER, stop NUMBER or prune --days N.');
  }
  const open = await io.open(values);
  try {
    if (action === 'list') return await list(open, values, io);
    if (action === 'prune') return await prune(open, values, io);
    const found = await findByNumber(open, number);
    return action === 'show'
      ? await show(open, found, values, io)
      : await stop(open, found, values, io);
  } finally {
    await open.close();
  }
}

async function findByNumber(open: OpenOrganisation, text: string | undefined): Promise<RunRecord> {
  const number = wholeNumber(text, 'the number of a run');
  const { services, organisation } = open;
  const found = await services.database.transaction(organisation.id, (tx) =>
    findRunByNumber(tx, number),
  );
  if (found === null) throw new Refusal(say(open.reader, 'run.unknown', { number }));
  return found;
}

function wholeNumber(text: string | undefined, what: string): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new UsageError(`Say ${what}.`);
  return Number(text);
}

function oneOf<T extends string>(all: readonly T[], text: string, what: string): T {
  const found = all.find((one) => one === text);
  if (found === undefined) throw new UsageError(`${what} is one of ${all.join(', ')}.`);
  return found;
}

async function list(open: OpenOrganisation, values: Values, io: CliIo): Promise<number> {
  const { services, organisation } = open;
  const filter: RunFilter = { limit: wholeNumber(values.limit ?? '20', 'a limit') };
  if (values.state !== undefined) filter.state = oneOf(STATES, values.state, 'A state');
  if (values.function !== undefined) {
    filter.function = oneOf<RunFunction>(RUN_FUNCTIONS, values.function, 'A function');
  }
  if (values.before !== undefined) filter.beforeNumber = wholeNumber(values.before, 'a number');
  if (values.interface !== undefined) {
    filter.interfaceId = (await chooseInterface(open, values.interface)).id;
  }
  const runs = await services.database.transaction(organisation.id, (tx) => listRuns(tx, filter));
  if (values.json) io.out(JSON.stringify(runs));
  else if (runs.length === 0) io.out(say(open.reader, 'run.none'));
  else for (const text of printRuns(runs, open.reader)) io.out(text);
  return 0;
}

async function show(
  open: OpenOrganisation,
  found: RunRecord,
  values: Values,
  io: CliIo,
): Promise<number> {
  const { services, organisation, reader } = open;
  const record = await chooseInterface(open, found.interfaceCode);
  const page = { afterId: 0, limit: LINES_SHOWN_MAX };
  const { lines, calls, files } = await services.database.transaction(
    organisation.id,
    async (tx) => {
      const lines = await listRunLines(tx, found.id, page);
      const calls: ShownCall[] = [];
      for (const call of await listWireCalls(tx, found.id, page)) {
        calls.push({ ...call, ...(values.bodies ? await readWireBodies(tx, call.id) : {}) });
      }
      const files: ShownFile[] = [];
      for (const file of await filesOfRun(tx, found.id)) {
        files.push({
          ...file,
          ...(values.bodies ? { text: await readKeptFile(tx, file.id) } : {}),
        });
      }
      return { lines, calls, files };
    },
  );
  if (values.json) {
    const told = lines.map((line) => lineAsJson(line, found.number, record, reader));
    io.out(JSON.stringify({ ...found, lines: told, wireCalls: calls, files }));
    return 0;
  }
  io.out(printRun(found, reader));
  for (const line of lines) {
    for (const text of printLine(line, found.number, record, reader)) io.out(text);
  }
  const printed = printCalls(calls);
  calls.forEach((call, index) => {
    io.out(`  ${printed[index]}`);
    for (const body of [call.request, call.response]) if (body) io.out(body);
  });
  for (const { name, lineCount, byteCount, digest, text } of files) {
    io.out(`  ${name}  ${lineCount} L  ${byteCount} B  sha256 ${digest}`);
    if (text) io.out(text);
  }
  return 0;
}

/** What was called, HTTP status, time, bytes received, and what went wrong, for the technician. */
function printCalls(calls: readonly ShownCall[]): string[] {
  const rows = calls.map(({ operation, status, outcome, durationMs, responseBytes, fault }) => {
    const message = (fault as { message?: string } | null)?.message;
    const wrong = message === undefined ? '' : `: ${message}`;
    return [
      operation,
      String(status ?? '-'),
      `${durationMs} ms`.padStart(8),
      `${responseBytes} B`.padStart(10),
      outcome === 'ok' ? '' : `${outcome}${wrong}`,
    ];
  });
  return inColumns(rows);
}

async function stop(
  open: OpenOrganisation,
  found: RunRecord,
  values: Values,
  io: CliIo,
): Promise<number> {
  const { services, organisation, reader } = open;
  const asked = await services.database.transaction(organisation.id, (tx) =>
    cancelRun(tx, found.id),
  );
  const { number } = found;
  if (!asked) {
    const state = TEXTS[reader.language].terms.state[found.state];
    throw new Refusal(say(reader, 'run.not_running', { number, state }));
  }
  if (values.json) io.out(JSON.stringify({ run: number, asked: true }));
  else io.out(say(reader, 'run.asked_to_stop', { number }));
  return 0;
}

/** In short transactions, so that runs go on beside it. The runs and their lines stay. */
async function prune(open: OpenOrganisation, values: Values, io: CliIo): Promise<number> {
  const { services, organisation } = open;
  const days = wholeNumber(values.days, 'how old: --days N');
  const before = new Date(services.clock().getTime() - days * 86_400_000);
  let forgotten = 0;
  for (;;) {
    const some = await services.database.transaction(organisation.id, (tx) =>
      deleteWireCallsBefore(tx, before, CALLS_PRUNED_AT_ONCE),
    );
    forgotten += some;
    if (some < CALLS_PRUNED_AT_ONCE || io.signal.aborted) break;
  }
  forgotten += await services.database.transaction(organisation.id, (tx) =>
    forgetFilesBefore(tx, before),
  );
  if (values.json) io.out(JSON.stringify({ forgotten }));
  else io.out(say(open.reader, 'run.forgotten', { count: forgotten }));
  return 0;
}
