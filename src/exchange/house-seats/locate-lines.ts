/** From lines of text to seats and counters; what cannot be found is told with its line. */
import type { Catalogue, Performance } from '../../domain/catalogue/catalogue.ts';
import type {
  Answer,
  BlockSeats,
  OwnFault,
  OwnTarget,
  SeatPath,
} from '../../domain/house/own-lines.ts';
import {
  CLOSED,
  findBlock,
  findPassCounter,
  findZoneCounter,
  namePerformances,
  readQuantity,
  selectSeats,
} from '../../domain/house/own-lines.ts';
import type { OwnState } from '../../domain/house/own-places.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { readBlockSeats } from '../../store/own-place-store.ts';
import type { OwnLine } from './read-lines.ts';
import { readState } from './read-lines.ts';

export interface Located {
  targets: OwnTarget[];
  faults: OwnFault[];
}

interface Named {
  line: OwnLine;
  state: OwnState;
  what:
    | { type: 'seats'; performance: Performance; path: SeatPath }
    | { type: 'count'; counterId: number; quantity: number };
}

/** Reads the catalogue, and the seats of the blocks that the lines name. */
export async function locateLines(tx: Tx, lines: readonly OwnLine[]): Promise<Located> {
  const catalogue = await loadCatalogue(tx);
  const performanceOf = namePerformances(catalogue);
  const faults: OwnFault[] = [];
  const named: Named[] = [];
  for (const line of lines) {
    const answer = nameLine(catalogue, performanceOf, line);
    if ('fault' in answer) faults.push({ line: line.line, ...answer.fault });
    else named.push(answer.found);
  }
  const blockIds = named.flatMap(({ what }) => (what.type === 'seats' ? what.path.blockId : []));
  const seats = await seatsOfBlocks(tx, [...new Set(blockIds)]);
  return keepFirst(named, seats, faults);
}

function nameLine(
  catalogue: Catalogue,
  performanceOf: (line: OwnLine) => Answer<Performance>,
  line: OwnLine,
): Answer<Named> {
  const state = readState(line.state);
  if (state === null) {
    return bad(`"${line.state}" is no state.`, 'Write sold, held, blocked or free.');
  }
  if (line.reference === '') {
    return bad('The reference is missing.', 'Give your own number of the sale or option.');
  }
  const isCount = line.quantity !== '';
  if (isCount === (line.seat !== '')) {
    const message = isCount ? 'Both a seat and a quantity are given.' : 'No seat is named.';
    return bad(message, 'Name a seat, or a zone or date with its quantity.');
  }
  const found = isCount ? nameCount(catalogue, performanceOf, line, state) : null;
  if (found !== null)
    return 'fault' in found ? found : { found: { line, state, what: found.found } };
  const performance = performanceOf(line);
  if ('fault' in performance) return performance;
  if (performance.found.state === 'closed') return { fault: CLOSED };
  const path = findBlock(catalogue, performance.found, line.seat);
  if ('fault' in path) return path;
  const what = { type: 'seats', performance: performance.found, path: path.found } as const;
  return { found: { line, state, what } };
}

function bad(message: string, cure: string): Answer<never> {
  return { fault: { code: 'seats.line', message, cure } };
}

function nameCount(
  catalogue: Catalogue,
  performanceOf: (line: OwnLine) => Answer<Performance>,
  line: OwnLine,
  state: OwnState,
): Answer<Extract<Named['what'], { type: 'count' }>> {
  const quantity = readQuantity(line.quantity);
  if (quantity === null || (quantity === 0 && state !== 'free')) {
    return bad(`"${line.quantity}" is no quantity.`, 'Write a whole number from 1.');
  }
  const counter = findCounter(catalogue, performanceOf, line);
  if ('fault' in counter) return counter;
  // What is freed is all that the reference has.
  const left = state === 'free' ? 0 : quantity;
  return { found: { type: 'count', counterId: counter.found, quantity: left } };
}

function findCounter(
  catalogue: Catalogue,
  performanceOf: (line: OwnLine) => Answer<Performance>,
  line: OwnLine,
): Answer<number> {
  if (line.zone === '') return findPassCounter(catalogue, line);
  const performance = performanceOf(line);
  if ('fault' in performance) return performance;
  if (performance.found.state === 'closed') return { fault: CLOSED };
  return findZoneCounter(catalogue, performance.found, line.zone);
}

async function seatsOfBlocks(
  tx: Tx,
  blockIds: readonly number[],
): Promise<ReadonlyMap<number, BlockSeats>> {
  const blocks = new Map<number, Map<string, Map<string, number>>>();
  for (const { id, blockId, row, number } of await readBlockSeats(tx, blockIds)) {
    const rows = blocks.get(blockId) ?? new Map<string, Map<string, number>>();
    const numbers = rows.get(row) ?? new Map<string, number>();
    blocks.set(blockId, rows.set(row, numbers.set(number, id)));
  }
  return blocks;
}

/** A place that two lines name is the first one's: which of them is meant nobody can say. */
function keepFirst(
  named: readonly Named[],
  seats: ReadonlyMap<number, BlockSeats>,
  faults: OwnFault[],
): Located {
  const targets: OwnTarget[] = [];
  const taken = new Map<string, number>();
  for (const { line, state, what } of named) {
    const { reference } = line;
    const base = { line: line.line, state, reference };
    let keys: string[];
    let target: OwnTarget;
    if (what.type === 'count') {
      keys = [`${what.counterId} ${reference}`];
      target = { ...base, what };
    } else {
      const { performance, path } = what;
      const selected = selectSeats(seats.get(path.blockId) ?? new Map(), path);
      if ('fault' in selected) {
        faults.push({ line: line.line, ...selected.fault });
        continue;
      }
      const performanceId = performance.id;
      keys = selected.found.map((seatId) => `${performanceId}/${seatId}`);
      target = { ...base, what: { type: 'seats', performanceId, seatIds: selected.found } };
    }
    const first = keys.map((key) => taken.get(key)).find((known) => known !== undefined);
    if (first === undefined) {
      for (const key of keys) taken.set(key, line.line);
      targets.push(target);
      continue;
    }
    const message = `Line ${first} names the same place.`;
    const cure = 'Say once what becomes of it; this line was passed over.';
    faults.push({ line: line.line, code: 'seats.twice', message, cure });
  }
  return { targets, faults };
}
