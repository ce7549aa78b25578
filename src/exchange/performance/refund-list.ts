/** The list of tickets that a reseller must refund, as Excel and as CSV: its letter's enclosure. */
import type { Cell, Row } from 'write-excel-file/node';
import { fromMinor, minorDigits } from '../../domain/house/values.ts';
import { LETTER_TEXTS } from './letter-texts.ts';
import type { LetterTicket, ResellerLetter } from './letters.ts';

type Cells = readonly string[];

/** A reseller's sheet: its own tickets, in the words of its letter's language. */
function rowsOf({ language, tickets }: Pick<ResellerLetter, 'language' | 'tickets'>): Cells[] {
  const texts = LETTER_TEXTS[language];
  return [texts.columns, ...tickets.map((one) => cellsOf(one, texts.freeSeating))];
}

function cellsOf(one: LetterTicket, freeSeating: string): Cells {
  const { ticket, order, seat, tariff, amountMinor, currency } = one;
  const amount = fromMinor(amountMinor, minorDigits(currency));
  return [ticket, order, seat ?? freeSeating, tariff, `${amount} ${currency}`];
}

/** One sheet a reseller. Every cell is text: no spreadsheet runs it or drops its zeros. */
export async function writeRefundWorkbook(letters: readonly ResellerLetter[]): Promise<Buffer> {
  const sheets = letters.map((letter) => ({
    data: rowsOf(letter).map((cells): Row => cells.map(textCell)),
    sheet: sheetName(letter.interface),
    columns: [{ width: 20 }, { width: 20 }, { width: 30 }, { width: 20 }, { width: 14 }],
    stickyRowsCount: 1,
  }));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return await writeExcelFile(sheets).toBuffer();
}

function textCell(value: string): Cell & object {
  return { value, type: String, format: '@' };
}

/** A spreadsheet takes 31 characters and none of these. */
function sheetName(code: string): string {
  return code.replaceAll(/[\\/?*:[\]]/g, '-').slice(0, 31);
}

/** All resellers in one file, the interface's code first; `;` between cells, one heading. */
export function writeRefundCsv(letters: readonly ResellerLetter[]): string {
  const [first] = letters;
  if (first === undefined) return '';
  const heading = ['interface', ...LETTER_TEXTS[first.language].columns];
  const lines = letters.flatMap((letter) =>
    rowsOf(letter)
      .slice(1)
      .map((cells) => [letter.interface, ...cells]),
  );
  return [heading, ...lines].map((cells) => `${cells.map(csvCell).join(';')}\r\n`).join('');
}

/** Quoted where it must be; what a spreadsheet would run as a formula begins with an apostrophe. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
