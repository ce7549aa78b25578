/** The server's columns as a plan to draw, and what its colours can say. Pure. */
import type { SeatPlan } from '../../api/generated/client.ts';
import type { PlanGeometry } from '../../plan/plan-geometry.ts';
import type { PlanName } from '../../plan/plan-view.ts';
import { SeatGrid } from '../../plan/seat-grid.ts';
import type { SeatStyle } from '../../plan/seat-look.ts';
import { styleFor } from '../../plan/seat-look.ts';
import type { Plan, PlanLook } from '../../plan/use-plan-view.ts';

/** Seats of nobody: a ring, so that the plan is not full of what nobody asked for. */
const NO_ONE: SeatStyle = { colour: 0xb4bac1, shape: 'ring' };

export interface PlanModel {
  readonly told: SeatPlan;
  readonly plan: Plan;
}

export function planModel(told: SeatPlan): PlanModel {
  const { seats } = told;
  const geometry: PlanGeometry = {
    x: Float32Array.from(seats.x ?? []),
    y: Float32Array.from(seats.y ?? []),
  };
  const labelOf = (seat: number) => told.numbers[seats.number?.[seat] ?? -1] ?? '';
  const grid = new SeatGrid(geometry);
  return { told, plan: { geometry, grid, names: blockNames(told, geometry), labelOf } };
}

/** A block's name above the middle of its seats. */
function blockNames({ blocks, seats }: SeatPlan, { x, y }: PlanGeometry): readonly PlanName[] {
  const ends = blocks.map(() => ({
    left: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
  }));
  for (const [seat, block] of (seats.block ?? []).entries()) {
    const end = ends[block];
    if (end === undefined) continue;
    const [atX, atY] = [x[seat] as number, y[seat] as number];
    end.left = Math.min(end.left, atX);
    end.right = Math.max(end.right, atX);
    end.top = Math.min(end.top, atY);
  }
  return ends.flatMap(({ left, right, top }, block) =>
    left > right ? [] : [{ text: blocks[block]?.code ?? '', x: (left + right) / 2, y: top - 0.8 }],
  );
}

export const LOOKS = ['contingent', 'state', 'reseller', 'category'] as const;
export type LookKind = (typeof LOOKS)[number];

/** A line of the legend. */
export interface LegendLine {
  readonly style: SeatStyle;
  /** Its own name; null: nobody's, which the scene has a word for. */
  readonly name: string | null;
  /** A state's code, to be said in the reader's language. */
  readonly state: string | null;
  readonly count: number;
}

export interface ModelLook {
  readonly look: PlanLook;
  readonly legend: readonly LegendLine[];
}

/** How the seats look by what one asks of them, and what that means. */
export function lookBy(kind: LookKind, { told }: PlanModel): ModelLook {
  const { column, names } = kindOf(kind, told);
  const counts = new Array<number>(names.length + 1).fill(0);
  const styleOf = new Uint8Array(told.count);
  for (let seat = 0; seat < told.count; seat += 1) {
    // The last style is nobody's.
    const at = column[seat] ?? -1;
    const style = at < 0 ? names.length : at;
    styleOf[seat] = style;
    counts[style] = (counts[style] as number) + 1;
  }
  const styles = [...names.map((_, index) => styleFor(index)), NO_ONE];
  const legend = styles.map((style, index) => ({
    style,
    name: kind === 'state' ? null : (names[index] ?? null),
    state: kind === 'state' ? (names[index] ?? null) : null,
    count: counts[index] as number,
  }));
  return { look: { styles, styleOf }, legend: legend.filter(({ count }) => count > 0) };
}

function kindOf(
  kind: LookKind,
  told: SeatPlan,
): { column: readonly number[]; names: readonly string[] } {
  const { seats, states, contingents, interfaces, categories } = told;
  switch (kind) {
    case 'contingent':
      return { column: seats.contingent, names: contingents.map(({ name }) => name) };
    case 'reseller':
      return { column: seats.interface, names: interfaces.map(({ reseller }) => reseller) };
    case 'category':
      return { column: seats.category, names: categories.map(({ name }) => name) };
    case 'state':
      return { column: seats.state, names: states };
  }
}

/** What is known of a seat, in its own words. */
export interface SeatFacts {
  readonly id: string;
  readonly block: string;
  readonly row: string;
  readonly number: string;
  readonly category: string;
  readonly contingent: string | null;
  readonly reseller: string | null;
  readonly state: string;
  /** What is wished of it, to be asked by the next export. */
  readonly wish: string | null;
  readonly isRefused: boolean;
  readonly isOverbooked: boolean;
  readonly isInCase: boolean;
}

const REFUSED = 16;
const OVERBOOKED = 32;
const IN_CASE = 64;

export function factsOf({ told }: PlanModel, seat: number): SeatFacts {
  const { seats } = told;
  const flags = seats.flags[seat] ?? 0;
  return {
    id: `set_${seats.id[seat]}`,
    block: told.blocks[seats.block?.[seat] ?? -1]?.code ?? '',
    row: told.rows[seats.row?.[seat] ?? -1] ?? '',
    number: told.numbers[seats.number?.[seat] ?? -1] ?? '',
    category: told.categories[seats.category[seat] ?? -1]?.name ?? '',
    contingent: told.contingents[seats.contingent[seat] ?? -1]?.name ?? null,
    reseller: told.interfaces[seats.interface[seat] ?? -1]?.reseller ?? null,
    state: told.states[seats.state[seat] ?? -1] ?? '',
    wish: told.wishes[seats.wish[seat] ?? -1] ?? null,
    isRefused: (flags & REFUSED) !== 0,
    isOverbooked: (flags & OVERBOOKED) !== 0,
    isInCase: (flags & IN_CASE) !== 0,
  };
}

/** A selection by contingent, the largest first; null: seats in none. */
export function countByContingent(
  model: PlanModel,
  seats: readonly number[],
): readonly { name: string | null; count: number }[] {
  const counts = new Map<string | null, number>();
  for (const seat of seats) {
    const { contingent } = factsOf(model, seat);
    counts.set(contingent, (counts.get(contingent) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

/** Refusals by reason, each with the seats it is about. */
export function refusalsByReason(
  model: PlanModel,
  refused: readonly { seat: string; reason: string }[],
): readonly { reason: string; seats: readonly string[] }[] {
  const index = new Map(model.told.seats.id.map((id, seat) => [`set_${id}`, seat]));
  const byReason = new Map<string, string[]>();
  for (const { seat, reason } of refused) {
    const at = index.get(seat);
    const { block, row, number } = factsOf(model, at ?? -1);
    const name = at === undefined ? seat : [block, row, number].filter(Boolean).join(' ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason].map(([reason, seats]) => ({ reason, seats }));
}
