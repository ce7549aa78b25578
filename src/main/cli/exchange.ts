/** `parterre export`, `integrate`, …: a function of an interface, run by hand. */
import { parseArgs } from 'node:util';
import { reconcileAndAdopt } from '../../exchange/adopt.ts';
import type { ExchangeContext, RunFilters } from '../../exchange/context.ts';
import { exportContingent } from '../../exchange/export-contingent.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { withRun } from '../../exchange/run-function.ts';
import { takeBack } from '../../exchange/take-back.ts';
import { VERBS as EXCHANGE } from '../../exchange/verbs.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { RunFunction } from '../../store/run-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface, choosePerformances, chooseProducts } from './command.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';
import { tellResult } from './tell-result.ts';

const OPTIONS = {
  interface: { type: 'string' },
  performance: { type: 'string', multiple: true },
  product: { type: 'string', multiple: true },
  organisation: { type: 'string' },
  language: { type: 'string' },
  count: { type: 'string' },
  'again-refused': { type: 'boolean' },
  'from-beginning': { type: 'boolean' },
  adopt: { type: 'boolean' },
  simulate: { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>;
type Option = keyof typeof OPTIONS;

interface Verb {
  name: string;
  function: RunFunction;
  does: string;
  /** Options beside those of every verb. */
  options: readonly Option[];
  form: string;
  work(context: ExchangeContext, values: Values): Promise<void>;
}

const EVERYWHERE: readonly Option[] = [
  'interface',
  'organisation',
  'language',
  'simulate',
  'no-wait',
  'json',
];

const VERBS: readonly Verb[] = [
  {
    name: 'export',
    function: 'export',
    does: 'integrates, then hands over and asks back what changed',
    options: ['performance', 'again-refused'],
    form: ' [--performance P]... [--again-refused]',
    work: (context, values) =>
      exportContingent(context, { againRefused: values['again-refused'] === true }),
  },
  {
    name: 'take-back',
    function: 'take_back',
    does: 'takes the unsold of performances back, all or --count',
    options: ['performance', 'count'],
    form: ' --performance P... [--count N]',
    work: (context, values) =>
      takeBack(context, {
        unsold: values.count === undefined ? { all: true } : { count: Number(values.count) },
      }),
  },
  {
    name: 'integrate',
    function: 'integrate',
    does: "brings the reseller's sales home",
    options: ['performance', 'product', 'from-beginning'],
    form: ' [--performance P]... [--product CODE]... [--from-beginning]',
    work: (context, values) =>
      integrateSales(context, { fromBeginning: values['from-beginning'] === true }),
  },
  {
    name: 'replay',
    function: 'replay',
    does: 'takes the cases up again',
    options: [],
    form: '',
    work: EXCHANGE.replay,
  },
  {
    name: 'reconcile',
    function: 'reconcile',
    does: "compares the reseller's list of places with ours; --adopt takes it over",
    options: ['performance', 'adopt'],
    form: ' [--performance P]... [--adopt]',
    work: (context, values) =>
      values.adopt === true ? reconcileAndAdopt(context) : EXCHANGE.reconcile(context),
  },
  {
    name: 'prepare-access',
    function: 'prepare_access',
    does: 'asks for lists of codes, by default those of the next two days',
    options: ['performance'],
    form: ' [--performance P]...',
    work: EXCHANGE.prepare_access,
  },
  {
    name: 'fetch-access',
    function: 'fetch_access',
    does: 'collects the lists that are ready',
    options: ['performance'],
    form: ' [--performance P]...',
    work: EXCHANGE.fetch_access,
  },
];

export const commands: readonly CliCommand[] = VERBS.map((verb) => ({
  name: verb.name,
  does: verb.does,
  usage: [
    `parterre ${verb.name} --interface CODE${verb.form}`,
    '                [--simulate] [--no-wait] [--organisation CODE] [--language L] [--json]',
    `    ${verb.does}`,
  ].join('\n'),
  run: (args, io) => run(verb, args, io),
}));

function parse(args: string[], verb: Verb) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const allowed = new Set<string>([...EVERYWHERE, ...verb.options]);
  const foreign = Object.keys(values).find((name) => !allowed.has(name));
  if (foreign !== undefined) throw new UsageError(`${verb.name} has no option --${foreign}.`);
  if (positionals.length > 0) throw new UsageError(`What is "${positionals[0]}"?`);
  if (values.count !== undefined && !/^[1-9]\d{0,6}$/.test(values.count)) {
    throw new UsageError('--count is a whole number from 1.');
  }
  return values;
}

async function run(verb: Verb, args: string[], io: CliIo): Promise<number> {
  const values = parse(args, verb);
  if (verb.name === 'take-back' && (values.performance ?? []).length === 0) {
    throw new UsageError('Say of which performance: --performance PRODUCT/CODE.');
  }
  const open = await io.open(values);
  try {
    return await runVerb(verb, values, open, io);
  } finally {
    await open.close();
  }
}

async function runVerb(
  verb: Verb,
  values: Values,
  open: OpenOrganisation,
  io: CliIo,
): Promise<number> {
  const record = await chooseInterface(open, values.interface);
  const { reader } = open;
  const performanceIds = await choosePerformances(open, values.performance ?? []);
  const productIds = await chooseProducts(open, values.product ?? []);
  const filters: RunFilters = {
    ...(performanceIds.length === 0 ? {} : { performanceIds }),
    ...(productIds.length === 0 ? {} : { productIds }),
  };
  const result = await withRun(
    open.services,
    {
      organisationId: open.organisation.id,
      interfaceId: record.id,
      function: verb.function,
      source: verb.function === 'replay' ? 'replay' : 'hand',
      startedBy: open.author,
      filters,
      simulation: values.simulate === true,
      wait: values['no-wait'] !== true,
      signal: io.signal,
      onWait: ({ number, startedBy, function: what }) => {
        const name = TEXTS[reader.language].terms.function[what];
        io.err(say(reader, 'run.waiting', { number, function: name, by: startedBy }));
      },
    },
    (context) => verb.work(context, values),
  );
  return await tellResult(open, io, record, result, values);
}
