import type { MappingFaultCode } from '../mapping/check-mappings.ts';
import type { SheetName } from './file.ts';

/** Where in the file: the list, the line's index from 0, the key (dotted inside objects). */
export interface Place {
  sheet: SheetName | 'organisation' | 'file';
  line: number | null;
  key: string | null;
}

/** Why a file is refused; docs/house-file.md says each of them. */
export const HOUSE_PROBLEMS = [
  'house.account',
  'house.account_shared',
  'house.amount',
  'house.area_kind',
  'house.at_reseller',
  'house.calendar',
  'house.capacity_in_use',
  'house.category_kind',
  'house.companion',
  'house.configuration_in_use',
  'house.contingent_channels',
  'house.counter_kind',
  'house.duplicate',
  'house.exists',
  'house.fixed',
  'house.history',
  'house.in_use',
  'house.interface',
  'house.no_performances',
  'house.no_seat',
  'house.other_organisation',
  'house.other_reference',
  'house.over_capacity',
  'house.over_gauge',
  'house.reference',
  'house.run',
  'house.secrets_again',
  'house.seat_twice',
  'house.settings',
  'house.state',
  'house.structure',
  'house.time_zone',
  'house.unreadable',
  'house.window',
  'house.workbook',
  'product.not_sellable',
] as const;

export type HouseProblemCode = (typeof HOUSE_PROBLEMS)[number] | MappingFaultCode;

/** What a person should know of a load that is not refused. */
export const HOUSE_NOTES = [
  'house.gone',
  'house.move_applied',
  'house.move_listed',
  'house.seats_stay',
  'house.seats_wished',
] as const;

export type HouseNoteCode = (typeof HOUSE_NOTES)[number];

/** What is wrong, and what cures it. `code` is stable; the sentences are for people. */
export interface HouseProblem extends Place {
  code: HouseProblemCode;
  message: string;
  cure: string;
}

/** What a person should know although nothing is wrong: moves, wishes, seats that stay. */
export interface HouseNote extends Place {
  code: HouseNoteCode;
  message: string;
}

/** The place as a JSON pointer: `/prices/3/amount`. */
export function pointerOf(place: Place): string {
  const key = place.key === null ? [] : place.key.split('.');
  if (place.sheet === 'file') return key.length > 0 ? `/${key.join('/')}` : '/';
  const line = place.line === null ? [] : [String(place.line)];
  return `/${[place.sheet, ...line, ...key].join('/')}`;
}

/** One fault met many times in one place (a quota beyond 300 performances' zones) is one line. */
export function foldProblems(problems: readonly HouseProblem[]): HouseProblem[] {
  const groups = Map.groupBy(problems, ({ sheet, line, key, code }) =>
    JSON.stringify([sheet, line, key, code]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.filter(({ message }) => message !== first.message).length;
    if (more === 0) return [first];
    return [{ ...first, message: `${first.message} (And ${more} more like it.)` }];
  });
}
