import { describe, expect, it } from 'vitest';
import { qrCode } from './qr-code.ts';
import { correctionOf, valueAt } from './reed-solomon.ts';

describe('correction bytes', () => {
  it('make a word that is zero at every root of its code', () => {
    const data = [64, 86, 134, 86, 198, 198, 242, 194, 4, 132, 20, 37, 34, 16, 236, 17];
    for (const count of [7, 10, 30]) {
      const word = [...data, ...correctionOf(data, count)];
      const values = Array.from({ length: count }, (_, power) => valueAt(word, power));
      expect(values).toEqual(new Array(count).fill(0));
    }
  });
});

/** Reads the bytes back: the walk of the standard, written from the corner's other side. */
function read(rows: readonly (readonly boolean[])[], count: number): string {
  const size = rows.length;
  const isPattern = (x: number, y: number): boolean =>
    x === 6 ||
    y === 6 ||
    (x < 9 && (y < 9 || y >= size - 8)) ||
    (x >= size - 8 && y < 9) ||
    (size > 21 && Math.abs(x - (size - 7)) <= 2 && Math.abs(y - (size - 7)) <= 2);
  const bits: number[] = [];
  const pairs = Array.from({ length: (size - 1) / 2 }, (_, at) => size - 1 - 2 * at);
  for (const [at, column] of pairs.entries()) {
    const right = column <= 6 ? column - 1 : column;
    for (let step = 0; step < size; step++) {
      const y = at % 2 === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (isPattern(x, y)) continue;
        bits.push(Number(rows[y]?.[x] === true) ^ Number((x + y) % 2 === 0));
      }
    }
  }
  const number = (from: number, length: number): number =>
    bits.slice(from, from + length).reduce((sum, bit) => sum * 2 + bit, 0);
  expect(number(0, 4)).toBe(4);
  expect(number(4, 8)).toBe(count);
  return String.fromCharCode(
    ...Array.from({ length: count }, (_, index) => number(12 + index * 8, 8)),
  );
}

describe('a QR code', () => {
  it.each([1, 17, 18, 53, 78, 106])('of %i bytes reads back as its text', (length) => {
    const text = 'otpauth://totp/Parterre:ada?secret=GEZDGNBVGY3TQOJQ'.repeat(3).slice(0, length);
    expect(read(qrCode(text), length)).toBe(text);
  });

  it('grows with its text, and refuses one that is too long', () => {
    expect(qrCode('a'.repeat(17)).length).toBe(21);
    expect(qrCode('a'.repeat(18)).length).toBe(25);
    expect(qrCode('a'.repeat(367)).length).toBe(65);
    expect(() => qrCode('a'.repeat(368))).toThrow(RangeError);
  });
});
