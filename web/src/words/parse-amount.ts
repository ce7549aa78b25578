/** An amount as a person types it, in minor units. */

/** `12`, `12,50`, `12.5` and `1 250,00` are amounts; anything else is NaN. */
export function parseAmount(text: string, digits = 2): number {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const found = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(plain);
  if (found === null) return Number.NaN;
  const [, sign = '', whole = '', part = ''] = found;
  if (part.length > digits) return Number.NaN;
  const minor = Number(whole) * 10 ** digits + Number(part.padEnd(digits, '0') || '0');
  return sign === '-' ? -minor : minor;
}
