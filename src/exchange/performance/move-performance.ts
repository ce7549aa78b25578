/**
 * Moving a performance to another start, and where told to another hall. Its former start stays
 * known, tickets and allotments stay, and each reseller gets a letter that is ready to send.
 */
import { toInstant } from '../../domain/house/values.ts';
import { doubtsOfMove } from '../../domain/performance/moving.ts';
import type { CategoryNote, ReseatLine, ReseatPlan } from '../../domain/performance/reseating.ts';
import { planReseating } from '../../domain/performance/reseating.ts';
import type { ZonePlan } from '../../domain/performance/rezoning.ts';
import { planZones } from '../../domain/performance/rezoning.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { PerformanceRecord } from '../../store/performance-store.ts';
import { followStarts, readPerformances, writeMove } from '../../store/performance-store.ts';
import {
  countTravelling,
  lockSeatBoard,
  lockZoneBoard,
  readBoardTickets,
  readPlaces,
  readZones,
  writeZones,
} from '../../store/seat-board-store.ts';
import type { LetterOptions, ReseatedTicket, ResellerLetter } from './letters.ts';
import { moveLetters } from './letters.ts';
import type {
  Life,
  LifeOutcome,
  LifeProblem,
  LifeRefused,
  LifeRequest,
  LifeServices,
} from './life-transaction.ts';
import { decide, noteChange, refused, withPerformance } from './life-transaction.ts';
import { codesOf, reseatedOf, writeBoard } from './reseat-performance.ts';

export interface MoveRequest extends LifeRequest, LetterOptions {
  /** Local start `YYYY-MM-DDTHH:MM` in the performance's zone; absent: as it is. */
  start?: string;
  /** Another logical configuration; absent: as it is. */
  configurationId?: number;
  /** Places that someone has stay on the places of the same name in the other hall. */
  keepByName?: boolean;
  /** New seats of tickets and of the venue's own places. */
  table?: readonly ReseatLine[];
  /** Moves although late messages could be mistaken for another performance's. */
  anyway?: boolean;
}

export interface Moved {
  outcome: LifeOutcome;
  from: { start: string; configuration: string };
  to: { start: string; configuration: string };
  /** Tickets that sit on a seat of another name. */
  tickets: ReseatedTicket[];
  own: ReseatPlan['own'];
  notes: CategoryNote[];
  /** Places in a contingent that the other hall does not have. */
  dropped: number;
  letters: ResellerLetter[];
}

export function movePerformance(
  services: LifeServices,
  request: MoveRequest,
): Promise<Moved | LifeRefused> {
  return withPerformance(services, request, (life) => move(life, request));
}

async function move(life: Life, request: MoveRequest): Promise<Moved | LifeRefused> {
  const { tx, performance, at } = life;
  const found = decide(life, 'move');
  if (found.outcome === 'refused') return found;
  const target = targetOf(performance, request);
  if ('outcome' in target) return target;
  const hallChanged = target.logicalConfigurationId !== performance.logicalConfigurationId;
  if (target.localStart === performance.localStart && !hallChanged) return unchanged(life, request);
  const doubts = request.anyway === true ? [] : await doubtsOf(life, target);
  const board = hallChanged ? await planBoard(life, request, target.logicalConfigurationId) : null;
  const faults: LifeProblem[] = [...doubts, ...(board?.faults ?? [])];
  if (faults.length > 0) return refused(...faults);
  await writeMove(tx, { id: performance.id, formerStart: performance.localStart, ...target, at });
  await followStarts(tx, [performance.id]);
  if (board !== null) {
    await writeBoard(life, board.seats);
    await writeZones(tx, life.ids, performance, board.zones);
  }
  const reseated = board === null ? [] : reseatedOf(board.seats);
  const [after = performance] = await readPerformances(tx, [performance.id]);
  const places = { from: placeOf(performance), to: placeOf(after) };
  const own = board?.seats.own ?? [];
  await noteChange(life, 'performance.move', places.from, { ...places.to, reseated, own });
  const moved = { formerStart: performance.localStart, hallChanged, reseated };
  return {
    outcome: 'done',
    ...places,
    tickets: reseated,
    own,
    notes: board?.seats.notes ?? [],
    dropped: board?.seats.dropped ?? 0,
    letters: await moveLetters(tx, after, moved, request),
  };
}

/**
 * It stands there already: asked again, the letters come again, with the former start that the
 * last move left.
 */
async function unchanged(life: Life, request: MoveRequest): Promise<Moved> {
  const { tx, performance } = life;
  const place = placeOf(performance);
  const formerStart = performance.aliases.at(-1);
  const letters =
    formerStart === undefined
      ? []
      : await moveLetters(
          tx,
          performance,
          { formerStart, hallChanged: false, reseated: [] },
          request,
        );
  const none = { tickets: [], own: [], notes: [], dropped: 0 };
  return { outcome: 'unchanged', from: place, to: place, ...none, letters };
}

function placeOf({ localStart, configurationCode }: PerformanceRecord): Moved['from'] {
  return { start: localStart, configuration: configurationCode };
}

interface Target {
  startsAt: string;
  localStart: string;
  logicalConfigurationId: number;
}

function targetOf(performance: PerformanceRecord, request: MoveRequest): Target | LifeRefused {
  const { start = performance.localStart, configurationId } = request;
  const localStart = start.replace(' ', 'T');
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(localStart);
  const startsAt = isWritten ? toInstant(localStart, performance.timeZone) : null;
  if (startsAt === null) return refused({ code: 'start_unreadable', params: { start } });
  const logicalConfigurationId = configurationId ?? performance.logicalConfigurationId;
  return { startsAt, localStart, logicalConfigurationId };
}

async function doubtsOf({ tx, performance }: Life, target: Target): Promise<LifeProblem[]> {
  const catalogue = await loadCatalogue(tx);
  const all = catalogue.performancesByProduct.get(performance.productId) ?? [];
  const siblings = all.filter((one) => one.id !== performance.id);
  return doubtsOfMove(siblings, target);
}

async function planBoard(
  { tx, performance }: Life,
  request: MoveRequest,
  configurationId: number,
): Promise<{ faults: LifeProblem[]; seats: ReseatPlan; zones: ZonePlan }> {
  const keep = request.keepByName === true;
  const catalogue = await loadCatalogue(tx);
  const board = await lockSeatBoard(tx, performance.id);
  const travelling = await countTravelling(tx, performance.id);
  const seats = planReseating({
    old: board,
    places: await readPlaces(tx, configurationId),
    tickets: await readBoardTickets(tx, performance.id),
    table: request.table ?? [],
    keep: keep ? 'name' : 'none',
    categoryCode: codesOf(catalogue),
  });
  const old = await lockZoneBoard(tx, performance.id);
  const zones = planZones(old, await readZones(tx, configurationId), keep);
  const faults: LifeProblem[] = [...seats.faults, ...zones.faults];
  // A reseller's answer names places of the hall that its command was about.
  if (travelling > 0) faults.push({ code: 'commands_open', params: { places: travelling } });
  return { faults, seats, zones };
}
