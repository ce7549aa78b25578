/** A row: where it opens something, a click or Enter does it, and arrows lead to its neighbours. */
import type { KeyboardEvent, MouseEvent } from 'react';
import type { SheetColumn } from './sheet.tsx';

interface RowProps<Row> {
  row: Row;
  columns: readonly SheetColumn<Row>[];
  open: ((row: Row) => void) | undefined;
  isChosen: boolean;
}

export function SheetRow<Row>({ row, columns, open, isChosen }: RowProps<Row>) {
  const click = (event: MouseEvent<HTMLElement>): void => {
    // A button or a link in the row has its own meaning.
    if (isOfItsOwn(event.target)) return;
    open?.(row);
  };
  const press = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget) return;
    const to = event.currentTarget;
    if (event.key === 'Enter') open?.(row);
    else if (event.key === 'ArrowDown') focus(to.nextElementSibling);
    else if (event.key === 'ArrowUp') focus(to.previousElementSibling);
    else return;
    event.preventDefault();
  };
  const opens =
    open === undefined ? {} : { 'data-opens': true, tabIndex: 0, onClick: click, onKeyDown: press };
  return (
    <tr {...opens} data-chosen={isChosen ? true : undefined}>
      {columns.map(({ id, align, cell }) => (
        <td key={id} data-align={align}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

function isOfItsOwn(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}

function focus(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}
