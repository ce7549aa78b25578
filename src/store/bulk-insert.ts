/**
 * Builds the data-modifying parts of one statement for a whole batch: each table's rows travel as
 * one array per column and are unnested there. The text depends only on which tables have rows.
 */

type Value = string | number | boolean | null;

export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => Value];

export class Statement {
  readonly params: unknown[] = [];
  readonly #parts: string[] = [];

  constructor(organisationId: number | null) {
    this.params.push(organisationId);
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** Appends rows to a table; nothing when there are none. */
  insert<Row>(
    table: string,
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    conflict = '',
  ): void {
    if (rows.length === 0) return;
    const source = this.unnest(columns, rows);
    const names = columns.map(([name]) => name).join(', ');
    const values = columns.map(([name, type]) => (type === 'jsonb' ? `${name}::jsonb` : name));
    this.#parts.push(
      `insert into ${table} (organisation_id, ${names}) ` +
        `select $1, ${values.join(', ')} from ${source} ${conflict}`,
    );
  }

  /** Adds a part over rows: `make` gets the source to select from. */
  over<Row>(
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    make: (source: string) => string,
  ): void {
    if (rows.length === 0) return;
    this.#parts.push(make(this.unnest(columns, rows)));
  }

  /** `unnest($2::bigint[], …) as r(id, …)`; jsonb travels as text. */
  unnest<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
    const arrays: string[] = [];
    for (const [, type, value] of columns) {
      const array = new Array<Value>(rows.length);
      for (let index = 0; index < rows.length; index += 1) array[index] = value(rows[index] as Row);
      this.params.push(arrayLiteral(array));
      arrays.push(`$${this.params.length}::${type === 'jsonb' ? 'text' : type}[]`);
    }
    return `unnest(${arrays.join(', ')}) as r(${columns.map(([name]) => name).join(', ')})`;
  }

  /** One statement: every part but the last as a common table expression. */
  get text(): string {
    const last = this.#parts.at(-1) ?? 'select';
    const before = this.#parts.slice(0, -1);
    if (before.length === 0) return last;
    const named = before.map((part, index) => `w${index} as (${part})`);
    return `with ${named.join(', ')} ${last}`;
  }
}

const NEEDS_ESCAPE = /["\\]/g;

/** PostgreSQL's text form of a one-dimensional array: strings quoted, quotes escaped. */
function arrayLiteral(values: readonly Value[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as Value;
    if (index > 0) text += ',';
    if (value === null) text += 'NULL';
    else if (typeof value === 'string') text += `"${escapeText(value)}"`;
    else text += String(value);
  }
  return `${text}}`;
}

function escapeText(value: string): string {
  return value.includes('"') || value.includes('\\') ? value.replace(NEEDS_ESCAPE, '\\$&') : value;
}
