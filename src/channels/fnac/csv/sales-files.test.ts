import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../domain/order/message.ts';
import type { Problem } from '../../../domain/order/problem.ts';
import { ChannelError } from '../../contract/errors.ts';
import type { FileRecord } from '../../contract/files/sales-file.ts';
import { FnacSalesFiles } from './sales-files.ts';

const FIXTURES = new URL('../fixtures/csv/', import.meta.url);
const NAMES = readdirSync(FIXTURES).map((file) => file.replace(/\.csv$/, ''));
/** What the fixtures say of buyers, and nobody may keep. */
const CONTACT = /75011|69003|13002|FRANCE|example\.org|06 12|Inventés/;
const PEOPLE = /DUPONT|LEF|MARTIN|Noëlle|Zoë|Louis|calc|SUM/;
const ONLY = { product: 'MSHOW', performance: null, start: '2027-02-01T20:00', hall: 'GRANDE' };

interface ReadFile {
  records: FileRecord[];
  notes: Problem[];
  kept: string;
  lines: number;
}

async function* once(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readBytes(bytes: Uint8Array, batchSize = 100, size = 1_000): Promise<ReadFile> {
  const port = new FnacSalesFiles({ timeZone: 'Europe/Paris', currency: 'EUR' });
  const read: ReadFile = { records: [], notes: [], kept: '', lines: 0 };
  const file = { name: 'ventes.csv', bytes: once(bytes, size) };
  for await (const batch of port.read(file, { only: ONLY, batchSize })) {
    expect(batch.records.length).toBeLessThanOrEqual(batchSize);
    read.records.push(...batch.records);
    read.notes.push(...batch.notes);
    read.kept += Buffer.from(batch.kept).toString();
    read.lines = batch.linesRead;
  }
  return read;
}

const bytesOf = (name: string): Buffer => readFileSync(new URL(`${name}.csv`, FIXTURES));
const readFixture = (name: string): Promise<ReadFile> => readBytes(bytesOf(name));

function messages({ records }: ReadFile): Message[] {
  return records.flatMap(({ received }) => (received.readable ? [received.message] : []));
}

/** `line: code params` of each line that could not be read. */
function refused({ records }: ReadFile): string[] {
  return records.flatMap(({ line, received }) =>
    received.readable
      ? []
      : received.problems.map(({ code, params }) =>
          `${line}: ${code} ${Object.values(params).join(' ')}`.trim(),
        ),
  );
}

const ORDINARY = await readFixture('ordinary');

describe('an ordinary file', () => {
  test('is a sale or a cancellation a line, in the words of its dictionaries', () => {
    expect(ORDINARY.notes).toEqual([]);
    expect(refused(ORDINARY)).toEqual([]);
    expect(ORDINARY.records.map(({ line }) => line)).toEqual([10, 11, 12, 13]);
    const [first, second, zone, cancelled] = messages(ORDINARY);
    expect(first).toEqual({
      kind: 'sale',
      operationNumber: null,
      operationAt: '2027-01-05T09:15:00.000Z',
      operationPrecision: 'minute',
      operationAmbiguous: false,
      ticket: '900000000001',
      order: null,
      replaces: null,
      ...ONLY,
      block: 'ORCA',
      row: 'A',
      seat: '5',
      allotment: null,
      category: '10',
      tariff: '44',
      priceMinor: 4000,
      givenBackMinor: null,
      commissionMinor: null,
      currency: 'EUR',
      barcode: null,
      lastName: 'DUPONT',
      firstName: 'Noëlle',
      outlet: null,
      releasesPlace: false,
      test: false,
    });
    expect(second).toMatchObject({ ticket: '900000000002', tariff: '6', priceMinor: 3000 });
    expect(zone).toMatchObject({
      block: 'LIBRE',
      row: null,
      seat: null,
      operationAt: '2027-01-05T09:17:42.000Z',
      operationPrecision: 'second',
    });
    expect(cancelled).toMatchObject({
      kind: 'cancellation',
      ticket: '900000000001',
      operationAt: '2027-01-06T08:00:00.000Z',
      priceMinor: 4000,
      givenBackMinor: null,
    });
  });

  test.each([
    'line-feeds-only',
    'no-last-line-end',
    'utf-8',
    'utf-8-with-mark',
    'spreadsheet-padding',
    '30-columns-more',
  ])('means the same as %s', async (name) => {
    expect(messages(await readFixture(name))).toEqual(messages(ORDINARY));
  });

  test('means the same in whatever pieces and batches it comes', async () => {
    for (const [batch, size] of [
      [1, 1],
      [3, 7],
      [100, 64_000],
    ] as const) {
      const read = await readBytes(bytesOf('ordinary'), batch, size);
      expect(read).toEqual(ORDINARY);
    }
  });

  test('headings and blank lines are no tickets; quoted cells are read', async () => {
    const headed = await readFixture('headings');
    expect(messages(headed)).toEqual(messages(ORDINARY));
    expect(headed.records[0]?.line).toBe(11);
    const [quoted] = messages(await readFixture('quoted'));
    expect(quoted).toMatchObject({ lastName: 'DUPONT;DURAND', firstName: 'Noëlle "Nono"' });
  });
});

describe('UTF-8 where Windows-1252 was expected', () => {
  test.each(['utf-8', 'utf-8-with-mark'])('%s is read, and noted with its line', async (name) => {
    const { notes, records } = await readFixture(name);
    expect(notes).toEqual([{ code: 'external.file_charset', params: { line: 2 } }]);
    const [{ received }] = records as [FileRecord];
    expect(received.readable && received.message.firstName).toBe('Noëlle');
  });
});

describe('a file that is none', () => {
  test.each([
    ['empty', 'external.file_empty', null],
    ['only-blank-lines', 'external.file_empty', null],
    ['utf-16', 'external.file_format', 'UTF-16'],
    ['not-a-sales-file', 'external.file_format', '1: “Type de tarif” ?'],
  ])('%s is refused as a whole', async (name, code, detail) => {
    const error = await readFixture(name).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ code, sent: false });
    const params = (error as ChannelError).params;
    expect(params).toEqual({ file: 'ventes.csv', ...(detail === null ? {} : { detail }) });
  });

  test('only dictionaries are a file without sales', async () => {
    expect(await readFixture('only-dictionaries')).toMatchObject({
      records: [],
      notes: [],
      lines: 9,
    });
  });
});

describe('a bad line is told with its number, and stops no other', () => {
  test.each<[name: string, refused: string[]]>([
    ['missing-column', [10, 11, 12, 13].map((line) => `${line}: external.line_columns 23 24`)],
    ['stray-separator', ['11: external.line_columns 25 24']],
    ['stray-quote', ['11: external.line_quote']],
    ['quote-never-closed', ['11: external.line_quote']],
    ['nul', ['11: external.line_bytes']],
    ['huge-line', ['11: external.line_long 70080 65536']],
    ['price-scientific', ['11: external.excel_number prix 4,4E1']],
    ['price-of-two-readings', ['11: external.unreadable_message prix 1.044,00']],
    ['price-missing', ['11: external.unreadable_message prix']],
    ['date-that-does-not-exist', ['11: external.unreadable_message date 31/02/2027 10:16']],
    ['date-without-time', ['11: external.unreadable_message date 05/01/2027']],
    ['ticket-scientific', ['11: external.excel_number billet 9,00000E+11']],
    ['ticket-missing', ['11: external.unreadable_message billet']],
    ['code-not-in-dictionary', ['11: external.code_not_listed 77 Categorie Client']],
    ['no-operation', ['11: external.unreadable_message operation']],
    ['operation-no-word', ['11: external.unreadable_message operation']],
    // Where an address stands in the price's column, it is not shown.
    ['contact-data-in-a-wrong-column', ['11: external.unreadable_message prix']],
  ])('%s', async (name, expected) => {
    const read = await readFixture(name);
    expect(refused(read)).toEqual(expected);
    const bad = expected.length;
    expect(messages(read)).toEqual(bad === 4 ? [] : messages(ORDINARY).filter((_, at) => at !== 1));
    for (const { received } of read.records) {
      if (!received.readable) expect(received.position).toMatch(/^file:[0-9a-f]{32}$/);
    }
  });

  test('the same line in another file is the same record', async () => {
    const text = bytesOf('price-scientific').toString('latin1');
    const positions = async (content: string): Promise<string[]> =>
      (await readBytes(Buffer.from(content, 'latin1'))).records.flatMap(({ received }) =>
        received.readable ? [] : [received.position],
      );
    const [once] = await positions(text);
    const lines = text.split('\r\n');
    const again = [...lines.slice(0, 9), ...lines.slice(10, 12), ...lines.slice(9, 10)];
    expect(await positions(again.join('\n'))).toEqual([once]);
    expect(await positions(text.replace('4,4E1', '4,5E1'))).not.toEqual([once]);
  });

  test('all that is wrong with a line is told', async () => {
    const text = bytesOf('price-scientific').toString('latin1').replace('05/01/2027 10:16', 'x');
    const read = await readBytes(Buffer.from(text.replace(';6;;ORCA', ';7;;ORCA'), 'latin1'));
    expect(refused(read)).toEqual([
      '11: external.unreadable_message date',
      '11: external.excel_number prix 4,4E1',
      '11: external.code_not_listed 7 Categorie Client',
    ]);
  });
});

describe('what is read generously', () => {
  test('prices with spaces between thousands, a point, none at all; below zero', async () => {
    const spaced = messages(await readFixture('price-with-spaces'));
    expect(spaced.map(({ priceMinor }) => priceMinor)).toEqual([104_400, 104_400, 2000, 4000]);
    expect(messages(await readFixture('price-zero'))[0]?.priceMinor).toBe(0);
    const [, negative] = messages(await readFixture('price-negative'));
    expect(negative).toMatchObject({ kind: 'sale', priceMinor: -4400 });
  });

  test('a narrow no-break space, the sign of the euro; the price of a cancellation', async () => {
    const text = bytesOf('utf-8').toString().replace('40,00\r', '1\u202f040,5 €\r');
    const read = await readBytes(Buffer.from(text.replace(/40,00\r\n$/, '-40,00')));
    const prices = messages(read).map(({ priceMinor }) => priceMinor);
    expect(prices).toEqual([104_050, 3000, 2000, 4000]);
  });

  test('the hour that comes twice is read with the earlier offset, and noted', async () => {
    const read = messages(await readFixture('hour-that-comes-twice'));
    expect(read.map((one) => [one.operationAt, one.operationAmbiguous]).slice(0, 2)).toEqual([
      ['2026-10-25T00:30:00.000Z', true],
      ['2026-10-25T00:30:15.000Z', true],
    ]);
  });

  test('every letter but V cancels, and those that nobody knows are noted', async () => {
    const read = await readFixture('other-letters');
    expect(messages(read).map(({ kind }) => kind)).toEqual([
      'sale',
      'cancellation',
      'sale',
      'cancellation',
    ]);
    const params = { letters: 'R, ANNULATION', line: 11 };
    expect(read.notes).toEqual([{ code: 'external.file_letters', params }]);
  });

  test('codes of a dictionary that is not there are taken as they are, with a note', async () => {
    const read = await readFixture('dictionary-missing');
    expect(messages(read)).toEqual(messages(ORDINARY));
    const params = { dictionary: 'Genre de Zone' };
    expect(read.notes).toEqual([{ code: 'external.file_dictionary', params }]);
  });

  test('a name that a spreadsheet would run stays the name it is', async () => {
    const [first, second] = messages(await readFixture('name-that-a-spreadsheet-runs'));
    expect(first).toMatchObject({ lastName: "=cmd|'/C calc'!A0", firstName: '+1+1' });
    expect(second).toMatchObject({ lastName: '@SUM(1)', firstName: '-2' });
  });
});

describe('what is kept', () => {
  test.each(NAMES)('of %s: no name, no contact data, the same layout', async (name) => {
    const read = await readFixture(name).catch(() => null);
    if (read === null) return;
    const excerpts = read.records.filter(({ received }) => !received.readable);
    expect(JSON.stringify([read.kept, excerpts, read.notes])).not.toMatch(CONTACT);
    expect(JSON.stringify([read.kept, excerpts, read.notes])).not.toMatch(PEOPLE);
    const original = bytesOf(name).toString(name.startsWith('utf-8') ? 'utf8' : 'latin1');
    const layout = (text: string): string[] =>
      text.split('\n').map((line) => line.replace(/[^;\r]/g, ''));
    const [kept, came] = [layout(read.kept), layout(original)];
    // What cannot be taken apart, or is too long, keeps its place only.
    const apart = ['nul', 'huge-line', 'quoted'].includes(name) ? [10, 9] : [];
    for (const at of apart) for (const side of [kept, came]) side[at] = '';
    expect(kept).toEqual(came);
  });

  test('dictionaries and what finds a ticket at the reseller stay readable', () => {
    expect(ORDINARY.kept).toContain(';Réduit;6\r\n');
    expect(ORDINARY.kept.split('\r\n')[9]).toBe(
      ';V;05/01/2027 10:15;;;10;44;;ORCA;;······;······;·····;······;;900000000001;;A;5;;;;;40,00',
    );
  });
});
