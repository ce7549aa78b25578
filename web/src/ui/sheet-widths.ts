/** Widths of columns, kept in the browser under the table's name. */
import { useState } from 'react';

type Widths = Readonly<Record<string, number>>;
interface Sized {
  id: string;
  width: number;
}

const WIDTH_MIN = 48;
const WIDTH_MAX = 1_200;

export function useWidths(
  name: string,
  columns: readonly Sized[],
): [Widths, (id: string, width: number) => void] {
  const key = `parterre.widths.${name}`;
  const [own, setOwn] = useState<Widths>(() => readWidths(key));
  const widths = Object.fromEntries(columns.map(({ id, width }) => [id, own[id] ?? width]));
  const setWidth = (id: string, width: number): void => {
    const next = { ...own, [id]: Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, Math.round(width))) };
    setOwn(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [widths, setWidth];
}

/** Whatever stands there that is no width is left out. */
function readWidths(key: string): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const entries = Object.entries(kept ?? {}).filter(([, width]) => typeof width === 'number');
    return Object.fromEntries(entries) as Widths;
  } catch {
    return {};
  }
}
