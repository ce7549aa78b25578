/** Products, performances and tariffs. */
import type { PlanContext } from './context.ts';
import { instantOf, need, note, removeRow, report } from './context.ts';
import type { Line, SheetName } from './file.ts';
import { configurationOf } from './plan-configurations.ts';
import { checkDay } from './plan-layouts.ts';
import type { PerformanceRow, ProductRow, SeasonRow } from './rows.ts';
import { isZone } from './values.ts';

export function seasonOf(
  context: PlanContext,
  line: Line<SheetName>,
  code: string,
): SeasonRow | null {
  const found = context.draft.season.find(code);
  return need(context, line, { key: 'season', sheet: 'seasons', code }, found);
}

/** The product that a line names by season and code, or null with the fault reported. */
export function productOf(
  context: PlanContext,
  line: Line<SheetName>,
  seasonCode: string,
  code: string,
): ProductRow | null {
  const season = seasonOf(context, line, seasonCode);
  if (season === null) return null;
  const found = context.draft.product.find(season.id, code);
  return need(context, line, { key: 'product', sheet: 'products', code }, found);
}

export function performanceOf(
  context: PlanContext,
  line: Line<SheetName>,
  product: ProductRow,
  code: string,
): PerformanceRow | null {
  const found = context.draft.performance.find(product.id, code);
  return need(context, line, { key: 'performance', sheet: 'performances', code }, found);
}

export function planProducts(context: PlanContext): void {
  for (const line of context.house.lines.products) planProduct(context, line);
  for (const line of context.house.lines.performances) planPerformance(context, line);
  for (const line of context.house.lines.tariffs) planTariff(context, line);
}

function checkZone(
  context: PlanContext,
  line: Line<'products' | 'performances'>,
  zone: string | undefined,
): boolean {
  if (zone === undefined || isZone(zone)) return true;
  report(context, line, 'time_zone', {
    code: 'house.time_zone',
    message: `${zone} is not a time zone.`,
    cure: 'Write an IANA name: Europe/Paris.',
  });
  return false;
}

function planProduct(context: PlanContext, line: Line<'products'>): void {
  const season = seasonOf(context, line, line.value.season);
  if (season === null || !checkZone(context, line, line.value.time_zone)) return;
  const { draft } = context;
  const { season: _season, remove, ...values } = line.value;
  const found = draft.product.find(season.id, values.code);
  if (remove) {
    removeRow(context, line, 'product', found);
    return;
  }
  for (const key of ['valid_from', 'valid_until'] as const)
    checkDay(context, line, key, values[key]);
  if (found !== null && found.kind !== values.kind) {
    report(context, line, 'kind', {
      code: 'house.fixed',
      message: `${season.code}/${values.code} is of the kind ${found.kind}.`,
      cure: 'A product keeps its kind: make a new one.',
    });
    return;
  }
  draft.product.put({ ...values, season_id: season.id }, () => ({
    id: draft.newId(),
    season_id: season.id,
    code: values.code,
    name: values.name,
    kind: values.kind,
    names_required: false,
    nameless_opens_door: true,
    valid_from: null,
    valid_until: null,
    valid_days: null,
    days_per_ticket: 1,
    time_zone: context.organisation.time_zone,
  }));
}

const WITH_PERFORMANCES = new Set(['event', 'competition']);

function planPerformance(context: PlanContext, line: Line<'performances'>): void {
  const { draft } = context;
  const { season, product: productCode, code, remove } = line.value;
  const product = productOf(context, line, season, productCode);
  if (product === null || !checkZone(context, line, line.value.time_zone)) return;
  const found = draft.performance.find(product.id, code);
  if (remove) {
    removeRow(context, line, 'performance', found);
    return;
  }
  if (!WITH_PERFORMANCES.has(product.kind)) {
    report(context, line, 'product', {
      code: 'house.no_performances',
      message: `${product.code} is a ${product.kind}: only events and competitions are performed.`,
      cure: 'Give a pass its days in counters.',
    });
    return;
  }
  const configuration = configurationOf(context, line);
  const zone = line.value.time_zone ?? found?.time_zone ?? product.time_zone;
  const startsAt = instantOf(context, line, 'start', line.value.start, zone);
  if (configuration === null || startsAt === null) return;
  if (found === null) addPerformance(context, line, product, configuration.id, startsAt, zone);
  else changePerformance(context, line, found, configuration.id, startsAt, zone);
}

function addPerformance(
  context: PlanContext,
  line: Line<'performances'>,
  product: ProductRow,
  configurationId: number,
  startsAt: string,
  zone: string,
): void {
  const { state = 'preparing', gauge = null, code, start } = line.value;
  const values = {
    product_id: product.id,
    code,
    starts_at: startsAt,
    time_zone: zone,
    local_start: start,
    logical_configuration_id: configurationId,
    state,
    gauge,
    suspended_at: state === 'suspended' ? context.now : null,
    cancelled_at: state === 'cancelled' ? context.now : null,
    closed_at: state === 'closed' ? context.now : null,
  };
  const id = context.draft.newId();
  context.draft.performance.put(values, () => ({ id, ...values }));
  context.stockChanges.rebuilt.push(id);
}

function changePerformance(
  context: PlanContext,
  line: Line<'performances'>,
  found: PerformanceRow,
  configurationId: number,
  startsAt: string,
  zone: string,
): void {
  const { draft } = context;
  const key = { product_id: found.product_id, code: found.code };
  const never = () => found;
  if (found.logical_configuration_id !== configurationId) {
    if (!configurationMayChange(context, line, found)) return;
    context.stockChanges.rebuilt.push(found.id);
  }
  draft.performance.put(
    { ...key, gauge: line.value.gauge, logical_configuration_id: configurationId },
    never,
  );
  changeState(context, line, found);
  if (found.local_start === line.value.start && found.time_zone === zone) return;
  const move = `${found.code} moves from ${found.local_start} to ${line.value.start}`;
  if (!context.applyMoves) {
    const message = `${move}: not applied, because --apply-moves was not given.`;
    note(context, line, 'start', { code: 'house.move_listed', message });
    return;
  }
  note(context, line, 'start', { code: 'house.move_applied', message: `${move}.` });
  const values = { starts_at: startsAt, local_start: line.value.start, time_zone: zone };
  draft.performance.put({ ...key, ...values }, never);
  const alias = { performance_id: found.id, local_start: found.local_start };
  draft.performance_alias.put(alias, () => ({ ...alias, moved_at: context.now }));
}

function configurationMayChange(
  context: PlanContext,
  line: Line<'performances'>,
  performance: PerformanceRow,
): boolean {
  const totals = context.stock.totals.find((one) => one.performanceId === performance.id);
  const counters = context.draft.counter
    .all()
    .filter((counter) => counter.performance_id === performance.id);
  const quotas = context.draft.contingent_quota
    .all()
    .filter((quota) => counters.some((counter) => counter.id === quota.counter_id));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const sold = (totals?.sold ?? 0) + sum(counters.map((counter) => counter.sold));
  const held = (totals?.held ?? 0) + sum(counters.map((counter) => counter.held));
  const allotted = (totals?.allotted ?? 0) + sum(quotas.map((quota) => quota.allotted));
  if (sold + held + allotted === 0) return true;
  report(context, line, 'configuration', {
    code: 'house.configuration_in_use',
    message:
      `${performance.code} has ${allotted} places at resellers, ${sold} sold and ${held} held: ` +
      'its configuration cannot change.',
    cure: 'Take the unsold places back and re-seat the sold ones first.',
  });
  return false;
}

/** States that other commands reach, because more follows from them than a changed word. */
const FINAL = new Set(['cancelled', 'closed']);

function changeState(
  context: PlanContext,
  line: Line<'performances'>,
  found: PerformanceRow,
): void {
  const { state } = line.value;
  if (state === undefined || state === found.state) return;
  if (FINAL.has(state) || FINAL.has(found.state)) {
    report(context, line, 'state', {
      code: 'house.state',
      message: `A house file does not make ${found.code} ${state}: it is ${found.state}.`,
      cure: 'Cancel, close or reopen a performance by hand: codes, refunds and stock follow.',
    });
    return;
  }
  const suspended_at = state === 'suspended' ? context.now : null;
  const key = { product_id: found.product_id, code: found.code };
  context.draft.performance.put({ ...key, state, suspended_at }, () => found);
}

function planTariff(context: PlanContext, line: Line<'tariffs'>): void {
  const season = seasonOf(context, line, line.value.season);
  if (season === null) return;
  const { draft } = context;
  const { audience, audience_kind, code, name, remove } = line.value;
  if (remove) {
    removeRow(context, line, 'tariff', draft.tariff.find(season.id, audience, code));
    return;
  }
  const values = { season_id: season.id, audience, audience_kind, code, name };
  draft.tariff.put(values, () => ({ id: draft.newId(), ...values }));
}
