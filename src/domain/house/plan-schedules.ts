/** When each function of an interface runs, and for what. */
import type { PlanContext } from './context.ts';
import { instantOf, removeRow, report } from './context.ts';
import type { Line } from './file.ts';
import { interfaceOf } from './plan-mappings.ts';
import { performanceOf, productOf } from './plan-products.ts';

export function planSchedules(context: PlanContext): void {
  for (const line of context.house.lines.schedules) planSchedule(context, line);
}

function planSchedule(context: PlanContext, line: Line<'schedules'>): void {
  const owner = interfaceOf(context, line);
  if (owner === null) return;
  const { draft } = context;
  const { name, timing, active, first_at, remove } = line.value;
  const found = draft.schedule.find(owner.id, name);
  if (remove) {
    removeRow(context, line, 'schedule', found);
    return;
  }
  const filters = filtersOf(context, line);
  const first =
    typeof first_at === 'string' ? instantOf(context, line, 'first_at', first_at) : first_at;
  if (filters === null || !checkTiming(context, line)) return;
  const values = { interface_id: owner.id, name, function: line.value.function };
  const planned = { ...values, timing: cleanTiming(timing), active, first_at: first, filters };
  const create = () => ({
    id: draft.newId(),
    ...values,
    timing: cleanTiming(timing),
    active: false,
    first_at: null,
    next_at: null,
    filters: {},
  });
  const before =
    found === null ? null : JSON.stringify([found.timing, found.active, found.first_at]);
  const row = draft.schedule.put(planned, create);
  const after = JSON.stringify([row.timing, row.active, row.first_at]);
  // A changed rhythm is planned anew by the scheduler.
  if (before !== null && before !== after) draft.schedule.put({ ...values, next_at: null }, create);
}

function cleanTiming(timing: Line<'schedules'>['value']['timing']): Record<string, unknown> {
  const entries = Object.entries(timing).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function checkTiming(context: PlanContext, line: Line<'schedules'>): boolean {
  const { kind, every, time, expression } = line.value.timing;
  const missing =
    (kind === 'hours' || kind === 'days') && every === undefined
      ? 'every'
      : kind === 'at' && time === undefined
        ? 'time'
        : kind === 'cron' && expression === undefined
          ? 'expression'
          : null;
  if (missing === null) return true;
  report(context, line, `timing.${missing}`, {
    code: 'house.structure',
    message: `A schedule of the kind ${kind} needs ${missing}.`,
    cure: 'Fill it in.',
  });
  return false;
}

/** The products and performances it is limited to; undefined where the line does not say. */
function filtersOf(context: PlanContext, line: Line<'schedules'>) {
  const { products, performances } = line.value;
  if (products === undefined && performances === undefined) return undefined;
  const productIds: number[] = [];
  const performanceIds: number[] = [];
  let sound = true;
  for (const key of [...(products ?? []), ...(performances ?? [])]) {
    const [season = '', code = '', performance] = key.split('/');
    const product = productOf(context, line, season, code);
    const found =
      product && performance !== undefined
        ? performanceOf(context, line, product, performance)
        : product;
    if (found === null) sound = false;
    else if (performance === undefined) productIds.push(found.id);
    else performanceIds.push(found.id);
  }
  if (!sound) return null;
  return {
    ...(productIds.length > 0 ? { productIds } : {}),
    ...(performanceIds.length > 0 ? { performanceIds } : {}),
  };
}
