/** `parterre tests`: test mode, tests that are left, and marking tickets by hand. */
import { parseArgs } from 'node:util';
import { markTests } from '../../exchange/test-tickets/mark-tests.ts';
import type { TestModeResult } from '../../exchange/test-tickets/test-modes.ts';
import { readTestModes, readTests, setTestMode } from '../../exchange/test-tickets/test-modes.ts';
import { formatInstant, formatMoney } from '../../runs/format-params.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { TestModeOf, TestTicket } from '../../store/test-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface, chooseProducts } from './command.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  interface: { type: 'string' },
  product: { type: 'string' },
  ticket: { type: 'string' },
  reason: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'tests',
  does: 'test tickets: test mode, those left, marking by hand',
  usage: `parterre tests list [--interface CODE] [--product CODE] [--json]
    test modes, and tests that the reseller has not cancelled: they hold their places
parterre tests on|off  --interface CODE (--product CODE | --ticket NUMBER) [--reason TEXT]
    what comes in of a product, or of ticket numbers (a number, or its beginning with * at its
    end), is a test until sales open
parterre tests mark|lift NUMBER... --interface CODE --reason TEXT [--json]
    a manager makes a test of tickets, or lifts it: account and door follow
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', ...rest] = positionals;
  const act = { list, on: mode, off: mode, mark, lift: mark }[action];
  if (act === undefined) throw new UsageError('Say list, on, off, mark or lift.');
  const open = await io.open(values);
  try {
    return await act(open, io, values, [action, ...rest]);
  } finally {
    await open.close();
  }
}

const TESTS_SHOWN_MAX = 1_000;

async function list(
  open: OpenOrganisation,
  io: CliIo,
  values: Values,
  [, ...rest]: readonly string[],
): Promise<number> {
  if (rest.length > 0) throw new UsageError(`What is "${rest[0]}"?`);
  const { services, organisation, reader } = open;
  const record =
    values.interface === undefined ? null : await chooseInterface(open, values.interface);
  const products = await chooseProducts(open, values.product === undefined ? [] : [values.product]);
  const of = { organisationId: organisation.id, interfaceId: record?.id ?? null };
  const modes = await readTestModes(services, of);
  const wanted: (number | null)[] = products.length === 0 ? [null] : products;
  const tests: TestTicket[] = [];
  for (const productId of wanted) {
    tests.push(...(await readTests(services, { ...of, productId, limit: TESTS_SHOWN_MAX })));
  }
  const names = await namesOf(open);
  const shownModes = modes.map((one) => ({
    interface: names.interfaces.get(one.interfaceId) ?? '?',
    product: one.productId === null ? null : (names.products.get(one.productId) ?? '?'),
    ticket: one.ticket,
    startedAt: one.startedAt,
    startedBy: one.startedBy,
    endsAt: one.endsAt,
  }));
  const shownTests = tests.map((one) => ({
    ticket: one.number,
    interface: names.interfaces.get(one.interfaceId) ?? '?',
    product: names.products.get(one.productId) ?? '?',
    performance: names.performances.get(one.performanceId ?? 0) ?? null,
    place: one.place,
    soldAt: one.soldAt,
  }));
  if (values.json) {
    io.out(JSON.stringify({ modes: shownModes, tests: shownTests }));
    return 0;
  }
  const when = (at: string): string => formatInstant(at, reader);
  for (const { interface: of, product, ticket, startedAt, endsAt } of shownModes) {
    const until =
      endsAt === null
        ? say(reader, 'tests.until_open')
        : say(reader, 'tests.ended', { at: when(endsAt) });
    const what = product ?? ticket;
    io.out(say(reader, 'tests.mode', { interface: of, what, since: when(startedAt), until }));
  }
  const count = shownTests.length;
  io.out(count === 0 ? say(reader, 'tests.none') : say(reader, 'tests.left', { count }));
  for (const { ticket, product, performance, place, soldAt } of shownTests) {
    const parts = [ticket, performance ?? product, place, when(soldAt)];
    io.out(`  ${parts.filter((part) => part !== '').join('  ')}`);
  }
  return 0;
}

async function namesOf({ services, organisation }: OpenOrganisation) {
  const { catalogue, interfaces } = await services.database.transaction(
    organisation.id,
    async (tx) => ({ catalogue: await loadCatalogue(tx), interfaces: await listInterfaces(tx) }),
    { readOnly: true },
  );
  const { products, performances } = catalogue;
  return {
    interfaces: new Map(interfaces.map(({ id, code }) => [id, code])),
    products: new Map<number, string>(products.map(({ id, code }) => [id, code])),
    performances: new Map<number, string>(
      performances.map(({ id, code, productId }) => {
        return [id, `${catalogue.productById.get(productId)?.code ?? '?'}/${code}`];
      }),
    ),
  };
}

async function mode(
  open: OpenOrganisation,
  io: CliIo,
  values: Values,
  [action, ...rest]: readonly string[],
): Promise<number> {
  if (rest.length > 0) throw new UsageError(`What is "${rest[0]}"?`);
  const { services, organisation, author, reader } = open;
  const record = await chooseInterface(open, values.interface);
  const of = await modeOf(open, values);
  const result = await setTestMode(services, {
    organisationId: organisation.id,
    interfaceId: record.id,
    of,
    on: action === 'on',
    author,
    reason: values.reason ?? null,
  });
  const done = result.outcome === 'changed' || result.outcome === 'unchanged';
  if (values.json) io.out(JSON.stringify(result));
  else {
    const what = values.product ?? values.ticket ?? '';
    const told = tellMode(open, result, action === 'on', what);
    if (done) io.out(told);
    else io.err(told);
  }
  return done ? 0 : 1;

  function tellMode(
    { reader: of }: OpenOrganisation,
    told: TestModeResult,
    on: boolean,
    what: string,
  ): string {
    switch (told.outcome) {
      case 'changed':
        return on ? say(of, 'tests.on', { what }) : say(of, 'tests.off', { what });
      case 'unchanged':
        return say(of, 'tests.unchanged');
      case 'on_sale':
        return say(of, 'tests.on_sale', { what, opens: formatInstant(told.opensAt, reader) });
      case 'too_wide':
        return say(of, 'tests.too_wide', { what });
    }
  }
}

async function modeOf(open: OpenOrganisation, { product, ticket }: Values): Promise<TestModeOf> {
  if ((product === undefined) === (ticket === undefined)) {
    throw new UsageError('Name one of --product CODE and --ticket NUMBER.');
  }
  if (ticket !== undefined) return { productId: null, ticket };
  const [productId, ...others] = await chooseProducts(open, [product ?? '']);
  if (productId === undefined || others.length > 0) {
    throw new UsageError(`${product} lives in several seasons: name ticket numbers instead.`);
  }
  return { productId, ticket: null };
}

async function mark(
  open: OpenOrganisation,
  io: CliIo,
  values: Values,
  [action, ...tickets]: readonly string[],
): Promise<number> {
  if (tickets.length === 0) throw new UsageError('Name the tickets by their numbers.');
  if (!values.reason?.trim()) throw new UsageError('A reason is needed: --reason TEXT.');
  const { services, organisation, author } = open;
  const record = await chooseInterface(open, values.interface);
  const isTest = action === 'mark';
  const result = await markTests(services, {
    organisationId: organisation.id,
    interfaceId: record.id,
    tickets,
    isTest,
    author,
    reason: values.reason,
  });
  if (values.json) io.out(JSON.stringify(result));
  else tellMarked(open, io, record, { ...result, isTest });
  return result.unknown.length > 0 ? 1 : 0;
}

function tellMarked(
  { reader }: OpenOrganisation,
  io: CliIo,
  record: InterfaceRecord,
  result: Awaited<ReturnType<typeof markTests>> & { isTest: boolean },
): void {
  const { marked, unchanged, unknown, amountMinor } = result;
  const currency = result.currency ?? record.currency;
  const amount = formatMoney(amountMinor, { language: reader.language, currency });
  const count = marked.length;
  if (count > 0)
    io.out(say(reader, result.isTest ? 'tests.marked' : 'tests.lifted', { count, amount }));
  if (unchanged.length > 0) io.out(say(reader, 'tests.same', { tickets: unchanged.join(', ') }));
  if (unknown.length > 0) {
    const { reseller } = record;
    io.err(say(reader, 'tests.unknown', { reseller, tickets: unknown.join(', ') }));
  }
}
