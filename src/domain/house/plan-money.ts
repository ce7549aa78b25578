/**
 * Prices, VAT and commissions: each is valid from an instant on, and what was valid stays as it
 * was. A changed amount becomes a new row from now on; a line may name the instant instead.
 */
import type { PlanContext } from './context.ts';
import { instantOf, minorOf, need, note, report } from './context.ts';
import type { DraftTable } from './draft.ts';
import type { Line } from './file.ts';
import { performanceOf, productOf, seasonOf } from './plan-products.ts';
import type { CategoryRow, ProductRow, TariffRow } from './rows.ts';
import { toMinor } from './values.ts';

/** The first value of a thing counts for every sale, however early. */
export const SINCE_EVER = '1970-01-01T00:00:00.000Z';

type MoneyLine = Line<'prices'> | Line<'vat'> | Line<'commissions'>;

/** One line's wish for the value of one thing. */
interface Dated<R> {
  line: MoneyLine;
  /** What the value belongs to: the natural key without the instant. */
  thing: Partial<R>;
  value: Partial<R>;
  validFrom: string | null;
}

interface DatedRow {
  id: number;
  valid_from: string;
}

export function planMoney(context: PlanContext): void {
  const { draft, house } = context;
  applyDated(
    context,
    draft.price,
    collect(house.lines.prices, (line) => readPrice(context, line)),
  );
  applyDated(
    context,
    draft.vat_rate,
    collect(house.lines.vat, (line) => readVat(context, line)),
  );
}

/** After the interfaces. */
export function planCommissions(context: PlanContext): void {
  const lines = context.house.lines.commissions;
  const dated = collect(lines, (line) => readCommission(context, line));
  applyDated(context, context.draft.commission, dated);
}

function collect<L, D>(lines: readonly L[], read: (line: L) => D | null): D[] {
  return lines.map(read).filter((dated): dated is D & NonNullable<D> => dated !== null);
}

function validFromOf(context: PlanContext, line: MoneyLine): { at: string | null } | null {
  const text = line.value.valid_from;
  if (text === undefined) return { at: null };
  const at = instantOf(context, line, 'valid_from', text);
  return at === null ? null : { at };
}

function tariffOf(
  context: PlanContext,
  line: MoneyLine,
  seasonId: number,
  key: string,
): TariffRow | null {
  const [audience = '', code = ''] = key.split('/');
  const found = context.draft.tariff.find(seasonId, audience, code);
  return need(context, line, { key: 'tariff', sheet: 'tariffs', code }, found);
}

function categoryOf(context: PlanContext, line: Line<'prices'>): CategoryRow | null | undefined {
  const { configuration, category } = line.value;
  if (configuration === undefined && category === undefined) return undefined;
  if (configuration === undefined || category === undefined) {
    return report(context, line, configuration === undefined ? 'configuration' : 'category', {
      code: 'house.structure',
      message: 'A category is named by its configuration and its code.',
      cure: 'Fill in both, or neither.',
    });
  }
  const { draft } = context;
  const owner = draft.logical_configuration.find(configuration);
  const reference = { key: 'configuration', sheet: 'configurations', code: configuration } as const;
  if (need(context, line, reference, owner) === null) return null;
  const found = draft.seat_category.find(owner?.id, category);
  return need(context, line, { key: 'category', sheet: 'categories', code: category }, found);
}

function readPrice(context: PlanContext, line: Line<'prices'>) {
  const product = productOf(context, line, line.value.season, line.value.product);
  if (product === null) return null;
  const performance = performanceIdOf(context, line, product);
  const category = categoryOf(context, line);
  const tariff = tariffOf(context, line, product.season_id, line.value.tariff);
  const { currency } = context.organisation;
  const amount = minorOf(context, line, 'amount', line.value.amount, currency);
  const from = validFromOf(context, line);
  if (performance === undefined || category === null || tariff === null) return null;
  if (amount === null || from === null) return null;
  return {
    line,
    thing: {
      product_id: product.id,
      performance_id: performance,
      seat_category_id: category?.id ?? null,
      tariff_id: tariff.id,
    },
    value: { amount_minor: amount, currency },
    validFrom: from.at,
  };
}

/** The id, null for all performances, undefined with the fault reported. */
function performanceIdOf(
  context: PlanContext,
  line: Line<'prices'> | Line<'vat'>,
  product: ProductRow,
): number | null | undefined {
  const code = line.value.performance;
  if (code === undefined) return null;
  return performanceOf(context, line, product, code)?.id;
}

function readVat(context: PlanContext, line: Line<'vat'>) {
  const product = productOf(context, line, line.value.season, line.value.product);
  if (product === null) return null;
  const performance = performanceIdOf(context, line, product);
  const from = validFromOf(context, line);
  const rate = hundredthsOf(context, line, 'rate', line.value.rate);
  if (performance === undefined || from === null || rate === null) return null;
  return {
    line,
    thing: { product_id: product.id, performance_id: performance },
    value: { rate_hundredths: rate },
    validFrom: from.at,
  };
}

function hundredthsOf(
  context: PlanContext,
  line: MoneyLine,
  key: string,
  rate: string | number,
): number | null {
  const hundredths = toMinor(rate, 2);
  if (hundredths !== null && hundredths <= 10_000) return hundredths;
  return report(context, line, key, {
    code: 'house.amount',
    message: `${rate} is not a percentage.`,
    cure: 'Write 0 to 100 with at most two digits behind the point.',
  });
}

function readCommission(context: PlanContext, line: Line<'commissions'>) {
  const { value } = line;
  const owner = context.draft.interface.find(value.interface);
  const reference = { key: 'interface', sheet: 'interfaces', code: value.interface } as const;
  if (need(context, line, reference, owner) === null || owner === null) return null;
  if (value.season === undefined && (value.product ?? value.tariff) !== undefined) {
    return report(context, line, 'season', {
      code: 'house.structure',
      message: 'A product or a tariff is named with its season.',
      cure: 'Fill in the season.',
    });
  }
  const season = value.season === undefined ? null : seasonOf(context, line, value.season);
  const product =
    season && value.product ? productOf(context, line, season.code, value.product) : undefined;
  const tariff =
    season && value.tariff ? tariffOf(context, line, season.id, value.tariff) : undefined;
  const amount =
    value.kind === 'percent'
      ? hundredthsOf(context, line, 'value', value.value)
      : minorOf(context, line, 'value', value.value, owner.currency);
  const from = validFromOf(context, line);
  if (product === null || tariff === null || amount === null || from === null) return null;
  return {
    line,
    thing: {
      interface_id: owner.id,
      product_id: product?.id ?? null,
      tariff_id: tariff?.id ?? null,
    },
    value: { kind: value.kind, value: amount, on_top: value.on_top ?? false },
    validFrom: from.at,
  };
}

/** Applies dated values thing by thing. */
function applyDated<R extends DatedRow>(
  context: PlanContext,
  table: DraftTable<R>,
  lines: readonly { line: MoneyLine; thing: object; value: object; validFrom: string | null }[],
): void {
  const keyOf = (thing: object, row: object) =>
    Object.keys(thing)
      .map((column) => String((row as Record<string, unknown>)[column] ?? ''))
      .join('\u0000');
  const groups = Map.groupBy(lines as readonly Dated<R>[], (one) => keyOf(one.thing, one.thing));
  if (groups.size === 0) return;
  const thing = lines[0]?.thing ?? {};
  const stored = Map.groupBy(table.all(), (row) => keyOf(thing, row));
  for (const [key, group] of groups) {
    const rows = (stored.get(key) ?? []).sort((a, b) => compare(a.valid_from, b.valid_from));
    const undated = group.filter((one) => one.validFrom === null);
    for (const late of undated.slice(1)) reportTwice(context, late.line, undated[0]?.line);
    for (const one of undated.slice(0, 1)) {
      applyUndated(context, table, one, rows, group.length > undated.length);
    }
    for (const one of group) {
      if (one.validFrom !== null) applyAt(context, table, one, one.validFrom);
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reportTwice(context: PlanContext, line: MoneyLine, first: MoneyLine | undefined): void {
  report(context, line, 'valid_from', {
    code: 'house.duplicate',
    message: `Line ${(first?.index ?? 0) + 1} says the same without a date.`,
    cure: 'Say from when each of the two is valid, or remove one.',
  });
}

/** A value without a date is the first one; where there is one already, a change is valid now. */
function applyUndated<R extends DatedRow>(
  context: PlanContext,
  table: DraftTable<R>,
  one: Dated<R>,
  rows: readonly R[],
  datedToo: boolean,
): void {
  const [first] = rows;
  if (one.line.value.remove || first === undefined) {
    applyAt(context, table, one, first?.valid_from ?? SINCE_EVER);
    return;
  }
  if (datedToo) {
    // Beside dated lines it can only mean the value before them.
    if (equals(first, one.value)) return;
    report(context, one.line, 'valid_from', {
      code: 'house.history',
      message: 'The first value is history, and this differs from it.',
      cure: 'Say from when this value is valid.',
    });
    return;
  }
  const current = rows.findLast((row) => row.valid_from <= context.now) ?? first;
  if (!equals(current, one.value)) applyAt(context, table, one, context.now);
}

function equals<R extends DatedRow>(row: R, value: Partial<R>): boolean {
  return Object.entries(value).every(
    ([column, wanted]) => wanted === undefined || row[column as keyof R] === wanted,
  );
}

function applyAt<R extends DatedRow>(
  context: PlanContext,
  table: DraftTable<R>,
  one: Dated<R>,
  validFrom: string,
): void {
  const values = { ...one.thing, ...one.value, valid_from: validFrom } as R;
  const found = table.like(values);
  const past = found !== null && table.stored(found) !== null && validFrom <= context.now;
  if (one.line.value.remove) {
    removeDated(context, table, one, found, past);
    return;
  }
  if (past && !equals(found, one.value)) {
    report(context, one.line, 'valid_from', {
      code: 'house.history',
      message: `What is valid from ${validFrom} is history and is not edited.`,
      cure: 'Give the new value a later valid_from, or none: then it is valid from now on.',
    });
    return;
  }
  table.put(values, () => ({ ...values, id: context.draft.newId() }));
}

function removeDated<R extends DatedRow>(
  context: PlanContext,
  table: DraftTable<R>,
  one: Dated<R>,
  found: R | null,
  past: boolean,
): void {
  if (found === null) {
    const message = 'This is not there: nothing to remove.';
    note(context, one.line, null, { code: 'house.gone', message });
  } else if (past) {
    report(context, one.line, 'remove', {
      code: 'house.history',
      message: 'What was valid is history and is not removed.',
      cure: 'Give it a new value, or close its window.',
    });
  } else table.remove(found);
}
