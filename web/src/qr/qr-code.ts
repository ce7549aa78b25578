/**
 * A text as a QR code (ISO/IEC 18004): bytes, correction level L, which is enough on a screen, in
 * the smallest of the versions 1 to 12 (up to 367 bytes). Always mask 0: readers take any mask.
 */
import { correctionOf } from './reed-solomon.ts';

/** Of level L, by version: all data bytes, correction bytes of a block, blocks. */
const VERSIONS: readonly (readonly [data: number, correction: number, blocks: number])[] = [
  [19, 7, 1],
  [34, 10, 1],
  [55, 15, 1],
  [80, 20, 1],
  [108, 26, 1],
  [136, 18, 2],
  [156, 20, 2],
  [194, 24, 2],
  [232, 30, 2],
  [274, 18, 4],
  [324, 20, 4],
  [370, 24, 4],
];

/** Rows of squares, true where it is dark; without the margin. Throws RangeError. */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = [...new TextEncoder().encode(text)];
  const index = VERSIONS.findIndex(([data], at) => bytes.length + (at < 9 ? 2 : 3) <= data);
  const [data, correction, blocks] = VERSIONS[index] ?? [0, 0, 0];
  if (index < 0) throw new RangeError('The text is too long for a QR code.');
  const version = index + 1;
  const words = padded(bytes, version, data);
  return drawn(version, interleaved(words, correction, blocks));
}

/** Mode, length, bytes, end, and padding up to `size`. */
function padded(bytes: readonly number[], version: number, size: number): number[] {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, size * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  for (let pad = 0xec; bits.length < size * 8; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: size }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
  );
}

/** Blocks one byte each in turn, the shorter blocks first; then their correction bytes. */
function interleaved(words: readonly number[], correction: number, count: number): number[] {
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const blocks: number[][] = [];
  let from = 0;
  for (let at = 0; at < count; at++) {
    const size = short + (at >= count - longer ? 1 : 0);
    blocks.push(words.slice(from, from + size));
    from += size;
  }
  const inTurn = (of: readonly number[][], length: number): number[] =>
    Array.from({ length }, (_, at) => of.flatMap((block) => block.slice(at, at + 1))).flat();
  const mended = blocks.map((block) => correctionOf(block, correction));
  return [...inTurn(blocks, short + 1), ...inTurn(mended, correction)];
}

/** Squares so far: null is still free for data. */
type Board = (boolean | null)[][];

function drawn(version: number, words: readonly number[]): boolean[][] {
  const size = 17 + 4 * version;
  const board: Board = Array.from({ length: size }, () => new Array<null>(size).fill(null));
  drawPatterns(board, version);
  drawFormat(board, version);
  drawWords(board, words);
  return board.map((row) => row.map((dark) => dark === true));
}

function set(board: Board, x: number, y: number, dark: boolean): void {
  const row = board[y];
  if (row !== undefined && x >= 0 && x < row.length) row[x] = dark;
}

/** Rings around a centre: dark but for those at `light` distances. */
function ring(board: Board, x: number, y: number, reach: number, light: readonly number[]): void {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const distance = Math.max(Math.abs(dx), Math.abs(dy));
      set(board, x + dx, y + dy, !light.includes(distance));
    }
  }
}

function drawPatterns(board: Board, version: number): void {
  const size = board.length;
  for (let at = 0; at < size; at++) {
    set(board, at, 6, at % 2 === 0);
    set(board, 6, at, at % 2 === 0);
  }
  const corners = [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const;
  for (const [x, y] of corners) ring(board, x, y, 4, [2, 4]);
  const places = alignments(version);
  const last = places.length - 1;
  for (const [i, x] of places.entries()) {
    for (const [j, y] of places.entries()) {
      const isCorner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
      if (!isCorner) ring(board, x, y, 2, [1]);
    }
  }
}

/** Lines on which the small squares stand; of versions up to 12. */
function alignments(version: number): number[] {
  const end = 10 + 4 * version;
  if (version === 1) return [];
  return version < 7 ? [6, end] : [6, (6 + end) / 2, end];
}

/** Remainder of `value`, already shifted, by a polynomial: the guard of formats and versions. */
function guard(value: number, polynomial: number, bits: number): number {
  let rest = value;
  for (let bit = 20; bit >= bits; bit--) {
    if ((rest >> bit) & 1) rest ^= polynomial << (bit - bits);
  }
  return value | rest;
}

function drawFormat(board: Board, version: number): void {
  const size = board.length;
  // Level L is 01, the mask 000.
  const format = guard(0b01000 << 10, 0b10100110111, 10) ^ 0b101010000010010;
  for (let bit = 0; bit < 15; bit++) {
    const dark = ((format >> bit) & 1) === 1;
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
    set(board, 8, along, dark);
    const across = bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit;
    set(board, across, 8, dark);
  }
  set(board, 8, size - 8, true);
  if (version < 7) return;
  const told = guard(version << 12, 0b1111100100101, 12);
  for (let bit = 0; bit < 18; bit++) {
    const dark = ((told >> bit) & 1) === 1;
    const [a, b] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(board, a, b, dark);
    set(board, b, a, dark);
  }
}

/** Two columns at a time, from the right, up and down in turn; column 6 is the dotted line. */
function drawWords(board: Board, words: readonly number[]): void {
  const size = board.length;
  let at = 0;
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (board[y]?.[x] !== null) continue;
        const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        at++;
        set(board, x, y, (bit === 1) !== ((x + y) % 2 === 0));
      }
    }
    isUp = !isUp;
  }
}
