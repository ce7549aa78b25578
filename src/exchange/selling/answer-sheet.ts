/** The sales form that came back: its codes become mappings, after a preview like any import. */
import type { MappingFault } from '../../domain/mapping/check-mappings.ts';
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import {
  parseAlternatives,
  parseKey,
  printAlternatives,
} from '../../domain/mapping/mapping-text.ts';
import type { MappingDraft } from '../../domain/mapping/plan-changes.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import { findInterface } from '../../store/interface-store.ts';
import { insertStep } from '../../store/sale-step-store.ts';
import { columnOfHeading, readWord, saysEverySeason } from '../mapping-file/headings.ts';
import type { MappingTable } from '../mapping-table.ts';
import type { MappingServices, Replay } from '../save-mappings.ts';
import { saveMappings } from '../save-mappings.ts';
import { assertSmallWorkbook } from '../workbook-size.ts';
import { CODE_COLUMNS, CODES_SHEET, FORM_MARK } from './form-workbook.ts';

export const ANSWER_BYTES_MAX = 10 * 1024 * 1024;

export interface AnswerRequest {
  organisationId: number;
  interfaceId: number;
  file: Buffer;
  /** False: tells what would change and writes nothing. */
  apply: boolean;
  author: string;
}

export interface AnswerFault {
  /** As the spreadsheet counts. */
  row: number | null;
  code: MappingFault['code'] | 'sheet.word_unknown' | 'sheet.season_unknown' | 'sheet.not_text';
  params: Readonly<Record<string, string | number | null>>;
}

export type AnswerResult =
  | { outcome: 'not_a_form'; reason: string }
  | { outcome: 'other_interface'; interface: string }
  | { outcome: 'refused'; faults: readonly AnswerFault[] }
  | {
      outcome: 'saved' | 'foretold' | 'nothing';
      created: number;
      updated: number;
      /** Lines whose code is still empty. */
      left: number;
      freed: readonly number[];
    };

interface AnswerLine {
  row: number;
  word: MappingWord;
  season: string;
  ours: string;
  external: string;
}

export async function importAnswer(
  services: MappingServices,
  request: AnswerRequest,
  replay: Replay,
): Promise<AnswerResult> {
  const read = await readAnswer(request.file);
  if ('reason' in read) return { outcome: 'not_a_form', reason: read.reason };
  const { interfaceId, organisationId } = request;
  const own = await services.database.transaction(organisationId, (tx) =>
    findInterface(tx, interfaceId),
  );
  if (read.interface !== own?.code)
    return { outcome: 'other_interface', interface: read.interface };
  if (read.faults.length > 0) return { outcome: 'refused', faults: read.faults };
  const filled = read.lines.filter(({ external }) => external !== '');
  const left = read.lines.length - filled.length;
  const rowOf: number[] = [];
  const unknown: AnswerFault[] = [];
  const result = await saveMappings(
    services,
    {
      ...request,
      foretell: !request.apply,
      changes: (table) => {
        const save = filled.flatMap((line) => {
          const draft = draftOf(line, table, unknown);
          if (draft !== null) rowOf.push(line.row);
          return draft ?? [];
        });
        return { save: unknown.length > 0 ? [] : save, remove: [] };
      },
    },
    replay,
  );
  if (unknown.length > 0) return { outcome: 'refused', faults: unknown };
  if (result.outcome === 'refused') {
    const { draftOf: drafts } = result.plan;
    const faults = result.faults.map(({ code, params, row }) => {
      return { row: rowOf[drafts.get(row) ?? -1] ?? null, code, params };
    });
    return { outcome: 'refused', faults };
  }
  const created = result.plan.created.length;
  const updated = result.plan.updated.length;
  const counts = { created, updated, left, freed: result.freed };
  if (request.apply && left === 0) await noteReceived(services, request, read.lines);
  return { outcome: created + updated === 0 ? 'nothing' : result.outcome, ...counts };
}

type ReadAnswer =
  | { reason: string }
  | { interface: string; lines: AnswerLine[]; faults: AnswerFault[] };

async function readAnswer(file: Buffer): Promise<ReadAnswer> {
  if (file.length > ANSWER_BYTES_MAX) return { reason: `${file.length} bytes` };
  let sheet: unknown[][];
  try {
    await assertSmallWorkbook(file);
    // A code is the digits that were typed: 007 is not 7.
    const { readSheet } = await import('read-excel-file/node');
    sheet = await readSheet<string>(file, CODES_SHEET, { parseNumber: (digits) => digits });
  } catch (error) {
    return { reason: (error as Error).message };
  }
  const [first = [], heading = [], ...body] = sheet;
  if (first[0] !== FORM_MARK) return { reason: FORM_MARK };
  const columns = new Map(
    heading.map((cell, index) => [columnOfHeading(String(cell ?? '')), index]),
  );
  const missing = CODE_COLUMNS.find((column) => !columns.has(column));
  if (missing !== undefined) return { reason: missing };
  const lines: AnswerLine[] = [];
  const faults: AnswerFault[] = [];
  for (const [index, cells] of body.entries()) {
    const row = index + 3;
    const raw = (column: (typeof CODE_COLUMNS)[number]) => cells[columns.get(column) ?? -1] ?? '';
    const at = (column: (typeof CODE_COLUMNS)[number]) => String(raw(column)).trim();
    if (at('ours') === '' && at('external') === '') continue;
    const word = readWord(at('word'));
    if (word === undefined) {
      faults.push({ row, code: 'sheet.word_unknown', params: { value: at('word') } });
    } else if (typeof raw('external') !== 'string') {
      faults.push({ row, code: 'sheet.not_text', params: { value: at('external') } });
    } else {
      const season = at('season');
      lines.push({ row, word, season, ours: at('ours'), external: at('external') });
    }
  }
  return { interface: String(first[1] ?? ''), lines, faults };
}

/** Null: it stands like this already, or a wider mapping says the same. */
function draftOf(
  { external, ours, row, season, word }: AnswerLine,
  table: MappingTable,
  unknown: AnswerFault[],
): MappingDraft | null {
  const found = saysEverySeason(season) ? null : table.seasons.find(({ code }) => code === season);
  if (found === undefined) {
    unknown.push({ row, code: 'sheet.season_unknown', params: { value: season } });
    return null;
  }
  const seasonId = found?.id ?? null;
  const values = parseAlternatives(external);
  const known = table.rows.find(
    (one) => one.word === word && one.seasonId === seasonId && one.ours === ours,
  );
  if (known !== undefined && printAlternatives(known.external) === printAlternatives(values)) {
    return null;
  }
  const told = createVocabulary(table.rows).theirs(word, parseKey(ours), seasonId);
  if (known === undefined && values.length === 1 && told === values[0]) return null;
  return { id: known?.id ?? null, word, seasonId, ours, external: values, notOurs: false };
}

/** Every code of the form is known: its products are a step further. */
async function noteReceived(
  { clock, database }: MappingServices,
  { author, interfaceId, organisationId }: AnswerRequest,
  lines: readonly AnswerLine[],
): Promise<void> {
  const named = lines.filter(({ word }) => word === 'product');
  await database.transaction(organisationId, async (tx) => {
    const { products, seasonById } = await loadCatalogue(tx);
    const doneAt = clock().toISOString();
    for (const { code, id: productId, seasonId } of products) {
      const season = seasonById.get(seasonId)?.code;
      const isNamed = named.some(
        (line) => line.ours === code && (line.season === season || saysEverySeason(line.season)),
      );
      if (!isNamed) continue;
      const step = 'mappings_received' as const;
      await insertStep(tx, { interfaceId, productId, step, doneAt, doneBy: author });
    }
  });
}
