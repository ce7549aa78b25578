/** Money as people type it: `1234.50`, `1 234,50`, `1'234.50`, `1.234,50`, `-44,00`. */

const GROUPS = /[\s\u00a0\u202f'’]/g;

/**
 * Minor units of a typed amount; null where it is none, or where it could be read in two ways.
 * The decimal sign is a point or a comma. A sign that stands once before three digits (`1.234`)
 * could part thousands or decimals: it is refused rather than guessed. `digits` is how many
 * decimals the currency has; fewer may be typed, more may not.
 */
export function parseAmount(text: string, digits: number): number | null {
  const match = /^\s*([-+−]?)\s*([\d.,\s\u00a0\u202f'’]+?)\s*$/.exec(text);
  const body = match?.[2];
  if (body === undefined) return null;
  const parted = partAt(body);
  if (parted === null) return null;
  const { whole, fraction } = parted;
  if (fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return match?.[1] === '-' || match?.[1] === '−' ? 0 - minor : minor;
}

function partAt(body: string): { whole: string; fraction: string } | null {
  const signs = body.match(/[.,]/g) ?? [];
  const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  const kinds = new Set(signs);
  const isDecimal = signs.length > 0 && signs.filter((sign) => sign === body[last]).length === 1;
  const head = isDecimal ? body.slice(0, last) : body;
  const fraction = isDecimal ? body.slice(last + 1) : '';
  if (isDecimal && !/^\d+$/.test(fraction)) return null;
  // One sign alone, three digits after it: thousands or decimals, nobody knows.
  if (isDecimal && kinds.size === 1 && fraction.length === 3) return null;
  // A repeated sign can only part thousands.
  if (!isDecimal && kinds.size > 1) return null;
  const grouped = head.replace(GROUPS, '.').replaceAll(',', '.');
  if (!/^\d+$/.test(grouped) && !/^\d{1,3}(\.\d{3})+$/.test(grouped)) return null;
  return { whole: grouped.replaceAll('.', ''), fraction };
}
