/** `parterre mappings …`: the mappings of an interface from the command line. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { copyToSeason } from '../../domain/mapping/copy-to-season.ts';
import { markNotOurs, setValues, unmarkNotOurs } from '../../domain/mapping/edit-table.ts';
import { parseAlternatives } from '../../domain/mapping/mapping-text.ts';
import { exportMappings, importMappings, readTable } from '../../exchange/import-mappings.ts';
import type { Language } from '../../exchange/mapping-file/headings.ts';
import { LANGUAGES, readWord } from '../../exchange/mapping-file/headings.ts';
import { readMappingQueue } from '../../exchange/mapping-queue.ts';
import type { MappingTable } from '../../exchange/mapping-table.ts';
import type { SaveMappingsRequest } from '../../exchange/save-mappings.ts';
import { readAgain, saveMappings } from '../../exchange/save-mappings.ts';
import type { CliCommand, CliIo } from './command.ts';
import { onDisk, UsageError } from './command.ts';
import { printImport, printQueue, printSaved, printTable, reportOf } from './mapping-output.ts';
import type { OpenMappings } from './mapping-session.ts';
import { openMappings } from './mapping-session.ts';

const usage = `parterre mappings export FILE --interface CODE [--language fr|en|de|it|es]
parterre mappings import FILE --interface CODE [--apply] [--remove-missing] [--json]
    shows the differences between the file and the house; writes them only with --apply;
    mappings that the file does not have are kept, unless --remove-missing
parterre mappings list   --interface CODE [--json]
parterre mappings queue  --interface CODE [--json]      values seen without a mapping
parterre mappings set WORD OURS VALUES --interface CODE [--season CODE] [--add] [--json]
    set tariff OccCont/FNAC_P '0|44' --season 'Saison 2'; --add keeps the values it has
parterre mappings not-ours WORD VALUES --interface CODE [--season CODE] [--undo] [--json]
    --undo takes the mark off and reads again what was set aside for it
parterre mappings remove ID... --interface CODE [--json]
parterre mappings copy FROM TO --interface CODE [--apply] [--json]
    copies the mappings of one season to another; shows what it would do without --apply
Everywhere: --organisation CODE, --reason TEXT (kept in the journal).`;

const OPTIONS = {
  interface: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  season: { type: 'string' },
  reason: { type: 'string' },
  apply: { type: 'boolean' },
  'remove-missing': { type: 'boolean' },
  add: { type: 'boolean' },
  undo: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

interface Call {
  io: CliIo;
  session: OpenMappings;
  values: Values;
  rest: readonly string[];
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

const ACTIONS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  export: exportFile,
  import: importFile,
  list,
  queue,
  set,
  'not-ours': notOurs,
  remove,
  copy,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, ...rest] = positionals;
  const act = action === undefined ? undefined : ACTIONS[action];
  if (act === undefined) throw new UsageError(`Say ${Object.keys(ACTIONS).join(', ')}.`);
  const session = await openMappings(io, values);
  try {
    return await act({ io, session, values, rest });
  } finally {
    await session.close();
  }
}

const does = "ours and the reseller's words: table, queue, Excel";

export const command: CliCommand = { name: 'mappings', does, usage, run };

function argument(call: Call, index: number, name: string): string {
  const value = call.rest[index];
  if (value === undefined) throw new UsageError(`${name} is missing.`);
  return value;
}

async function exportFile(call: Call): Promise<number> {
  const { session, io } = call;
  const file = argument(call, 0, 'FILE');
  const language = (call.values.language ?? session.language) as Language;
  if (!LANGUAGES.includes(language)) throw new UsageError(`No language "${language}".`);
  const sheet = await exportMappings(session.services, { ...session.where, language });
  await onDisk(file, () => writeFile(file, sheet));
  if (call.values.json === true) io.out(JSON.stringify({ file }));
  else io.out(`The mappings of ${session.interfaceCode} are in ${file}.`);
  return 0;
}

async function importFile(call: Call): Promise<number> {
  const { session, values } = call;
  const file = argument(call, 0, 'FILE');
  const result = await importMappings(
    session.services,
    {
      ...session.where,
      file: await onDisk(file, () => readFile(file)),
      apply: values.apply === true,
      removeMissing: values['remove-missing'] === true,
      author: session.author,
      reason: values.reason ?? null,
    },
    session.replay,
  );
  return printImport(call, result, await table(session));
}

function table(session: OpenMappings): Promise<MappingTable> {
  return readTable(session.services, session.where);
}

async function list(call: Call): Promise<number> {
  printTable(call, await table(call.session));
  return 0;
}

async function queue(call: Call): Promise<number> {
  printQueue(call, await readMappingQueue(call.session.services, call.session.where));
  return 0;
}

type Change = (table: MappingTable) => ReturnType<typeof setValues>;

async function save(call: Call, changes: Change, more: Partial<SaveMappingsRequest> = {}) {
  const { session, values } = call;
  return saveMappings(
    session.services,
    {
      ...session.where,
      changes,
      author: session.author,
      reason: values.reason ?? null,
      ...more,
    },
    session.replay,
  );
}

function wordOf(call: Call) {
  const text = argument(call, 0, 'WORD');
  const word = readWord(text);
  if (word === undefined) throw new UsageError(`"${text}" is no kind of data.`);
  return word;
}

function seasonIdOf(code: string | undefined, seasons: MappingTable['seasons']): number | null {
  if (code === undefined || code === '') return null;
  const season = seasons.find((one) => one.code === code);
  if (season !== undefined) return season.id;
  const codes = seasons.map((one) => `"${one.code}"`).join(', ');
  throw new UsageError(`There is no season "${code}". There is ${codes}.`);
}

async function set(call: Call): Promise<number> {
  const word = wordOf(call);
  const ours = argument(call, 1, 'OURS');
  const external = parseAlternatives(argument(call, 2, 'VALUES'));
  const result = await save(call, ({ rows, seasons }) => {
    const seasonId = seasonIdOf(call.values.season, seasons);
    const draft = { id: null, word, seasonId, ours, external, notOurs: false };
    return setValues(rows, draft, call.values.add === true);
  });
  return printSaved(call, result, await table(call.session));
}

async function notOurs(call: Call): Promise<number> {
  const word = wordOf(call);
  const marked = parseAlternatives(argument(call, 1, 'VALUES'));
  const result = await save(call, ({ rows, seasons }) => {
    const seasonId = seasonIdOf(call.values.season, seasons);
    const change = call.values.undo === true ? unmarkNotOurs : markNotOurs;
    return change(rows, word, seasonId, marked);
  });
  const code = printSaved(call, result, await table(call.session));
  if (result.outcome !== 'saved' || result.unmarked.setAside.length === 0) return code;
  const messageIds = result.unmarked.setAside;
  const { session } = call;
  await readAgain(session.services, { ...session.where, messageIds }, session.replay);
  if (call.values.json !== true) call.io.out(`${messageIds.length} messages are read again.`);
  return code;
}

async function remove(call: Call): Promise<number> {
  argument(call, 0, 'ID');
  const ids = call.rest.map(Number);
  const result = await save(call, ({ rows }) => {
    const unknown = ids.filter((id) => !rows.some((row) => row.id === id));
    if (unknown.length > 0) throw new UsageError(`There is no mapping ${unknown.join(', ')}.`);
    return { save: [], remove: ids };
  });
  return printSaved(call, result, await table(call.session));
}

async function copy(call: Call): Promise<number> {
  const [from, to] = [argument(call, 0, 'FROM'), argument(call, 1, 'TO')];
  let skipped: ReturnType<typeof copyToSeason>['skipped'] = [];
  const result = await save(
    call,
    ({ rows, seasons, objects }) => {
      const ids = [seasonIdOf(from, seasons), seasonIdOf(to, seasons)] as const;
      if (ids[0] === null || ids[1] === null) throw new UsageError('Name two seasons.');
      const copied = copyToSeason(rows, ids[0], ids[1], objects);
      skipped = copied.skipped;
      return { save: copied.save, remove: [] };
    },
    { foretell: call.values.apply !== true },
  );
  const now = await table(call.session);
  const left = skipped.map(({ row, reason, suggestions }) => ({
    ...reportOf(row, now),
    reason,
    suggestions,
  }));
  if (call.values.json !== true) {
    for (const { word, ours, external, reason, suggestions } of left) {
      const hint = suggestions.length === 0 ? '' : ` (perhaps ${suggestions.join(', ')})`;
      const value = ours ?? external;
      call.io.out(`  stays: ${word} ${value}: ${reason.replaceAll('_', ' ')}${hint}`);
    }
  }
  return printSaved(call, result, now, { skipped: left });
}
