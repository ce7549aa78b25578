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
  const midnight = (day: string): string | null => toInstant(`${day}T00:00`, timeZone);
  return {
    from: from === null ? null : midnight(from),
    until: until === null ? null : midnight(dayAfter(until, 1)),
  };
}
