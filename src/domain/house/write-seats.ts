/** Seats of a block as few lines: runs of like seats in a row, then of like rows. */
import type { LineOf } from './file.ts';
import type { SeatRow } from './rows.ts';
import { compareNames, writeRun } from './write-runs.ts';

type SeatLine = LineOf<'seats'>;

/** Seats of one row that differ by number and position only. */
interface RowRun {
  row: string;
  numbers: string[];
  first: SeatRow;
  stepX: number;
}

/** `companion` gives `row/number` of the wheelchair place that a seat belongs to. */
export function writeSeats(
  where: Pick<SeatLine, 'layout' | 'area' | 'block'>,
  seats: readonly SeatRow[],
  companion: (seat: SeatRow) => string | null,
): SeatLine[] {
  const rows = Map.groupBy(seats, (seat) => seat.row);
  const runs = [...rows.keys()]
    .sort(compareNames)
    .flatMap((row) => runsOfRow(row, rows.get(row) ?? [], companion));
  const lines: SeatLine[] = [];
  const shapes = Map.groupBy(runs, (run) => shapeOf(run, companion));
  for (const group of shapes.values()) {
    for (const band of bandsOf(group)) lines.push(lineOf(where, band, companion));
  }
  return lines;
}

function runsOfRow(
  row: string,
  seats: readonly SeatRow[],
  companion: (seat: SeatRow) => string | null,
): RowRun[] {
  const sorted = [...seats].sort((a, b) => compareNames(a.number, b.number));
  const runs: RowRun[] = [];
  for (const seat of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && joins(run, seat, companion)) {
      if (run.numbers.length === 1) run.stepX = stepBetween(run.first.x, seat.x);
      run.numbers.push(seat.number);
    } else runs.push({ row, numbers: [seat.number], first: seat, stepX: 1 });
  }
  return runs;
}

function joins(run: RowRun, seat: SeatRow, companion: (seat: SeatRow) => string | null): boolean {
  const { first, numbers } = run;
  const same =
    first.wheelchair === seat.wheelchair &&
    first.restricted_view === seat.restricted_view &&
    first.house_seat === seat.house_seat &&
    companion(first) === companion(seat) &&
    first.y === seat.y;
  if (!same) return false;
  if (first.x === null || seat.x === null) return first.x === seat.x;
  const step = numbers.length === 1 ? stepBetween(first.x, seat.x) : run.stepX;
  return Math.fround(first.x + step * numbers.length) === Math.fround(seat.x);
}

function stepBetween(a: number | null, b: number | null): number {
  if (a === null || b === null) return 1;
  // Positions are stored in four bytes: six digits are all there is.
  return Number((b - a).toPrecision(6));
}

function shapeOf(run: RowRun, companion: (seat: SeatRow) => string | null): string {
  const { wheelchair, restricted_view, house_seat, x } = run.first;
  const attributes = [wheelchair, restricted_view, house_seat, companion(run.first)];
  return JSON.stringify([run.numbers, x, run.stepX, run.first.y === null, attributes]);
}

interface Band {
  runs: RowRun[];
  stepY: number;
}

/** Rows one after the other whose distance on the plan is the same. */
function bandsOf(runs: readonly RowRun[]): Band[] {
  const bands: Band[] = [];
  for (const run of runs) {
    const band = bands.at(-1);
    const first = band?.runs[0]?.first.y ?? null;
    const { y } = run.first;
    if (band !== undefined && first === null && y === null) {
      band.runs.push(run);
      continue;
    }
    if (band !== undefined && first !== null && y !== null) {
      const step = band.runs.length === 1 ? stepBetween(first, y) : band.stepY;
      if (Math.fround(first + step * band.runs.length) === Math.fround(y)) {
        band.stepY = step;
        band.runs.push(run);
        continue;
      }
    }
    bands.push({ runs: [run], stepY: 1 });
  }
  return bands;
}

function lineOf(
  where: Pick<SeatLine, 'layout' | 'area' | 'block'>,
  band: Band,
  companion: (seat: SeatRow) => string | null,
): SeatLine {
  const [run] = band.runs;
  if (run === undefined) throw new Error('A band has a row.');
  const { first, numbers, stepX } = run;
  const place = companion(first);
  return {
    ...where,
    rows: writeRun(band.runs.map(({ row }) => row)),
    seats: writeRun(numbers),
    ...(first.x === null ? {} : { x: first.x }),
    ...(first.y === null ? {} : { y: first.y }),
    ...(first.x !== null && numbers.length > 1 && stepX !== 1 ? { step_x: stepX } : {}),
    ...(first.y !== null && band.runs.length > 1 && band.stepY !== 1 ? { step_y: band.stepY } : {}),
    ...(first.wheelchair ? { wheelchair: true } : {}),
    ...(place === null ? {} : { companion_of: place }),
    ...(first.restricted_view ? { restricted_view: true } : {}),
    ...(first.house_seat ? { house_seat: true } : {}),
  };
}
