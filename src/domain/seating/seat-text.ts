/**
 * A seat in writing: `Layout/Area/Block/Row/Number`. An empty block stays empty
 * (`Away/Loges//B/64`). A slash or backslash inside a code is escaped with a backslash, so that
 * what is printed is always read back as it was.
 */

export interface SeatPlace {
  layout: string;
  area: string;
  /** '' for the unnamed block of an area. */
  block: string;
  row: string;
  number: string;
}

/** Cuts a text at its slashes; a backslash keeps the next character from cutting. */
export function splitPath(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && index + 1 < text.length) {
      index += 1;
      part += text.charAt(index);
    } else if (character === '/') {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts;
}

/** Null when the text has not five parts, or when layout, area or number is empty. */
export function parseSeat(text: string): SeatPlace | null {
  const [layout, area, block, row, number, ...rest] = splitPath(text.trim());
  if (number === undefined || rest.length > 0) return null;
  if (!layout || !area || block === undefined || row === undefined || number === '') return null;
  return { layout, area, block, row, number };
}

export function printSeat(place: SeatPlace): string {
  const { layout, area, block, row, number } = place;
  return [layout, area, block, row, number].map(escapePart).join('/');
}

function escapePart(part: string): string {
  return /[\\/]/.test(part) ? part.replaceAll(/[\\/]/g, '\\$&') : part;
}
