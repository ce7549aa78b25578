/** `parterre cases`: what waits for a person, its ways out, and the report to the reseller. */
import { parseArgs } from 'node:util';
import type { Way } from '../../domain/cases/ways-out.ts';
import { isWay, WAYS } from '../../domain/cases/ways-out.ts';
import { isMappingWord } from '../../domain/mapping/mapping-row.ts';
import { PROBLEM_CLASSES } from '../../domain/order/problem.ts';
import type { CaseChoice, SettleRequest, WaySaid } from '../../exchange/cases/case-request.ts';
import { foretell } from '../../exchange/cases/foretell.ts';
import { listCases, listNames } from '../../exchange/cases/list-cases.ts';
import { settleCases } from '../../exchange/cases/settle-cases.ts';
import { showCase } from '../../exchange/cases/show-case.ts';
import { listUnreadable, showUnreadable } from '../../exchange/cases/unreadable-records.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { CaseFilter, CaseState } from '../../store/case-list-store.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { UnreadableCase } from '../../store/unreadable-store.ts';
import { readMoney } from './account-session.ts';
import type { HoldingCall } from './case-holding.ts';
import { handOver, idOf, idsOf, note, report, take } from './case-holding.ts';
import { caseAsJson, nameAsJson, printCase, printCases, printNames } from './case-output.ts';
import { printSettled, settledAsJson } from './case-settled-output.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface, choosePerformances, chooseProducts } from './command.ts';
import { say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';
import { printUnreadable, printUnreadableInFull, unreadableAsJson } from './unreadable-output.ts';

const usage = `parterre cases [list] [filters] [--roots] [--json]
    one row a message that waits: roots first, tonight's performances before the others
parterre cases names [filters] [--asked] [--json]     tickets sold without a name
parterre cases show ID [--json]                       in full, with its ways out and their effect
parterre cases settle ID... --way WAY --reason TEXT [what the way asks for]
                      [--foretell] [--json]
    or all that are like one: --all-like ID; or all that filters show: --interface CODE --code CODE
    ways: ${wayList()}
    asked for: --ours CODE [--word WORD] (correct_mapping), --price P (correct_price),
               --amount A --document D (record_payment), --amount A (raise_ceiling),
               --seat AREA/BLOCK/ROW/NUMBER (another_seat, map_seat)
parterre cases take ID...     parterre cases note ID... --text TEXT
parterre cases hand-over ID... --to NAME|--to-nobody [--reason TEXT]
parterre cases report --interface CODE [--out FOLDER] [--again REPORT] [--json]
    the e-mail and the Excel for the reseller, of all that was put on its list by --way report;
    --again makes those of an earlier report, of what still waits
    filters: --interface CODE, --class mapping|business|external, --code CODE, --product CODE,
             --performance PRODUCT/CODE, --state open|reported|taken|settled, --ticket NUMBER
    everywhere: --organisation CODE, --language fr|en|de|it|es`;

/** In lines that fit under the usage. */
function wayList(): string {
  const lines: string[] = [''];
  for (const way of Object.keys(WAYS)) {
    const line = lines.at(-1) ?? '';
    if (line.length + way.length > 82) lines.push(way);
    else lines[lines.length - 1] = line === '' ? way : `${line}, ${way}`;
  }
  return lines.join(',\n          ');
}

const OPTIONS = {
  interface: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  class: { type: 'string' },
  code: { type: 'string' },
  product: { type: 'string' },
  performance: { type: 'string' },
  state: { type: 'string' },
  ticket: { type: 'string' },
  roots: { type: 'boolean' },
  asked: { type: 'boolean' },
  way: { type: 'string' },
  reason: { type: 'string' },
  ours: { type: 'string' },
  word: { type: 'string' },
  seat: { type: 'string' },
  amount: { type: 'string' },
  document: { type: 'string' },
  price: { type: 'string' },
  'all-like': { type: 'string' },
  foretell: { type: 'boolean' },
  text: { type: 'string' },
  to: { type: 'string' },
  'to-nobody': { type: 'boolean' },
  out: { type: 'string' },
  again: { type: 'string' },
  json: { type: 'boolean' },
} as const;

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

interface CaseCall extends HoldingCall {
  values: ReturnType<typeof parse>['values'];
}

const ACTIONS: Readonly<Record<string, (call: CaseCall) => Promise<number>>> = {
  list,
  names,
  show,
  settle,
  take,
  note,
  'hand-over': handOver,
  report,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', ...rest] = positionals;
  const act = ACTIONS[action];
  if (act === undefined) throw new UsageError(`Say ${Object.keys(ACTIONS).join(', ')}.`);
  const open = await io.open(values);
  try {
    return await act({ io, open, values, rest });
  } finally {
    await open.close();
  }
}

export const command: CliCommand = {
  name: 'cases',
  does: 'what waits for a person, its ways out, reports to resellers',
  usage,
  run,
};

const STATES: readonly CaseState[] = ['open', 'reported', 'taken', 'settled'];

function oneOf<T extends string>(all: readonly T[], text: string, what: string): T {
  const found = all.find((one) => one === text);
  if (found === undefined) throw new UsageError(`${what} is one of ${all.join(', ')}.`);
  return found;
}

async function filterOf({ open, values }: CaseCall): Promise<CaseFilter> {
  const filter: CaseFilter = {};
  if (values.interface !== undefined) {
    filter.interfaceId = (await chooseInterface(open, values.interface)).id;
  }
  if (values.class !== undefined) filter.class = oneOf(PROBLEM_CLASSES, values.class, 'A class');
  if (values.code !== undefined) filter.code = values.code;
  if (values.state !== undefined) filter.state = oneOf(STATES, values.state, 'A state');
  if (values.ticket !== undefined) filter.ticket = values.ticket;
  if (values.roots === true) filter.rank = 'root';
  if (values.product !== undefined) {
    const [id, ...others] = await chooseProducts(open, [values.product]);
    if (id === undefined || others.length > 0) {
      throw new UsageError(say(open.reader, 'product.unknown', { code: values.product }));
    }
    filter.productId = id;
  }
  if (values.performance !== undefined) {
    const [id] = await choosePerformances(open, [values.performance]);
    if (id !== undefined) filter.performanceId = id;
  }
  return filter;
}

const PAGE = 2_000;

async function list(call: CaseCall): Promise<number> {
  const { io, open, values, rest } = call;
  if (rest.length > 0) throw new UsageError('The list takes filters, no ID.');
  const { services, organisation, reader } = open;
  const filter = await filterOf(call);
  const records = await interfacesOf(open);
  const all: object[] = [];
  let after: string | null = null;
  let shown = 0;
  for (;;) {
    const page = await listCases(services, {
      organisationId: organisation.id,
      filter,
      after,
      limit: PAGE,
    });
    if (values.json) all.push(...page.cases.map((one) => caseAsJson(one, records, reader)));
    else {
      if (after === null) {
        const { roots, followers } = page.count;
        io.out(say(reader, 'cases.count', { roots, messages: roots + followers }));
      }
      for (const line of printCases(page.cases, records, reader)) io.out(line);
    }
    shown += page.cases.length;
    after = page.next;
    if (after === null || io.signal.aborted) break;
  }
  shown += await listTheUnreadable(call, filter, all);
  if (values.json) io.out(JSON.stringify(all));
  else {
    const nameless = await listNames(services, {
      organisationId: organisation.id,
      filter: { state: null },
      limit: 1,
    });
    if (nameless.length > 0) io.out(say(reader, 'cases.names_hint'));
    if (shown > 0) io.out(say(reader, 'cases.list_hint'));
  }
  return 0;
}

/** What cannot be read comes after the cases: no product or performance of it is known. */
async function listTheUnreadable(
  { io, open, values }: CaseCall,
  filter: CaseFilter,
  all: object[],
): Promise<number> {
  const { productId, performanceId, state = 'open', rank = 'root' } = filter;
  const named = productId ?? performanceId;
  if (named !== undefined || rank !== 'root' || (state !== 'open' && state !== 'settled')) return 0;
  if (filter.class !== undefined && filter.class !== 'external') return 0;
  const { interfaceId, code, ticket } = filter;
  const asked = {
    settled: state === 'settled',
    ...(interfaceId !== undefined && { interfaceId }),
    ...(code !== undefined && { code }),
    ...(ticket !== undefined && { ticket }),
  };
  const found: UnreadableCase[] = [];
  const { services, organisation, reader } = open;
  for (let afterId = 0; !io.signal.aborted; ) {
    const request = { organisationId: organisation.id, filter: asked, afterId, limit: PAGE };
    const page = await listUnreadable(services, request);
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    afterId = last.id;
  }
  if (found.length === 0) return 0;
  const records = await interfacesOf(open);
  if (values.json) all.push(...found.map((one) => unreadableAsJson(one, records, reader)));
  else {
    io.out(say(reader, 'cases.unreadable_count', { count: found.length }));
    for (const line of printUnreadable(found, records, reader)) io.out(line);
  }
  return found.length;
}

async function interfacesOf({
  services,
  organisation,
}: OpenOrganisation): Promise<Map<number, InterfaceRecord>> {
  const all = await services.database.transaction(organisation.id, (tx) => listInterfaces(tx));
  return new Map(all.map((one) => [one.id, one]));
}

async function names(call: CaseCall): Promise<number> {
  const { io, open, values } = call;
  const { interfaceId, productId, performanceId, ticket } = await filterOf(call);
  const filter = {
    state: values.asked === true ? ('asked' as const) : null,
    ...(interfaceId !== undefined && { interfaceId }),
    ...(productId !== undefined && { productId }),
    ...(performanceId !== undefined && { performanceId }),
    ...(ticket !== undefined && { ticket }),
  };
  const all: object[] = [];
  let shown = 0;
  let afterId = 0;
  for (;;) {
    const { id } = open.organisation;
    const request = { organisationId: id, filter, afterId, limit: PAGE };
    const page = await listNames(open.services, request);
    if (values.json) all.push(...page.map(nameAsJson));
    else for (const line of printNames(page, open.reader)) io.out(line);
    shown += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE || io.signal.aborted) break;
    afterId = last.id;
  }
  if (values.json) io.out(JSON.stringify(all));
  else io.out(say(open.reader, shown === 0 ? 'cases.names_none' : 'cases.names_end'));
  return 0;
}

async function show(call: CaseCall): Promise<number> {
  const { io, open, values } = call;
  const [id, ...others] = idsOf(call);
  if (id === undefined || others.length > 0) throw new UsageError('Say one ID.');
  const { services, organisation, author, reader } = open;
  const shown = await showCase(services, { organisationId: organisation.id, id, author });
  const records = await interfacesOf(open);
  if (shown === null) {
    const one = await showUnreadable(services, { organisationId: organisation.id, id });
    if (one === null) throw new Refusal(say(reader, 'cases.refused.unknown', { id }));
    if (values.json) io.out(JSON.stringify(unreadableAsJson(one, records, reader)));
    else for (const line of printUnreadableInFull(one, records, reader)) io.out(line);
    return 0;
  }
  if (values.json) {
    const { message, ...row } = shown.case;
    io.out(
      JSON.stringify({ ...shown, case: { ...row, ...caseAsJson(row, records, reader) }, message }),
    );
  } else for (const line of printCase(shown, records, reader)) io.out(line);
  return 0;
}

async function settle(call: CaseCall): Promise<number> {
  const { io, open, values } = call;
  const { services, organisation, author, reader } = open;
  const way = wayOf(values.way);
  if (values.reason === undefined) throw new UsageError('Say why: --reason TEXT.');
  const request: SettleRequest = {
    organisationId: organisation.id,
    choice: await choiceOf(call),
    way,
    reason: values.reason,
    author,
    // Who has the command line has the house.
    manager: true,
    said: saidOf(call),
    onWait: ({ number, function: what, startedBy: by }) => {
      const name = TEXTS[reader.language].terms.function[what];
      io.err(say(reader, 'run.waiting', { number, function: name, by }));
    },
  };
  const result = values.foretell
    ? await foretell(services, request)
    : await settleCases(services, request);
  const records = await interfacesOf(open);
  if (values.json) io.out(JSON.stringify(settledAsJson(result, records, reader)));
  else {
    const print = result.outcome === 'refused' ? io.err : io.out;
    for (const line of printSettled(result, records, reader)) print(line);
  }
  if (result.outcome === 'refused') return 1;
  const fine = result.answers.every(
    ({ outcome }) =>
      outcome === 'settled' ||
      outcome === 'settled_before' ||
      (outcome === 'waits' && WAYS[way].ends === 'open'),
  );
  const ran = result.runs.every((one) => one.outcome === 'ran' && one.failure === null);
  return fine && ran ? 0 : 1;
}

function wayOf(text: string | undefined): Way {
  if (text !== undefined && isWay(text)) return text;
  throw new UsageError(`Say the way out: --way, one of ${Object.keys(WAYS).join(', ')}.`);
}

async function choiceOf(call: CaseCall): Promise<CaseChoice> {
  const { values, rest } = call;
  if (values['all-like'] !== undefined) return { like: idOf(values['all-like']) };
  if (rest.length > 0) return { ids: rest.map(idOf) };
  const { state: _, ...filter } = await filterOf(call);
  if (Object.keys(filter).length === 0) {
    throw new UsageError('Say which cases: ID, --all-like ID, or filters.');
  }
  return { filter };
}

function saidOf({ open, values }: CaseCall): WaySaid {
  const said: WaySaid = {};
  const { currency } = open.organisation;
  const minor = (text: string, name: string): number =>
    readMoney(open.reader, text, currency, name);
  if (values.ours !== undefined) said.ours = values.ours;
  if (values.word !== undefined) {
    if (!isMappingWord(values.word)) {
      throw new UsageError(say(open.reader, 'mapping.word_unknown', { word: values.word }));
    }
    said.word = values.word;
  }
  if (values.seat !== undefined) said.seat = values.seat;
  if (values.document !== undefined) said.document = values.document;
  if (values.price !== undefined) said.priceMinor = minor(values.price, '--price');
  if (values.amount !== undefined) said.amountMinor = minor(values.amount, '--amount');
  return said;
}
