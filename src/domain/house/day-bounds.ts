/** Days of a house as instants: what a person means by "from Tuesday to Thursday". */
import { dayAfter } from '../access/business-day.ts';
import { toInstant } from './values.ts';

/**
 * @param from first day, `YYYY-MM-DD` local to the zone; null: any.
 * @param until last day, inclusive; null: any.
 * @returns ISO instants, the second exclusive; null where nothing bounds.
 */
export function dayBounds(
  from: string | null,
  until: string | null,
  timeZone: string,
): { from: string | null; until: string | null } {
  const midnight = (day: string): string | null => {
    const instant = toInstant(`${day}T00:00`, timeZone);
    // Before the year 1 and after 9999 nothing is kept, and no database reads such texts alike.
    return instant !== null && /^(?!0000)\d{4}-/.test(instant) ? instant : null;
  };
  return {
    from: from === null ? null : midnight(from),
    until: until === null ? null : midnight(dayAfter(until, 1)),
  };
}
