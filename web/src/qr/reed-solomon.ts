/** Arithmetic of QR codes: the field of 256 elements modulo x^8+x^4+x^3+x^2+1, and its codes. */
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value;
  EXP[power + 255] = value;
  LOG[value] = power;
  value = value << 1;
  if (value > 255) value ^= 0x11d;
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0);
}

/** The product of (x - 2^i), i below `degree`, without its leading 1. */
function generatorOf(degree: number): number[] {
  let result = [1];
  for (let i = 0; i < degree; i++) {
    const root = EXP[i] ?? 0;
    const next = [...result, 0];
    for (const [at, factor] of result.entries()) {
      next[at + 1] = (next[at + 1] ?? 0) ^ times(factor, root);
    }
    result = next;
  }
  return result.slice(1);
}

/** `count` bytes that let a reader find and mend what it misread of `data`. */
export function correctionOf(data: readonly number[], count: number): number[] {
  const generator = generatorOf(count);
  const rest = new Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [at, part] of generator.entries()) {
      rest[at] = (rest[at] ?? 0) ^ times(part, factor);
    }
  }
  return rest;
}

/** The word at `power` of 2: zero for each of a code's roots. For the test of this file. */
export function valueAt(word: readonly number[], power: number): number {
  return word.reduce((sum, byte) => times(sum, EXP[power] ?? 0) ^ byte, 0);
}
