/** The sales form as an Excel file: the form, and the sheet that comes back with the codes. */
import type { Cell, Row } from 'write-excel-file/node';
import type { TextLanguage } from '../../runs/remedies.ts';
import { HEADINGS, WORDS } from '../mapping-file/headings.ts';
import type { FormCell } from './form-tables.ts';
import { formTables, numberOf } from './form-tables.ts';
import { FORM_TEXTS } from './form-texts.ts';
import type { SalesForm } from './sales-form.ts';

/** The same in every language: the answer is found by it. */
export const CODES_SHEET = 'Codes';
/** First cell of the answer sheet; the interface's code stands beside it. */
export const FORM_MARK = 'parterre-sales-form/1';
export const CODE_COLUMNS = ['word', 'season', 'name', 'ours', 'external'] as const;

export async function writeFormWorkbook(form: SalesForm, language: TextLanguage): Promise<Buffer> {
  const { currency } = form.interface;
  const texts = FORM_TEXTS[language];
  const rows: Row[] = formTables(form, language).flatMap(({ heading, rows: lines, title }) => [
    ...(title === null ? [] : [[bold(title)]]),
    ...(heading.length === 0 ? [] : [heading.map(bold)]),
    ...lines.map((line): Row => line.map((cell) => cellOf(cell, currency))),
    [],
  ]);
  rows.push([text(texts.codesHelp)]);
  const codes: Row[] = [
    [text(FORM_MARK), text(form.interface.code), text(texts.codesHelp)],
    CODE_COLUMNS.map((column) => bold(HEADINGS[column][language])),
    ...form.codes.map(({ external, name, ours, season, word }) =>
      [WORDS[word][language], season, name, ours, external].map(text),
    ),
  ];
  const widths = [28, 26, 30, 24, 20, 24];
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return await writeExcelFile([
    { data: rows, sheet: texts.title, columns: widths.map((width) => ({ width })) },
    {
      data: codes,
      sheet: CODES_SHEET,
      columns: [24, 12, 34, 28, 24].map((width) => ({ width })),
      stickyRowsCount: 2,
    },
  ]).toBuffer();
}

function cellOf(cell: FormCell, currency: string): Cell & object {
  if (typeof cell === 'string') return text(cell);
  return { value: numberOf(cell.minor, currency), type: Number, format: '0.00' };
}

/** Every other cell is text: no spreadsheet runs it or drops its zeros. */
function text(value: string): Cell & object {
  return value === '' ? { type: String, format: '@' } : { value, type: String, format: '@' };
}

function bold(value: string): Cell & object {
  return { ...text(value), fontWeight: 'bold' };
}
