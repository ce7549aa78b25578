import { expect, test } from 'vitest';
import { ChannelError } from '../errors.ts';
import { blanked, splitCells } from './cells.ts';
import type { FileLine } from './lines.ts';
import { LINE_BYTES_MAX, readLines } from './lines.ts';

/** As a reader that uses the same memory for each piece. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

async function linesOf(bytes: Uint8Array, size = bytes.length + 1): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for await (const some of readLines(inPieces(bytes, size), 'f.csv')) lines.push(...some);
  return lines;
}

const MIXED = Buffer.concat([
  Buffer.from('one\r\ntwo\n\n'),
  Buffer.from([0x4e, 0x6f, 0xeb, 0x80, 0x0a]),
  Buffer.from('Noë'),
]);

test.each([1, 2, 3, 5, 64])('in pieces of %i bytes the lines are the same', async (size) => {
  const lines = await linesOf(MIXED, size);
  expect(lines.map(({ number, text, ending, charset }) => [number, text, ending, charset])).toEqual(
    [
      [1, 'one', '\r\n', 'ascii'],
      [2, 'two', '\n', 'ascii'],
      [3, '', '\n', 'ascii'],
      [4, 'Noë€', '\n', 'windows-1252'],
      [5, 'Noë', '', 'utf-8'],
    ],
  );
});

test('a mark of UTF-8 is no part of the first line', async () => {
  expect((await linesOf(Buffer.from('\ufeffa\n'), 1)).map(({ text }) => text)).toEqual(['a']);
  expect((await linesOf(Buffer.from('\ufeff'))).map(({ text }) => text)).toEqual([]);
});

test.each([
  ['UTF-16', Buffer.from('\ufeffType', 'utf16le')],
  ['ZIP, XLSX', Buffer.from('PK\u0003\u0004rest')],
])('what is %s is refused as a whole', async (detail, bytes) => {
  const error = await linesOf(bytes, 2).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ChannelError);
  expect(error).toMatchObject({
    code: 'external.file_format',
    params: { file: 'f.csv', detail },
    sent: false,
  });
});

test('a NUL, a lone return and no sign of Windows-1252 damage their own line', async () => {
  const bytes = Buffer.from('a\u0000b\nc\rd\n\u0081\ne\tf\n', 'latin1');
  const lines = await linesOf(bytes, 3);
  expect(lines.map(({ text, fault }) => [text, fault?.code ?? null])).toEqual([
    ['', 'external.line_bytes'],
    ['', 'external.line_bytes'],
    ['', 'external.line_bytes'],
    ['e\tf', null],
  ]);
});

test('a huge line is counted, not held, and the next one is whole', async () => {
  const huge = 'x'.repeat(LINE_BYTES_MAX + 1);
  const bytes = Buffer.from(`a\n${huge}\nb\n${'y'.repeat(LINE_BYTES_MAX)}\n`);
  for (const size of [1_000, bytes.length]) {
    const lines = await linesOf(bytes, size);
    expect(lines.map(({ fault }) => fault)).toEqual([
      null,
      {
        code: 'external.line_long',
        params: { size: LINE_BYTES_MAX + 1, limit: LINE_BYTES_MAX },
      },
      null,
      null,
    ]);
    expect(lines[2]?.text).toBe('b');
    expect(lines[1]?.digest()).toBe((await linesOf(Buffer.from(huge)))[0]?.digest());
    expect(lines[1]?.digest()).not.toBe(lines[2]?.digest());
  }
});

test('cells: quoted ones are read and stay as they stand; a stray mark is told', () => {
  expect(splitCells('a;;b', ';')).toEqual({ values: ['a', '', 'b'], raw: ['a', '', 'b'] });
  expect(splitCells('a;"b;""c""";', ';')).toEqual({
    values: ['a', 'b;"c"', ''],
    raw: ['a', '"b;""c"""', ''],
  });
  for (const stray of ['a;b"c;d', 'a;"b;c', '"a"b;c', '"']) {
    expect(splitCells(stray, ';'), stray).toBeNull();
  }
  expect(blanked('Noë')).toBe('···');
});
