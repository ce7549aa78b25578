/**
 * Changes mappings: all or nothing, checked as a whole, with their trace. What the change frees is
 * handed to `replay` once it is committed.
 */
import type { MappingFault } from '../domain/mapping/check-mappings.ts';
import { checkMappings, placeIdentity } from '../domain/mapping/check-mappings.ts';
import type { MappingRow } from '../domain/mapping/mapping-row.ts';
import { parseKey } from '../domain/mapping/mapping-text.ts';
import { partsOfKey } from '../domain/mapping/place-names.ts';
import type { MappingChanges, MappingPlan } from '../domain/mapping/plan-changes.ts';
import { planChanges, touchedValues } from '../domain/mapping/plan-changes.ts';
import { createUnseenReader } from '../domain/mapping/unseen.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { WordValue } from '../store/mapping-case-store.ts';
import {
  findSeatCases,
  findSetAside,
  findWaitingCases,
  reopenSetAside,
  settleAsNotOurs,
} from '../store/mapping-case-store.ts';
import type { PlaceKey } from '../store/mapping-store.ts';
import {
  findPlaces,
  loadUnseen,
  lockMappings,
  removeUnseen,
  writeMappings,
} from '../store/mapping-store.ts';
import type { ExchangeServices } from './context.ts';
import type { MappingTable } from './mapping-table.ts';
import { loadMappingTable } from './mapping-table.ts';

export type MappingServices = Pick<ExchangeServices, 'database' | 'ids' | 'clock'>;

/** Reads the messages of these cases again; given by src/main. */
export type Replay = (interfaceId: number, messageIds: readonly number[]) => Promise<unknown>;

export interface SaveMappingsRequest {
  organisationId: number;
  interfaceId: number;
  /** What to change, worked out from the table as it stands under the lock. */
  changes: MappingChanges | ((table: MappingTable) => MappingChanges);
  author: string;
  reason?: string | null;
  /** Tells what would happen and writes nothing. */
  foretell?: boolean;
}

export interface SavedMappings {
  outcome: 'saved' | 'foretold';
  plan: MappingPlan;
  /** Values taken off the queue. */
  covered: number;
  /** Cases that the new mappings free: handed to `replay`. */
  freed: readonly number[];
  /** Cases settled because their values are not ours. */
  settledAsNotOurs: readonly number[];
  /**
   * Values that were not ours and are no longer marked so, and the cases set aside for them: offer
   * to read them again (readAgain). Messages that were only counted come back by moving the
   * cursor back.
   */
  unmarked: { values: readonly WordValue[]; setAside: readonly number[] };
}

export interface RefusedMappings {
  outcome: 'refused';
  plan: MappingPlan;
  /** All that is wrong; `row` counts in plan.rows, plan.draftOf leads back to the request. */
  faults: readonly MappingFault[];
}

/**
 * Saves a set of changes. Values are refused as faults, never thrown. When `replay` fails the
 * mappings are saved all the same, and its error passes on.
 */
export async function saveMappings(
  services: MappingServices,
  request: SaveMappingsRequest,
  replay: Replay,
): Promise<SavedMappings | RefusedMappings> {
  const result = await services.database.transaction(request.organisationId, (tx) =>
    changeMappings(tx, services, request),
  );
  if (result.outcome === 'saved' && result.freed.length > 0) {
    await replay(request.interfaceId, result.freed);
  }
  return result;
}

/** The same within a transaction of the caller's, who replays what is freed. */
export async function changeMappings(
  tx: Tx,
  services: Pick<MappingServices, 'ids' | 'clock'>,
  request: SaveMappingsRequest,
): Promise<SavedMappings | RefusedMappings> {
  await lockMappings(tx, request.interfaceId);
  const table = await loadMappingTable(tx, request.interfaceId);
  const changes = typeof request.changes === 'function' ? request.changes(table) : request.changes;
  const plan = planChanges(table.rows, changes);
  const changed = new Set(plan.draftOf.keys());
  const unknownPlaces = await unknownPlacesOf(tx, plan, changed);
  const faults = checkMappings(plan.rows, { ...table, changed, unknownPlaces });
  if (faults.length > 0) return { outcome: 'refused', plan, faults };
  const at = services.clock();
  const by = { author: request.author, reason: request.reason ?? null, at };
  const { interfaceId } = request;
  if (request.foretell !== true)
    await writeMappings(tx, services.ids, { interfaceId, plan, ...by });
  return {
    outcome: request.foretell === true ? 'foretold' : 'saved',
    plan,
    ...(await consequences(tx, table, request, plan, by)),
  };
}

/** Rows and seats that the changed rows name and the house does not have. */
async function unknownPlacesOf(
  tx: Tx,
  plan: MappingPlan,
  changed: ReadonlySet<number>,
): Promise<Set<string>> {
  const named: { identity: string; key: PlaceKey }[] = [];
  for (const index of changed) {
    const row = plan.rows[index];
    if (row === undefined || (row.word !== 'row' && row.word !== 'seat')) continue;
    if (row.ours === null || row.rule) continue;
    const parts = partsOfKey(row.word, parseKey(row.ours));
    // A seat's number without its row is in some row of most blocks.
    if (parts.row !== null) {
      named.push({ identity: placeIdentity(row), key: { ...parts, row: parts.row } });
    }
  }
  const keys = named.map((one) => one.key);
  const found = await findPlaces(tx, keys);
  return new Set(named.filter((_, index) => !found[index]).map((one) => one.identity));
}

type Consequences = Pick<SavedMappings, 'covered' | 'freed' | 'settledAsNotOurs' | 'unmarked'>;

async function consequences(
  tx: Tx,
  table: MappingTable,
  request: SaveMappingsRequest,
  plan: MappingPlan,
  by: { author: string; reason: string | null; at: Date },
): Promise<Consequences> {
  const { interfaceId } = request;
  const touched = pairsOf(touchedValues(plan));
  const notOurs = touched.filter((one) => isNowhereOurs(one, plan.rows));
  const unmarked = touched.filter((one) => isMarked(one, table.rows) && !isMarked(one, plan.rows));
  const seatCases = await findSeatCases(tx, interfaceId, touched);
  const waiting = [...(await findWaitingCases(tx, interfaceId, touched)), ...seatCases];
  const setAside = await findSetAside(tx, interfaceId, unmarked);
  if (request.foretell === true) {
    const covered = (await coveredKeys(tx, table, plan.rows)).length;
    const settled = await findWaitingCases(tx, interfaceId, notOurs);
    const freed = waiting.filter((id) => !settled.includes(id));
    return { covered, freed, settledAsNotOurs: settled, unmarked: { values: unmarked, setAside } };
  }
  const { settled, followers } = await settleAsNotOurs(tx, interfaceId, notOurs, by);
  const gone = new Set(settled);
  const freed = [...new Set([...waiting.filter((id) => !gone.has(id)), ...followers])];
  const covered = await removeUnseen(tx, interfaceId, await coveredKeys(tx, table, plan.rows));
  return {
    covered,
    freed: freed.sort((a, b) => a - b),
    settledAsNotOurs: settled,
    unmarked: { values: unmarked, setAside },
  };
}

async function coveredKeys(tx: Tx, table: MappingTable, rows: readonly MappingRow[]) {
  const queue = await loadUnseen(tx, table.interfaceId);
  if (queue.length === 0) return [];
  const reader = createUnseenReader({ ...table, rows });
  return queue.filter((unseen) => reader.covered(unseen));
}

function pairsOf(touched: ReturnType<typeof touchedValues>): WordValue[] {
  return [...touched].flatMap(([word, values]) => [...values].map((value) => ({ word, value })));
}

function isMarked({ word, value }: WordValue, rows: readonly MappingRow[]): boolean {
  return rows.some((row) => row.word === word && row.notOurs && row.external.includes(value));
}

/**
 * Marked for every season and ours in none. A value that is not ours in one season only is left to
 * the replay, which knows the season of each message.
 */
function isNowhereOurs({ word, value }: WordValue, rows: readonly MappingRow[]): boolean {
  const named = rows.filter((row) => row.word === word && row.external.includes(value));
  return named.some((row) => row.seasonId === null) && named.every((row) => row.notOurs);
}

/** Reads again what was set aside as not ours: the cases open and are handed to `replay`. */
export async function readAgain(
  services: MappingServices,
  request: { organisationId: number; interfaceId: number; messageIds: readonly number[] },
  replay: Replay,
): Promise<readonly number[]> {
  const reopened = await services.database.transaction(request.organisationId, (tx) =>
    reopenSetAside(tx, request.messageIds),
  );
  if (reopened.length > 0) await replay(request.interfaceId, reopened);
  return reopened;
}
