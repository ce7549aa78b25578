/**
 * Where seats stand on a plan when the house has told no coordinates: rows are lines, blocks are
 * rectangles, and rectangles stand in a grid, read like a page. The same seats always get the same
 * places. Units: one seat is 1 wide, one row 1 deep. See docs/algorithms/plan.md.
 */

export interface PlanSeat {
  block: number;
  row: string;
  number: string;
}

/** Between two blocks, in seats. */
const AISLE = 2;
/** A grid about this much wider than high fits a screen. */
const WIDTH_TO_HEIGHT = 1.6;

/**
 * Answers x and y of each seat, in the order of `seats`; blocks stand in the order of `blocks`.
 * Seats of a row stand side by side in the order of their numbers, gaps closed, each row centred.
 */
export function placeSeats(
  seats: readonly PlanSeat[],
  blocks: readonly number[],
): { x: number[]; y: number[] } {
  const members = new Map<number, number[]>(blocks.map((id) => [id, []]));
  for (const [index, seat] of seats.entries()) {
    const own = members.get(seat.block);
    if (own === undefined) members.set(seat.block, [index]);
    else own.push(index);
  }
  const x = new Array<number>(seats.length).fill(0);
  const y = new Array<number>(seats.length).fill(0);
  const rectangles = [...members.values()]
    .filter((own) => own.length > 0)
    .map((own) => ({ own, ...layOut(seats, own, x, y) }));
  let left = 0;
  let top = 0;
  let deepest = 0;
  const most = widthOfGrid(rectangles);
  for (const { own, width, height } of rectangles) {
    if (left > 0 && left + width > most) {
      left = 0;
      top += deepest + AISLE;
      deepest = 0;
    }
    for (const index of own) {
      x[index] = (x[index] ?? 0) + left;
      y[index] = (y[index] ?? 0) + top;
    }
    left += width + AISLE;
    deepest = Math.max(deepest, height);
  }
  return { x, y };
}

/** Puts a block's seats into its own rectangle, from 0 on. */
function layOut(
  seats: readonly PlanSeat[],
  own: readonly number[],
  x: number[],
  y: number[],
): { width: number; height: number } {
  const rows = Map.groupBy(own, (index) => seats[index]?.row ?? '');
  const names = [...rows.keys()].sort(inOrder);
  const width = Math.max(...[...rows.values()].map(({ length }) => length));
  for (const [depth, name] of names.entries()) {
    const row = rows.get(name) ?? [];
    row.sort((a, b) => inOrder(seats[a]?.number ?? '', seats[b]?.number ?? '') || a - b);
    const margin = (width - row.length) / 2;
    for (const [place, index] of row.entries()) {
      x[index] = margin + place;
      y[index] = depth;
    }
  }
  return { width, height: names.length };
}

function widthOfGrid(rectangles: readonly { width: number; height: number }[]): number {
  const area = rectangles.reduce(
    (sum, { width, height }) => sum + (width + AISLE) * (height + AISLE),
    0,
  );
  const widest = rectangles.reduce((most, { width }) => Math.max(most, width), 0);
  return Math.max(widest, Math.sqrt(area * WIDTH_TO_HEIGHT));
}

/** `2` before `10`, `9bis` before `10`, `Z` before `AA`, as rows are lettered. */
function inOrder(a: string, b: string): number {
  const [, digitsA = '', restA = ''] = /^(\d*)(.*)$/s.exec(a) ?? [];
  const [, digitsB = '', restB = ''] = /^(\d*)(.*)$/s.exec(b) ?? [];
  if (digitsA !== '' && digitsB !== '' && Number(digitsA) !== Number(digitsB)) {
    return Number(digitsA) - Number(digitsB);
  }
  if ((digitsA === '') !== (digitsB === '')) return digitsA === '' ? 1 : -1;
  if (restA.length !== restB.length) return restA.length - restB.length;
  return restA < restB ? -1 : restA > restB ? 1 : 0;
}
