import type { SheetName } from './file.ts';

/** Where in the file: the list, the line's index from 0, the key (dotted inside objects). */
export interface Place {
  sheet: SheetName | 'organisation' | 'file';
  line: number | null;
  key: string | null;
}

/** What is wrong, and what cures it. `code` is stable; the sentences are for people. */
export interface HouseProblem extends Place {
  code: string;
  message: string;
  cure: string;
}

/** What a person should know although nothing is wrong: moves, wishes, seats that stay. */
export interface HouseNote extends Place {
  code: string;
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
