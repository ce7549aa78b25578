/**
 * Builds the data-modifying parts of one statement for a whole batch: each table's rows travel as
 * one array per column and are unnested there. The text depends only on which tables have rows.
 */

type Value = string | number | boolean | null;

/** A column's value: of each row, or the same for all of them, which travels once. */
export type Column<Row> = readonly [
  name: string,
  type: string,
  value: ((row: Row) => Value) | { same: Value },
];

/** A column that has the same value in every row of the batch. */
export function same<Row>(name: string, type: string, value: Value): Column<Row> {
  return [name, type, { same: value }];
}

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
    const names = columns.map(([name]) => name).join(', ');
    const values = columns.map(([name, type, value]) => {
      if (typeof value !== 'function') return this.#scalar(type, value.same);
      return type === 'jsonb' ? `${name}::jsonb` : name;
    });
    const source = this.#unnest(columns, rows);
    this.#parts.push(
      `insert into ${table} (organisation_id, ${names}) ` +
        `select $1, ${values.join(', ')} from ${source} ${conflict}`,
    );
  }

  /**
   * Adds a part over rows: `make` gets the source to select from, `r` with every column, and may
   * return rows (`returning 1`) to be counted.
   */
  over<Row>(
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    make: (source: string) => string,
  ): void {
    if (rows.length === 0) return;
    const varying = columns.filter(([, , value]) => typeof value === 'function');
    const fixed = columns.flatMap(([name, type, value]) =>
      typeof value === 'function' ? [] : [`${this.#scalar(type, value.same)} as ${name}`],
    );
    const source = this.#unnest(varying, rows);
    this.#parts.push(
      make(fixed.length === 0 ? source : `(select *, ${fixed.join(', ')} from ${source}) as r`),
    );
  }

  #scalar(type: string, value: Value): string {
    this.params.push(value);
    return `$${this.params.length}::${type}`;
  }

  /** `unnest($2::bigint[], …) as r(id, …)`; jsonb travels as text. */
  #unnest<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
    const arrays: string[] = [];
    const names: string[] = [];
    for (const [name, type, value] of columns) {
      if (typeof value !== 'function') continue;
      this.params.push(arrayLiteral(rows, value));
      arrays.push(`$${this.params.length}::${type === 'jsonb' ? 'text' : type}[]`);
      names.push(name);
    }
    return `unnest(${arrays.join(', ')}) as r(${names.join(', ')})`;
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
function arrayLiteral<Row>(rows: readonly Row[], value: (row: Row) => Value): string {
  let text = '{';
  for (let index = 0; index < rows.length; index += 1) {
    const item = value(rows[index] as Row);
    if (index > 0) text += ',';
    if (item === null) text += 'NULL';
    else if (typeof item === 'string') text += quote(item);
    else text += item;
  }
  return `${text}}`;
}

function quote(text: string): string {
  const plain = !text.includes('"') && !text.includes('\\');
  return plain ? `"${text}"` : `"${text.replace(NEEDS_ESCAPE, '\\$&')}"`;
}
