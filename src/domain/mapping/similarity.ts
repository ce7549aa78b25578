/** How alike two names are, as a person would see it: accents, case and punctuation put aside. */

const MARKS = /\p{M}+/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/** `Réduit (étudiant)` → `reduit etudiant`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replace(NEITHER_LETTER_NOR_DIGIT, ' ')
    .trim();
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const word of text.split(' ')) {
    const framed = ` ${word} `;
    for (let index = 0; index < framed.length - 1; index += 1) {
      const pair = framed.slice(index, index + 2);
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  }
  return pairs;
}

/** From 0 (nothing in common) to 1 (the same): shared pairs of letters within words. */
export function similarity(a: string, b: string): number {
  const one = folded(a);
  const other = folded(b);
  if (one === '' || other === '') return 0;
  if (one === other) return 1;
  const pairs = pairsOf(one);
  const others = pairsOf(other);
  let shared = 0;
  let total = 0;
  for (const [pair, count] of pairs) {
    shared += Math.min(count, others.get(pair) ?? 0);
    total += count;
  }
  for (const count of others.values()) total += count;
  return (2 * shared) / total;
}

/** The texts most like the given one, the best first; those less alike than `least` stay out. */
export function mostSimilar(
  text: string,
  among: Iterable<string>,
  most: number,
  least: number,
): string[] {
  const scored: { text: string; score: number }[] = [];
  for (const candidate of new Set(among)) {
    const score = similarity(text, candidate);
    if (score >= least) scored.push({ text: candidate, score });
  }
  scored.sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1));
  return scored.slice(0, most).map((one) => one.text);
}
