/** Another seat for a bearer, given by name or chosen, and a seat of ours that theirs is called. */
import { decide } from '../../domain/cases/ways-out.ts';
import { setValues } from '../../domain/mapping/edit-table.ts';
import { printKey } from '../../domain/mapping/mapping-text.ts';
import type { MappingDraft } from '../../domain/mapping/plan-changes.ts';
import { splitPath } from '../../domain/seating/seat-text.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { SeatHere } from '../../store/case-place-store.ts';
import {
  categoryOfSeat,
  findNearest,
  findSeats,
  hasRow,
  isHouseSeat,
} from '../../store/case-place-store.ts';
import { WayRefused } from './case-request.ts';
import { saveMapping } from './mapping-ways.ts';
import type { FittingCase, WayWork } from './way-context.ts';

/** The seat that a person names in this case's performance. Throws WayRefused. */
async function namedSeat(work: WayWork, row: CaseDetail, text: string): Promise<SeatHere> {
  if (row.performanceId === null) throw new WayRefused('cases.refused.performance_unknown');
  const parts = splitPath(text.trim());
  const found = parts.length < 2 ? [] : await findSeats(work.tx, row.performanceId, parts);
  const [seat, ...others] = found;
  if (seat === undefined) throw new WayRefused('cases.refused.seat_unknown', { seat: text });
  if (others.length > 0) {
    const which = found.map(({ name }) => name).join(', ');
    throw new WayRefused('cases.refused.seat_several', { seat: text, which });
  }
  return seat;
}

/**
 * A seat for each case, by its id: the one named, else the nearest free one of the category that no
 * reseller holds. A case that gets none is refused.
 */
export async function chooseSeats(
  work: WayWork,
  cases: readonly FittingCase[],
): Promise<Map<number, number>> {
  const chosen = new Map<number, number>();
  const { seat: text } = work.said;
  if (text !== undefined) {
    const [one] = cases;
    if (one === undefined) return chosen;
    if (cases.length > 1) throw new WayRefused('cases.refused.one_at_a_time', { way: one.way.way });
    const seat = await namedSeat(work, one.row, text);
    checkFree(seat, work);
    return chosen.set(one.row.id, seat.seatId);
  }
  for (const { row } of cases) {
    const seat = await nearestSeat(work, row, 'interface', [...chosen.values()]);
    if (seat !== null) chosen.set(row.id, seat.seatId);
  }
  return chosen;
}

/**
 * Seats out of what no contingent keeps, for those whose own place the house cannot give: it is
 * sold, held by another reseller, or there is none of that name. The others take the place that
 * was reported.
 */
export async function drawFromHouse(
  work: WayWork,
  cases: readonly FittingCase[],
): Promise<{ id: number; decision: ReturnType<typeof decide> }[]> {
  const seats: number[] = [];
  const decided: { id: number; decision: ReturnType<typeof decide> }[] = [];
  for (const { row, way } of cases) {
    const { performanceId, seatId } = row;
    const counted = row.problems.some(({ code }) => code === 'count.over');
    const own =
      counted ||
      (performanceId !== null &&
        seatId !== null &&
        (await isHouseSeat(work.tx, performanceId, seatId)));
    const seat = own ? null : await nearestSeat(work, row, 'house', seats);
    if (seat === null && !own) continue;
    if (seat !== null) seats.push(seat.seatId);
    decided.push({ id: row.id, decision: decide(way, row.decision, seat?.seatId ?? null) });
  }
  return decided;
}

/** A seat is given once, and never one that another reseller may sell at this moment. */
function checkFree(seat: SeatHere, { record }: WayWork): void {
  const { name, holder, interfaceCode } = seat;
  if (seat.state !== 'free' || seat.wished) {
    throw new WayRefused('cases.refused.seat_taken', { seat: name, holder: holder ?? seat.state });
  }
  if (seat.interfaceId !== null && seat.interfaceId !== record.id) {
    throw new WayRefused('cases.refused.seat_elsewhere', { seat: name, interface: interfaceCode });
  }
}

async function nearestSeat(
  work: WayWork,
  row: CaseDetail,
  from: 'interface' | 'house',
  except: readonly number[],
): Promise<SeatHere | null> {
  const { performanceId, message } = row;
  if (performanceId === null) {
    work.refuse(row.id, 'cases.refused.performance_unknown');
    return null;
  }
  const { resolver } = await work.knowledge();
  const resolved = resolver.resolve(message);
  const own = resolved.category?.kind === 'zone' ? null : (resolved.category?.id ?? null);
  const categoryId =
    own ?? (row.seatId === null ? null : await categoryOfSeat(work.tx, performanceId, row.seatId));
  if (categoryId === null) {
    work.refuse(row.id, 'cases.refused.seat_not_named');
    return null;
  }
  const place = resolved.place?.type === 'seat' ? resolved.place : null;
  const seat = await findNearest(work.tx, {
    performanceId,
    categoryId,
    from: from === 'house' ? 'house' : { interface: resolved.contingentIds },
    near: {
      seatId: row.seatId,
      blockId: place?.blockId ?? null,
      row: message.row,
      number: message.seat,
    },
    except,
  });
  if (seat === null) {
    const category = resolved.category?.code ?? '';
    work.refuse(row.id, 'cases.refused.seat_none_free', { category });
  }
  return seat;
}

/** The decision of each case that got a seat. */
export function seatDecisions(
  cases: readonly FittingCase[],
  seats: ReadonlyMap<number, number>,
): { id: number; decision: ReturnType<typeof decide> }[] {
  return cases.flatMap(({ row, way }) => {
    const seatId = seats.get(row.id);
    return seatId === undefined
      ? []
      : [{ id: row.id, decision: decide(way, row.decision, seatId) }];
  });
}

/**
 * The reseller's name of a place is a seat of ours: a mapping line for the seat, and one for the
 * row where the reseller calls that by another name, too, and we have no row of that name.
 */
export async function mapSeat(work: WayWork, { row }: FittingCase): Promise<void> {
  const { message } = row;
  const seat = await namedSeat(work, row, work.said.seat ?? '');
  const { resolver } = await work.knowledge();
  const { place } = resolver.resolve(message);
  if (message.seat === null || place?.type !== 'seat') {
    throw new WayRefused('cases.refused.seat_not_named');
  }
  if (seat.blockId !== place.blockId) {
    throw new WayRefused('cases.refused.seat_other_block', { seat: seat.name });
  }
  const drafts: MappingDraft[] = [];
  const block = [...place.parents];
  if (block.length === 2) block.push('');
  const { vocabulary } = resolver.input;
  const ourRow = vocabulary.ourName('row', message.row ?? '', block, { seasonId: place.seasonId });
  const line = (word: 'row' | 'seat', key: readonly string[], value: string): MappingDraft => ({
    id: null,
    word,
    seasonId: null,
    ours: printKey(key),
    external: [value],
    notOurs: false,
  });
  if (ourRow !== seat.row) {
    if (ourRow !== null && (await hasRow(work.tx, seat.blockId, ourRow))) {
      const params = { seat: seat.name, row: message.row };
      throw new WayRefused('cases.refused.seat_other_row', params);
    }
    drafts.push(line('row', [...block, seat.row], message.row ?? ''));
  }
  drafts.push(line('seat', [...block, seat.row, seat.number], message.seat));
  const value = [message.block, message.row, message.seat].filter((part) => part !== null);
  await saveMapping(
    work,
    { word: 'seat', value: value.join('/'), ours: seat.name },
    ({ rows }) => ({
      save: drafts.flatMap((draft) => setValues(rows, draft, true).save),
      remove: [],
    }),
  );
}
