/** The venue's own sales as a box office writes them: one line for a seat, a run or a count. */

import type { OwnLineText } from '../../domain/house/own-lines.ts';
import type { OwnState } from '../../domain/house/own-places.ts';
import { plain } from '../house-file/workbook-titles.ts';
import type { TableFault } from './read-table.ts';
import { readTable } from './read-table.ts';

/** A line as it came; every value is text, '' where nothing was said. */
export interface OwnLine extends OwnLineText {
  state: string;
  reference: string;
}

type Column = Exclude<keyof OwnLine, 'line'>;

const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  performance: ['performance', 'seance', 'vorstellung', 'spettacolo', 'sesion'],
  product: ['product', 'produit', 'produkt', 'prodotto', 'producto'],
  season: ['season', 'saison', 'stagione', 'temporada'],
  seat: ['seat', 'seats', 'place', 'places', 'platz', 'posto', 'asiento'],
  zone: ['zone', 'area', 'espace', 'zona'],
  date: ['date', 'day', 'jour', 'tag', 'datum', 'data', 'giorno', 'fecha', 'dia'],
  slot: ['slot', 'slot_starts', 'creneau', 'debut_du_creneau'],
  quantity: ['quantity', 'quantite', 'nombre', 'anzahl', 'quantita', 'cantidad'],
  state: ['state', 'etat', 'status', 'statut', 'zustand', 'stato', 'estado'],
  reference: ['reference', 'referenz', 'riferimento', 'referencia'],
};

const COLUMNS = Object.keys(HEADINGS) as Column[];

const STATES: Readonly<Record<OwnState, readonly string[]>> = {
  sold: ['sold', 'vendu', 'vendue', 'verkauft', 'venduto', 'vendido'],
  held: ['held', 'tenu', 'tenue', 'option', 'reserve', 'reservee', 'reserviert', 'riservato'],
  blocked: ['blocked', 'bloque', 'bloquee', 'gesperrt', 'bloccato', 'bloqueado'],
  free: ['free', 'libre', 'libere', 'liberee', 'frei', 'libero'],
};

/** Null: it is no state that we know. */
export function readState(text: string): OwnState | null {
  const word = plain(text);
  const found = Object.entries(STATES).find(([, words]) => words.includes(word));
  return (found?.[0] as OwnState | undefined) ?? null;
}

/** The lines of a file; a fault where the whole of it cannot be read. */
export async function readOwnLines(
  bytes: Buffer,
): Promise<{ lines: OwnLine[] } | { fault: TableFault }> {
  const table = await readTable(bytes, {
    needed: ['state', 'reference'],
    columnOf: (heading) => {
      const word = plain(heading);
      return COLUMNS.find((column) => HEADINGS[column].includes(word)) ?? null;
    },
  });
  if ('message' in table) return { fault: table };
  const lines = table.rows.map(({ line, cells }) => {
    const said = COLUMNS.map((column) => [column, cells[table.columns.get(column) ?? -1] ?? '']);
    return { line, ...(Object.fromEntries(said) as Record<Column, string>) };
  });
  return { lines };
}
