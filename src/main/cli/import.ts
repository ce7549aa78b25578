/** `parterre import`: a reseller's file of sales, by hand. */
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join, parse as parsePath } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileToImport } from '../../exchange/import-sales.ts';
import { importSales } from '../../exchange/import-sales.ts';
import { withRun } from '../../exchange/run-function.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface, choosePerformances, chooseProducts } from './command.ts';
import { ImportReport } from './import-report.ts';
import { say } from './reader.ts';
import { onDisk, Refusal, UsageError } from './refusal.ts';
import { tellResult } from './tell-result.ts';

const OPTIONS = {
  interface: { type: 'string' },
  performance: { type: 'string' },
  product: { type: 'string' },
  report: { type: 'string' },
  simulate: { type: 'boolean' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  'no-wait': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>['values'];

export const command: CliCommand = {
  name: 'import',
  does: "brings a reseller's sales home from a file",
  usage: [
    'parterre import FILE --interface CODE [--performance P | --product CODE] [--simulate]',
    '                [--report FILE] [--no-wait] [--organisation CODE] [--language L] [--json]',
    '    integrates each line that can be, and writes a CSV beside the file that tells what became',
    '    of each; --performance where the file does not name it, --product for an undated pass;',
    '    the same file again changes nothing; --simulate writes nothing but its log',
  ].join('\n'),
  run,
};

function parse(args: string[]) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [file, other] = positionals;
  if (file === undefined) throw new UsageError('Say which file.');
  if (other !== undefined) throw new UsageError(`What is "${other}"? One file at a time.`);
  if (values.performance !== undefined && values.product !== undefined) {
    throw new UsageError('Either --performance or --product: a file is of one thing.');
  }
  return { values, file };
}

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, file } = parse(args);
  await checkFile(file);
  const reportFile = values.report ?? reportBeside(file, values.simulate === true);
  await checkReport(reportFile, file);
  const house = await io.open(values);
  try {
    return await runImport(house, io, values, { file, reportFile });
  } finally {
    await house.close();
  }
}

async function checkFile(file: string): Promise<void> {
  const found = await onDisk(file, async () => {
    const known = await stat(file);
    if (known.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    return known;
  });
  // A pipe can be read once only, and the digest comes first.
  if (!found.isFile()) throw new Refusal(`${file}: it is no ordinary file. Save it to disk first.`);
}

/** A simulation's does not go over the report of what was done. */
function reportBeside(file: string, simulation: boolean): string {
  const { name } = parsePath(file);
  return join(dirname(file), `${name}.${simulation ? 'simulation' : 'report'}.csv`);
}

/** The report must never be written over what is read. */
async function checkReport(report: string, file: string): Promise<void> {
  const [there, source] = await Promise.all([stat(report).catch(() => null), stat(file)]);
  if (there?.ino === source.ino && there.dev === source.dev) {
    throw new UsageError(`The report ${report} is the file itself: name another.`);
  }
}

async function runImport(
  house: OpenOrganisation,
  io: CliIo,
  values: Values,
  { file, reportFile }: { file: string; reportFile: string },
): Promise<number> {
  const record = await chooseInterface(house, values.interface);
  const named = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
  const performanceIds = await choosePerformances(house, named(values.performance));
  const productIds = await chooseProducts(house, named(values.product));
  const filters = {
    ...(performanceIds.length === 0 ? {} : { performanceIds }),
    ...(productIds.length === 0 ? {} : { productIds }),
  };
  const handle = await onDisk(file, () => open(file, 'r'));
  try {
    const report = await onDisk(reportFile, () =>
      ImportReport.create(reportFile, textsOf(house, record)),
    );
    const source: FileToImport = {
      name: basename(file),
      open: () => handle.createReadStream({ start: 0, autoClose: false }),
    };
    const result = await withRun(
      house.services,
      {
        organisationId: house.organisation.id,
        interfaceId: record.id,
        function: 'integrate',
        source: 'hand',
        startedBy: house.author,
        filters,
        simulation: values.simulate === true,
        wait: values['no-wait'] !== true,
        signal: io.signal,
        onWait: ({ number, startedBy, function: what }) => {
          const name = TEXTS[house.reader.language].terms.function[what];
          io.err(say(house.reader, 'run.waiting', { number, function: name, by: startedBy }));
        },
      },
      (context) => importSales(context, source, { tell: (lines) => report.add(lines) }),
    ).finally(() => report.close());
    const { outcomes, rows } = report;
    const written = rows > 0 ? reportFile : null;
    if (written === null) await report.remove();
    const more = { file, simulation: values.simulate === true, report: written, outcomes };
    const code = await tellResult(house, io, record, result, values, more);
    if (written !== null && !values.json)
      io.out(say(house.reader, 'import.report', { file: written }));
    return code;
  } finally {
    await handle.close();
  }
}

function textsOf({ reader }: OpenOrganisation, record: InterfaceRecord) {
  const { reseller, people } = record;
  return { ...reader, interface: record.code, reseller, people, number: null };
}
