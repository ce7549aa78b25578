/** Reads a house file's structure, line by line, so that one bad line hides no other. */
import type { z } from 'zod';
import type { Line, LineOf, ParsedHouse, ParsedLines, SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import type { HouseProblem } from '../../domain/house/problem.ts';
import { organisationSchema, SHEET_NAMES, SHEETS } from './sheets.ts';

export function parseHouse(raw: unknown): ParsedHouse {
  const problems: HouseProblem[] = [];
  const unread: ParsedHouse['unread'] = {};
  const file = isObject(raw) ? raw : {};
  if (!isObject(raw)) problems.push(fileProblem(null, 'A house file is one JSON object.'));
  else refuseUnknownKeys(raw, problems);
  const organisation = organisationSchema.safeParse(file.organisation);
  if (!organisation.success) {
    for (const issue of organisation.error.issues) {
      problems.push({ sheet: 'organisation', line: null, ...wordsOf(issue) });
    }
  }
  const lines = Object.fromEntries(
    SHEET_NAMES.map((sheet) => [sheet, parseList(sheet, file[sheet], unread, problems)]),
  ) as unknown as ParsedLines;
  return { organisation: organisation.success ? organisation.data : null, lines, unread, problems };
}

function parseList(
  sheet: SheetName,
  list: unknown,
  unread: ParsedHouse['unread'],
  problems: HouseProblem[],
): Line<SheetName>[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    problems.push(fileProblem(sheet, `${sheet} is a list of lines.`));
    return [];
  }
  const lines: Line<SheetName>[] = [];
  list.forEach((value: unknown, index) => {
    const result = SHEETS[sheet].safeParse(value);
    if (result.success) {
      lines.push({ sheet, index, value: result.data as LineOf<SheetName> });
      return;
    }
    const kept = unread[sheet] ?? [];
    kept.push(value);
    unread[sheet] = kept;
    for (const issue of result.error.issues) {
      problems.push({ sheet, line: index, ...wordsOf(issue) });
    }
  });
  return lines;
}

function refuseUnknownKeys(file: Record<string, unknown>, problems: HouseProblem[]): void {
  const known = new Set<string>([...SHEET_NAMES, 'organisation', 'format', '$schema']);
  for (const key of Object.keys(file)) {
    if (known.has(key)) continue;
    problems.push(fileProblem(key, `${key} is not a part of a house file.`));
  }
  if (file.format !== HOUSE_FORMAT) {
    problems.push(fileProblem('format', `The format is "${HOUSE_FORMAT}".`));
  }
}

function fileProblem(key: string | null, message: string): HouseProblem {
  return {
    sheet: 'file',
    line: null,
    key,
    code: 'house.structure',
    message,
    cure: 'See docs/house-file.md for the form of a house file.',
  };
}

type Words = Pick<HouseProblem, 'key' | 'code' | 'message' | 'cure'>;

function wordsOf(issue: z.core.$ZodIssue): Words {
  const key = issue.path.length > 0 ? issue.path.map(String).join('.') : null;
  const code = 'house.structure';
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.join(', ');
    const cure = 'Remove it, or look for the spelling in docs/house-file.md.';
    return { key: issue.keys[0] ?? key, code, message: `Unknown: ${names}.`, cure };
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { key, code, message: `${key ?? 'The line'} is missing.`, cure: 'Fill it in.' };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return { key, code, message: 'This value is not known.', cure: `One of: ${values}.` };
  }
  return { key, code, message: `${issue.message}.`, cure: 'Write it in that form.' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
