/**
 * Cron's five fields: minute, hour, day of month, month, day of week. Written here because domain
 * imports no library, and because what a clock change does to a local time is ours to say.
 */

export interface Cron {
  /** Minutes of the day at which it fires, ascending. */
  readonly minutes: readonly number[];
  /** Whether it fires on this day; weekday 1 is Monday, 7 is Sunday. */
  matches(day: { month: number; day: number; dayOfWeek: number }): boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  from: number;
  to: number;
  /** What the numbers are called, from `from` on. */
  names?: readonly string[];
}

const FIELDS: readonly [Field, Field, Field, Field, Field] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: MONTHS },
  // 7 is Sunday too.
  { from: 0, to: 7, names: WEEKDAYS },
];

/** Null when the text is no cron expression, or one that can never fire. */
export function parseCron(text: string): Cron | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) return null;
  const sets: Set<number>[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const set = parseField((parts[index] ?? '').toLowerCase(), field);
    if (set === null) return null;
    sets.push(set);
  }
  const [minutes, hours, days, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  if (weekdays.has(7)) weekdays.add(0);
  const anyDay = parts[2]?.startsWith('*') === true;
  const anyWeekday = parts[4]?.startsWith('*') === true;
  if (anyWeekday && !everComes(days, months)) return null;
  return {
    minutes: [...hours]
      .sort((a, b) => a - b)
      .flatMap((hour) => [...minutes].sort((a, b) => a - b).map((minute) => hour * 60 + minute)),
    matches({ month, day, dayOfWeek }) {
      if (!months.has(month)) return false;
      const ofMonth = days.has(day);
      const ofWeek = weekdays.has(dayOfWeek % 7);
      // Cron's own rule: where both are limited, one of them is enough.
      return anyDay || anyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek;
    },
  };
}

/** 31 February never comes. */
function everComes(days: ReadonlySet<number>, months: ReadonlySet<number>): boolean {
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const first = Math.min(...days);
  return [...months].some((month) => first <= (longest[month - 1] ?? 0));
}

/** `*`, `5`, `1-5`, `* /15` (without the space), `1-31/2`, names, and lists of them. */
function parseField(text: string, field: Field): Set<number> | null {
  const set = new Set<number>();
  for (const item of text.split(',')) {
    const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,4}))?$/.exec(item);
    if (match === null) return null;
    const [, first = '', last, every] = match;
    const step = every === undefined ? 1 : Number(every);
    if (step < 1 || (first === '*' && last !== undefined)) return null;
    const from = first === '*' ? field.from : numberOf(first, field);
    const to = endOf(first, last, every, field);
    if (from === null || to === null || from > to) return null;
    for (let value = from; value <= to; value += step) set.add(value);
  }
  return set;
}

function endOf(
  first: string,
  last: string | undefined,
  every: string | undefined,
  field: Field,
): number | null {
  if (last !== undefined) return numberOf(last, field);
  // `*` of the weekdays is Sunday to Saturday, not Sunday twice; `5/10` goes on to the end.
  const end = field.to === 7 ? 6 : field.to;
  return first === '*' || every !== undefined ? end : numberOf(first, field);
}

function numberOf(text: string, { from, to, names }: Field): number | null {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + from;
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= from && value <= to ? value : null;
}
