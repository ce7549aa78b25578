/** `parterre ready`: what still hinders an export or a sale, and what to do about it. */
import { parseArgs } from 'node:util';
import type { ReadyAnswer, ReadyLine } from '../../exchange/selling/check-ready.ts';
import { checkReady } from '../../exchange/selling/check-ready.ts';
import { formatDay, formatInstant } from '../../runs/format-params.ts';
import { money } from './account-session.ts';
import type { CliCommand, CliIo } from './command.ts';
import { chooseInterface, choosePerformances, chooseProducts } from './command.ts';
import type { Reader } from './reader.ts';
import { say, sayLoosely } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  interface: { type: 'string' },
  product: { type: 'string', multiple: true },
  performance: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'ready',
  does: 'what still hinders a sale: ready to sell?',
  usage: `parterre ready [--interface CODE] [--product CODE]... [--performance P]... [--json]
    everything that would make an export or a sale fail, with what to do about it; exit code 1 when
    something is missing. By default every interface, and what is still to come.
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.product !== undefined && values.performance !== undefined) {
    throw new UsageError('Say --product or --performance, not both.');
  }
  const open = await io.open(values);
  try {
    const productIds = await chooseProducts(open, values.product ?? []);
    const performanceIds = await choosePerformances(open, values.performance ?? []);
    const only =
      values.interface === undefined ? null : await chooseInterface(open, values.interface);
    const answers = await checkReady(open.services, {
      organisationId: open.organisation.id,
      ...(only === null ? {} : { interfaceIds: [only.id] }),
      ...(productIds.length === 0 ? {} : { productIds }),
      ...(performanceIds.length === 0 ? {} : { performanceIds }),
    });
    if (values.json) io.out(JSON.stringify(answers.map((one) => inJson(one, open.reader))));
    else for (const answer of answers) print(answer, io, open.reader);
    const isMissing = ({ lines }: ReadyAnswer) => lines.some(({ level }) => level === 'missing');
    return answers.some(isMissing) ? 1 : 0;
  } finally {
    await open.close();
  }
}

function inJson(answer: ReadyAnswer, reader: Reader): object {
  const lines = answer.lines.map((line) => ({ ...line, text: textOf(line, answer, reader) }));
  return { ...answer, lines };
}

function print(answer: ReadyAnswer, io: CliIo, reader: Reader): void {
  const { interface: code, lines, places, reseller } = answer;
  if (places.length === 0) io.out(say(reader, 'ready.nothing', { interface: code }));
  else {
    const ready = places.filter((one) => one.ready).length;
    io.out(say(reader, 'ready.count', { interface: code, reseller, ready, count: places.length }));
  }
  for (const line of lines) {
    const mark = line.level === 'missing' ? '!' : '·';
    const where = line.performances.length > 0 ? namesOf(line) : (line.product ?? code);
    io.out(`  ${mark} ${where}: ${textOf(line, answer, reader)}`);
    if (line.command !== null) io.out(`      ${line.command}`);
  }
}

const NAMES_MAX = 6;

function namesOf({ performances }: ReadyLine): string {
  const shown = performances.slice(0, NAMES_MAX).join(', ');
  const more = performances.length - NAMES_MAX;
  return more > 0 ? `${shown} … (+${more})` : shown;
}

/** A finding as a person reads it: money, instants and days in the reader's way. */
export function textOf(
  { code, params }: Pick<ReadyLine, 'code' | 'params'>,
  { currency }: Pick<ReadyAnswer, 'currency'>,
  reader: Reader,
): string {
  const shown = Object.entries(params).map(([name, value]) => {
    if (name.endsWith('Minor')) return [name, money(Number(value), currency, reader)];
    if (name.endsWith('At')) return [name, formatInstant(String(value), reader)];
    if (name === 'until') return [name, formatDay(String(value), reader)];
    return [name, value ?? '-'];
  });
  return sayLoosely(reader, `ready.${code}`, Object.fromEntries(shown));
}
