/** What is counted and who has a part of it: counters of zones, days and passes, and quotas. */
import type { PlanContext } from './context.ts';
import { need, removeRow, report } from './context.ts';
import type { Line } from './file.ts';
import { checkDay } from './plan-layouts.ts';
import { performanceOf, productOf } from './plan-products.ts';
import type { ContingentRow, CounterRow, PerformanceRow, ProductRow } from './rows.ts';
import { daysBetween, toTime } from './values.ts';

export function planCounters(context: PlanContext): void {
  planZoneCounters(context);
  for (const line of context.house.lines.counters) planCounter(context, line);
  for (const line of context.house.lines.contingent_quotas) planQuota(context, line);
}

/** Every performance has a counter for each zone of its configuration, of the zone's capacity. */
function planZoneCounters(context: PlanContext): void {
  const { draft } = context;
  const zones = Map.groupBy(draft.zone.all(), (zone) => zone.logical_configuration_id);
  const rebuilt = new Set(context.stockChanges.rebuilt);
  if (rebuilt.size > 0) removeFormerCounters(context, rebuilt);
  for (const performance of draft.performance.all()) {
    // What is over keeps the figures it had.
    if (performance.state === 'closed' && !rebuilt.has(performance.id)) continue;
    for (const zone of zones.get(performance.logical_configuration_id) ?? []) {
      const values = {
        product_id: performance.product_id,
        performance_id: performance.id,
        zone_id: zone.id,
        day: null,
        slot_starts: null,
        seat_category_id: zone.seat_category_id,
        capacity: zone.capacity,
      };
      draft.counter.put(values, () => newCounter(draft.newId(), 'zone', values));
    }
  }
}

/** Counters of the configuration that a performance left; it was checked that all are free. */
function removeFormerCounters(context: PlanContext, rebuilt: ReadonlySet<number>): void {
  const { draft } = context;
  for (const counter of draft.counter.all()) {
    if (counter.performance_id === null || !rebuilt.has(counter.performance_id)) continue;
    for (const quota of draft.contingent_quota.all()) {
      if (quota.counter_id === counter.id) draft.contingent_quota.remove(quota);
    }
    draft.counter.remove(counter);
  }
}

type CounterValues = Pick<
  CounterRow,
  'product_id' | 'performance_id' | 'zone_id' | 'day' | 'slot_starts' | 'capacity'
>;

function newCounter(
  id: number,
  kind: CounterRow['kind'],
  values: CounterValues & { seat_category_id?: number },
): CounterRow {
  const none = { seat_category_id: null, slot_ends: null, sold: 0, held: 0, blocked: 0 };
  return { id, kind, ...none, ...values };
}

/** Days of a line: one, a run of them, or null for the pass itself. */
function daysOf(
  context: PlanContext,
  line: Line<'counters'> | Line<'contingent_quotas'>,
): (string | null)[] | null {
  const { day, last_day } = line.value;
  if (!checkDay(context, line, 'day', day) || !checkDay(context, line, 'last_day', last_day)) {
    return null;
  }
  if (day === undefined) return [null];
  const days = daysBetween(day, last_day ?? day);
  if (days.length > 0) return days;
  return report(context, line, 'last_day', {
    code: 'house.calendar',
    message: 'The last day is before the first.',
    cure: 'Correct one of the two days.',
  });
}

function planCounter(context: PlanContext, line: Line<'counters'>): void {
  const { draft } = context;
  const { value } = line;
  const product = productOf(context, line, value.season, value.product);
  const days = daysOf(context, line);
  if (product === null || days === null) return;
  if (['event', 'competition'].includes(product.kind)) {
    report(context, line, 'product', {
      code: 'house.counter_kind',
      message: `${product.code} is a ${product.kind}: its places are counted by performance.`,
      cure: 'Give its configuration zones; counters are for passes.',
    });
    return;
  }
  const slot = value.slot_starts === undefined ? null : toTime(value.slot_starts);
  if (value.day === undefined && slot !== null) {
    report(context, line, 'day', {
      code: 'house.structure',
      message: 'A slot is a part of a day.',
      cure: 'Fill in the day.',
    });
    return;
  }
  for (const day of days) {
    const key = {
      product_id: product.id,
      performance_id: null,
      zone_id: null,
      day,
      slot_starts: slot,
    };
    if (value.remove) {
      removeRow(context, line, 'counter', draft.counter.like(key));
      continue;
    }
    const ends = value.slot_ends === undefined ? undefined : toTime(value.slot_ends);
    draft.counter.put({ ...key, slot_ends: ends, capacity: value.capacity }, () => {
      return newCounter(draft.newId(), day === null ? 'pass' : 'day', { ...key, capacity: null });
    });
  }
}

export function contingentOf(
  context: PlanContext,
  line: Line<'contingent_quotas'> | Line<'contingent_seats'>,
  code: string,
): ContingentRow | null {
  const found = context.draft.contingent.find(code);
  return need(context, line, { key: 'contingent', sheet: 'contingents', code }, found);
}

/** The performances that a line means: listed codes, or all of the product. */
export function performancesOf(
  context: PlanContext,
  line: Line<'contingent_quotas'> | Line<'contingent_seats'>,
  product: ProductRow,
  codes: string,
): PerformanceRow[] | null {
  const all = context.draft.performance.all().filter((row) => row.product_id === product.id);
  if (codes.trim() === '*') {
    if (all.length > 0) return all;
    return need(
      context,
      line,
      { key: 'performances', sheet: 'performances', code: product.code, column: 'product' },
      null,
    );
  }
  const found = codes.split(',').map((code) => performanceOf(context, line, product, code.trim()));
  const sound = found.filter((row) => row !== null);
  return sound.length === found.length ? sound : null;
}

function planQuota(context: PlanContext, line: Line<'contingent_quotas'>): void {
  const { draft } = context;
  const { value } = line;
  const product = productOf(context, line, value.season, value.product);
  const contingent = contingentOf(context, line, value.contingent);
  const counters = product && countersOf(context, line, product);
  if (contingent === null || counters === null) return;
  for (const counter of counters) {
    const values = { counter_id: counter.id, contingent_id: contingent.id, quota: value.quota };
    if (value.remove) {
      removeQuota(context, line, counter.id, contingent.id);
      continue;
    }
    const none = { interface_id: null, allotted: 0, sold: 0, held: 0 };
    draft.contingent_quota.put(values, () => ({ ...values, ...none }));
  }
}

function removeQuota(
  context: PlanContext,
  line: Line<'contingent_quotas'>,
  counterId: number,
  contingentId: number,
): void {
  const found = context.draft.contingent_quota.find(counterId, contingentId);
  if (found === null || found.allotted + found.sold + found.held === 0) {
    removeRow(context, line, 'contingent_quota', found);
    return;
  }
  report(context, line, 'remove', {
    code: 'house.in_use',
    message:
      `${line.value.contingent} has ${found.allotted} places at a reseller, ${found.sold} sold ` +
      `and ${found.held} held here.`,
    cure: 'Set its quota to 0: what is unsold is then taken back; what is sold stays.',
  });
}

function countersOf(
  context: PlanContext,
  line: Line<'contingent_quotas'>,
  product: ProductRow,
): CounterRow[] | null {
  const { draft } = context;
  const { performances, area } = line.value;
  if (['event', 'competition'].includes(product.kind)) {
    if (performances === undefined || area === undefined) {
      return report(context, line, performances === undefined ? 'performances' : 'area', {
        code: 'house.structure',
        message: 'A share of a zone names the performances and the area.',
        cure: 'Fill in both.',
      });
    }
    const rows = performancesOf(context, line, product, performances);
    const counters = rows?.map((row) => zoneCounterOf(context, line, row, area)) ?? [null];
    return counters.includes(null) ? null : counters.filter((counter) => counter !== null);
  }
  const days = daysOf(context, line);
  if (days === null) return null;
  const slot = line.value.slot_starts;
  const wanted = (counter: CounterRow) =>
    counter.product_id === product.id &&
    (line.value.day === undefined || days.includes(counter.day)) &&
    (slot === undefined || counter.slot_starts === toTime(slot));
  const counters = draft.counter.all().filter(wanted);
  if (counters.length > 0) return counters;
  const reference = {
    key: 'day',
    sheet: 'counters',
    code: product.code,
    column: 'product',
  } as const;
  return need<CounterRow[]>(context, line, reference, null);
}

export function zoneCounterOf(
  context: PlanContext,
  line: Line<'contingent_quotas'> | Line<'own_places'>,
  performance: PerformanceRow,
  area: string,
): CounterRow | null {
  const { draft } = context;
  const configuration = draft.logical_configuration.byId(performance.logical_configuration_id);
  const areaRow = draft.area.find(configuration?.layout_id, area);
  const zone = draft.zone.find(configuration?.id, areaRow?.id);
  const found = draft.counter.find(performance.product_id, performance.id, zone?.id, null, null);
  const reference = { key: 'area', sheet: 'zones', code: area, column: 'area' } as const;
  return need(context, line, reference, zone === null ? null : found);
}

/** The counter of a pass: of a day, of a slot of it, or without a day its only one. */
export function dayCounterOf(
  context: PlanContext,
  line: Line<'own_places'>,
  product: ProductRow,
  day: string | undefined,
  slot: string | undefined,
): CounterRow | null {
  const starts = slot === undefined ? null : toTime(slot);
  const found = context.draft.counter.find(product.id, null, null, day ?? null, starts);
  const reference = {
    key: 'day',
    sheet: 'counters',
    code: product.code,
    column: 'product',
  } as const;
  return need(context, line, reference, found);
}
