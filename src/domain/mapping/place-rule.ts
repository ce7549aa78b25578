/**
 * How a reseller writes the rows or the seats of a block, where a rule says it and not a line for
 * each: a prefix, leading zeros, letter case.
 */

export type LetterCase = 'upper' | 'lower';

export interface PlaceRule {
  /** What the reseller writes before ours: `R` for our `12` written `R12`. */
  prefix: string;
  /** Digits the reseller pads a number to with zeros; null: zeros are left as they are. */
  digits: number | null;
  /** Digits of our own numbers; null: ours have no leading zeros. Only read when digits is set. */
  ourDigits: number | null;
  /** Case in which the reseller writes letters, and in which we do; null: as they are. */
  letterCase: LetterCase | null;
  ourLetterCase: LetterCase | null;
}

export const NO_RULE: PlaceRule = {
  prefix: '',
  digits: null,
  ourDigits: null,
  letterCase: null,
  ourLetterCase: null,
};

const NUMBER = /^(\D*)(\d+)(.*)$/s;

function padded(text: string, digits: number | null): string {
  const match = NUMBER.exec(text);
  if (match === null) return text;
  const [, before = '', number = '', after = ''] = match;
  const bare = number.replace(/^0+(?=\d)/, '');
  return `${before}${bare.padStart(digits ?? 0, '0')}${after}`;
}

function cased(text: string, letterCase: LetterCase | null): string {
  if (letterCase === null) return text;
  return letterCase === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

/** Our row or seat as the reseller writes it. */
export function placeToTheirs(ours: string, rule: PlaceRule): string {
  const number = rule.digits === null ? ours : padded(ours, rule.digits);
  return rule.prefix + cased(number, rule.letterCase);
}

/** The reseller's row or seat as we write it; null when it lacks the rule's prefix. */
export function placeToOurs(theirs: string, rule: PlaceRule): string | null {
  const start = theirs.slice(0, rule.prefix.length);
  if (start.toUpperCase() !== rule.prefix.toUpperCase()) return null;
  const rest = theirs.slice(rule.prefix.length);
  const number = rule.digits === null ? rest : padded(rest, rule.ourDigits);
  return cased(number, rule.ourLetterCase);
}
