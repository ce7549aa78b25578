/**
 * Plans what a house file changes: pure, over the stored rows. With problems nothing may be
 * written; the plan then only says what is wrong, all of it.
 */
import type {
  OrganisationRow,
  PlanContext,
  PlanOptions,
  StockChanges,
  StoredStock,
} from './context.ts';
import type { ToldChange } from './describe-changes.ts';
import { tellChanges } from './describe-changes.ts';
import type { HouseChanges, StoredRows } from './draft.ts';
import { changesOf, createDraft } from './draft.ts';
import type { ParsedHouse } from './file.ts';
import { checkAccounts } from './plan-accounts.ts';
import { checkHouse } from './plan-checks.ts';
import { planCategorySeats, planConfigurations } from './plan-configurations.ts';
import { planContingentSeats } from './plan-contingent-seats.ts';
import { planCounters } from './plan-counters.ts';
import { reportDuplicates } from './plan-duplicates.ts';
import { planInterfaces } from './plan-interfaces.ts';
import { planLayouts, planSeasons } from './plan-layouts.ts';
import { planMappings } from './plan-mappings.ts';
import { planCommissions, planMoney } from './plan-money.ts';
import { planOwnPlaces } from './plan-own-places.ts';
import { planProducts } from './plan-products.ts';
import { checkRemovals } from './plan-removals.ts';
import { planSchedules } from './plan-schedules.ts';
import { planSelling, planWindows } from './plan-selling.ts';
import type { HouseNote, HouseProblem, HouseProblemCode } from './problem.ts';
import { foldProblems } from './problem.ts';
import { createSeatIndex } from './seat-index.ts';
import { isZone, toTime } from './values.ts';

export interface StoredHouse {
  organisation: OrganisationRow;
  rows: StoredRows;
  stock: StoredStock;
  /** Decrypted secrets by interface id. */
  secrets: ReadonlyMap<number, Record<string, string>>;
  /** Accounts at resellers of which something is booked or on its way. */
  bookedAccounts: ReadonlySet<number>;
}

export interface HousePlan {
  problems: HouseProblem[];
  notes: HouseNote[];
  /** Changed columns of the organisation. */
  organisation: Partial<OrganisationRow>;
  changes: HouseChanges;
  /** The changes told in codes, seats only counted. */
  told: ToldChange[];
  stock: StockChanges;
  secrets: ReadonlyMap<number, Record<string, string>>;
  /** Which of them were set or replaced, and which taken away. */
  secretFields: ReadonlyMap<number, { set: string[]; gone: string[] }>;
  /** How many rows each table has; seats only where the file speaks of them. */
  storedRows: Readonly<Record<string, number>>;
  removals: PlanContext['removals'];
  /** Performance of a counter, null for passes: placeholders included. */
  performanceOfCounter(counterId: number): number | null;
  /** The reseller of an interface, by its name. */
  resellerOf(interfaceId: number | null): string;
  storedPerformances: number[];
  storedContingents: number[];
  /** How many rows are new: their placeholders are -1 … -newRows. */
  newRows: number;
}

export function planHouse(
  house: ParsedHouse,
  stored: StoredHouse,
  options: PlanOptions,
): HousePlan {
  const draft = createDraft(stored.rows);
  const context: PlanContext = {
    ...options,
    house,
    organisation: stored.organisation,
    draft,
    stock: stored.stock,
    stockChanges: { configurationSeats: [], initial: [], moves: [], rebuilt: [], own: [] },
    secrets: stored.secrets,
    bookedAccounts: stored.bookedAccounts,
    secretChanges: new Map(),
    removals: [],
    problems: [...house.problems],
    notes: [],
  };
  const organisation = planOrganisation(context);
  const { time_zone: zone = stored.organisation.time_zone } = organisation;
  // A zone that is none is one fault, not one for each instant that would be read in it.
  const time_zone = isZone(zone) ? zone : stored.organisation.time_zone;
  context.organisation = { ...stored.organisation, ...organisation, time_zone };
  reportDuplicates(context);
  planSeasons(context);
  planLayouts(context);
  planConfigurations(context);
  const index = createSeatIndex(draft);
  const configurationSeats = planCategorySeats(context, index);
  planProducts(context);
  planSelling(context);
  planInterfaces(context);
  checkAccounts(context);
  planMoney(context);
  planCommissions(context);
  planWindows(context);
  planCounters(context);
  planContingentSeats(context, index, configurationSeats);
  planOwnPlaces(context, index, configurationSeats);
  planMappings(context);
  planSchedules(context);
  checkRemovals(context, configurationSeats);
  checkHouse(context, configurationSeats);
  const changes = changesOf(draft);
  const counters = [...(stored.rows.counter ?? []), ...draft.counter.all()];
  const performances = new Map(counters.map((row) => [row.id, row.performance_id]));
  return {
    problems: foldProblems(context.problems),
    notes: context.notes,
    organisation,
    changes,
    told: tellChanges(draft, changes),
    stock: context.stockChanges,
    secrets: context.secretChanges,
    secretFields: secretFieldsOf(context),
    storedRows: countRows(stored.rows),
    removals: context.removals,
    performanceOfCounter: (id) => performances.get(id) ?? null,
    resellerOf: (id) => draft.interface.byId(id)?.reseller ?? 'a reseller',
    storedPerformances: idsOf(stored.rows.performance),
    storedContingents: idsOf(stored.rows.contingent),
    newRows: -draft.newId() - 1,
  };
}

function secretFieldsOf({ secretChanges, secrets }: PlanContext): HousePlan['secretFields'] {
  return new Map(
    [...secretChanges].map(([id, after]) => {
      const before = secrets.get(id) ?? {};
      const set = Object.keys(after).filter((field) => before[field] !== after[field]);
      return [id, { set, gone: Object.keys(before).filter((field) => !(field in after)) }];
    }),
  );
}

function countRows(rows: StoredRows): Record<string, number> {
  const { seat: _seats, ...tables } = rows;
  return Object.fromEntries(Object.entries(tables).map(([table, list]) => [table, list.length]));
}

function idsOf(rows: readonly { id: number }[] | undefined): number[] {
  return (rows ?? []).map(({ id }) => id);
}

function planOrganisation(context: PlanContext): Partial<OrganisationRow> {
  const line = context.house.organisation;
  const stored = context.organisation;
  if (line === null) return {};
  const fault = (key: string, code: HouseProblemCode, message: string, cure: string) => {
    context.problems.push({ sheet: 'organisation', line: null, key, code, message, cure });
  };
  if (line.code !== stored.code) {
    const message = `The file is of ${line.code}, and this is ${stored.code}.`;
    fault(
      'code',
      'house.other_organisation',
      message,
      'Load it with --organisation, or correct it.',
    );
  }
  if (!isZone(line.time_zone)) {
    const message = `${line.time_zone} is not a time zone.`;
    fault('time_zone', 'house.time_zone', message, 'Write an IANA name: Europe/Paris.');
  }
  if (line.currency !== stored.currency) {
    const message = `The books of ${stored.code} are kept in ${stored.currency}.`;
    fault('currency', 'house.fixed', message, 'An organisation keeps its currency.');
  }
  const wanted = {
    name: line.name,
    time_zone: line.time_zone,
    language: line.language ?? stored.language,
    business_day_ends_at: line.business_day_ends_at
      ? toTime(line.business_day_ends_at)
      : stored.business_day_ends_at,
  };
  const changed = Object.entries(wanted).filter(
    ([column, value]) => stored[column as keyof OrganisationRow] !== value,
  );
  return Object.fromEntries(changed);
}
