/** What came of a verb on a performance, on a terminal and as JSON. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { printSeat } from '../../domain/seating/seat-text.ts';
import type { Cancelled } from '../../exchange/performance/cancel-performance.ts';
import type { Closed, Reopened } from '../../exchange/performance/close-performance.ts';
import type { ResellerLetter } from '../../exchange/performance/letters.ts';
import type { LifeOutcome, LifeRefused } from '../../exchange/performance/life-transaction.ts';
import type { Moved } from '../../exchange/performance/move-performance.ts';
import { writeRefundCsv, writeRefundWorkbook } from '../../exchange/performance/refund-list.ts';
import type { Reseated } from '../../exchange/performance/reseat-performance.ts';
import type { ShownPerformance } from '../../exchange/performance/show-performance.ts';
import type { Suspended } from '../../exchange/performance/suspend-performance.ts';
import { formatInstant, formatStart } from '../../runs/format-params.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { PerformanceLine } from '../../store/performance-figures-store.ts';
import type { OnSale } from '../../store/performance-store.ts';
import type { OwnSale } from '../../store/refund-store.ts';
import type { CliIo } from './command.ts';
import type { Reader } from './reader.ts';
import { say, sayLoosely } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';
import { inColumns } from './run-output.ts';
import type { CliTextKey } from './texts/cli-texts.ts';

export interface Telling {
  io: CliIo;
  reader: Reader;
  values: { json?: boolean | undefined; list?: string | undefined };
  /** The performance as the person typed it. */
  name: string;
  verb: string;
  interfaces: readonly InterfaceRecord[];
}

const SHOWN_MAX = 50;

export function tellList(
  io: CliIo,
  reader: Reader,
  lines: readonly PerformanceLine[],
  values: { json?: boolean | undefined },
): void {
  if (values.json) {
    io.out(JSON.stringify(lines));
    return;
  }
  if (lines.length === 0) io.out(say(reader, 'life.none'));
  const heading = ['performance', 'start', 'state', 'allotted', 'sold', 'to_refund', 'cases'].map(
    (column) => sayLoosely(reader, `life.column.${column}` as CliTextKey, {}),
  );
  const rows = lines.map((one) => [
    `${one.productCode}/${one.code}`,
    formatStart(one.localStart, reader),
    stateOf(reader, one.state),
    ...[one.allotted, one.sold, one.toBeRefunded, one.openCases].map(String),
  ]);
  if (rows.length > 0) for (const line of inColumns([heading, ...rows])) io.out(line);
}

function stateOf(reader: Reader, state: string): string {
  return sayLoosely(reader, `life.state.${state}` as CliTextKey, {});
}

/** JSON and nothing else; true when it was asked for. */
function asJson({ io, values, name }: Telling, result: object): boolean {
  if (!values.json) return false;
  io.out(JSON.stringify({ performance: name, ...result }));
  return true;
}

/** Each reason in its sentence; nothing was done. Exit code 1. */
export function tellRefused(telling: Telling, refused: LifeRefused): number {
  const { io, reader } = telling;
  const problems = refused.problems.map((problem) => ({
    ...problem,
    text: problemText(telling, problem),
  }));
  if (asJson(telling, { outcome: 'refused', problems })) return 1;
  for (const { text } of problems.slice(0, SHOWN_MAX)) io.err(text);
  tellMore(telling, problems.length, (text) => io.err(text));
  io.err(say(reader, 'life.nothing_done'));
  const overridable = problems.some(({ code }) => WARNINGS.has(code) || DOUBTS.has(code));
  if (overridable) io.err(say(reader, 'life.anyway'));
  return 1;
}

const WARNINGS = new Set([
  'not_begun',
  'integration_old',
  'allotment',
  'travelling',
  'cases',
  'provisional',
  'to_be_refunded',
]);
const DOUBTS = new Set(['start_taken', 'start_was_others']);

function problemText(
  { reader }: Telling,
  { code, params }: LifeRefused['problems'][number],
): string {
  const key = WARNINGS.has(code) ? `life.warning.${code}` : `life.fault.${code}`;
  const shown: Record<string, string | number | null> = { ...params };
  if (typeof shown.state === 'string') shown.state = stateOf(reader, shown.state);
  if (typeof shown.verb === 'string') {
    shown.verb = sayLoosely(reader, `life.verb.${shown.verb}` as CliTextKey, {});
  }
  if ('last' in shown) shown.last = instantOr(reader, shown.last as string | null);
  if ('by' in shown) shown.by ??= '—';
  if (typeof shown.start === 'string') shown.start = startText(reader, shown.start);
  return sayLoosely(reader, key as CliTextKey, shown);
}

function startText(reader: Reader, start: string): string {
  return start.endsWith('Z') ? formatInstant(start, reader) : formatStart(start, reader);
}

function instantOr(reader: Reader, instant: string | null): string {
  return instant === null ? say(reader, 'life.never') : formatInstant(instant, reader);
}

function tellMore({ reader }: Telling, count: number, tell: (text: string) => void): void {
  if (count > SHOWN_MAX) tell(say(reader, 'life.and_more', { count: count - SHOWN_MAX }));
}

/** The first line of every verb that did something, or would. */
function begin(telling: Telling, outcome: LifeOutcome): void {
  const { io, reader } = telling;
  if (outcome === 'foretold') io.out(say(reader, 'life.foretold'));
  if (outcome === 'unchanged') io.out(say(reader, 'life.unchanged'));
}

function tellState({ io, reader, name }: Telling, state: string): void {
  io.out(say(reader, 'life.is', { performance: name, state: stateOf(reader, state) }));
}

function resellerOf({ interfaces }: Telling, interfaceId: number): string {
  return interfaces.find((one) => one.id === interfaceId)?.reseller ?? '?';
}

export function tellSuspended(telling: Telling, result: Suspended | LifeRefused): number {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  if (asJson(telling, result)) return 0;
  begin(telling, result.outcome);
  tellState(telling, telling.verb === 'suspend' ? 'suspended' : 'running');
  tellOnSale(telling, result.onSale);
  tellAsked(telling, result.asked);
  const isLeft = result.onSale.some((one) => one.seats + one.places > one.askedBack);
  if (telling.verb === 'suspend' && isLeft) {
    telling.io.out(say(telling.reader, 'life.offer_take_back'));
  }
  return 0;
}

function tellOnSale(telling: Telling, onSale: readonly OnSale[]): void {
  const { io, reader } = telling;
  if (onSale.length === 0) io.out(say(reader, 'life.not_on_sale'));
  for (const { interfaceId, seats, places, askedBack } of onSale) {
    const params = { reseller: resellerOf(telling, interfaceId), seats, places, asked: askedBack };
    io.out(say(reader, 'life.on_sale', params));
  }
}

function tellAsked(telling: Telling, asked: Suspended['asked']): void {
  for (const { interfaceId, places } of asked) {
    const params = { reseller: resellerOf(telling, interfaceId), places };
    telling.io.out(say(telling.reader, 'life.asked', params));
  }
}

export async function tellCancelled(
  telling: Telling,
  result: Cancelled | LifeRefused,
): Promise<number> {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  const file = await writeList(telling, result.letters);
  if (asJson(telling, { ...result, list: file })) return 0;
  const { io, reader } = telling;
  begin(telling, result.outcome);
  tellState(telling, 'cancelled');
  const { codes, tickets } = result;
  if (result.outcome !== 'unchanged') io.out(say(reader, 'life.codes', { codes, tickets }));
  tellAsked(telling, result.asked);
  tellLetters(telling, result.letters);
  tellOwn(telling, result.own);
  return 0;
}

/** Writes the list where it was asked for; answers the file, or null. */
async function writeList(
  { io, reader, values }: Telling,
  letters: readonly ResellerLetter[],
): Promise<string | null> {
  const file = values.list;
  if (file === undefined) return null;
  const kind = extname(file).toLowerCase();
  if (kind !== '.xlsx' && kind !== '.csv')
    throw new UsageError('--list is a .xlsx or a .csv file.');
  const owing = letters.filter((letter) => letter.tickets.length > 0);
  if (owing.length === 0) {
    if (!values.json) io.out(say(reader, 'life.list_empty'));
    return null;
  }
  const bytes = kind === '.xlsx' ? await writeRefundWorkbook(owing) : writeRefundCsv(owing);
  await onDisk(file, () => writeFile(file, bytes));
  if (!values.json) io.out(say(reader, 'life.list_written', { file }));
  return file;
}

function tellLetters({ io, reader }: Telling, letters: readonly ResellerLetter[]): void {
  for (const { reseller, to, subject, text } of letters) {
    const people = to.map(({ mail }) => mail).join(', ') || say(reader, 'life.no_address');
    io.out('');
    io.out(say(reader, 'life.letter', { reseller, to: people }));
    for (const line of [subject, '', ...text.split('\n')]) io.out(line === '' ? '' : `  ${line}`);
  }
}

function tellOwn(telling: Telling, own: readonly OwnSale[]): void {
  if (own.length === 0) return;
  const { io, reader } = telling;
  io.out('');
  io.out(say(reader, 'life.own_heading'));
  for (const { reference, state, seats, places } of own.slice(0, SHOWN_MAX)) {
    const names = seats.slice(0, SHOWN_MAX).map(printSeat).join(', ');
    const count = seats.length + places;
    const shown = names === '' ? '' : `(${names}${seats.length > SHOWN_MAX ? ', …' : ''})`;
    io.out(`  ${say(reader, `life.own.${state}`, { reference, count, seats: shown }).trimEnd()}`);
  }
  tellMore(telling, own.length, (text) => io.out(`  ${text}`));
}

export function tellMoved(telling: Telling, result: Moved | LifeRefused): number {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  if (asJson(telling, result)) return 0;
  const { io, reader, name } = telling;
  begin(telling, result.outcome);
  const place = ({ start, configuration }: Moved['from']) =>
    `${formatStart(start, reader)} (${configuration})`;
  const params = { performance: name, from: place(result.from), to: place(result.to) };
  if (result.outcome !== 'unchanged') io.out(say(reader, 'life.moved', params));
  tellSeats(telling, result);
  if (result.dropped > 0) io.out(say(reader, 'life.dropped', { count: result.dropped }));
  tellLetters(telling, result.letters);
  return 0;
}

export function tellReseated(telling: Telling, result: Reseated | LifeRefused): number {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  if (asJson(telling, result)) return 0;
  begin(telling, result.outcome);
  tellSeats(telling, result);
  tellLetters(telling, result.letters);
  return 0;
}

function tellSeats(telling: Telling, result: Pick<Moved, 'tickets' | 'own' | 'notes'>): void {
  const { io, reader } = telling;
  const moves = [
    ...result.tickets,
    ...result.own.map(({ reference, from, to }) => ({ ticket: reference, from, to })),
  ];
  for (const { ticket, from, to } of moves.slice(0, SHOWN_MAX)) {
    io.out(say(reader, 'life.reseated', { ticket, from, to }));
  }
  tellMore(telling, moves.length, (text) => io.out(text));
  if (moves.length > 0) io.out(say(reader, 'life.left'));
  for (const note of result.notes.slice(0, SHOWN_MAX)) {
    io.out(say(reader, 'life.category', { ...note }));
  }
}

export function tellClosed(telling: Telling, result: Closed | LifeRefused): number {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  if (asJson(telling, result)) return 0;
  begin(telling, result.outcome);
  tellState(telling, 'closed');
  for (const warning of result.warnings) telling.io.out(`  ${problemText(telling, warning)}`);
  return 0;
}

export function tellReopened(telling: Telling, result: Reopened | LifeRefused): number {
  if (result.outcome === 'refused') return tellRefused(telling, result);
  if (asJson(telling, result)) return 0;
  begin(telling, result.outcome);
  tellState(telling, result.state);
  return 0;
}

export async function tellShown(telling: Telling, shown: ShownPerformance): Promise<number> {
  const file = await writeList(telling, shown.letters);
  const { performance, ...rest } = shown;
  if (telling.values.json) {
    telling.io.out(JSON.stringify({ ...performance, ...rest, list: file }));
    return 0;
  }
  const { io, reader } = telling;
  const { productCode, code, localStart, configurationCode, state, aliases } = performance;
  const start = formatStart(localStart, reader);
  io.out(`${productCode}/${code}  ${start}  ${configurationCode}  ${stateOf(reader, state)}`);
  if (aliases.length > 0) {
    const starts = aliases.map((alias) => formatStart(alias, reader)).join(', ');
    io.out(say(reader, 'life.former_starts', { starts }));
  }
  for (const one of shown.interfaces) {
    const { code: name, reseller, tickets, allotted, integratedAt } = one;
    const last = instantOr(reader, integratedAt);
    io.out(say(reader, 'life.interface', { interface: name, reseller, tickets, allotted, last }));
    if (one.refundsDueAt === null) continue;
    const due = formatInstant(one.refundsDueAt, reader);
    const params = { reseller, tickets: one.toBeRefunded, due };
    io.out(say(reader, one.overdue ? 'life.overdue' : 'life.to_refund', params));
  }
  if (shown.warnings.length > 0) {
    io.out(say(reader, 'life.before_closing'));
    for (const warning of shown.warnings) io.out(`  ${problemText(telling, warning)}`);
  }
  tellLetters(telling, shown.letters);
  tellOwn(telling, shown.own);
  return 0;
}
