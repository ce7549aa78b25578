/** A house file that comes over the API: looked at first, then applied as it was looked at. */
import type { ToldChange } from '../../domain/house/describe-changes.ts';
import type { Line, SheetName } from '../../domain/house/file.ts';
import type { HouseNote, HouseProblem } from '../../domain/house/problem.ts';
import { catalogueVersion } from '../../store/catalogue-store.ts';
import { RetryableConflict } from '../../store/database/errors.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { lockHouse } from '../../store/house-store.ts';
import type { HouseLoaded } from '../house-file/apply-house.ts';
import { applyHouse } from '../house-file/apply-house.ts';
import { RollBack } from '../house-file/house-transaction.ts';
import type { HouseInput } from '../house-file/read-house-file.ts';
import { readHouseCsv, readHouseFile } from '../house-file/read-house-file.ts';
import type { EditServices } from './edit-house.ts';
import { readOrganisationSettings } from './organisation.ts';

export interface UploadRequest {
  organisationId: number;
  author: string;
  bytes: Buffer;
  /** A CSV is of one list; null: a whole file. */
  list: SheetName | null;
  foretell: boolean;
  applyMoves: boolean;
  /** The caller may set secrets of interfaces. */
  mayKeepSecrets: boolean;
  /** Of a file that is applied: what was foretold. */
  previewed: { digest: string; version: number | null } | null;
}

type At<T> = T & {
  /** As the file calls the place: a JSON pointer, or sheet and cell. */
  at: string;
};

export type UploadResult = { digest: string; version: number } & (
  | (Omit<HouseLoaded, 'outcome' | 'notes' | 'organisationId'> & {
      outcome: 'loaded' | 'foretold' | 'unchanged';
      notes: At<HouseNote>[];
    })
  | { outcome: 'refused'; problems: At<HouseProblem>[]; notes: At<HouseNote>[] }
  /** It was not foretold, or file or house are others since. */
  | { outcome: 'not_previewed' }
  | { outcome: 'house_changed' }
  | { outcome: 'secrets_not_allowed' }
);

const ATTEMPTS = 4;

export async function uploadHouse(
  services: EditServices,
  request: UploadRequest,
): Promise<UploadResult> {
  const input = await read(services, request);
  const { digest } = input;
  if (!request.foretell && request.previewed?.digest !== digest) {
    return { outcome: 'not_previewed', digest, version: 0 };
  }
  if (!request.mayKeepSecrets && bringsSecrets(services, input)) {
    return { outcome: 'secrets_not_allowed', digest, version: 0 };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await uploadOnce(services, request, input);
    } catch (error) {
      if (!(error instanceof RetryableConflict) || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function read(services: EditServices, request: UploadRequest): Promise<HouseInput> {
  if (request.list === null) return await readHouseFile(request.bytes);
  const { organisationId } = request;
  const { id: _id, ...row } = await readOrganisationSettings(services, organisationId);
  const organisation = {
    ...row,
    language: row.language as 'fr',
    business_day_ends_at: row.business_day_ends_at.slice(0, 5),
  };
  return readHouseCsv(request.bytes, request.list, organisation);
}

function bringsSecrets({ findChannel }: EditServices, { parsed }: HouseInput): boolean {
  return parsed.lines.interfaces.some(({ value }: Line<'interfaces'>) => {
    if (Object.keys(value.secrets ?? {}).length > 0) return true;
    const fields = findChannel(value.channel)?.config.fields ?? {};
    return Object.keys(value.config ?? {}).some((field) => fields[field]?.secret === true);
  });
}

async function uploadOnce(
  services: EditServices,
  request: UploadRequest,
  input: HouseInput,
): Promise<UploadResult> {
  let result: UploadResult | undefined;
  try {
    await services.database.transaction(request.organisationId, async (tx) => {
      result = await uploadIn(tx, services, request, input);
      if (result.outcome !== 'loaded') throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack) || result === undefined) throw error;
  }
  if (result === undefined) throw new Error('An upload ends with a result.');
  return result;
}

async function uploadIn(
  tx: Tx,
  services: EditServices,
  request: UploadRequest,
  { parsed, digest, locate }: HouseInput,
): Promise<UploadResult> {
  await lockHouse(tx);
  const version = await catalogueVersion(tx);
  const seen = request.previewed?.version ?? null;
  if (!request.foretell && seen !== null && seen !== version) {
    return { outcome: 'house_changed', digest, version };
  }
  const at = <T extends HouseProblem | HouseNote>(one: T) => ({ ...one, at: locate(one) });
  if (parsed.organisation === null) {
    return { outcome: 'refused', digest, version, problems: parsed.problems.map(at), notes: [] };
  }
  const { ids, secrets, clock, findChannel } = services;
  const { author, applyMoves } = request;
  const options = { clock, author, applyMoves, findChannel, guardSecrets: true };
  // Planning notes which lines are faulty; another attempt begins without that.
  const fresh = { ...parsed, unread: structuredClone(parsed.unread) };
  const done = await applyHouse(tx, ids, secrets, fresh, options, {
    action: 'house.load',
    subject: 'house',
    after: ({ counts, seats, changes }) => ({ digest, counts, seats, changes: firstOf(changes) }),
  });
  const notes = done.notes.map(at);
  if (done.outcome === 'refused') {
    return { outcome: 'refused', digest, version, problems: done.problems.map(at), notes };
  }
  const { outcome: _outcome, organisationId: _organisation, ...told } = done;
  const unchanged = done.outcome === 'unchanged';
  const outcome = unchanged ? 'unchanged' : request.foretell ? 'foretold' : 'loaded';
  return { ...told, outcome, digest, version, notes };
}

const JOURNAL_CHANGES = 500;

/** The journal keeps what a person can read; the counts say how many there were. */
function firstOf(changes: readonly ToldChange[]): readonly ToldChange[] {
  return changes.slice(0, JOURNAL_CHANGES);
}
