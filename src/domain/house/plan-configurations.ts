/** Logical configurations, their categories, which seats have which, and zones of free seating. */
import type { PlanContext } from './context.ts';
import { need, removeRow, report } from './context.ts';
import type { Line } from './file.ts';
import { areaOf } from './plan-layouts.ts';
import type { CategoryRow, ConfigurationRow } from './rows.ts';
import type { SeatIndex } from './seat-index.ts';

/** Category of every seat of every configuration, as it will be. */
export type ConfigurationSeats = Map<number, Map<number, number>>;

export function planConfigurations(context: PlanContext): void {
  const { draft, house } = context;
  for (const line of house.lines.configurations) planConfiguration(context, line);
  for (const line of house.lines.categories) planCategory(context, line);
  for (const line of house.lines.zones) planZone(context, line);
  for (const zone of draft.zone.all()) {
    const category = draft.seat_category.byId(zone.seat_category_id);
    if (category?.kind === 'seats') {
      throw new Error(`Zone ${zone.id} has the seats' category ${category.id}.`);
    }
  }
}

function planConfiguration(context: PlanContext, line: Line<'configurations'>): void {
  const { draft } = context;
  const { code, name, remove } = line.value;
  const found = draft.logical_configuration.find(code);
  if (remove) {
    removeRow(context, line, 'logical_configuration', found);
    return;
  }
  const layoutCode = line.value.layout;
  const reference = { key: 'layout', sheet: 'layouts', code: layoutCode } as const;
  const layout = need(context, line, reference, draft.layout.find(layoutCode));
  if (layout === null) return;
  if (found !== null && found.layout_id !== layout.id) {
    report(context, line, 'layout', {
      code: 'house.fixed',
      message: `The configuration ${code} belongs to another layout.`,
      cure: 'Make a new configuration; seats and performances refer to the present one.',
    });
    return;
  }
  const values = { layout_id: layout.id, code, name };
  draft.logical_configuration.put(values, () => ({ id: draft.newId(), ...values }));
}

export function configurationOf(
  context: PlanContext,
  line: Line<'categories' | 'category_seats' | 'zones' | 'performances'>,
): ConfigurationRow | null {
  const code = line.value.configuration;
  const reference = { key: 'configuration', sheet: 'configurations', code } as const;
  return need(context, line, reference, context.draft.logical_configuration.find(code));
}

function planCategory(context: PlanContext, line: Line<'categories'>): void {
  const configuration = configurationOf(context, line);
  if (configuration === null) return;
  const { draft } = context;
  const { code, name, kind, rank, remove } = line.value;
  const found = draft.seat_category.find(configuration.id, code);
  if (remove) {
    removeRow(context, line, 'seat_category', found);
    return;
  }
  if (found !== null && found.kind !== kind) {
    report(context, line, 'kind', {
      code: 'house.category_kind',
      message: `${configuration.code}/${code} prices ${found.kind}: it cannot price ${kind}.`,
      cure: 'A category prices seats or one zone, never both: make a second category.',
    });
    return;
  }
  const values = { logical_configuration_id: configuration.id, code, name, kind };
  const create = () => ({ id: draft.newId(), ...values, rank: 0 });
  draft.seat_category.put({ ...values, rank }, create);
}

function categoryOf(
  context: PlanContext,
  line: Line<'category_seats' | 'zones'>,
  configuration: ConfigurationRow,
  kind: 'seats' | 'zone',
): CategoryRow | null {
  const code = line.value.category;
  const found = context.draft.seat_category.find(configuration.id, code);
  const category = need(context, line, { key: 'category', sheet: 'categories', code }, found);
  if (category === null || category.kind === kind) return category;
  return report(context, line, 'category', {
    code: 'house.category_kind',
    message: `${configuration.code}/${code} prices ${category.kind}, and this is about ${kind}.`,
    cure: 'A category prices seats or one zone, never both: use or make another category.',
  });
}

function planZone(context: PlanContext, line: Line<'zones'>): void {
  const configuration = configurationOf(context, line);
  if (configuration === null) return;
  const { draft } = context;
  const layout = draft.layout.byId(configuration.layout_id);
  const area = layout && areaOf(context, line, layout);
  if (area === null) return;
  const found = draft.zone.find(configuration.id, area.id);
  if (line.value.remove) {
    removeRow(context, line, 'zone', found);
    return;
  }
  if (area.numbered) {
    report(context, line, 'area', {
      code: 'house.area_kind',
      message: `${area.code} is numbered: a zone is a view of a free-seating area.`,
      cure: 'Give its seats a category in category_seats, or name a free-seating area.',
    });
    return;
  }
  const category = categoryOf(context, line, configuration, 'zone');
  if (category === null) return;
  const taken = draft.zone
    .all()
    .find((zone) => zone.seat_category_id === category.id && zone.area_id !== area.id);
  if (taken !== undefined) {
    report(context, line, 'category', {
      code: 'house.category_kind',
      message: `${configuration.code}/${category.code} already prices another zone.`,
      cure: 'A category prices one zone: make another category.',
    });
    return;
  }
  const values = {
    logical_configuration_id: configuration.id,
    area_id: area.id,
    seat_category_id: category.id,
    capacity: line.value.capacity,
  };
  draft.zone.put(values, () => ({ id: draft.newId(), ...values }));
}

/** Plans which seats have which category; a seat has one category in a configuration. */
export function planCategorySeats(context: PlanContext, index: SeatIndex): ConfigurationSeats {
  const stored: ConfigurationSeats = new Map();
  for (const group of context.stock.configurationSeats) {
    const seats = mapOf(stored, group.configurationId);
    for (const seatId of group.seatIds) seats.set(seatId, group.categoryId);
  }
  const after: ConfigurationSeats = new Map([...stored].map(([id, seats]) => [id, new Map(seats)]));
  const claims = new Map<number, Map<number, Line<'category_seats'>>>();
  for (const line of context.house.lines.category_seats) {
    const configuration = configurationOf(context, line);
    const category = configuration && categoryOf(context, line, configuration, 'seats');
    if (configuration === null || category === null) continue;
    const seatIds = selectedSeats(context, line, index, configuration.layout_id);
    if (seatIds === null) continue;
    const claimed = mapOf(claims, configuration.id);
    const rival = seatIds.map((seatId) => claimed.get(seatId)).find((other) => other !== undefined);
    if (rival !== undefined && rival.value.category !== line.value.category) {
      report(context, line, 'seats', {
        code: 'house.seat_twice',
        message: `Seats of line ${rival.index + 1} (${rival.value.category}) are meant again.`,
        cure: 'A seat has one category in a configuration: narrow one of the two lines.',
      });
      continue;
    }
    const seats = mapOf(after, configuration.id);
    for (const seatId of seatIds) {
      claimed.set(seatId, line);
      if (line.value.remove) seats.delete(seatId);
      else seats.set(seatId, category.id);
    }
  }
  noteDifferences(context, stored, after);
  return after;
}

function noteDifferences(
  context: PlanContext,
  stored: ConfigurationSeats,
  after: ConfigurationSeats,
): void {
  for (const [configurationId, seats] of after) {
    const before = stored.get(configurationId) ?? new Map<number, number>();
    const byCategory = new Map<number | null, number[]>();
    const add = (categoryId: number | null, seatId: number) => {
      const list = byCategory.get(categoryId);
      if (list) list.push(seatId);
      else byCategory.set(categoryId, [seatId]);
    };
    for (const [seatId, categoryId] of seats) {
      if (before.get(seatId) !== categoryId) add(categoryId, seatId);
    }
    for (const seatId of before.keys()) if (!seats.has(seatId)) add(null, seatId);
    for (const [categoryId, seatIds] of byCategory) {
      const added = seatIds.filter((seatId) => !before.has(seatId)).length;
      context.stockChanges.configurationSeats.push({
        configurationId,
        categoryId,
        seatIds,
        added,
      });
    }
  }
}

/** The seats of a line's selector, or null with the fault reported. */
export function selectedSeats(
  context: PlanContext,
  line: Line<'category_seats' | 'contingent_seats' | 'own_places'>,
  index: SeatIndex,
  layoutId: number,
): number[] | null {
  const selection = index.select(layoutId, line.value);
  if ('seatIds' in selection) return selection.seatIds;
  // Seats that a faulty line should have brought are not missed a second time.
  if (['areas', 'blocks', 'seats'].some((sheet) => sheet in context.house.unread)) return null;
  return report(context, line, selection.key, {
    code: 'house.no_seat',
    message: `No seat is selected: ${selection.fault}.`,
    cure: 'Correct area, block, rows or seats; docs/house-file.md says how runs are written.',
  });
}

function mapOf<V>(maps: Map<number, Map<number, V>>, key: number): Map<number, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
