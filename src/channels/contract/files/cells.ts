import { parse } from 'csv-parse/sync';

export interface Cells {
  /** What the cells say, without quotation marks. */
  values: readonly string[];
  /** The same cells as they stand in the line: joined by the separator they are the line. */
  raw: readonly string[];
}

/**
 * The cells of one line; null where a quotation mark opens or closes at no border of a cell, so
 * that nobody can tell where the cell ends.
 */
export function splitCells(line: string, separator: string): Cells | null {
  if (!line.includes('"')) {
    const raw = line.split(separator);
    return { values: raw, raw };
  }
  const values = parseQuoted(line, separator);
  if (values === null) return null;
  const raw: string[] = [];
  let at = 0;
  for (const value of values) {
    const cell = line[at] === '"' ? `"${value.replaceAll('"', '""')}"` : value;
    raw.push(cell);
    at += cell.length + separator.length;
  }
  return raw.join(separator) === line ? { values, raw } : null;
}

function parseQuoted(line: string, separator: string): string[] | null {
  try {
    const rows: string[][] = parse(line, {
      delimiter: separator,
      relax_column_count: true,
      record_delimiter: '\n',
    });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** A `·` for each character: layout and line numbers stay, nothing else. */
export function blanked(text: string): string {
  return text === '' ? '' : '·'.repeat(text.length);
}
