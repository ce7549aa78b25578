/**
 * One edit of a person on the house: a small house document, worked out from the thing as it
 * stands under the house's lock, and checked and written by the loader of whole files. Two
 * editors of one thing are told apart by `check`; foretelling does everything and rolls it back.
 */
import type { ToldChange } from '../../domain/house/describe-changes.ts';
import type { HouseFile, SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import type { HouseNote, HouseProblem } from '../../domain/house/problem.ts';
import { RetryableConflict } from '../../store/database/errors.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { lockHouse } from '../../store/house-store.ts';
import { writeJournal } from '../../store/house-writer.ts';
import type { ExchangeServices } from '../context.ts';
import { applyHouse } from '../house-file/apply-house.ts';
import { RollBack } from '../house-file/house-transaction.ts';
import { parseHouse } from '../house-file/parse-house.ts';

export type EditServices = Pick<
  ExchangeServices,
  'database' | 'ids' | 'clock' | 'secrets' | 'findChannel'
>;

/** Who edits, and how: the same for every edit. */
export interface EditRequest {
  organisationId: number;
  author: string;
  reason?: string | null;
  /** Tells what would happen and writes nothing. */
  foretell?: boolean;
  /** Throws when the thing is no longer as the editor has seen it. */
  check?: (view: unknown) => void;
}

/** Named by the edit and not there: nothing of another organisation is. */
export class NotInHouse extends Error {
  readonly what: string;

  constructor(what: string) {
    super(`There is no such ${what}.`);
    this.name = 'NotInHouse';
    this.what = what;
  }
}

/** What an edit would make is there already: a second line of its code would change it. */
export class AlreadyInHouse extends Error {
  readonly sheet: SheetName;
  readonly code: string;

  constructor(sheet: SheetName, code: string) {
    super(`There is ${code} in ${sheet} already.`);
    this.name = 'AlreadyInHouse';
    this.sheet = sheet;
    this.code = code;
  }
}

type Lists = { [S in SheetName]?: HouseFile[S] };

export interface HouseEdit<View> {
  /** `interface.changed`, for the journal. */
  action: string;
  /** The thing as it stands, as its reader shows it; null: it will be made. */
  before(tx: Tx): Promise<View | null>;
  /** The small document; `organisation` only where the edit is of the organisation itself. */
  document(
    tx: Tx,
    before: View | null,
  ): Promise<Lists & { organisation?: Partial<HouseFile['organisation']> }>;
  after(tx: Tx): Promise<View>;
  /** `interface 12`, for the journal. */
  subject(view: View): string;
}

export type EditResult<View> =
  | {
      outcome: 'saved' | 'foretold' | 'unchanged';
      view: View;
      /** Places that moved at once, or wait for their reseller. */
      seats: { moved: number; wished: number; placed: number };
      changes: readonly ToldChange[];
      notes: readonly HouseNote[];
    }
  | { outcome: 'refused'; problems: readonly HouseProblem[] }
  | { outcome: 'unknown'; what: string };

const ATTEMPTS = 4;

export async function editHouse<View>(
  services: EditServices,
  request: EditRequest,
  edit: HouseEdit<View>,
): Promise<EditResult<View>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await editOnce(services, request, edit);
    } catch (error) {
      if (error instanceof NotInHouse) return { outcome: 'unknown', what: error.what };
      if (error instanceof AlreadyInHouse) return existing(error);
      // A sale or an export was faster: the edit is planned anew on what it left.
      if (!(error instanceof RetryableConflict) || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function editOnce<View>(
  services: EditServices,
  request: EditRequest,
  edit: HouseEdit<View>,
): Promise<EditResult<View>> {
  let result: EditResult<View> | undefined;
  try {
    await services.database.transaction(request.organisationId, async (tx) => {
      result = await editIn(tx, services, request, edit);
      if (result.outcome !== 'saved') throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack) || result === undefined) throw error;
  }
  if (result === undefined) throw new Error('An edit ends with a result.');
  return result;
}

async function editIn<View>(
  tx: Tx,
  services: EditServices,
  request: EditRequest,
  edit: HouseEdit<View>,
): Promise<EditResult<View>> {
  const { id: _id, business_day_ends_at, ...organisation } = await lockHouse(tx);
  const before = await edit.before(tx);
  if (before !== null) request.check?.(before);
  const { organisation: own, ...lists } = await edit.document(tx, before);
  const parsed = parseHouse({
    format: HOUSE_FORMAT,
    organisation: {
      ...organisation,
      business_day_ends_at: business_day_ends_at.slice(0, 5),
      ...own,
    },
    ...lists,
  });
  if (parsed.organisation === null) return { outcome: 'refused', problems: parsed.problems };
  const { ids, secrets, clock, findChannel } = services;
  const options = { clock, author: request.author, findChannel, guardSecrets: true };
  const done = await applyHouse(tx, ids, secrets, parsed, options, null);
  if (done.outcome === 'refused') return { outcome: 'refused', problems: done.problems };
  const view = await edit.after(tx);
  const { seats, changes, notes } = done;
  if (done.outcome === 'unchanged') return { outcome: 'unchanged', view, seats, changes, notes };
  await writeJournal(tx, ids, {
    at: clock().toISOString(),
    author: request.author,
    action: edit.action,
    subject: edit.subject(view),
    before: before ?? undefined,
    after: view,
    reason: request.reason ?? null,
  });
  const outcome = request.foretell === true ? 'foretold' : 'saved';
  return { outcome, view, seats, changes, notes };
}

function existing({ sheet, code, message }: AlreadyInHouse): EditResult<never> {
  const problem: HouseProblem = {
    sheet,
    line: 0,
    key: 'code',
    code: 'house.exists',
    message,
    cure: `Change that one, or take another code than ${code}.`,
  };
  return { outcome: 'refused', problems: [problem] };
}
