/** Reads a house file of either form, and says where its parts stand. */
import { createHash } from 'node:crypto';
import type { OrganisationLine, ParsedHouse, SheetName } from '../../domain/house/file.ts';
import type { Place } from '../../domain/house/problem.ts';
import { pointerOf } from '../../domain/house/problem.ts';
import { parseHouse } from './parse-house.ts';
import { readCsvList } from './read-csv.ts';
import type { ReadHouse } from './read-workbook.ts';
import { readWorkbook } from './read-workbook.ts';

export const HOUSE_BYTES_MAX = 64 * 1024 * 1024;

export interface HouseInput {
  parsed: ParsedHouse;
  /** SHA-256 of the bytes, in hexadecimal digits. */
  digest: string;
  /** JSON pointer, or sheet and cell. */
  locate(place: Place): string;
}

/** The same for one list as CSV, which is of the house that it is read for. */
export function readHouseCsv(
  bytes: Buffer,
  list: SheetName,
  organisation: OrganisationLine,
): HouseInput {
  const digest = createHash('sha256').update(`${list}\n`).update(bytes).digest('hex');
  const read = bytes.length > HOUSE_BYTES_MAX ? tooLarge() : readCsvList(bytes, list, organisation);
  const kept = hasUnkept(read.house) ? noText() : read;
  const parsed = parseHouse(kept.house);
  const lost = kept.house === undefined;
  const problems = lost ? kept.problems : [...kept.problems, ...parsed.problems];
  return { parsed: { ...parsed, problems }, digest, locate: kept.locate };
}

/** A workbook is known by its first bytes (a zip archive), whatever the file is called. */
export async function readHouseFile(bytes: Buffer): Promise<HouseInput> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const read = bytes.length > HOUSE_BYTES_MAX ? tooLarge() : await readEither(bytes);
  const parsed = parseHouse(read.house);
  // A file that could not be read at all lacks everything: that alone is the news.
  const lost = read.house === undefined;
  const problems = lost ? read.problems : [...read.problems, ...parsed.problems];
  return { parsed: { ...parsed, problems }, digest, locate: read.locate };
}

async function readEither(bytes: Buffer): Promise<ReadHouse> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readWorkbook(bytes);
  try {
    // A byte order mark is what some editors put before UTF-8.
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const house: unknown = JSON.parse(text);
    if (MAY_BE_UNKEPT.test(text) && hasUnkept(house)) {
      return noText();
    }
    return { house, locate: pointerOf, problems: [] };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return unreadable(`This is neither JSON nor a workbook: ${detail}.`, 'Correct its syntax.');
  }
}

/** How a NUL, or half of a pair, is written in JSON. */
const MAY_BE_UNKEPT = /\\u0000|\\ud[89a-f]/i;

/** Texts that the database refuses, in values and in keys. */
function hasUnkept(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => hasUnkept(key) || hasUnkept(inner));
}

function noText(): ReadHouse {
  const cure = 'Take out \\u0000 and the like.';
  return unreadable('A text has a character that no text has.', cure);
}

function tooLarge(): ReadHouse {
  const limit = `${HOUSE_BYTES_MAX / 1024 / 1024} MB`;
  return unreadable(`A house file has at most ${limit}.`, 'Write seats as runs: A-T, 1-40.');
}

function unreadable(message: string, cure: string): ReadHouse {
  const problem = { sheet: 'file', line: null, key: null, code: 'house.unreadable' } as const;
  return { house: undefined, locate: pointerOf, problems: [{ ...problem, message, cure }] };
}
