/** Mappings out to Excel and in again: an import shows its differences before it writes them. */
import type { MappingFault } from '../domain/mapping/check-mappings.ts';
import type { MappingRow } from '../domain/mapping/mapping-row.ts';
import type { MappingDraft } from '../domain/mapping/plan-changes.ts';
import { compareTables } from '../domain/mapping/plan-changes.ts';
import type { Language, SheetColumn } from './mapping-file/headings.ts';
import type { SheetFault, SheetLine } from './mapping-file/read-sheet.ts';
import { readMappingSheet } from './mapping-file/read-sheet.ts';
import { writeMappingSheet } from './mapping-file/write-sheet.ts';
import type { MappingTable } from './mapping-table.ts';
import { loadMappingTable } from './mapping-table.ts';
import type { MappingServices, RefusedMappings, Replay, SavedMappings } from './save-mappings.ts';
import { saveMappings } from './save-mappings.ts';

/** A fault of a sheet or of what it says. `row` as the spreadsheet counts; null: the whole file. */
export interface ImportFault {
  row: number | null;
  column: SheetColumn | null;
  code: SheetFault['code'] | MappingFault['code'];
  params: Record<string, string | number | null>;
  suggestions: readonly string[];
}

export type MappingImport =
  | { outcome: 'refused'; faults: readonly ImportFault[] }
  | (SavedMappings & {
      /** Rows of ours that the file does not have; deleted only with removeMissing. */
      missing: readonly MappingRow[];
    });

export interface ImportMappingsRequest {
  organisationId: number;
  interfaceId: number;
  /** Bytes of an .xlsx file. */
  file: Buffer;
  /** False: tells the differences and writes nothing. */
  apply: boolean;
  /** Also deletes the rows that the file does not have. */
  removeMissing?: boolean;
  author: string;
  reason?: string | null;
}

export async function exportMappings(
  services: Pick<MappingServices, 'database'>,
  request: { organisationId: number; interfaceId: number; language: Language },
): Promise<Buffer> {
  const table = await readTable(services, request);
  return writeMappingSheet(table, request.language);
}

export function readTable(
  services: Pick<MappingServices, 'database'>,
  request: { organisationId: number; interfaceId: number },
): Promise<MappingTable> {
  return services.database.transaction(
    request.organisationId,
    (tx) => loadMappingTable(tx, request.interfaceId),
    { readOnly: true },
  );
}

/** All that is wrong with the file is told at once, and then nothing of it is written. */
export async function importMappings(
  services: MappingServices,
  request: ImportMappingsRequest,
  replay: Replay,
): Promise<MappingImport> {
  const { seasons } = await readTable(services, request);
  const sheet = await readMappingSheet(
    request.file,
    seasons.map((season) => season.code),
  );
  const seasonIds = new Map(seasons.map((season) => [season.code, season.id]));
  const drafts = sheet.lines.map((line) => draftOf(line, seasonIds));
  let missing: readonly MappingRow[] = [];
  const result = await saveMappings(
    services,
    {
      ...request,
      foretell: !request.apply || sheet.faults.length > 0,
      changes: (table) => {
        const compared = compareTables(table.rows, drafts);
        missing = compared.missing;
        const remove = request.removeMissing === true ? missing.map((row) => row.id) : [];
        return { save: compared.save, remove };
      },
    },
    replay,
  );
  const faults = [
    ...sheet.faults.map((fault) => ({ ...fault, suggestions: [] })),
    ...(result.outcome === 'refused' ? inSheetRows(result, sheet.lines) : []),
  ];
  if (faults.length > 0 || result.outcome === 'refused') {
    return { outcome: 'refused', faults: faults.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)) };
  }
  return { ...result, missing };
}

function draftOf(line: SheetLine, seasonIds: ReadonlyMap<string, number>): MappingDraft {
  const { id, word, ours, external, notOurs, rule } = line;
  return { id, word, seasonId: seasonIds.get(line.season) ?? null, ours, external, notOurs, rule };
}

function inSheetRows(result: RefusedMappings, lines: readonly SheetLine[]): ImportFault[] {
  const sheetRow = (row: number) => lines[result.plan.draftOf.get(row) ?? -1]?.row ?? null;
  return result.faults.map(({ row, field, code, params, suggestions }) => ({
    row: sheetRow(row),
    column: field,
    code,
    params:
      typeof params.other_row === 'number'
        ? { ...params, other_row: sheetRow(params.other_row) }
        : params,
    suggestions,
  }));
}
