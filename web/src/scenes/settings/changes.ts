/** What a line of the journal changed, field by field. */

export interface Change {
  /** Of the field; empty: the whole thing. */
  name: string;
  /** Null: it was not there. */
  was: string | null;
  is: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Fields that are the same are left out. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  if (old === null && next === null) {
    const change = { name: '', was: textOf(before), is: textOf(after) };
    return change.was === change.is ? [] : [change];
  }
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])];
  return names
    .map((name) => ({ name, was: textOf(old?.[name]), is: textOf(next?.[name]) }))
    .filter(({ was, is }) => was !== is);
}
