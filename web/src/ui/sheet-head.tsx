/** The heads of a table: sorting by a button, the width by a grip that also takes arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetColumn, SheetSort } from './sheet.tsx';

const STEP_PX = 16;

interface HeadProps<Row> {
  columns: readonly SheetColumn<Row>[];
  sort: SheetSort | null;
  setSort(sort: SheetSort | null): void;
  widths: Readonly<Record<string, number>>;
  setWidth(id: string, width: number): void;
}

export function SheetHead<Row>({ columns, sort, setSort, widths, setWidth }: HeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            data-align={column.align}
            aria-sort={ariaSort(column.id, sort)}
          >
            {column.sortBy === undefined ? (
              column.head
            ) : (
              <SortButton column={column} sort={sort} setSort={setSort} />
            )}
            <Grip
              head={column.head}
              width={widths[column.id] ?? column.width}
              setWidth={(width) => setWidth(column.id, width)}
            />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort(id: string, sort: SheetSort | null): 'ascending' | 'descending' | undefined {
  if (sort?.column !== id) return undefined;
  return sort.isDown ? 'descending' : 'ascending';
}

function SortButton({
  column,
  sort,
  setSort,
}: {
  column: { id: string; head: string };
  sort: SheetSort | null;
  setSort(sort: SheetSort | null): void;
}) {
  const isOn = sort?.column === column.id;
  // Up, down, and back to the order of the server.
  const next = !isOn
    ? { column: column.id, isDown: false }
    : sort.isDown
      ? null
      : { ...sort, isDown: true };
  return (
    <button type="button" className="sheet-sort" onClick={() => setSort(next)}>
      {column.head}
      <span aria-hidden>{isOn ? (sort.isDown ? ' ↓' : ' ↑') : ''}</span>
    </button>
  );
}

function Grip(of: { head: string; width: number; setWidth(width: number): void }) {
  const { t } = useTranslation();
  const { head, width, setWidth } = of;
  const drag = (event: PointerEvent<HTMLSpanElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setWidth(width + event.movementX);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    setWidth(width + (event.key === 'ArrowRight' ? STEP_PX : -STEP_PX));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that is moved is no <hr>.
    <span
      className="sheet-grip"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('sheet.width', { column: head })}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
