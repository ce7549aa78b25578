/**
 * The table of every scene: heads that stay, widths that one sets (pointer or arrow keys) and that
 * are remembered, sorting where a column allows it, rows that open with a click or Enter, arrows
 * from row to row, and "more" at the end of a page.
 */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SheetHead } from './sheet-head.tsx';
import { SheetRow } from './sheet-row.tsx';
import { useWidths } from './sheet-widths.ts';

export interface SheetColumn<Row> {
  id: string;
  head: string;
  /** In pixels, until somebody sets another. */
  width: number;
  align?: 'left' | 'right';
  cell(row: Row): ReactNode;
  /** What it is sorted by; a column without it keeps the server's order. */
  sortBy?(row: Row): string | number;
}

export interface SheetProps<Row> {
  /** Widths are remembered under it. */
  name: string;
  /** What the table is, for who does not see it. */
  label: string;
  columns: readonly SheetColumn<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  open?(row: Row): void;
  /** The row that is open beside the table. */
  chosen?: string | null | undefined;
  more?: { has: boolean; isLoading: boolean; load(): void };
  heightMax?: string;
}

export interface SheetSort {
  column: string;
  isDown: boolean;
}

export function Sheet<Row>(props: SheetProps<Row>) {
  const { name, label, columns, rows, keyOf, open, chosen, more, heightMax } = props;
  const { t } = useTranslation();
  const [sort, setSort] = useState<SheetSort | null>(null);
  const [widths, setWidth] = useWidths(name, columns);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <section className="sheet" style={{ maxHeight: heightMax }} aria-label={label} tabIndex={0}>
        <table aria-label={label}>
          <colgroup>
            {columns.map(({ id }) => (
              <col key={id} style={{ width: widths[id] }} />
            ))}
          </colgroup>
          <SheetHead
            columns={columns}
            sort={sort}
            setSort={setSort}
            widths={widths}
            setWidth={setWidth}
          />
          <tbody>
            {sorted.map((row) => (
              <SheetRow
                key={keyOf(row)}
                row={row}
                columns={columns}
                open={open}
                isChosen={chosen === keyOf(row)}
              />
            ))}
          </tbody>
        </table>
      </section>
      {more?.has === true ? (
        <Button variant="default" mt="sm" loading={more.isLoading} onClick={more.load}>
          {t('act.more')}
        </Button>
      ) : null}
    </>
  );
}

function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly SheetColumn<Row>[],
  sort: SheetSort | null,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy;
  if (sort === null || sortBy === undefined) return rows;
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [sortBy(a), sortBy(b)];
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one).localeCompare(String(other), document.documentElement.lang);
  };
  const ascending = rows.toSorted(compare);
  return sort.isDown ? ascending.reverse() : ascending;
}
