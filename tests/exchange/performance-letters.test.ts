/** What leaves the house about a performance: letters in five languages, lists, and tables read. */
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { LETTER_TEXTS } from '../../src/exchange/performance/letter-texts.ts';
import type { ResellerLetter } from '../../src/exchange/performance/letters.ts';
import { writeRefundCsv } from '../../src/exchange/performance/refund-list.ts';
import { readReseatTable, TABLE_BYTES_MAX } from '../../src/exchange/performance/reseat-table.ts';

const NEW = 'HALL/ORCH/A/B/1';

describe('letters', () => {
  it('say the same in every language: no sentence lacks a name or a number', () => {
    const placeholders = (texts: object): string[][] =>
      Object.values(texts).map((text) => [String(text).match(/\{\w+\}/g) ?? []].flat().sort());
    for (const [language, texts] of Object.entries(LETTER_TEXTS)) {
      expect([language, placeholders(texts)]).toEqual([language, placeholders(LETTER_TEXTS.en)]);
    }
  });
});

describe('the list of refunds', () => {
  const letter = (code: string, ticket: string): ResellerLetter => ({
    interfaceId: 1,
    interface: code,
    reseller: code,
    language: 'en',
    to: [],
    subject: '',
    text: '',
    tickets: [
      { ticket, order: 'O;1', seat: null, tariff: 'A "B"', amountMinor: 1050, currency: 'EUR' },
    ],
    unsold: 0,
  });

  it('is one CSV for all, and no spreadsheet runs a cell of it', () => {
    const lines = writeRefundCsv([letter('FNAC', '=1+1'), letter('TKN', '007')]).split('\r\n');
    expect(lines).toEqual([
      'interface;ticket;order;seat;tariff;amount',
      `FNAC;'=1+1;"O;1";free seating;"A ""B""";10.50 EUR`,
      'TKN;007;"O;1";free seating;"A ""B""";10.50 EUR',
      '',
    ]);
    expect(writeRefundCsv([])).toBe('');
  });
});

describe('the table of a re-seating', () => {
  const read = (text: string, encoding: BufferEncoding = 'utf8') =>
    readReseatTable(Buffer.from(text, encoding));
  const row = (line: number, source: string) => ({ line, source, target: NEW });

  it('reads CSV as spreadsheets write it', async () => {
    expect(await read(`T1;${NEW}\n`)).toEqual({ table: [row(1, 'T1')] });
    expect(await read(`\ufeffbillet;place\r\n"T;1";${NEW}\r\n`)).toEqual({
      table: [row(2, 'T;1')],
    });
    expect(await read(`ticket,seat\n007,${NEW}\n`)).toEqual({ table: [row(2, '007')] });
    expect(await read(`ticket\tseat\n007\t${NEW}\n`)).toEqual({ table: [row(2, '007')] });
    // Lines are told as the file counts them, empty ones included.
    expect(await read(`billet;place\n\n;;\n T1 ; ${NEW} ;;\n`)).toEqual({ table: [row(4, 'T1')] });
    const seat = 'HALL/Loge é/A/B/1';
    expect(await read(`T1;${seat}\n`, 'latin1')).toEqual({
      table: [{ line: 1, source: 'T1', target: seat }],
    });
  });

  it('reads a workbook, and keeps a long number’s digits', async () => {
    const number = '123456789012345678';
    const bytes = await writeExcelFile([
      [
        { value: 'billet', type: String },
        { value: 'place', type: String },
      ],
      [
        { value: number, type: String },
        { value: NEW, type: String },
      ],
      [
        { value: 4711, type: Number },
        { value: NEW, type: String },
      ],
    ]).toBuffer();
    expect(await readReseatTable(bytes)).toEqual({ table: [row(2, number), row(3, '4711')] });
  });

  it('tells what it cannot read', async () => {
    const codes = async (bytes: Buffer) => {
      const found = await readReseatTable(bytes);
      return 'faults' in found ? found.faults.map(({ code, params }) => [code, params.line]) : [];
    };
    expect(await codes(Buffer.alloc(0))).toEqual([['table_empty', undefined]]);
    expect(await codes(Buffer.from('billet;place\n'))).toEqual([['table_empty', undefined]]);
    expect(await codes(Buffer.from(`T1;${NEW}\nT2\nT3;${NEW};x\n;${NEW}\n`))).toEqual([
      ['table_columns', 2],
      ['table_columns', 3],
      ['table_columns', 4],
    ]);
    expect(await codes(Buffer.from(`"T1;${NEW}\n`))).toEqual([['table_unreadable', undefined]]);
    expect(await codes(Buffer.from('PK no workbook'))).toEqual([['table_unreadable', undefined]]);
    expect(await codes(Buffer.alloc(TABLE_BYTES_MAX + 1))).toEqual([
      ['table_too_large', undefined],
    ]);
  });
});
