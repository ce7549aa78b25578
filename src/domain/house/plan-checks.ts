/** What must hold of the house as a whole, once every line of the file has been applied. */
import type { PlanContext } from './context.ts';
import { report } from './context.ts';
import type { Line, SheetName } from './file.ts';
import type { ConfigurationSeats } from './plan-configurations.ts';
import type { CounterRow, QuotaRow } from './rows.ts';

export function checkHouse(context: PlanContext, configurationSeats: ConfigurationSeats): void {
  const quotas = Map.groupBy(context.draft.contingent_quota.all(), (row) => row.counter_id);
  const lines = createLineFinder(context);
  for (const counter of context.draft.counter.all()) {
    checkCounter(context, counter, quotas.get(counter.id) ?? [], lines);
  }
  checkGauges(context, quotas, configurationSeats);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

interface LineFinder {
  /** The line that speaks of a counter's capacity or of a quota; null: the file does not. */
  of(counter: CounterRow): Line<SheetName> | null;
}

function createLineFinder(context: PlanContext): LineFinder {
  const { draft, house } = context;
  const { zones, counters, contingent_quotas: quotas } = house.lines;
  const productOf = (counter: CounterRow) => draft.product.byId(counter.product_id)?.code;
  return {
    of(counter) {
      const code = productOf(counter);
      const zone = draft.zone.byId(counter.zone_id);
      if (zone === null) {
        const sameDay = (line: Line<'counters'> | Line<'contingent_quotas'>) => {
          const { product, day, last_day } = line.value;
          if (product !== code) return false;
          if (day === undefined || counter.day === null) return day === undefined;
          return day <= counter.day && counter.day <= (last_day ?? day);
        };
        return counters.find(sameDay) ?? quotas.find((line) => line.value.product === code) ?? null;
      }
      const area = draft.area.byId(zone.area_id)?.code;
      const owner = draft.logical_configuration.byId(zone.logical_configuration_id)?.code;
      const capacity = zones.find(
        ({ value }) => value.area === area && value.configuration === owner,
      );
      const quota = quotas.find(({ value }) => value.product === code && value.area === area);
      return quota ?? capacity ?? null;
    },
  };
}

function checkCounter(
  context: PlanContext,
  counter: CounterRow,
  quotas: readonly QuotaRow[],
  lines: LineFinder,
): void {
  const { capacity } = counter;
  const allotted = sum(quotas.map((quota) => quota.allotted));
  // What the venue sold, holds or blocks itself is beside the shares of contingents.
  const inQuotas = sum(quotas.map((quota) => quota.sold + quota.held));
  const own = counter.sold + counter.held + counter.blocked - inQuotas;
  const shares = sum(quotas.map((quota) => quota.quota)) + own;
  const taken = counter.sold + counter.held + counter.blocked + allotted;
  if (capacity === null || (taken <= capacity && shares <= capacity)) return;
  const line = lines.of(counter);
  // Nothing of this file touches it: what was wrong before is not held against it.
  if (line === null) return;
  const place = placeOf(context, counter);
  if (taken > capacity) {
    report(context, line, line.sheet === 'contingent_quotas' ? 'quota' : 'capacity', {
      code: 'house.capacity_in_use',
      message:
        `${place} would have ${capacity} places, and ${counter.sold} are sold, ` +
        `${counter.held + counter.blocked} held or blocked and ${allotted} at resellers.`,
      cure: takeBackFirst(context, quotas, taken - capacity),
    });
    return;
  }
  report(context, line, line.sheet === 'contingent_quotas' ? 'quota' : 'capacity', {
    code: 'house.over_capacity',
    message:
      own === 0
        ? `The contingents of ${place} have ${shares} of ${capacity} places.`
        : `The contingents of ${place} and the venue have ${shares} of ${capacity} places.`,
    cure: `Lower the quotas by ${shares - capacity}, or raise the capacity.`,
  });
}

function takeBackFirst(context: PlanContext, quotas: readonly QuotaRow[], over: number): string {
  const { draft } = context;
  const atResellers = quotas
    .filter((quota) => quota.allotted > 0)
    .map((quota) => {
      const contingent = draft.contingent.byId(quota.contingent_id)?.code ?? '';
      const reseller = draft.interface.byId(quota.interface_id)?.reseller ?? 'the reseller';
      return `${quota.allotted} of ${contingent} at ${reseller}`;
    });
  if (atResellers.length === 0) return `Leave the capacity ${over} higher: these are sold or held.`;
  return `Take ${over} back first (${atResellers.join(', ')}), or leave the capacity higher.`;
}

function placeOf(context: PlanContext, counter: CounterRow): string {
  const { draft } = context;
  const product = draft.product.byId(counter.product_id)?.code ?? '';
  const performance = draft.performance.byId(counter.performance_id);
  const zone = draft.zone.byId(counter.zone_id);
  const area = zone && draft.area.byId(zone.area_id)?.code;
  return [product, performance?.code, area, counter.day, counter.slot_starts?.slice(0, 5)]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
}

/** The safety gauge: all places of a performance that contingents have never exceed it. */
function checkGauges(
  context: PlanContext,
  quotas: ReadonlyMap<number, QuotaRow[]>,
  configurationSeats: ConfigurationSeats,
): void {
  const { draft, house } = context;
  const counters = Map.groupBy(draft.counter.all(), (counter) => counter.performance_id);
  const seatsOf = seatsInContingents(context);
  for (const performance of draft.performance.all()) {
    const { gauge } = performance;
    if (gauge === null) continue;
    const product = draft.product.byId(performance.product_id);
    const speaks = ({ value }: Line<'performances'>) =>
      value.product === product?.code && value.code === performance.code;
    const line =
      house.lines.performances.find(speaks) ??
      [...house.lines.contingent_quotas, ...house.lines.contingent_seats].find(
        ({ value }) =>
          value.product === product?.code && names(value.performances, performance.code),
      );
    if (line === undefined) continue;
    const zones = counters.get(performance.id) ?? [];
    const shares = sum(zones.flatMap((one) => (quotas.get(one.id) ?? []).map((row) => row.quota)));
    const places = shares + seatsOf(performance.id);
    const sold = sum(zones.map((one) => one.sold + one.held));
    const wanted = Math.max(places, sold);
    if (wanted <= gauge) continue;
    const total = configurationSeats.get(performance.logical_configuration_id)?.size ?? 0;
    report(context, line, line.sheet === 'performances' ? 'gauge' : 'performances', {
      code: 'house.over_gauge',
      message:
        `The contingents of ${product?.code} ${performance.code} have ${wanted} places, and its ` +
        `gauge is ${gauge} (${total} numbered seats in the house).`,
      cure: `Give the contingents ${wanted - gauge} fewer, or raise the gauge.`,
    });
  }
}

function names(codes: string | undefined, code: string): boolean {
  if (codes === undefined) return false;
  return codes.trim() === '*' || codes.split(',').some((part) => part.trim() === code);
}

/** How many numbered seats of a performance will be in contingents. */
function seatsInContingents(context: PlanContext): (performanceId: number) => number {
  const counts = new Map<number, number>();
  const add = (id: number, count: number) => counts.set(id, (counts.get(id) ?? 0) + count);
  const rebuilt = new Set(context.stockChanges.rebuilt);
  for (const totals of context.stock.totals) {
    if (!rebuilt.has(totals.performanceId)) add(totals.performanceId, totals.contingented);
  }
  for (const { performanceIds, seatIds } of context.stockChanges.initial) {
    for (const performanceId of performanceIds) add(performanceId, seatIds.length);
  }
  for (const { performanceId, from, contingentId, moved, seatIds } of context.stockChanges.moves) {
    if (!moved) continue;
    const before = from === null ? 0 : 1;
    const after = contingentId === null ? 0 : 1;
    add(performanceId, (after - before) * seatIds.length);
  }
  return (performanceId) => counts.get(performanceId) ?? 0;
}
