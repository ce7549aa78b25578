/**
 * How mappings are written. Alternatives are joined by `|` (`0|44`), the parts of a key by `/`
 * (`OccCont/FNAC_P`). Where a value contains the separator it is escaped with a backslash, and a
 * backslash with another; any other backslash stands for itself, so that a person who types one
 * loses nothing.
 */

function split(text: string, separator: string): string[] {
  if (!text.includes('\\')) return text.split(separator);
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '\\' && (next === separator || next === '\\')) {
      part += next;
      index += 1;
    } else if (character === separator) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts;
}

function escapePart(part: string, separator: string): string {
  if (!part.includes('\\') && !part.includes(separator)) return part;
  return part.replaceAll('\\', '\\\\').replaceAll(separator, `\\${separator}`);
}

function join(parts: readonly string[], separator: string): string {
  if (parts.length === 1) return escapePart(parts[0] ?? '', separator);
  return parts.map((part) => escapePart(part, separator)).join(separator);
}

/** `0|44` → ['0', '44']. Always at least one value; an empty one is refused when saved. */
export function parseAlternatives(text: string): string[] {
  return split(text, '|');
}

/** The inverse of parseAlternatives for at least one value. */
export function printAlternatives(values: readonly string[]): string {
  return join(values, '|');
}

/** `OccCont/FNAC_P` → ['OccCont', 'FNAC_P']; the last part is the code, the others its parents. */
export function parseKey(text: string): string[] {
  return split(text, '/');
}

/** The inverse of parseKey for at least one part. */
export function printKey(path: readonly string[]): string {
  return join(path, '/');
}

/** The keys under which a path may be mapped, the most specific first: `A/B/C`, `B/C`, `C`. */
export function keysOf(path: readonly string[]): string[] {
  const keys: string[] = [];
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const part = escapePart(path[index] ?? '', '/');
    const shorter = keys[0];
    keys.unshift(shorter === undefined ? part : `${part}/${shorter}`);
  }
  return keys;
}

/** Whether `key` (a parsed key) names the object at `path`: it is the end of it. */
export function keyNames(key: readonly string[], path: readonly string[]): boolean {
  const offset = path.length - key.length;
  if (offset < 0) return false;
  for (let index = key.length - 1; index >= 0; index -= 1) {
    if (key[index] !== path[offset + index]) return false;
  }
  return true;
}
