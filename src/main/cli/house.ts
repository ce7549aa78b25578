/** `parterre house`: load, check and export a house file. */
import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { HouseNote, HouseProblem } from '../../domain/house/problem.ts';
import { exportHouse } from '../../exchange/export-house.ts';
import type { HouseInput } from '../../exchange/house-file/read-house-file.ts';
import { readHouseFile } from '../../exchange/house-file/read-house-file.ts';
import { writeWorkbook } from '../../exchange/house-file/write-workbook.ts';
import type { HouseLoaded, HouseResult } from '../../exchange/load-house.ts';
import { loadParsedHouse } from '../../exchange/load-house.ts';
import type { CliCommand, CliIo } from './command.ts';
import { SEATS_USAGE, seatsFile } from './house-seats.ts';
import { onDisk, UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'apply-moves': { type: 'boolean' },
  create: { type: 'boolean' },
  simulate: { type: 'boolean' },
  'ask-back': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'house',
  does: "loads and exports a house file; the venue's own sales",
  usage: `parterre house load FILE [--dry-run] [--apply-moves] [--create] [--json]
    loads a house file (.json or .xlsx): all of it, or nothing with every fault told;
    --dry-run tells the differences and writes nothing; --apply-moves moves performances whose
    start differs; --create makes the organisation beside others
parterre house check FILE [--json]                      the same as load --dry-run
parterre house export FILE.json|FILE.xlsx [--organisation CODE] [--json]
    secrets are never exported
${SEATS_USAGE}`,
  run,
};

const LOADING = ['organisation', 'dry-run', 'apply-moves', 'create', 'json'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  load: LOADING,
  check: LOADING,
  export: ['organisation', 'json'],
  seats: ['organisation', 'simulate', 'ask-back', 'json'],
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, file, ...more] = positionals;
  if (action === undefined || !['load', 'check', 'export', 'seats'].includes(action)) {
    throw new UsageError('Say load, check, export or seats.');
  }
  if (file === undefined || more.length > 0) throw new UsageError('Name one file.');
  const foreign = Object.keys(values).find((name) => !ALLOWED[action]?.includes(name));
  if (foreign !== undefined) throw new UsageError(`${action} has no option --${foreign}.`);
  if (action === 'seats') return await seatsFile(file, values, io);
  if (action === 'export') return await exportFile(file, values, io);
  if (action === 'load') return await loadFile(file, values, io);
  return await loadFile(file, { ...values, 'dry-run': true }, io);
}

async function loadFile(file: string, values: Values, io: CliIo): Promise<number> {
  const input = await readHouseFile(await onDisk(file, () => readFile(file)));
  const { organisation } = input.parsed;
  if (values.organisation && organisation && organisation.code !== values.organisation) {
    throw new UsageError(`${file} is the house of ${organisation.code}.`);
  }
  const { services, close } = await io.openHouse();
  try {
    const { database, ids, secrets, clock, findChannel } = services;
    const result = await loadParsedHouse(database, ids, secrets, input, {
      clock,
      author: userInfo().username,
      findChannel,
      dryRun: values['dry-run'] ?? false,
      applyMoves: values['apply-moves'] ?? false,
      ...(values.create ? { create: true } : {}),
    });
    if (values.json) io.out(JSON.stringify(inJson(result, input)));
    else if (result.outcome === 'refused') tellProblems(result.problems, input, io);
    else tellLoaded(result, input, io);
    return result.outcome === 'refused' ? 1 : 0;
  } finally {
    await close();
  }
}

/** The result with every place as it is called in the file. */
function inJson(result: HouseResult, input: HouseInput): object {
  const at = <T extends HouseNote | HouseProblem>(one: T) => ({ at: input.locate(one), ...one });
  const notes = result.notes.map(at);
  if (result.outcome !== 'refused') return { ...result, notes };
  return { ...result, problems: result.problems.map(at), notes };
}

function tellProblems(problems: readonly HouseProblem[], input: HouseInput, io: CliIo): void {
  io.err(`Nothing was loaded: ${problems.length} ${problems.length === 1 ? 'fault' : 'faults'}.`);
  for (const problem of problems) {
    io.err(`${input.locate(problem)}: ${problem.message} ${problem.cure} [${problem.code}]`);
  }
}

const LISTED = 200;

function tellLoaded(result: HouseLoaded, input: HouseInput, io: CliIo): void {
  const { outcome, counts, changes, seats } = result;
  for (const note of result.notes) io.out(`${input.locate(note)}: ${note.message}`);
  if (outcome === 'unchanged') {
    io.out('Nothing differs: the house is as the file says.');
    return;
  }
  if (outcome === 'checked') {
    for (const { table, action, name, columns } of changes.slice(0, LISTED)) {
      const what = Object.entries(columns ?? {}).map(([column, { before, after }]) => {
        return `${column} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
      });
      io.out(`  ${action} ${table} ${name}${what.length > 0 ? `: ${what.join(', ')}` : ''}`);
    }
    if (changes.length > LISTED) io.out(`  … and ${changes.length - LISTED} more (--json has all)`);
  }
  for (const [table, { inserted, updated, removed }] of Object.entries(counts)) {
    const parts = [
      [inserted, 'new'],
      [updated, 'changed'],
      [removed, 'removed'],
    ] as const;
    const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    if (told.length > 0) io.out(`${table}: ${told.join(', ')}`);
  }
  io.out(
    `seats: ${seats.placed} placed, ${seats.moved} moved, ${seats.wished} wait for a reseller`,
  );
  io.out(outcome === 'checked' ? 'Nothing was written.' : 'Loaded.');
}

async function exportFile(file: string, values: Values, io: CliIo): Promise<number> {
  const form = extname(file).toLowerCase();
  if (form !== '.json' && form !== '.xlsx') throw new UsageError('Name a .json or .xlsx file.');
  const open = await io.open(values);
  try {
    const house = await exportHouse(open.services.database, open.organisation.id);
    const content =
      form === '.json' ? `${JSON.stringify(house, null, 2)}\n` : await writeWorkbook(house);
    await onDisk(file, () => writeFile(file, content));
    const lists = Object.entries(house).filter(([, list]) => Array.isArray(list));
    const lines: Record<string, number> = Object.fromEntries(
      lists.map(([name, list]) => [name, (list as unknown[]).length]),
    );
    if (values.json) io.out(JSON.stringify({ file, organisation: house.organisation.code, lines }));
    else io.out(`${file}: ${Object.values(lines).reduce((all, one) => all + one, 0)} lines.`);
    return 0;
  } finally {
    await open.close();
  }
}
