/** `parterre mappings …`: the mappings of an interface from the command line. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { copyToSeason } from '../../domain/mapping/copy-to-season.ts';
import { markNotOurs, setValues, unmarkNotOurs } from '../../domain/mapping/edit-table.ts';
import { parseAlternatives } from '../../domain/mapping/mapping-text.ts';
import { exportMappings, importMappings, readTable } from '../../exchange/import-mappings.ts';
import { readWord, WORDS } from '../../exchange/mapping-file/headings.ts';
import { readMappingQueue } from '../../exchange/mapping-queue.ts';
import type { MappingTable } from '../../exchange/mapping-table.ts';
import type { SaveMappingsRequest } from '../../exchange/save-mappings.ts';
import { readAgain, saveMappings } from '../../exchange/save-mappings.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { CliCommand, CliIo } from './command.ts';
import { printImport, printQueue, printSaved, printTable, reportOf } from './mapping-output.ts';
import type { OpenMappings } from './mapping-session.ts';
import { openMappings } from './mapping-session.ts';
import { say } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';

const usage = `parterre mappings export FILE --interface CODE [--json]     an Excel file
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
    everywhere: --organisation CODE, --language fr|en|de|it|es,
                --reason TEXT (kept in the journal)`;

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
  const { reader } = session;
  const { language } = reader;
  const sheet = await exportMappings(session.services, { ...session.where, language });
  await onDisk(file, () => writeFile(file, sheet));
  if (call.values.json === true) io.out(JSON.stringify({ file }));
  else io.out(say(reader, 'mappings.exported', { interface: session.interfaceCode, file }));
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
  if (word !== undefined) return word;
  const { reader } = call.session;
  const words = Object.values(WORDS)
    .map((one) => one[reader.language])
    .join(', ');
  throw new UsageError(say(reader, 'word.unknown', { word: text, words }));
}

function seasonIdOf(
  code: string | undefined,
  seasons: MappingTable['seasons'],
  { reader }: OpenMappings,
): number | null {
  if (code === undefined || code === '') return null;
  const season = seasons.find((one) => one.code === code);
  if (season !== undefined) return season.id;
  const codes = seasons.map((one) => `"${one.code}"`).join(', ');
  throw new UsageError(say(reader, 'season.unknown', { season: code, seasons: codes }));
}

async function set(call: Call): Promise<number> {
  const word = wordOf(call);
  const ours = argument(call, 1, 'OURS');
  const external = parseAlternatives(argument(call, 2, 'VALUES'));
  const result = await save(call, ({ rows, seasons }) => {
    const seasonId = seasonIdOf(call.values.season, seasons, call.session);
    const draft = { id: null, word, seasonId, ours, external, notOurs: false };
    return setValues(rows, draft, call.values.add === true);
  });
  return printSaved(call, result, await table(call.session));
}

async function notOurs(call: Call): Promise<number> {
  const word = wordOf(call);
  const marked = parseAlternatives(argument(call, 1, 'VALUES'));
  const result = await save(call, ({ rows, seasons }) => {
    const seasonId = seasonIdOf(call.values.season, seasons, call.session);
    const change = call.values.undo === true ? unmarkNotOurs : markNotOurs;
    return change(rows, word, seasonId, marked);
  });
  const code = printSaved(call, result, await table(call.session));
  if (result.outcome !== 'saved' || result.unmarked.setAside.length === 0) return code;
  const messageIds = result.unmarked.setAside;
  const { session } = call;
  await readAgain(session.services, { ...session.where, messageIds }, session.replay);
  if (call.values.json !== true)
    call.io.out(say(session.reader, 'mappings.read_again', { count: messageIds.length }));
  return code;
}

async function remove(call: Call): Promise<number> {
  argument(call, 0, 'ID');
  const ids = call.rest.map(Number);
  const result = await save(call, ({ rows }) => {
    const unknown = ids.filter((id) => !rows.some((row) => row.id === id));
    if (unknown.length > 0) {
      throw new UsageError(
        say(call.session.reader, 'mappings.unknown', { ids: unknown.join(', ') }),
      );
    }
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
      const ids = [from, to].map((code) => seasonIdOf(code, seasons, call.session));
      const [fromId, toId] = ids;
      if (fromId == null || toId == null) throw new UsageError('Name two seasons.');
      const copied = copyToSeason(rows, fromId, toId, objects);
      skipped = copied.skipped;
      return { save: copied.save, remove: [] };
    },
    { foretell: call.values.apply !== true },
  );
  const now = await table(call.session);
  const { reader } = call.session;
  const left = skipped.map(({ row, reason, suggestions }) => ({
    ...reportOf(row, now),
    reason,
    suggestions,
  }));
  if (call.values.json !== true) {
    for (const { word, ours, external, reason, suggestions } of left) {
      const name = TEXTS[reader.language].terms.word[word];
      const line = `${name} ${ours ?? external}`;
      const why = say(reader, `copy.${reason}`);
      const keys = suggestions.join(', ');
      const hint = keys === '' ? '' : ` — ${say(reader, 'did_you_mean', { keys })}`;
      call.io.out(`  ${say(reader, 'mappings.stays', { line, why })}${hint}`);
    }
  }
  return printSaved(call, result, now, { skipped: left });
}
