/** `parterre performance`: its life, from suspending to closing, and what is open about it. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { PerformanceState } from '../../domain/catalogue/catalogue.ts';
import { TRANSITIONS } from '../../domain/performance/transitions.ts';
import { cancelPerformance } from '../../exchange/performance/cancel-performance.ts';
import {
  closePerformance,
  reopenPerformance,
} from '../../exchange/performance/close-performance.ts';
import type { LetterOptions } from '../../exchange/performance/letters.ts';
import type { LifeRequest } from '../../exchange/performance/life-transaction.ts';
import { movePerformance } from '../../exchange/performance/move-performance.ts';
import { reseatPerformance } from '../../exchange/performance/reseat-performance.ts';
import { readReseatTable } from '../../exchange/performance/reseat-table.ts';
import {
  readPerformanceList,
  showPerformance,
} from '../../exchange/performance/show-performance.ts';
import {
  resumePerformance,
  suspendPerformance,
} from '../../exchange/performance/suspend-performance.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { choosePerformances } from './command.ts';
import type { Telling } from './performance-output.ts';
import {
  tellCancelled,
  tellClosed,
  tellList,
  tellMoved,
  tellRefused,
  tellReopened,
  tellReseated,
  tellShown,
  tellSuspended,
} from './performance-output.ts';
import { readerOf, say } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  'letter-language': { type: 'string' },
  reason: { type: 'string' },
  state: { type: 'string', multiple: true },
  start: { type: 'string' },
  configuration: { type: 'string' },
  reseat: { type: 'string' },
  list: { type: 'string' },
  keep: { type: 'boolean' },
  'take-back': { type: 'boolean' },
  anyway: { type: 'boolean' },
  foretell: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'performance',
  does: 'suspends, cancels, moves, re-seats and closes performances',
  usage: `parterre performance [list] [--state STATE]... [--json]
    STATE: preparing, running, suspended, cancelled, closed
parterre performance show P [--list FILE.xlsx|FILE.csv] [--json]
parterre performance suspend P --reason R [--take-back]   resume P
    --take-back asks for everything unsold: the next run asks the resellers
parterre performance cancel P --reason R [--list FILE.xlsx|FILE.csv]
    asks for everything unsold, closes the codes, refunds nothing; tells what each reseller must
    refund, with an e-mail that is ready to send; --list writes the tickets
parterre performance move P --start YYYY-MM-DDTHH:MM --reason R [--anyway]
parterre performance move P --configuration CODE --reason R [--keep] [--reseat FILE]
    --keep keeps every taken place on the place of the same name; --reseat re-seats by a table
parterre performance reseat P FILE --reason R
    FILE (.csv or .xlsx): ticket or old seat; new seat (Layout/Area/Block/Row/Number)
parterre performance close P --reason R [--anyway]        reopen P --reason R
    reopen also takes a cancellation back
P is PRODUCT/CODE or PRODUCT/YYYY-MM-DDTHH:MM. With --foretell nothing is written.
    [--letter-language L] [--organisation CODE] [--language L] [--json]`,
  run,
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

const EVERYWHERE = ['organisation', 'language', 'json'] as const;
const CHANGES = ['reason', 'foretell'] as const;

/** Options that an action takes, beside those that every one takes. */
const TAKES: Readonly<Record<string, readonly (keyof typeof OPTIONS)[]>> = {
  list: ['state'],
  show: ['list', 'letter-language'],
  suspend: [...CHANGES, 'take-back'],
  resume: CHANGES,
  cancel: [...CHANGES, 'list', 'letter-language'],
  move: [...CHANGES, 'start', 'configuration', 'keep', 'reseat', 'anyway', 'letter-language'],
  reseat: [...CHANGES, 'letter-language'],
  close: [...CHANGES, 'anyway'],
  reopen: CHANGES,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', text, file, ...more] = positionals;
  const takes = TAKES[action];
  if (takes === undefined) throw new UsageError(`Say ${Object.keys(TAKES).join(', ')}.`);
  const allowed = new Set<string>([...EVERYWHERE, ...takes]);
  const foreign = Object.keys(values).find((name) => !allowed.has(name));
  if (foreign !== undefined) throw new UsageError(`${action} has no option --${foreign}.`);
  const takesFile = action === 'reseat';
  if (more.length > 0 || (file !== undefined && !takesFile)) {
    throw new UsageError(`What is "${more[0] ?? file}"?`);
  }
  if (action !== 'list' && text === undefined) throw new UsageError('Name a performance.');
  if (takesFile && file === undefined) throw new UsageError('Name the file of the table.');
  const open = await io.open(values);
  try {
    if (action === 'list') return await list(open, io, values);
    const [performanceId = 0] = await choosePerformances(open, [text ?? '']);
    return await act({ open, io, values, performanceId, name: text ?? '', file }, action);
  } finally {
    await open.close();
  }
}

async function list(open: OpenOrganisation, io: CliIo, values: Values): Promise<number> {
  const known = Object.keys(TRANSITIONS);
  const wrong = values.state?.find((state) => !known.includes(state));
  if (wrong !== undefined) throw new UsageError(`--state is one of ${known.join(', ')}.`);
  const states = (values.state as PerformanceState[] | undefined) ?? null;
  const request = { organisationId: open.organisation.id, states };
  tellList(io, open.reader, await readPerformanceList(open.services, request), values);
  return 0;
}

interface Action {
  open: OpenOrganisation;
  io: CliIo;
  values: Values;
  performanceId: number;
  /** As the person typed it. */
  name: string;
  file: string | undefined;
}

async function act(action: Action, verb: string): Promise<number> {
  const { open, io, values, performanceId, name } = action;
  const { services, organisation, reader } = open;
  const records = await services.database.transaction(organisation.id, (tx) => listInterfaces(tx));
  const telling: Telling = { io, reader, values, name, verb, interfaces: records };
  const letters = letterOptions(open, values);
  if (verb === 'show') {
    const request = { organisationId: organisation.id, performanceId, ...letters };
    const shown = await showPerformance(services, request);
    return shown === null
      ? tellRefused(telling, { outcome: 'refused', problems: [{ code: 'unknown', params: {} }] })
      : tellShown(telling, shown);
  }
  const request: LifeRequest = {
    organisationId: organisation.id,
    performanceId,
    by: open.author,
    reason: values.reason ?? null,
    foretell: values.foretell === true,
  };
  switch (verb) {
    case 'suspend': {
      const takeBack = values['take-back'] === true;
      return tellSuspended(telling, await suspendPerformance(services, { ...request, takeBack }));
    }
    case 'resume': {
      const resumed = await resumePerformance(services, request);
      return tellSuspended(telling, 'onSale' in resumed ? { ...resumed, asked: [] } : resumed);
    }
    case 'cancel':
      return tellCancelled(telling, await cancelPerformance(services, { ...request, ...letters }));
    case 'move':
      return move(action, telling, { ...request, ...letters });
    case 'reseat':
      return reseat(action, telling, { ...request, ...letters });
    case 'close': {
      const anyway = values.anyway === true;
      return tellClosed(telling, await closePerformance(services, { ...request, anyway }));
    }
    default:
      return tellReopened(telling, await reopenPerformance(services, request));
  }
}

function letterOptions({ organisation }: OpenOrganisation, values: Values): LetterOptions {
  const asked = values['letter-language'];
  return asked === undefined ? {} : { language: readerOf(organisation, asked).language };
}

async function move(
  { open, values }: Action,
  telling: Telling,
  request: LifeRequest & LetterOptions,
): Promise<number> {
  const { start, configuration, reseat: file } = values;
  if (start === undefined && configuration === undefined) {
    throw new UsageError('Say where to: --start, or --configuration.');
  }
  if (configuration === undefined && (values.keep || file !== undefined)) {
    throw new UsageError('--keep and --reseat go with --configuration.');
  }
  const read = file === undefined ? { table: [] } : await tableOf(file);
  if ('faults' in read) return tellRefused(telling, { outcome: 'refused', problems: read.faults });
  const moved = await movePerformance(open.services, {
    ...request,
    ...(start === undefined ? {} : { start }),
    ...(configuration === undefined
      ? {}
      : { configurationId: await chooseConfiguration(open, configuration) }),
    keepByName: values.keep === true,
    table: read.table,
    anyway: values.anyway === true,
  });
  return tellMoved(telling, moved);
}

async function reseat(
  { open, file = '' }: Action,
  telling: Telling,
  request: LifeRequest & LetterOptions,
): Promise<number> {
  const read = await tableOf(file);
  if ('faults' in read) return tellRefused(telling, { outcome: 'refused', problems: read.faults });
  const { table } = read;
  return tellReseated(telling, await reseatPerformance(open.services, { ...request, table }));
}

async function tableOf(file: string) {
  return readReseatTable(await onDisk(file, () => readFile(file)));
}

async function chooseConfiguration(
  { services, organisation, reader }: OpenOrganisation,
  code: string,
): Promise<number> {
  const { logicalConfigurations } = await services.database.transaction(organisation.id, (tx) =>
    loadCatalogue(tx),
  );
  const found = logicalConfigurations.find((one) => one.code === code);
  if (found !== undefined) return found.id;
  const codes = logicalConfigurations.map((one) => one.code).join(', ');
  throw new UsageError(say(reader, 'life.configuration_unknown', { code, codes }));
}
