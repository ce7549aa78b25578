/**
 * A house file that was read, on the house as it stands: planned as a whole, refused with every
 * fault, or written. Whole files and single edits of a person go through here, so there is one
 * set of rules.
 */
import type { Channel } from '../../channels/contract/channel.ts';
import type { ChannelSettings } from '../../domain/house/context.ts';
import type { TableCounts, ToldChange } from '../../domain/house/describe-changes.ts';
import { countChanges } from '../../domain/house/describe-changes.ts';
import type { ParsedHouse } from '../../domain/house/file.ts';
import { needsCounters, needsOf, needsSeats } from '../../domain/house/needs.ts';
import type { HousePlan } from '../../domain/house/plan-house.ts';
import { planHouse } from '../../domain/house/plan-house.ts';
import type { HouseNote, HouseProblem } from '../../domain/house/problem.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import {
  findBookedAccounts,
  findDependents,
  findSoldAcrossOpening,
  findUnsparableSeats,
} from '../../store/house-dependents.ts';
import {
  buildPerformanceSeats,
  spreadCategories,
  writeConfigurationSeats,
} from '../../store/house-seats.ts';
import {
  lockHouse,
  readHouseRows,
  readHouseStock,
  readSealedSecrets,
} from '../../store/house-store.ts';
import type { IdOf } from '../../store/house-writer.ts';
import {
  raiseCatalogueVersion,
  takeIds,
  writeHouseRows,
  writeJournal,
} from '../../store/house-writer.ts';
import { bumpOffers, offerEverything } from '../../store/offer-store.ts';
import { followStarts } from '../../store/performance-store.ts';
import type { SecretBox } from '../../store/secrets.ts';
import { moveHouseSeats, offersOf } from './house-stock.ts';
import { applyOwnPlaces } from './own-places.ts';

export interface ApplyOptions {
  clock: () => Date;
  /** Who loads: a login, or the program's name. */
  author: string;
  /** Apply changed starts of performances; without it they are only listed. */
  applyMoves?: boolean;
  /** Secrets do not follow their interface to another address unless they are typed again. */
  guardSecrets?: boolean;
  /** The channel of an id: its settings are then checked and its account read off them. */
  findChannel?: (id: string) => Channel | undefined;
}

/** What the journal says of a load. */
export interface HouseJournal {
  action: string;
  subject: string;
  after: (loaded: HouseLoaded) => unknown;
}

export interface HouseLoaded {
  outcome: 'loaded' | 'unchanged' | 'checked';
  organisationId: number;
  counts: Record<string, TableCounts>;
  /** Rows of each table that stay as they are; seats are not counted. */
  untouched: Record<string, number>;
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

/**
 * Plans and writes a file in the caller's transaction, which is the tenant's; whoever only wants
 * to know rolls it back. The journal has what was done unless nothing was.
 */
export async function applyHouse(
  tx: Tx,
  ids: IdSource,
  secretBox: SecretBox,
  parsed: ParsedHouse,
  options: ApplyOptions,
  journal: HouseJournal | null,
): Promise<HouseResult> {
  const now = options.clock();
  const plan = await planFrom(tx, secretBox, parsed, now, options);
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
  const untouched = untouchedOf(plan);
  const done = { organisationId, counts, untouched, seats, changes, notes };
  if (isEmpty(plan) && seats.own === 0) return { outcome: 'unchanged', ...done };
  await raiseCatalogueVersion(tx);
  const loaded: HouseLoaded = { outcome: 'loaded', ...done };
  if (journal !== null) {
    await writeJournal(tx, ids, {
      at: now.toISOString(),
      author: options.author,
      action: journal.action,
      subject: journal.subject,
      after: journal.after(loaded),
    });
  }
  return loaded;
}

function untouchedOf({ storedRows, changes }: HousePlan): Record<string, number> {
  const left = Object.entries(storedRows).map(([table, count]) => {
    const { updates, removals } = changes[table as keyof typeof changes];
    return [table, count - updates.length - removals.length] as const;
  });
  return Object.fromEntries(left.filter(([, count]) => count > 0));
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
  options: ApplyOptions,
): Promise<HousePlan> {
  const organisation = await lockHouse(tx);
  const rows = await readHouseRows(tx, { seats: needsSeats(parsed), lock: needsCounters(parsed) });
  const stock = await readHouseStock(tx, needsOf(parsed, rows));
  const sealed = await readSealedSecrets(tx);
  const secrets = new Map(
    [...sealed].map(([id, bytes]) => [id, JSON.parse(secretBox.open(bytes)) as never]),
  );
  const named = parsed.lines.interfaces.length > 0;
  const bookedAccounts = named ? await findBookedAccounts(tx) : new Set<number>();
  return planHouse(
    parsed,
    { organisation, rows, stock, secrets, bookedAccounts },
    {
      now: now.toISOString(),
      author: options.author,
      applyMoves: options.applyMoves ?? false,
      guardSecrets: options.guardSecrets ?? false,
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
  await writeHouseRows(tx, plan, idOf, sealed, now.toISOString());
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
