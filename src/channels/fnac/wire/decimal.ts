/**
 * Amounts travel as decimals and become whole minor units by their digits alone: a float would
 * make 4,350.15 into 435,014 cents. The wire is read generously (`44`, `44.0`, `44.000`, ` 44.00 `,
 * `+44`, `-44.00`); what has another form (`44,00`, `4.4E1`, `€44`) is refused, never guessed.
 */

const PLAIN = /^([+-]?)(\d{1,12})(?:\.(\d+))?$/;
const CACHE_MAX = 4_096;
const EXPONENTS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  KWD: 3,
  TND: 3,
};

/** How many digits the minor unit of a currency (ISO 4217) has. */
export function minorDigits(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

const known = new Map<string, number | null>();

/**
 * Minor units of a decimal text, null when it is not one or has digits below the minor unit.
 * A journal repeats a few prices thousands of times, so readings are remembered.
 */
export function toMinor(text: string, digits: number): number | null {
  const key = digits === 2 ? text : `${digits}:${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const minor = readMinor(text.trim(), digits);
  if (known.size >= CACHE_MAX) known.clear();
  known.set(key, minor);
  return minor;
}

function readMinor(text: string, digits: number): number | null {
  const match = PLAIN.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  // Zeros behind the minor unit carry nothing; another digit there would be lost.
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === '-' && minor !== 0 ? -minor : minor;
}
