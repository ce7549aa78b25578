/** Ids as the outside sees them: a prefix that names the kind, and the rest is opaque. */
import { z } from 'zod';

const PREFIXES = {
  account: 'acc',
  case: 'cas',
  category: 'cat',
  commission: 'cms',
  configuration: 'cfg',
  contact: 'ctc',
  contingent: 'ctg',
  counter: 'ctr',
  delivery: 'dlv',
  difference: 'dif',
  entry: 'ent',
  hook: 'hok',
  interface: 'ifc',
  journalLine: 'jrn',
  layout: 'lay',
  line: 'lin',
  mapping: 'map',
  match: 'mat',
  news: 'news',
  order: 'ord',
  performance: 'prf',
  pointOfSale: 'pos',
  price: 'prc',
  product: 'prd',
  reconciliation: 'rec',
  report: 'rep',
  request: 'req',
  resellerAccount: 'rac',
  run: 'run',
  salesChannel: 'chn',
  schedule: 'sch',
  season: 'sea',
  seat: 'set',
  statement: 'stm',
  tariff: 'trf',
  testMode: 'tmo',
  ticket: 'tkt',
  window: 'win',
  wireCall: 'wir',
} as const;
export type IdKind = keyof typeof PREFIXES;

/** Ids are whole numbers that a double holds: at most 15 digits. */
const DIGITS = '[1-9][0-9]{0,14}';

export function printId(kind: IdKind, id: number): string {
  return `${PREFIXES[kind]}_${id}`;
}

export function printIdOrNull(kind: IdKind, id: number | null): string | null {
  return id === null ? null : printId(kind, id);
}

/** Text that the schema has let through, as our number. */
export function readId(kind: IdKind, text: string): number {
  const prefix = `${PREFIXES[kind]}_`;
  const id = text.startsWith(prefix) ? Number(text.slice(prefix.length)) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new Error(`${text} is no id of a ${kind}.`);
  return id;
}

export function idSchema(kind: IdKind) {
  const pattern = new RegExp(`^${PREFIXES[kind]}_${DIGITS}$`);
  return z.string().regex(pattern).describe(`Id of a ${kind}.`);
}

/** Several ids in one parameter of an address: `prf_1,prf_2`. */
export function idListSchema(kind: IdKind, most = 200) {
  const one = `${PREFIXES[kind]}_${DIGITS}`;
  return z
    .string()
    .regex(new RegExp(`^${one}(,${one}){0,${most - 1}}$`))
    .describe(`Ids of ${kind}s, with commas between them.`);
}

export function readIds(kind: IdKind, text: string): number[] {
  return text.split(',').map((id) => readId(kind, id));
}
