/** Another seat for a bearer, given by name or chosen, and a seat of ours that theirs is called. */
import { decide } from '../../domain/cases/ways-out.ts';
import { setValues } from '../../domain/mapping/edit-table.ts';
import { printKey } from '../../domain/mapping/mapping-text.ts';
import type { MappingDraft } from '../../domain/mapping/plan-changes.ts';
import type { CaseDecision, PlaceDecision } from '../../domain/order/case-decision.ts';
import { splitPath } from '../../domain/seating/seat-text.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { SeatHere } from '../../store/case-place-store.ts';
import {
  categoryOfSeat,
  findNearest,
  findRoom,
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

/** Decisions of cases that got a place. */
export type Placed = { id: number; decision: CaseDecision | null }[];

/**
 * Another place for each case: the seat that is named, else the nearest free one of the category
 * that no reseller holds; where places are counted, another share or zone of the interface that has
 * room. A case that gets none is refused.
 */
export async function choosePlaces(work: WayWork, cases: readonly FittingCase[]): Promise<Placed> {
  const { seat: text } = work.said;
  const [first, ...others] = cases;
  if (text !== undefined && first !== undefined) {
    const { row, way } = first;
    if (others.length > 0) throw new WayRefused('cases.refused.one_at_a_time', { way: way.way });
    const seat = await namedSeat(work, row, text);
    checkFree(seat, work);
    return [placed(first, { kind: 'seat', seatId: seat.seatId })];
  }
  const seats: number[] = [];
  const drawn = new Map<string, number>();
  const chosen: Placed = [];
  for (const one of cases) {
    if (isCounted(one.row)) {
      const place = await anotherCount(work, one.row, drawn);
      if (place !== null) chosen.push(placed(one, place));
      continue;
    }
    const seat = await nearestSeat(work, one.row, 'interface', seats);
    if (seat === null) continue;
    seats.push(seat.seatId);
    chosen.push(placed(one, { kind: 'seat', seatId: seat.seatId }));
  }
  return chosen;
}

function placed({ row, way }: FittingCase, place: PlaceDecision | null): Placed[number] {
  return { id: row.id, decision: decide(way, row.decision, place) };
}

function isCounted({ problems }: CaseDetail): boolean {
  return problems.some(({ code }) => code === 'count.over');
}

/** A share with room, less what this selection has drawn from it already. */
async function anotherCount(
  work: WayWork,
  row: CaseDetail,
  drawn: Map<string, number>,
): Promise<PlaceDecision | null> {
  const { resolver } = await work.knowledge();
  const { contingentIds } = resolver.resolve(row.message);
  const shares = await findRoom(work.tx, {
    interfaceId: work.record.id,
    performanceId: row.performanceId,
    counterId: row.counterId,
    contingentIds,
  });
  for (const { counterId, contingentId, room } of shares) {
    const key = `${counterId} ${contingentId}`;
    const before = drawn.get(key) ?? 0;
    if (before >= room) continue;
    drawn.set(key, before + 1);
    return { kind: 'count', counterId, contingentId };
  }
  work.refuse(row.id, 'cases.refused.count_no_room');
  return null;
}

/**
 * Seats out of what no contingent keeps, for those whose own place the house cannot give: it is
 * sold, held by another reseller, or there is none of that name. The others take the place that
 * was reported.
 */
export async function drawFromHouse(work: WayWork, cases: readonly FittingCase[]): Promise<Placed> {
  const seats: number[] = [];
  const drawn: Placed = [];
  for (const one of cases) {
    if (isCounted(one.row) || (await isHouses(work, one.row))) {
      drawn.push(placed(one, null));
      continue;
    }
    const seat = await nearestSeat(work, one.row, 'house', seats);
    if (seat === null) continue;
    seats.push(seat.seatId);
    drawn.push(placed(one, { kind: 'seat', seatId: seat.seatId }));
  }
  return drawn;
}

async function isHouses({ tx }: WayWork, { performanceId, seatId }: CaseDetail): Promise<boolean> {
  return performanceId !== null && seatId !== null && isHouseSeat(tx, performanceId, seatId);
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
