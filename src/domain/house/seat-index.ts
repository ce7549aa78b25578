/** Finds seats by selector: area, block, rows and numbers; what is not said is not asked. */
import type { Draft } from './draft.ts';
import type { AreaRow, BlockRow } from './rows.ts';
import { selectRun } from './seat-runs.ts';

export interface SeatSelector {
  area?: string | undefined;
  block?: string | undefined;
  rows?: string | undefined;
  seats?: string | undefined;
}

type Rows = Map<string, Map<string, number>>;

interface IndexedBlock {
  area: AreaRow;
  block: BlockRow;
  rows: Rows;
}

export type Selection = { seatIds: number[] } | { key: keyof SeatSelector | null; fault: string };

export interface SeatIndex {
  select(layoutId: number, selector: SeatSelector): Selection;
  layoutOfSeat(seatId: number): number | null;
}

export function createSeatIndex(draft: Draft): SeatIndex {
  const blocks = new Map<number, IndexedBlock>();
  const blocksByLayout = new Map<number, IndexedBlock[]>();
  const layouts = new Map<number, number>();
  for (const block of draft.block.all()) {
    const area = draft.area.byId(block.area_id);
    if (area === null) continue;
    const indexed: IndexedBlock = { area, block, rows: new Map() };
    blocks.set(block.id, indexed);
    const ofLayout = blocksByLayout.get(area.layout_id);
    if (ofLayout) ofLayout.push(indexed);
    else blocksByLayout.set(area.layout_id, [indexed]);
  }
  for (const seat of draft.seat.all()) {
    const indexed = blocks.get(seat.block_id);
    if (indexed === undefined) continue;
    layouts.set(seat.id, indexed.area.layout_id);
    let row = indexed.rows.get(seat.row);
    if (row === undefined) {
      row = new Map();
      indexed.rows.set(seat.row, row);
    }
    row.set(seat.number, seat.id);
  }
  return {
    select: (layoutId, selector) => select(blocksByLayout.get(layoutId) ?? [], selector),
    layoutOfSeat: (seatId) => layouts.get(seatId) ?? null,
  };
}

function select(blocks: readonly IndexedBlock[], selector: SeatSelector): Selection {
  const { area, block } = selector;
  let chosen = blocks.filter((candidate) => candidate.area.numbered);
  if (area !== undefined) chosen = chosen.filter((candidate) => candidate.area.code === area);
  if (chosen.length === 0) {
    return { key: 'area', fault: area === undefined ? 'there are no seats here' : noSuch(area) };
  }
  if (block !== undefined) chosen = chosen.filter((candidate) => candidate.block.code === block);
  if (chosen.length === 0) return { key: 'block', fault: noSuch(block ?? '') };
  const seatIds: number[] = [];
  const rows = chosenRows(chosen, selector.rows);
  if ('fault' in rows) return { key: 'rows', fault: rows.fault };
  const numbers = selector.seats;
  let fault: string | null = null;
  for (const row of rows.rows) {
    if (numbers === undefined) {
      for (const id of row.values()) seatIds.push(id);
      continue;
    }
    const values = selectRun(numbers, new Set(row.keys()));
    if ('fault' in values) {
      fault = values.fault;
      continue;
    }
    for (const value of values.values) seatIds.push(row.get(value) ?? 0);
  }
  // A row may lack a number that other rows have; a number that no row has is a slip of the pen.
  if (seatIds.length > 0) return { seatIds };
  return { key: fault === null ? null : 'seats', fault: fault ?? 'no seat is meant' };
}

function chosenRows(
  blocks: readonly IndexedBlock[],
  run: string | undefined,
): { rows: Map<string, number>[] } | { fault: string } {
  if (run === undefined) return { rows: blocks.flatMap(({ rows }) => [...rows.values()]) };
  const existing = new Set(blocks.flatMap(({ rows }) => [...rows.keys()]));
  const values = selectRun(run, existing);
  if ('fault' in values) return values;
  const wanted = new Set(values.values);
  return {
    rows: blocks.flatMap(({ rows }) =>
      [...rows].filter(([row]) => wanted.has(row)).map(([, seats]) => seats),
    ),
  };
}

function noSuch(code: string): string {
  return code === '' ? 'there is no block without a name' : `there is no ${code} with seats`;
}
