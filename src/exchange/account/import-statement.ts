import { minorDigits } from '../../domain/house/values.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import { parseAmount } from '../../domain/money/amount.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface } from '../../store/interface-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import type { StatementLine } from '../../store/statement-store.ts';
import type { Table, TableRow } from '../house-seats/read-table.ts';
import { readTable } from '../house-seats/read-table.ts';
import type { AccountServices } from './account-services.ts';
import type { StatementRequest, StatementResult } from './enter-statement.ts';
import { enterStatement } from './enter-statement.ts';

/** A fault of the file; `line` as an editor or a spreadsheet counts, null: the whole file. */
export interface StatementFault {
  line: number | null;
  code:
    | 'statement.table'
    | 'statement.empty'
    | 'statement.amount'
    | 'statement.neither'
    | 'statement.performance';
  params: Readonly<Record<string, string | number | null>>;
}

export type ImportResult =
  | StatementResult
  | { outcome: 'faulty'; faults: readonly StatementFault[] };

type Column = 'ticket' | 'performance' | 'product' | 'start' | 'gross' | 'commission';

const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  ticket: [
    'ticket',
    'ticket number',
    'billet',
    'numero de billet',
    'numero billet',
    'n billet',
    'biglietto',
    'numero biglietto',
    'entrada',
    'numero de entrada',
    'ticketnummer',
  ],
  performance: ['performance', 'seance', 'vorstellung', 'rappresentazione', 'funcion', 'sesion'],
  product: [
    'product',
    'event',
    'produit',
    'manifestation',
    'produkt',
    'veranstaltung',
    'prodotto',
    'evento',
    'producto',
  ],
  start: ['start', 'date', 'debut', 'beginn', 'datum', 'inizio', 'data', 'inicio', 'fecha'],
  gross: [
    'gross',
    'price',
    'amount',
    'brut',
    'montant brut',
    'montant',
    'prix',
    'brutto',
    'betrag',
    'preis',
    'lordo',
    'importo',
    'prezzo',
    'bruto',
    'importe',
    'precio',
  ],
  commission: ['commission', 'kommission', 'provision', 'commissione', 'comision'],
};

/** Letters without accents, lower case, one space between words. */
function plain(heading: string): string {
  const letters = heading.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return letters
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

function columnOf(heading: string): Column | null {
  const name = plain(heading);
  for (const [column, names] of Object.entries(HEADINGS)) {
    if (names.includes(name)) return column as Column;
  }
  return null;
}

/**
 * Reads a statement (.csv or .xlsx) and keeps it. A row names a ticket, or a performance whose sum
 * it is: by `PRODUCT/CODE` of ours, or by product (our code or the reseller's word) and local
 * start. All faults are told at once, and then nothing is kept.
 */
export async function importStatement(
  services: AccountServices,
  request: Omit<StatementRequest, 'lines'> & { file: Buffer },
): Promise<ImportResult> {
  const { file, ...rest } = request;
  const table = await readTable(file, { columnOf, needed: ['gross'] });
  if ('message' in table) {
    const { line, message, cure } = table;
    return faulty([{ line, code: 'statement.table', params: { message, cure } }]);
  }
  const read = await services.database.transaction(
    request.organisationId,
    async (tx) => readLines(table, await wordsOf(tx, request.interfaceId)),
    { readOnly: true },
  );
  if (read.faults.length > 0) return faulty(read.faults);
  if (read.lines.length === 0) {
    return faulty([{ line: null, code: 'statement.empty', params: {} }]);
  }
  return enterStatement(services, { ...rest, lines: read.lines });
}

function faulty(faults: readonly StatementFault[]): ImportResult {
  return { outcome: 'faulty', faults };
}

interface Words {
  digits: number;
  /** By `PRODUCT/CODE`, and by product, `|` and local start. */
  performances: ReadonlyMap<string, number>;
  /** Our codes of a product, by our code or the reseller's word. */
  productsOf(word: string): readonly string[];
}

async function wordsOf(tx: Tx, interfaceId: number): Promise<Words> {
  const catalogue = await loadCatalogue(tx);
  const record = await findInterface(tx, interfaceId);
  const vocabulary = createVocabulary(await loadMappings(tx, interfaceId));
  const performances = new Map<string, number>();
  for (const { id, productId, code, localStart, aliases } of catalogue.performanceById.values()) {
    const product = catalogue.productById.get(productId)?.code ?? '';
    performances.set(`${product}/${code}`, id);
    // Two that start together are named by their code.
    for (const start of [localStart, ...aliases]) {
      const key = `${product}|${start.slice(0, 16)}`;
      if (!performances.has(key)) performances.set(key, id);
    }
  }
  return {
    digits: minorDigits(record?.currency ?? 'EUR'),
    performances,
    productsOf: (word) => {
      const resolved = vocabulary.resolveProducts(word, catalogue.productsByCode);
      const found = 'found' in resolved ? resolved.found.map(({ code }) => code) : [];
      return [word, ...found];
    },
  };
}

function readLines(
  table: Table,
  words: Words,
): { lines: StatementLine[]; faults: StatementFault[] } {
  const lines: StatementLine[] = [];
  const faults: StatementFault[] = [];
  for (const row of table.rows) {
    const cell = (column: Column): string => {
      const index = table.columns.get(column);
      return index === undefined ? '' : (row.cells[index] ?? '').trim();
    };
    const read = readLine(row, cell, words);
    if ('code' in read) faults.push(read);
    else lines.push(read);
  }
  return { lines, faults };
}

function readLine(
  { line }: TableRow,
  cell: (column: Column) => string,
  words: Words,
): StatementLine | StatementFault {
  const gross = parseAmount(cell('gross'), words.digits);
  const commission = cell('commission') === '' ? 0 : parseAmount(cell('commission'), words.digits);
  if (gross === null || commission === null) {
    const value = gross === null ? cell('gross') : cell('commission');
    return { line, code: 'statement.amount', params: { value } };
  }
  const ticket = cell('ticket') || null;
  const performance = performanceOf(cell, words);
  const amounts = { grossMinor: gross, commissionMinor: commission };
  if (typeof performance === 'number' || ticket !== null) {
    const performanceId = typeof performance === 'number' ? performance : null;
    return { line, ticket, performanceId, ...amounts };
  }
  if (performance === null) return { line, code: 'statement.neither', params: {} };
  return { line, code: 'statement.performance', params: { value: performance.unknown } };
}

/** The id; null: none is named. A pass has no performance and is stated by ticket. */
function performanceOf(
  cell: (column: Column) => string,
  words: Words,
): number | null | { unknown: string } {
  const named = cell('performance');
  if (named !== '') return words.performances.get(named) ?? { unknown: named };
  const [product, start] = [cell('product'), cell('start')];
  if (product === '' || start === '') return product === '' ? null : { unknown: product };
  const local = localStart(start);
  for (const code of words.productsOf(product)) {
    const found = words.performances.get(`${code}|${local}`);
    if (found !== undefined) return found;
  }
  return { unknown: `${product} ${start}` };
}

/** `13.12.2026 18:00`, `13/12/2026 18h00`, `2026-12-13T18:00` → `2026-12-13T18:00`. */
function localStart(text: string): string {
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})[ T,]+(\d{1,2})[:h](\d{2})/.exec(text);
  if (european === null) return text.replace(' ', 'T').slice(0, 16);
  const [, day = '', month = '', year = '', hour = '', minute = ''] = european;
  const two = (part: string) => part.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}`;
}
