/** Seasons, layouts, areas, blocks and seats. */
import type { PlanContext } from './context.ts';
import { need, removeRow, report } from './context.ts';
import type { Line } from './file.ts';
import type { AreaRow, BlockRow, LayoutRow } from './rows.ts';
import { expandRun } from './seat-runs.ts';
import { isDay } from './values.ts';

export function planSeasons(context: PlanContext): void {
  const table = context.draft.season;
  for (const line of context.house.lines.seasons) {
    const { remove, ...season } = line.value;
    if (remove) {
      removeRow(context, line, 'season', table.find(season.code));
      continue;
    }
    for (const key of ['starts_on', 'ends_on'] as const) checkDay(context, line, key, season[key]);
    table.put(season, () => ({
      id: context.draft.newId(),
      code: season.code,
      name: season.name,
      starts_on: null,
      ends_on: null,
    }));
  }
}

/** Reports a day that the calendar does not have. */
export function checkDay(
  context: PlanContext,
  line: Line<'seasons'> | Line<'products'> | Line<'counters'> | Line<'contingent_quotas'>,
  key: string,
  day: string | null | undefined,
): boolean {
  if (day === null || day === undefined || isDay(day)) return true;
  report(context, line, key, {
    code: 'house.calendar',
    message: `${day} does not exist in the calendar.`,
    cure: 'Correct the day.',
  });
  return false;
}

export function planLayouts(context: PlanContext): void {
  const { draft, house } = context;
  for (const line of house.lines.layouts) {
    const { remove, ...layout } = line.value;
    if (remove) removeRow(context, line, 'layout', draft.layout.find(layout.code));
    else draft.layout.put(layout, () => ({ id: draft.newId(), ...layout }));
  }
  for (const line of house.lines.areas) planArea(context, line);
  for (const line of house.lines.blocks) planBlock(context, line);
  addUnnamedBlocks(context);
  for (const line of house.lines.seats) planSeatRun(context, line);
  for (const line of house.lines.seats) planCompanion(context, line);
}

function layoutOf(
  context: PlanContext,
  line: Line<'areas' | 'blocks' | 'seats'>,
): LayoutRow | null {
  const code = line.value.layout;
  const reference = { key: 'layout', sheet: 'layouts', code } as const;
  return need(context, line, reference, context.draft.layout.find(code));
}

function planArea(context: PlanContext, line: Line<'areas'>): void {
  const layout = layoutOf(context, line);
  if (layout === null) return;
  const { draft } = context;
  const { code, name, numbered } = line.value;
  const found = draft.area.find(layout.id, code);
  if (line.value.remove) {
    removeRow(context, line, 'area', found);
    return;
  }
  if (found !== null && found.numbered !== numbered) {
    report(context, line, 'numbered', {
      code: 'house.area_kind',
      message: `${layout.code}/${code} is ${found.numbered ? 'numbered' : 'free seating'}.`,
      cure: 'Make a new area; what is sold refers to the present one.',
    });
    return;
  }
  const values = { layout_id: layout.id, code, name, numbered };
  draft.area.put(values, () => ({ id: draft.newId(), ...values }));
}

export function areaOf(
  context: PlanContext,
  line: Line<'blocks' | 'seats' | 'zones'>,
  layout: LayoutRow,
): AreaRow | null {
  const code = line.value.area;
  const area = context.draft.area.find(layout.id, code);
  return need(context, line, { key: 'area', sheet: 'areas', code }, area);
}

function planBlock(context: PlanContext, line: Line<'blocks'>): void {
  const layout = layoutOf(context, line);
  const area = layout && areaOf(context, line, layout);
  if (area === null) return;
  const { code, name, remove } = line.value;
  const values = { area_id: area.id, code, name };
  const { draft } = context;
  if (remove) removeRow(context, line, 'block', draft.block.find(area.id, code));
  else draft.block.put(values, () => ({ id: draft.newId(), ...values }));
}

/** An area always has a block: the one without a name where the file names none. */
function addUnnamedBlocks(context: PlanContext): void {
  const { draft } = context;
  const withBlock = new Set(draft.block.all().map((block) => block.area_id));
  for (const area of draft.area.all()) {
    if (withBlock.has(area.id)) continue;
    const block = { area_id: area.id, code: '', name: area.name };
    draft.block.put(block, () => ({ id: draft.newId(), ...block }));
  }
}

function blockOf(context: PlanContext, line: Line<'seats'>): BlockRow | null {
  const layout = layoutOf(context, line);
  const area = layout && areaOf(context, line, layout);
  if (area === null) return null;
  if (!area.numbered) {
    return report(context, line, 'area', {
      code: 'house.area_kind',
      message: `${line.value.layout}/${area.code} is free seating and has no seats.`,
      cure: 'Set "numbered" on the area, or give the seats to a numbered one.',
    });
  }
  const code = line.value.block ?? '';
  const found = context.draft.block.find(area.id, code);
  if (found !== null || code !== '') {
    return need(context, line, { key: 'block', sheet: 'blocks', code }, found);
  }
  const block = { area_id: area.id, code, name: area.name };
  return context.draft.block.put(block, () => ({ id: context.draft.newId(), ...block }));
}

/** The values of a run of the line's, or null with the fault reported. */
function valuesOf(context: PlanContext, line: Line<'seats'>, key: 'rows' | 'seats') {
  const expanded = expandRun(line.value[key]);
  if ('values' in expanded) return expanded.values;
  return report(context, line, key, {
    code: 'house.run',
    message: `"${line.value[key]}": ${expanded.fault}.`,
    cure: 'Write A or A,C or A-F or 1-40 or 1-39/2.',
  });
}

function planSeatRun(context: PlanContext, line: Line<'seats'>): void {
  const block = blockOf(context, line);
  const rows = valuesOf(context, line, 'rows');
  const numbers = valuesOf(context, line, 'seats');
  if (block === null || rows === null || numbers === null) return;
  const { seat: table } = context.draft;
  const {
    x,
    y,
    step_x = 1,
    step_y = 1,
    remove,
    wheelchair,
    restricted_view,
    house_seat,
  } = line.value;
  const at = (start: number | null | undefined, step: number, index: number) =>
    typeof start === 'number' ? Math.fround(start + step * index) : start;
  rows.forEach((row, rowIndex) => {
    numbers.forEach((number, index) => {
      if (remove) {
        removeRow(context, line, 'seat', table.find(block.id, row, number));
        return;
      }
      const values = {
        block_id: block.id,
        row,
        number,
        x: at(x, step_x, index),
        y: at(y, step_y, rowIndex),
        wheelchair,
        restricted_view,
        house_seat,
      };
      table.put(values, () => newSeat(context.draft.newId(), block.id, row, number));
    });
  });
}

function newSeat(id: number, block_id: number, row: string, number: string) {
  const attributes = { wheelchair: false, restricted_view: false, house_seat: false };
  return { id, block_id, row, number, x: null, y: null, companion_of: null, ...attributes };
}

/** After all seats, because a companion may stand before its wheelchair place in the file. */
function planCompanion(context: PlanContext, line: Line<'seats'>): void {
  const { companion_of: companionOf, layout, area, remove } = line.value;
  if (companionOf === undefined || remove) return;
  const { draft } = context;
  const areaRow = draft.area.find(draft.layout.find(layout)?.id, area);
  const block = draft.block.find(areaRow?.id, line.value.block ?? '');
  const rows = expandRun(line.value.rows);
  const numbers = expandRun(line.value.seats);
  if (block === null || 'fault' in rows || 'fault' in numbers) return;
  const [wheelRow = '', wheelNumber = ''] = (companionOf ?? '').split('/');
  const place = companionOf === null ? null : draft.seat.find(block.id, wheelRow, wheelNumber);
  if (companionOf !== null && !place?.wheelchair) {
    report(context, line, 'companion_of', {
      code: 'house.companion',
      message: `${companionOf} is not a wheelchair place of this block.`,
      cure: 'Name row/number of a seat with "wheelchair": true in the same block.',
    });
    return;
  }
  for (const row of rows.values) {
    for (const number of numbers.values) {
      const key = { block_id: block.id, row, number, companion_of: place?.id ?? null };
      if (draft.seat.find(block.id, row, number) !== null) {
        draft.seat.put(key, () => newSeat(draft.newId(), block.id, row, number));
      }
    }
  }
}
