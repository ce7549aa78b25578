/**
 * Loads a house file. Everything is validated before anything is written, all faults are told at
 * once, and one transaction writes all or nothing. A second load of the same file changes no row.
 */
import { createHash } from 'node:crypto';
import type { HouseFile, ParsedHouse } from '../domain/house/file.ts';
import type { Database } from '../store/database/database.ts';
import { RetryableConflict } from '../store/database/errors.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { SecretBox } from '../store/secrets.ts';
import type { ApplyOptions, HouseLoaded, HouseResult } from './house-file/apply-house.ts';
import { applyHouse } from './house-file/apply-house.ts';
import { beginHouse, RollBack } from './house-file/house-transaction.ts';
import { parseHouse } from './house-file/parse-house.ts';

export type { HouseLoaded, HouseRefused, HouseResult } from './house-file/apply-house.ts';

export interface LoadHouseOptions extends ApplyOptions {
  /** Do everything, tell the differences, and write nothing. */
  dryRun?: boolean;
  /** Make the organisation where there is none of this code; true by default when there is none. */
  create?: boolean;
}

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
      result = await applyHouse(begun.tx, ids, secretBox, fresh, options, {
        action: 'house.load',
        subject: 'house',
        after: ({ counts, seats }) => ({ digest, counts, seats }),
      });
      if (begun.created && result.outcome === 'unchanged') result.outcome = 'loaded';
      if (options.dryRun && result.outcome === 'loaded') result.outcome = 'checked';
      if (result.outcome !== 'loaded') throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack) || result === undefined) throw error;
  }
  if (result === undefined) throw new Error('A load ends with a result.');
  return result;
}

/** Fresh statistics after a large load: without them the first night's plans are guesses. */
async function analyse(database: Database, result: HouseLoaded): Promise<void> {
  const rows = Object.values(result.counts).reduce((total, one) => total + one.inserted, 0);
  if (rows + result.seats.placed < 5_000) return;
  const tables = 'seat, configuration_seat, performance_seat, performance, price';
  await database.administration((tx) => tx.script(`analyze ${tables}`));
}
