/**
 * The reseller's numbers: they follow from the seed and from how long the books are, so that the
 * same steps give the same numbers, and no number comes twice.
 */

/** Twelve digits: four from the seed, eight counted. */
export function ticketNumber(seed: number, count: number): string {
  return `${seedDigits(seed)}${String(count + 1).padStart(8, '0')}`;
}

export function orderNumber(seed: number, lines: number): string {
  return `C${seedDigits(seed)}${String(lines + 1).padStart(7, '0')}`;
}

/** Whole and rising with the journal. */
export function operationNumber(seed: number, lines: number): string {
  return String((seed % 900) * 10_000_000 + 1_000_000 + lines);
}

// Coprime with 10^9, so counting through all residues meets each once.
const STEP = 613_651_369n;
const SPACE = 1_000_000_000n;

/** Thirteen digits that look random: four from the seed, nine scattered over their whole space. */
export function barcodeNumber(seed: number, count: number): string {
  const scattered = (BigInt(count + 1) * STEP + BigInt(seed)) % SPACE;
  return `${seedDigits(seed + 4321)}${scattered.toString().padStart(9, '0')}`;
}

const LAST_NAMES = [
  'Martin',
  'Bernard',
  "N'Diaye",
  'Lefèvre',
  'Müller',
  'Rossi',
  'García',
  'Œuvrard',
];
const FIRST_NAMES = ['Camille', 'Noé', 'Zoë', 'Inès', 'Jürg', 'Chloé', 'Anaïs', 'Louis', 'Maëlle'];

export function nameOf(seed: number, count: number): { lastName: string; firstName: string } {
  const number = Math.abs(Math.trunc(seed)) + count;
  return {
    lastName: LAST_NAMES[number % LAST_NAMES.length] ?? 'Martin',
    firstName: FIRST_NAMES[Math.trunc(number / 3) % FIRST_NAMES.length] ?? 'Camille',
  };
}

function seedDigits(seed: number): string {
  return String(Math.abs(Math.trunc(seed)) % 10_000).padStart(4, '0');
}
