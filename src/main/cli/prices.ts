/** `parterre prices`: which prices a reseller must still be told, and the letter that tells it. */
import { parseArgs } from 'node:util';
import { writePriceLetter } from '../../exchange/prices/price-letter.ts';
import type { PriceToAnnounce } from '../../exchange/prices/prices-to-announce.ts';
import { announcePrices, readPricesToAnnounce } from '../../exchange/prices/prices-to-announce.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { money } from './account-session.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface, chooseProducts } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  interface: { type: 'string' },
  product: { type: 'string', multiple: true },
  form: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'prices',
  does: 'prices that a reseller must still be told',
  usage: `parterre prices [list] [--interface CODE] [--product CODE]... [--json]
    what changed since the sales form, or since it was told last
parterre prices mail [--interface CODE] [--product CODE]... [--json]       a letter that tells it
parterre prices announce [--interface CODE] [--product CODE]... [--form] [--json]
    marks them as told; --form: a whole sales form went out, with every price
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

interface Call {
  io: CliIo;
  open: OpenOrganisation;
  values: { form?: boolean; json?: boolean };
  record: InterfaceRecord;
  request: { organisationId: number; interfaceId: number; productIds?: readonly number[] };
}

const ACTIONS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  list,
  mail,
  announce,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', ...more] = positionals;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined || more.length > 0) throw new UsageError('Say list, mail or announce.');
  const open = await io.open(values);
  try {
    const record = await chooseInterface(open, values.interface);
    const productIds = await chooseProducts(open, values.product ?? []);
    const request = {
      organisationId: open.organisation.id,
      interfaceId: record.id,
      ...(productIds.length === 0 ? {} : { productIds }),
    };
    const { form = false, json = false } = values;
    return await act({ io, open, values: { form, json }, record, request });
  } finally {
    await open.close();
  }
}

async function list({ io, open, values, record, request }: Call): Promise<number> {
  const { reader } = open;
  const prices = await readPricesToAnnounce(open.services, request);
  if (values.json) {
    io.out(JSON.stringify(prices));
    return 0;
  }
  const { reseller } = record;
  if (prices.length === 0) io.out(say(reader, 'prices.none', { reseller }));
  else io.out(say(reader, 'prices.to_announce', { reseller, count: prices.length }));
  for (const price of prices) io.out(`  ${printPrice(price, reader)}`);
  return 0;
}

function printPrice(price: PriceToAnnounce, reader: Reader): string {
  const { currency, amountMinor, validFrom } = price;
  const performance = price.performance ?? say(reader, 'prices.every_performance');
  const category = price.category ?? say(reader, 'prices.every_category');
  const before = price.toldMinor ?? price.beforeMinor;
  return say(reader, 'prices.line', {
    what: `${price.product} ${performance}, ${category}, ${price.audience}/${price.tariff}`,
    before: before === null ? say(reader, 'prices.first') : money(before, currency, reader),
    amount: money(amountMinor, currency, reader),
    from: formatInstant(validFrom, reader),
  });
}

async function mail({ io, open, values, record, request }: Call): Promise<number> {
  const { reader } = open;
  const prices = await readPricesToAnnounce(open.services, request);
  if (prices.length === 0) {
    if (values.json) io.out('null');
    else io.out(say(reader, 'prices.none', { reseller: record.reseller }));
    return 0;
  }
  const letter = writePriceLetter(prices, record, reader);
  const priceIds = prices.map(({ id }) => id);
  if (values.json) io.out(JSON.stringify({ ...letter, priceIds }));
  else for (const line of [letter.to.join(', '), letter.subject, '', letter.text]) io.out(line);
  return 0;
}

async function announce({ io, open, values, record, request }: Call): Promise<number> {
  const { author, services, reader } = open;
  const form = values.form === true;
  const told = await announcePrices(services, { ...request, author, form });
  const { reseller } = record;
  if (values.json) io.out(JSON.stringify({ announced: told.length, prices: told }));
  else io.out(say(reader, 'prices.announced', { reseller, count: told.length }));
  return 0;
}
