/** The mappings of an interface as an Excel sheet. */
import type { Cell, Row } from 'write-excel-file/node';
import type { MappingRow } from '../../domain/mapping/mapping-row.ts';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import { printAlternatives } from '../../domain/mapping/mapping-text.ts';
import type { PlaceRule } from '../../domain/mapping/place-rule.ts';
import { NO_RULE } from '../../domain/mapping/place-rule.ts';
import type { MappingTable } from '../mapping-table.ts';
import { nameOfRow, seasonCodeOf } from '../mapping-table.ts';
import type { Language, SheetColumn } from './headings.ts';
import { HEADINGS, SHEET_COLUMNS, WORDS, yes } from './headings.ts';

const WIDTHS: Readonly<Record<SheetColumn, number>> = {
  word: 22,
  season: 14,
  name: 36,
  ours: 28,
  external: 20,
  notOurs: 12,
  rule: 20,
  id: 10,
};

/** Empty lines below the table that keep what is typed as text. */
const EMPTY_LINES = 200;

/**
 * The sheet's bytes. Every cell is text in a column of text, so that a spreadsheet neither runs
 * `=1+1`, nor reads `1-2` as a date, nor drops the zeros of `007`, now or when it is edited.
 */
export async function writeMappingSheet(table: MappingTable, language: Language): Promise<Buffer> {
  const heading = (column: SheetColumn): Cell => ({
    ...text(HEADINGS[column][language]),
    fontWeight: 'bold',
  });
  const rows: Row[] = [SHEET_COLUMNS.map(heading)];
  for (const row of sorted(table.rows, table)) {
    const cells = cellsOf(row, table, language);
    rows.push(SHEET_COLUMNS.map((column) => text(cells[column])));
  }
  for (let line = 0; line < EMPTY_LINES; line += 1) rows.push(SHEET_COLUMNS.map(() => text('')));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return await writeExcelFile(rows, {
    sheet: 'Parterre',
    columns: SHEET_COLUMNS.map((column) => ({ width: WIDTHS[column] })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function text(value: string): Cell & object {
  return value === '' ? { type: String, format: '@' } : { value, type: String, format: '@' };
}

function cellsOf(
  row: MappingRow,
  table: MappingTable,
  language: Language,
): Record<SheetColumn, string> {
  return {
    word: WORDS[row.word][language],
    season: seasonCodeOf(row, table),
    name: nameOfRow(row, table),
    ours: row.ours ?? '',
    external: row.rule ? '' : printAlternatives(row.external),
    notOurs: row.notOurs ? yes(language) : '',
    rule: row.rule ? printRule(row.rule) : '',
    id: String(row.id),
  };
}

/** Only what differs from no rule: `{"prefix":"R","digits":3}`. */
function printRule(rule: PlaceRule): string {
  const said = (Object.keys(NO_RULE) as (keyof PlaceRule)[]).filter(
    (field) => rule[field] !== NO_RULE[field],
  );
  return JSON.stringify(Object.fromEntries(said.map((field) => [field, rule[field]])));
}

function sorted(rows: readonly MappingRow[], table: MappingTable): MappingRow[] {
  const word = (row: MappingRow) => MAPPING_WORDS.indexOf(row.word);
  const order = new Intl.Collator('fr', { numeric: true });
  return [...rows].sort(
    (a, b) =>
      word(a) - word(b) ||
      order.compare(seasonCodeOf(a, table), seasonCodeOf(b, table)) ||
      Number(a.notOurs) - Number(b.notOurs) ||
      order.compare(a.ours ?? '', b.ours ?? '') ||
      a.id - b.id,
  );
}
