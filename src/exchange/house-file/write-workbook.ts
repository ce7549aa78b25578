/** A house file as a workbook: a sheet for each list, a row for each line. */
import type { HouseFile, SheetName } from '../../domain/house/file.ts';
import { writeCell } from './workbook-cells.ts';
import type { SheetColumn } from './workbook-columns.ts';
import { WORKBOOK } from './workbook-columns.ts';
import { headingOf, titleOf } from './workbook-titles.ts';

/** The bytes of a workbook; titles and headings in French for a French house. */
export async function writeWorkbook(file: HouseFile): Promise<Buffer> {
  const language = file.organisation.language ?? 'fr';
  const names = [...WORKBOOK.keys()].filter((name) => file[name] !== undefined);
  const sheets = names.map((name) => writeTable(file, name, language));
  const { default: writeSheets } = await import('write-excel-file/node');
  return await writeSheets(sheets as never).toBuffer();
}

function writeTable(file: HouseFile, name: SheetName | 'organisation', language: string) {
  const lines = (name === 'organisation' ? [file.organisation] : (file[name] ?? [])) as object[];
  const columns = usedColumns(WORKBOOK.get(name) ?? [], lines);
  const heading = columns.map(({ key }) => ({
    value: headingOf(key, language),
    type: String,
    fontWeight: 'bold',
  }));
  const rows = lines.map((line) =>
    columns.map(({ key, kind }) => writeCell(kind, valueAt(line, key))),
  );
  return {
    sheet: titleOf(name, language),
    stickyRowsCount: 1,
    columns: columns.map(({ key }) => ({ width: key === 'name' ? 40 : 18 })),
    data: [heading, ...rows],
  };
}

/** Columns that some line fills; open settings become a column for each name. */
function usedColumns(columns: readonly SheetColumn[], lines: readonly object[]): SheetColumn[] {
  return columns.flatMap((column) => {
    if (column.kind !== 'settings') {
      const used = lines.some((line) => valueAt(line, column.key) !== undefined);
      return used ? [column] : [];
    }
    const names = new Set(
      lines.flatMap((line) => Object.keys((valueAt(line, column.key) as object) ?? {})),
    );
    return [...names].map((name) => ({ key: `${column.key}.${name}`, kind: 'settings' as const }));
  });
}

function valueAt(line: object, key: string): unknown {
  const [first = '', ...rest] = key.split('.');
  const value = (line as Record<string, unknown>)[first];
  if (rest.length === 0 || value === null || value === undefined) return value ?? undefined;
  return (value as Record<string, unknown>)[rest.join('.')];
}
