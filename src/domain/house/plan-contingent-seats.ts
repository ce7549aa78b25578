/** Which seats of which performances are in which contingent. */
import type { PlanContext, SeatGroup } from './context.ts';
import { note, report } from './context.ts';
import type { Line } from './file.ts';
import type { ConfigurationSeats } from './plan-configurations.ts';
import { selectedSeats } from './plan-configurations.ts';
import { contingentOf, performancesOf } from './plan-counters.ts';
import { productOf } from './plan-products.ts';
import type { PerformanceRow } from './rows.ts';
import type { SeatIndex } from './seat-index.ts';

type SeatLine = Line<'contingent_seats'>;

interface Wish {
  line: SeatLine;
  target: number | null;
}

/** What a set of lines wants of each seat. */
type Wanted = ReadonlyMap<number, Wish>;

export function planContingentSeats(
  context: PlanContext,
  index: SeatIndex,
  configurationSeats: ConfigurationSeats,
): void {
  const rebuilt = new Set(context.stockChanges.rebuilt);
  for (const { performances, wishes } of groupPerformances(context)) {
    const configurationId = performances[0]?.logical_configuration_id ?? 0;
    const sellable = configurationSeats.get(configurationId) ?? new Map<number, number>();
    const wanted = wantedSeats(context, index, { configurationId, sellable, performances, wishes });
    const fresh = performances.filter(({ id }) => rebuilt.has(id)).map(({ id }) => id);
    if (fresh.length > 0) placeInitially(context, fresh, wanted);
    for (const { id } of performances) if (!rebuilt.has(id)) moveSeats(context, id, wanted);
  }
}

interface PerformanceGroup {
  performances: PerformanceRow[];
  wishes: Wish[];
}

/** Performances of one configuration of which the same lines speak are planned once. */
function groupPerformances(context: PlanContext): PerformanceGroup[] {
  const byPerformance = new Map<PerformanceRow, Wish[]>();
  for (const line of context.house.lines.contingent_seats) {
    const { value } = line;
    const product = productOf(context, line, value.season, value.product);
    const contingent =
      value.contingent === null ? undefined : contingentOf(context, line, value.contingent);
    const rows = product && performancesOf(context, line, product, value.performances);
    if (contingent === null || rows === null) continue;
    for (const row of rows) {
      const wishes = byPerformance.get(row) ?? [];
      wishes.push({ line, target: contingent?.id ?? null });
      byPerformance.set(row, wishes);
    }
  }
  const groups = new Map<string, PerformanceGroup>();
  for (const [row, wishes] of byPerformance) {
    const lines = wishes.map(({ line }) => line.index).join(',');
    const key = `${row.logical_configuration_id}:${lines}`;
    const group = groups.get(key);
    if (group) group.performances.push(row);
    else groups.set(key, { performances: [row], wishes });
  }
  return [...groups.values()];
}

interface Scope extends PerformanceGroup {
  configurationId: number;
  sellable: ReadonlyMap<number, number>;
}

function wantedSeats(context: PlanContext, index: SeatIndex, scope: Scope): Wanted {
  const wanted = new Map<number, Wish>();
  for (const wish of scope.wishes) {
    const seatIds = seatsOfLine(context, index, scope, wish.line);
    const rival = seatIds.map((seatId) => wanted.get(seatId)).find((one) => one !== undefined);
    if (rival !== undefined) {
      const common = seatIds.filter((seatId) => wanted.has(seatId)).length;
      report(context, wish.line, 'seats', {
        code: 'house.seat_twice',
        message:
          `${common} seats of ${scope.performances[0]?.code} are also in line ` +
          `${rival.line.index + 1} (${rival.line.value.contingent ?? 'no contingent'}).`,
        cure: 'A seat is in at most one contingent: narrow one of the two lines.',
      });
      continue;
    }
    for (const seatId of seatIds) wanted.set(seatId, wish);
  }
  return wanted;
}

function seatsOfLine(
  context: PlanContext,
  index: SeatIndex,
  scope: Scope,
  line: SeatLine,
): number[] {
  const configuration = context.draft.logical_configuration.byId(scope.configurationId);
  const selected = configuration && selectedSeats(context, line, index, configuration.layout_id);
  if (selected === null) return [];
  const seatIds = selected.filter((seatId) => scope.sellable.has(seatId));
  if (seatIds.length > 0 || 'category_seats' in context.house.unread) return seatIds;
  report(context, line, 'area', {
    code: 'house.no_seat',
    message: `None of these seats is in the configuration ${configuration?.code}.`,
    cure: 'Give them a category in category_seats, or select others.',
  });
  return [];
}

function placeInitially(context: PlanContext, performanceIds: number[], wanted: Wanted): void {
  const byContingent = Map.groupBy(wanted, ([, { target }]) => target);
  for (const [contingentId, entries] of byContingent) {
    if (contingentId === null) continue;
    const seatIds = entries.map(([seatId]) => seatId);
    context.stockChanges.initial.push({ performanceIds, contingentId, seatIds });
  }
  checkCompanions(context, wanted, () => null);
}

/** A companion seat goes and comes back with its wheelchair place. */
function checkCompanions(
  context: PlanContext,
  wanted: Wanted,
  present: (seatId: number) => number | null,
): void {
  for (const [seatId, { line, target }] of wanted) {
    const place = context.draft.seat.byId(seatId)?.companion_of ?? null;
    if (place === null) continue;
    const target_of_place = wanted.has(place) ? wanted.get(place)?.target : present(place);
    if ((target_of_place ?? null) === target) continue;
    const seat = context.draft.seat.byId(seatId);
    report(context, line, 'seats', {
      code: 'house.companion',
      message: `${seat?.row}/${seat?.number} is a companion seat without its wheelchair place.`,
      cure: 'Give both to the same contingent.',
    });
    return;
  }
}

/**
 * Seats of a performance that exists. A free one moves; one that a reseller holds becomes a wish
 * until the reseller gives it back; a sold or held one stays, and that is told.
 */
function moveSeats(context: PlanContext, performanceId: number, wanted: Wanted): void {
  const present = new Map<number, number | null>();
  for (const group of context.stock.seatGroups) {
    if (group.performanceId !== performanceId) continue;
    for (const seatId of group.seatIds) present.set(seatId, group.contingentId);
    const spoken = group.seatIds.filter((seatId) => wanted.has(seatId));
    const byTarget = Map.groupBy(spoken, (seatId) => wanted.get(seatId)?.target ?? null);
    for (const [target, seatIds] of byTarget) moveGroup(context, wanted, group, target, seatIds);
  }
  checkCompanions(context, wanted, (seatId) => present.get(seatId) ?? null);
  // Seats that the configuration gains in this load are built with their contingent.
  const gained = new Map([...wanted].filter(([seatId]) => !present.has(seatId)));
  if (gained.size > 0) placeInitially(context, [performanceId], gained);
}

function moveGroup(
  context: PlanContext,
  wanted: Wanted,
  group: SeatGroup,
  target: number | null,
  seatIds: number[],
): void {
  const { performanceId, contingentId: from, interfaceId } = group;
  const line = wanted.get(seatIds[0] ?? 0)?.line;
  if (line === undefined) return;
  const code = context.draft.performance.byId(performanceId)?.code ?? '';
  if (group.state === 'sold' || group.state === 'held') {
    if (target === from) return;
    const message = `${seatIds.length} seats of ${code} are ${group.state}: they stay.`;
    note(context, line, 'seats', { code: 'house.seats_stay', message });
    return;
  }
  const wished = interfaceId !== null && group.wish !== null;
  if (target === from ? !wished || group.wish !== 'contingent' : false) return;
  if (interfaceId !== null && target !== from) {
    const reseller = context.draft.interface.byId(interfaceId)?.reseller ?? 'a reseller';
    const places = `${seatIds.length} seats of ${code}`;
    const message = `${places} are at ${reseller}: they move when they are given back.`;
    note(context, line, 'seats', { code: 'house.seats_wished', message });
    if (group.wish === 'contingent' && group.wishContingentId === target) return;
  }
  const moved = interfaceId === null;
  context.stockChanges.moves.push({ performanceId, from, contingentId: target, moved, seatIds });
}
