/**
 * Loads a house file. Everything is validated before anything is written, all faults are told at
 * once, and one transaction writes all or nothing. A second load of the same file changes no row.
 */
import { createHash } from 'node:crypto';
import type { Channel } from '../channels/contract/channel.ts';
import type { ChannelSettings } from '../domain/house/context.ts';
import type { TableCounts, ToldChange } from '../domain/house/describe-changes.ts';
import { countChanges } from '../domain/house/describe-changes.ts';
import type { HouseFile, ParsedHouse } from '../domain/house/file.ts';
import { needsCounters, needsOf, needsSeats } from '../domain/house/needs.ts';
import type { HousePlan } from '../domain/house/plan-house.ts';
import { planHouse } from '../domain/house/plan-house.ts';
import type { HouseNote, HouseProblem } from '../domain/house/problem.ts';
import type { Database } from '../store/database/database.ts';
import { RetryableConflict } from '../store/database/errors.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { Tx } from '../store/database/transaction.ts';
import {
  findDependents,
  findSoldAcrossOpening,
  findUnsparableSeats,
} from '../store/house-dependents.ts';
import {
  buildPerformanceSeats,
  spreadCategories,
  writeConfigurationSeats,
} from '../store/house-seats.ts';
import {
  lockHouse,
  readHouseRows,
  readHouseStock,
  readSealedSecrets,
} from '../store/house-store.ts';
import type { IdOf } from '../store/house-writer.ts';
import {
  raiseCatalogueVersion,
  takeIds,
  writeHouseRows,
  writeJournal,
} from '../store/house-writer.ts';
import { bumpOffers, offerEverything } from '../store/offer-store.ts';
import { followStarts } from '../store/performance-store.ts';
import type { SecretBox } from '../store/secrets.ts';
import { moveHouseSeats, offersOf } from './house-file/house-stock.ts';
import { beginHouse, RollBack } from './house-file/house-transaction.ts';
import { applyOwnPlaces } from './house-file/own-places.ts';
import { parseHouse } from './house-file/parse-house.ts';

export interface LoadHouseOptions {
  clock: () => Date;
  /** Who loads: a login, or the program's name. */
  author: string;
  /** Do everything, tell the differences, and write nothing. */
  dryRun?: boolean;
  /** Apply changed starts of performances; without it they are only listed. */
  applyMoves?: boolean;
  /** The channel of an id: its settings are then checked and its account read off them. */
  findChannel?: (id: string) => Channel | undefined;
  /** Make the organisation where there is none of this code; true by default when there is none. */
  create?: boolean;
}

export interface HouseLoaded {
  outcome: 'loaded' | 'unchanged' | 'checked';
  organisationId: number;
  counts: Record<string, TableCounts>;
  /** Seats that changed, by what happened to them. */
  seats: { moved: number; wished: number; placed: number; own: number };
  changes: ToldChange[];
  notes: HouseNote[];
}

export interface HouseRefused {
  outcome: 'refused';
  problems: HouseProblem[];
  notes: HouseNote[];
}

export type HouseResult = HouseLoaded | HouseRefused;

const ATTEMPTS = 4;

/** Loads a file as an object; `house` may be anything, its faults are told by path. */
export async function loadHouse(
  database: Database,
  ids: IdSource,
  secretBox: SecretBox,
  house: HouseFile | unknown,
  options: LoadHouseOptions,
): Promise<HouseResult> {
  const digest = createHash('sha256')
    .update(JSON.stringify(house) ?? '')
    .digest('hex');
  return loadParsedHouse(database, ids, secretBox, { parsed: parseHouse(house), digest }, options);
}

/** The same for a file that was read already, with the digest of its bytes. */
export async function loadParsedHouse(
  database: Database,
  ids: IdSource,
  secretBox: SecretBox,
  file: { parsed: ParsedHouse; digest: string },
  options: LoadHouseOptions,
): Promise<HouseResult> {
  const { parsed } = file;
  if (parsed.organisation === null) {
    return { outcome: 'refused', problems: parsed.problems, notes: [] };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await loadOnce(database, ids, secretBox, file, options);
      if (result.outcome === 'loaded') await analyse(database, result);
      return result;
    } catch (error) {
      // A sale or an export was faster: what it left is planned upon anew.
      if (!(error instanceof RetryableConflict) || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function loadOnce(
  database: Database,
  ids: IdSource,
  secretBox: SecretBox,
  { parsed, digest }: { parsed: ParsedHouse; digest: string },
  options: LoadHouseOptions,
): Promise<HouseResult> {
  // Planning notes which lines are faulty; another attempt begins without that.
  const fresh = { ...parsed, unread: structuredClone(parsed.unread) };
  let result: HouseResult | undefined;
  try {
    await database.administration(async (admin) => {
      const begun = await beginHouse(admin, fresh, options);
      if ('problem' in begun) {
        const problems = [...parsed.problems, begun.problem];
        result = { outcome: 'refused', problems, notes: [] };
        throw new RollBack();
      }
      result = await loadInto(begun.tx, ids, secretBox, { parsed: fresh, digest }, options);
      if (begun.created && result.outcome === 'unchanged') result.outcome = 'loaded';
      if (result.outcome !== 'loaded') throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack) || result === undefined) throw error;
  }
  if (result === undefined) throw new Error('A load ends with a result.');
  return result;
}

async function loadInto(
  tx: Tx,
  ids: IdSource,
  secretBox: SecretBox,
  file: { parsed: ParsedHouse; digest: string },
  options: LoadHouseOptions,
): Promise<HouseResult> {
  const now = options.clock();
  const plan = await planFrom(tx, secretBox, file.parsed, now, options);
  await addDependents(tx, plan);
  if (plan.problems.length > 0) {
    return { outcome: 'refused', problems: plan.problems, notes: plan.notes };
  }
  const organisationId = tx.organisationId ?? 0;
  const counts = countChanges(plan.changes);
  const { seats, problems } = await writePlan(tx, ids, secretBox, plan, now, options.author);
  if (problems.length > 0) return { outcome: 'refused', problems, notes: plan.notes };
  if (plan.stock.configurationSeats.length > 0) {
    counts.configuration_seat = countConfigurationSeats(plan);
  }
  const { notes, told: changes } = plan;
  const done = { organisationId, counts, seats, changes, notes };
  if (isEmpty(plan) && seats.own === 0) return { outcome: 'unchanged', ...done };
  await raiseCatalogueVersion(tx);
  await writeJournal(tx, ids, {
    at: now.toISOString(),
    author: options.author,
    action: 'house.load',
    subject: 'house',
    after: { digest: file.digest, counts, seats },
  });
  return { outcome: options.dryRun ? 'checked' : 'loaded', ...done };
}

function countConfigurationSeats(plan: HousePlan): TableCounts {
  const counts = { inserted: 0, updated: 0, removed: 0 };
  for (const { categoryId, seatIds, added } of plan.stock.configurationSeats) {
    if (categoryId === null) counts.removed += seatIds.length;
    else {
      counts.inserted += added;
      counts.updated += seatIds.length - added;
    }
  }
  return counts;
}

async function planFrom(
  tx: Tx,
  secretBox: SecretBox,
  parsed: ParsedHouse,
  now: Date,
  options: LoadHouseOptions,
): Promise<HousePlan> {
  const organisation = await lockHouse(tx);
  const rows = await readHouseRows(tx, { seats: needsSeats(parsed), lock: needsCounters(parsed) });
  const stock = await readHouseStock(tx, needsOf(parsed, rows));
  const sealed = await readSealedSecrets(tx);
  const secrets = new Map(
    [...sealed].map(([id, bytes]) => [id, JSON.parse(secretBox.open(bytes)) as never]),
  );
  return planHouse(
    parsed,
    { organisation, rows, stock, secrets },
    {
      now: now.toISOString(),
      author: options.author,
      applyMoves: options.applyMoves ?? false,
      channelSettings: (id) => settingsOf(options.findChannel?.(id)),
    },
  );
}

/** A channel's settings, as the planner needs them. */
function settingsOf(channel: Channel | undefined): ChannelSettings | null {
  if (channel === undefined) return null;
  const fields = Object.entries(channel.config.fields);
  return {
    secretFields: new Set(fields.filter(([, field]) => field.secret).map(([name]) => name)),
    check(config) {
      const checked = channel.config.schema.safeParse(config);
      if (checked.success) return { account: channel.account(config) };
      return {
        faults: checked.error.issues.map((issue) => ({
          field: issue.path.length > 0 ? issue.path.map(String).join('.') : null,
          message: issue.message,
        })),
      };
    },
  };
}

/** Faults that only the large tables know: what refers to rows that would go. */
async function addDependents(tx: Tx, plan: HousePlan): Promise<void> {
  for (const { table, id, by, count } of await findDependents(tx, plan)) {
    const removal = plan.removals.find(
      ({ table: of, row }) => of === table && (row as { id?: number }).id === id,
    );
    if (removal === undefined) continue;
    plan.problems.push({
      sheet: removal.line.sheet,
      line: removal.line.index,
      key: 'remove',
      code: 'house.in_use',
      message: `${count} × ${by} depend on it.`,
      cure: 'What was sold or handed over is kept: close or archive it instead.',
    });
  }
  for (const { count } of await findSoldAcrossOpening(tx, plan)) {
    plan.problems.push({
      sheet: 'interfaces',
      line: null,
      key: 'account_opened',
      code: 'house.in_use',
      message: `${count} tickets were sold between the former opening and the new one.`,
      cure: 'Their entries stand as they are: enter the difference as an adjustment.',
    });
  }
  for (const { count } of await findUnsparableSeats(tx, plan)) {
    plan.problems.push({
      sheet: 'category_seats',
      line: null,
      key: 'remove',
      code: 'house.in_use',
      message: `${count} of these seats are sold, held, blocked or at a reseller.`,
      cure: 'Take them back first, or leave them in the configuration.',
    });
  }
}

function isEmpty(plan: HousePlan): boolean {
  const { configurationSeats, initial, moves, rebuilt } = plan.stock;
  return (
    plan.told.length === 0 &&
    Object.keys(countChanges(plan.changes)).length === 0 &&
    Object.keys(plan.organisation).length === 0 &&
    plan.secrets.size === 0 &&
    configurationSeats.length + initial.length + moves.length + rebuilt.length === 0
  );
}

async function writePlan(
  tx: Tx,
  ids: IdSource,
  secretBox: SecretBox,
  plan: HousePlan,
  now: Date,
  author: string,
): Promise<{ seats: HouseLoaded['seats']; problems: HouseProblem[] }> {
  const idOf: IdOf = await takeIds(tx, ids, plan);
  const sealed = new Map(
    [...plan.secrets].map(([id, secrets]) => [id, secretBox.seal(JSON.stringify(secrets))]),
  );
  await writeHouseRows(tx, plan, idOf, sealed);
  await writeConfigurationSeats(tx, plan.stock.configurationSeats, idOf);
  const at = now.toISOString();
  const touched = [
    ...(await spreadCategories(tx, plan.stock.configurationSeats, idOf)),
    ...(await buildPerformanceSeats(tx, ids, plan.stock, idOf, at)),
    ...offersOf(plan, idOf),
  ];
  const moved = await moveHouseSeats(tx, ids, plan.stock.moves, { idOf, at: now, by: author });
  await bumpOffers(tx, touched);
  // A file moves a performance as a person does (exchange/performance/move-performance.ts).
  await followStarts(tx, movedBy(plan));
  for (const id of interfacesToOffer(plan)) await offerEverything(tx, idOf(id));
  const placed = plan.stock.initial.reduce(
    (total, one) => total + one.performanceIds.length * one.seatIds.length,
    0,
  );
  const { resellerOf } = plan;
  const own = await applyOwnPlaces(tx, ids, plan.stock.own, { idOf, at, resellerOf });
  return { seats: { ...moved, placed, own: own.own }, problems: own.problems };
}

function movedBy(plan: HousePlan): number[] {
  return plan.changes.performance.updates.flatMap(({ row, changed }) =>
    changed.includes('starts_at') ? [row.id] : [],
  );
}

/** Interfaces whose every performance is due: new ones, and those whose words or scope changed. */
function interfacesToOffer(plan: HousePlan): number[] {
  const touched = new Set<number>();
  const { interface: own, mapping, interface_product: products } = plan.changes;
  for (const { row, before, changed } of own.updates) {
    if (changed.includes('sales_channel_id')) touched.add(row.id);
    if (changed.includes('status') && before.status !== 'visible') touched.add(row.id);
  }
  for (const { interface_id } of [
    ...mapping.inserts,
    ...mapping.removals,
    ...mapping.updates.map(({ row }) => row),
    ...products.inserts,
    ...products.removals,
  ]) {
    touched.add(interface_id);
  }
  for (const row of own.inserts) touched.add(row.id);
  for (const row of own.removals) touched.delete(row.id);
  return [...touched];
}

/** Fresh statistics after a large load: without them the first night's plans are guesses. */
async function analyse(database: Database, result: HouseLoaded): Promise<void> {
  const rows = Object.values(result.counts).reduce((total, one) => total + one.inserted, 0);
  if (rows + result.seats.placed < 5_000) return;
  const tables = 'seat, configuration_seat, performance_seat, performance, price';
  await database.administration((tx) => tx.script(`analyze ${tables}`));
}
