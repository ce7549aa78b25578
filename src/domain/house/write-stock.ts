/** Categories and contingents of seats, counters and quotas, as lists of a house file. */
import type { SeatGroup } from './context.ts';
import type { Draft } from './draft.ts';
import type { HouseFile, LineOf } from './file.ts';
import type { CounterRow } from './rows.ts';
import { daysBetween } from './values.ts';
import type { SeatTree } from './write-runs.ts';
import { writeSelectors } from './write-runs.ts';
import type { Writer } from './writer.ts';
import { compact } from './writer.ts';

type TreeOf = (draft: Draft, layoutId: number) => SeatTree;

export function writeStockLists(writer: Writer, treeOf: TreeOf): Partial<HouseFile> {
  const trees = new Map<number, SeatTree>();
  const treeOfLayout = (layoutId: number) => {
    const known = trees.get(layoutId);
    if (known !== undefined) return known;
    const tree = treeOf(writer.draft, layoutId);
    trees.set(layoutId, tree);
    return tree;
  };
  return {
    category_seats: writeCategorySeats(writer, treeOfLayout),
    contingent_seats: writeContingentSeats(writer, treeOfLayout),
    counters: writeCounters(writer),
    contingent_quotas: writeQuotas(writer),
    own_places: [...writeOwnSeats(writer, treeOfLayout), ...writeOwnClaims(writer)],
  };
}

function writeCategorySeats(
  { draft, stock, code }: Writer,
  treeOf: (layoutId: number) => SeatTree,
): LineOf<'category_seats'>[] {
  return stock.configurationSeats.flatMap(({ configurationId, categoryId, seatIds }) => {
    const configuration = draft.logical_configuration.byId(configurationId);
    if (configuration === null) return [];
    const selectors = writeSelectors(treeOf(configuration.layout_id), new Set(seatIds));
    const category = code('seat_category', categoryId);
    return selectors.map((line) => ({ configuration: configuration.code, category, ...line }));
  });
}

/** A wish counts as fulfilled: the file says what is wanted, and that is its target. */
function targetOf(group: SeatGroup): number | null {
  return group.wish === 'contingent' ? group.wishContingentId : group.contingentId;
}

function writeContingentSeats(
  { draft, stock, product, code }: Writer,
  treeOf: (layoutId: number) => SeatTree,
): LineOf<'contingent_seats'>[] {
  const groups = Map.groupBy(stock.seatGroups, (group) => group.performanceId);
  // Performances of a product with the same lines share them.
  const shared = new Map<string, { productId: number; lines: Selected[]; codes: string[] }>();
  for (const performance of draft.performance.all()) {
    const configuration = draft.logical_configuration.byId(performance.logical_configuration_id);
    const tree = treeOf(configuration?.layout_id ?? 0);
    const byTarget = Map.groupBy(groups.get(performance.id) ?? [], targetOf);
    const lines: Selected[] = [];
    for (const [target, list] of byTarget) {
      if (target === null) continue;
      const seatIds = new Set(list.flatMap(({ seatIds }) => seatIds));
      const contingent = code('contingent', target);
      for (const line of writeSelectors(tree, seatIds)) lines.push({ contingent, ...line });
    }
    if (lines.length === 0) continue;
    const key = JSON.stringify([performance.product_id, lines]);
    const same = shared.get(key);
    if (same) same.codes.push(performance.code);
    else shared.set(key, { productId: performance.product_id, lines, codes: [performance.code] });
  }
  return [...shared.values()].flatMap(({ productId, lines, codes }) => {
    const performances = codes.join(',');
    return lines.map((line) => ({ ...product(productId), performances, ...line }));
  });
}

type Selected = Pick<
  LineOf<'contingent_seats'>,
  'contingent' | 'area' | 'block' | 'rows' | 'seats'
>;

/** Days that follow one another and say the same are one line. */
function joinDays<T extends { day?: string | undefined }>(
  lines: readonly T[],
): (T & { last_day?: string })[] {
  const joined: (T & { last_day?: string })[] = [];
  const groups = Map.groupBy(lines, ({ day: _day, ...rest }) => JSON.stringify(rest));
  for (const group of groups.values()) {
    let run: (T & { last_day?: string }) | null = null;
    for (const line of group.toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))) {
      const last: string | undefined = run?.last_day ?? run?.day;
      if (run !== null && last !== undefined && line.day !== undefined && isNext(last, line.day)) {
        run.last_day = line.day;
        continue;
      }
      run = { ...line };
      joined.push(run);
    }
  }
  return joined;
}

function isNext(day: string, following: string): boolean {
  return daysBetween(day, following).length === 2;
}

function writeCounters({ draft, product }: Writer): LineOf<'counters'>[] {
  const lines = draft.counter
    .all()
    .filter((row) => row.kind !== 'zone')
    .map((row) => compact({ ...product(row.product_id), ...whenOf(row), capacity: row.capacity }));
  return joinDays(lines as LineOf<'counters'>[]) as LineOf<'counters'>[];
}

function whenOf(row: CounterRow) {
  return compact({
    day: row.day,
    slot_starts: row.slot_starts?.slice(0, 5) ?? null,
    slot_ends: row.slot_ends?.slice(0, 5) ?? null,
  });
}

function writeQuotas(writer: Writer): LineOf<'contingent_quotas'>[] {
  const { draft, product, code } = writer;
  const lines: LineOf<'contingent_quotas'>[] = [];
  const zones = new Map<string, LineOf<'contingent_quotas'>>();
  for (const { counter_id, contingent_id, quota } of draft.contingent_quota.all()) {
    const counter = draft.counter.byId(counter_id);
    if (counter === null) continue;
    const contingent = code('contingent', contingent_id);
    const zone = draft.zone.byId(counter.zone_id);
    const of = product(counter.product_id);
    if (zone === null) {
      const { slot_ends: _ends, ...when } = whenOf(counter);
      lines.push({ ...of, ...when, contingent, quota } as LineOf<'contingent_quotas'>);
      continue;
    }
    const performances = code('performance', counter.performance_id);
    const line = { ...of, performances, area: code('area', zone.area_id), contingent, quota };
    const key = JSON.stringify({ ...line, performances: '' });
    const same = zones.get(key);
    if (same) same.performances += `,${performances}`;
    else zones.set(key, line);
  }
  const passes = joinDays(lines) as LineOf<'contingent_quotas'>[];
  return [...zones.values(), ...passes];
}

function writeOwnSeats(
  { draft, own, product }: Writer,
  treeOf: (layoutId: number) => SeatTree,
): LineOf<'own_places'>[] {
  return own.seats.flatMap(({ performanceId, state, reference, seatIds }) => {
    const performance = draft.performance.byId(performanceId);
    if (performance === null) return [];
    const owner = draft.logical_configuration.byId(performance.logical_configuration_id);
    const where = { ...product(performance.product_id), performance: performance.code };
    return writeSelectors(treeOf(owner?.layout_id ?? 0), new Set(seatIds)).map((line) => {
      return { ...where, ...line, state, reference };
    });
  });
}

function writeOwnClaims({ draft, own, product, code }: Writer): LineOf<'own_places'>[] {
  return own.claims.flatMap(({ counterId, state, reference, quantity }) => {
    const counter = draft.counter.byId(counterId);
    if (counter === null) return [];
    const zone = draft.zone.byId(counter.zone_id);
    const { slot_ends: _ends, ...when } = whenOf(counter);
    const place =
      zone === null
        ? when
        : {
            performance: code('performance', counter.performance_id),
            area: code('area', zone.area_id),
          };
    const line = { ...product(counter.product_id), ...place, quantity, state, reference };
    return [line as LineOf<'own_places'>];
  });
}
