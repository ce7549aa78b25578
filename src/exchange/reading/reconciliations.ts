/** What comparisons with resellers' lists found: read, adopted, and taken along as Excel. */
import type { Cell, Row } from 'write-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { printSeat } from '../../domain/seating/seat-text.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import type { Database } from '../../store/database/database.ts';
import type {
  DifferenceFilter,
  DifferenceRow,
  ReconciliationFilter,
  ReconciliationRow,
} from '../../store/reconciliation-read-store.ts';
import {
  findReconciliation,
  lastReconciliations,
  listReconciliations,
  readDifferences,
} from '../../store/reconciliation-read-store.ts';

export type { DifferenceRow, ReconciliationRow };

interface Reader {
  database: Database;
}

/** @param lastOnly only the last comparison of each interface and performance. */
export function readReconciliations(
  { database }: Reader,
  request: ReconciliationFilter & {
    organisationId: number;
    lastOnly: boolean;
    beforeId: number;
    limit: number;
  },
): Promise<ReconciliationRow[]> {
  return database.transaction(
    request.organisationId,
    (tx) =>
      request.lastOnly
        ? lastReconciliations(tx, request, request)
        : listReconciliations(tx, request, request),
    { readOnly: true },
  );
}

export interface OfReconciliation {
  organisationId: number;
  reconciliationId: number;
}

/** Null where there is no such comparison. */
export function readReconciliation(
  { database }: Reader,
  { organisationId, reconciliationId }: OfReconciliation,
): Promise<ReconciliationRow | null> {
  return database.transaction(organisationId, (tx) => findReconciliation(tx, reconciliationId), {
    readOnly: true,
  });
}

export function readDifferencePage(
  { database }: Reader,
  request: OfReconciliation & DifferenceFilter & { afterId: number; limit: number },
): Promise<DifferenceRow[]> {
  return database.transaction(
    request.organisationId,
    (tx) => readDifferences(tx, request.reconciliationId, request, request),
    { readOnly: true },
  );
}

interface SheetTexts {
  columns: readonly string[];
  kinds: Readonly<Record<DifferenceRow['kind'], string>>;
}

const TEXTS: Readonly<Record<TextLanguage, SheetTexts>> = {
  fr: {
    columns: ['Écart', 'Place', 'Billet', 'Chez nous', 'Chez le revendeur', 'Cause', 'Issue'],
    kinds: {
      missing_here: 'manque ici',
      missing_there: 'manque là-bas',
      different: 'différent',
    },
  },
  en: {
    columns: ['Difference', 'Place', 'Ticket', 'Ours', 'Reseller’s', 'Cause', 'Way out'],
    kinds: {
      missing_here: 'missing here',
      missing_there: 'missing there',
      different: 'different',
    },
  },
  de: {
    columns: ['Abweichung', 'Platz', 'Karte', 'Bei uns', 'Beim Händler', 'Ursache', 'Ausweg'],
    kinds: { missing_here: 'fehlt hier', missing_there: 'fehlt dort', different: 'anders' },
  },
  it: {
    columns: ['Differenza', 'Posto', 'Biglietto', 'Da noi', 'Rivenditore', 'Causa', 'Soluzione'],
    kinds: { missing_here: 'manca qui', missing_there: 'manca là', different: 'diverso' },
  },
  es: {
    columns: ['Diferencia', 'Plaza', 'Entrada', 'Nuestro', 'Del revendedor', 'Causa', 'Salida'],
    kinds: { missing_here: 'falta aquí', missing_there: 'falta allí', different: 'diferente' },
  },
};

const SHEET_PAGE = 2_000;
/** A sheet holds 1,048,576 rows; a comparison with more differences is a wrong mapping. */
const SHEET_ROWS_MAX = 200_000;

/** Every difference on one sheet, all cells text: no spreadsheet runs them. Null: no such one. */
export async function writeDifferenceWorkbook(
  reader: Reader,
  request: OfReconciliation & { language: TextLanguage },
): Promise<Buffer | null> {
  if ((await readReconciliation(reader, request)) === null) return null;
  const { columns, kinds } = TEXTS[request.language];
  const rows: Row[] = [columns.map((value) => textCell(value))];
  const every = { kind: null, cause: null, cure: null, openOnly: false, limit: SHEET_PAGE };
  for (let afterId = 0; rows.length < SHEET_ROWS_MAX; ) {
    const page = await readDifferencePage(reader, { ...request, ...every, afterId });
    for (const one of page) {
      const told = [kinds[one.kind], placeOf(one), one.ticket ?? '', sideOf(one.ours)];
      rows.push([...told, sideOf(one.theirs), one.cause, one.cure].map(textCell));
    }
    afterId = page.at(-1)?.id ?? afterId;
    if (page.length < SHEET_PAGE) break;
  }
  const widths = [16, 34, 20, 24, 34, 22, 16].map((width) => ({ width }));
  return writeExcelFile([
    { data: rows, sheet: '1', columns: widths, stickyRowsCount: 1 },
  ]).toBuffer();
}

function textCell(value: string): Cell & object {
  return { value, type: String, format: '@' };
}

function placeOf({ seat, zone }: DifferenceRow): string {
  return seat === null ? (zone ?? '') : printSeat(seat);
}

/** What one side says: its state and its words; for counted places, how many. */
function sideOf(side: DifferenceRow['ours']): string {
  if (side === null) return '';
  const words = ['state', 'free', 'sold', 'block', 'row', 'seat', 'category', 'allotment'];
  return words
    .flatMap((word) => {
      const value = side[word];
      if (value === null || value === undefined || typeof value === 'object') return [];
      return word === 'state' ? [String(value)] : [`${word} ${value}`];
    })
    .join(', ');
}
