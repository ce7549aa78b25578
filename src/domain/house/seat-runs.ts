/** Runs of rows and numbers, as a person writes them: `A-F`, `1-40`, `1-39/2`, `B01-B20`, `A,C`. */

export type RunResult = { values: string[] } | { fault: string };

/** Longest run: a larger one is a slip of the pen. */
const LONGEST = 5_000;

const RANGE = /^(.*?)(\d+)-(.*?)(\d+)(?:\/(\d+))?$/;
const LETTERS = /^(\p{L})-(\p{L})(?:\/(\d+))?$/u;

/** All values of a run; a part without a range stands for itself. */
export function expandRun(run: string): RunResult {
  const values: string[] = [];
  for (const part of run.split(',').map((piece) => piece.trim())) {
    if (part === '') return { fault: 'there is an empty part between two commas' };
    const expanded = expandPart(part);
    if ('fault' in expanded) return expanded;
    values.push(...expanded.values);
    if (values.length > LONGEST) return { fault: `a run has at most ${LONGEST} values` };
  }
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? { values } : { fault: `${twice} comes twice` };
}

function expandPart(part: string): RunResult {
  const letters = LETTERS.exec(part);
  if (letters) return expandLetters(letters);
  const range = RANGE.exec(part);
  if (range === null) {
    return /\/\d+$/.test(part) ? { fault: `${part} has a step and no range` } : { values: [part] };
  }
  const [, prefix = '', from = '', prefixAgain = '', to = '', step = '1'] = range;
  if (prefixAgain !== '' && prefixAgain !== prefix) return { values: [part] };
  const width = from.startsWith('0') ? from.length : 0;
  return count(Number(from), Number(to), Number(step), (value) => {
    return prefix + String(value).padStart(width, '0');
  });
}

function expandLetters([, from = '', to = '', step = '1']: RegExpExecArray): RunResult {
  const first = from.codePointAt(0) ?? 0;
  return count(first, to.codePointAt(0) ?? 0, Number(step), (value) => String.fromCodePoint(value));
}

/** From `first` to `last`, upwards or downwards. */
function count(
  first: number,
  last: number,
  step: number,
  write: (value: number) => string,
): RunResult {
  if (step === 0) return { fault: 'a step is at least 1' };
  const length = Math.floor(Math.abs(last - first) / step) + 1;
  if (length > LONGEST) return { fault: `a run has at most ${LONGEST} values` };
  const direction = last < first ? -step : step;
  return { values: Array.from({ length }, (_, index) => write(first + index * direction)) };
}

/**
 * The values that a run selects among those that exist: a value that exists is taken literally
 * (a row may be called `A-1`), else the part is expanded. Values of a range that do not exist are
 * passed over, because rows of one block differ in length; a single value must exist.
 */
export function selectRun(run: string, existing: ReadonlySet<string>): RunResult {
  const values = new Set<string>();
  for (const part of run.split(',').map((piece) => piece.trim())) {
    if (existing.has(part)) {
      values.add(part);
      continue;
    }
    const expanded = expandRun(part);
    if ('fault' in expanded) return expanded;
    const found = expanded.values.filter((value) => existing.has(value));
    if (found.length === 0) return { fault: `there is no ${part} here` };
    for (const value of found) values.add(value);
  }
  return { values: [...values] };
}
