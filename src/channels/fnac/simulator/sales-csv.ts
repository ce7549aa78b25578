import type { SalesFileRequest, WrittenFile } from '../../contract/switchboard.ts';
import { SwitchboardError } from '../../contract/switchboard.ts';
import type { Books, Performance } from './books.ts';
import type { Line } from './lines.ts';
import { buyerOf, readLine } from './lines.ts';

/**
 * The France Billet sales CSV of a performance: what EtatVentes tells, as a venue gets it by mail.
 * It knows sales and cancellations only: an exchange is one of each, duplicates, names and refunds
 * in part are not in it.
 */
export function writeSalesFile(books: Books, request: SalesFileRequest): WrittenFile {
  const product = books.product(request.product);
  const performance = books.performance(product, request.performance, request.start);
  if (product.definition.type !== 'pass' && performance === null) {
    throw new SwitchboardError(404, `No such performance of ${request.product}`);
  }
  const lines = books.lines
    .map((line) => readLine(line))
    .filter((line) => line.manifestation === request.product);
  const rows = rowsOf(lines).filter(({ line }) => isOf(line, performance));
  const cells = [
    ...dictionary('Type de tarif', 'Type', codesOf(rows, 'typeTarif')),
    ...dictionary('Categorie Client', 'Catégorie', codesOf(rows, 'categorieClient')),
    ...dictionary('Genre de Zone', 'Zone', codesOf(rows, 'bloc')),
    ...rows.map((row) => cellsOf(row, request.precision ?? 'minute')),
  ];
  const end = request.lineEnd === 'lf' ? '\n' : '\r\n';
  const text = cells.map((row) => `${row.map(quoted).join(';')}${end}`).join('');
  const bytes = request.charset === 'utf-8' ? Buffer.from(text) : windows1252(text);
  const day = performance === null ? '' : `-${performance.start.slice(0, 10)}`;
  return { name: `ventes-${request.product}${day}.csv`, base64: bytes.toString('base64') };
}

interface Row {
  letter: 'V' | 'A';
  /** What is sold or given back. */
  line: Line;
  /** When: of an exchange, both. */
  at: string;
}

function rowsOf(lines: readonly Line[]): Row[] {
  const latest = new Map<string, Line>();
  const rows: Row[] = [];
  for (const line of lines) {
    const number = line.numeroBillet ?? '';
    const at = line.dateOperation ?? '';
    if (line.type === 'VENTE') rows.push({ letter: 'V', line, at });
    if (line.type === 'ANNULATION') rows.push({ letter: 'A', line, at });
    if (line.type === 'REMBOURSEMENT' && isWhole(line)) rows.push({ letter: 'A', line, at });
    if (line.type === 'ECHANGE') {
      const former = latest.get(line.billetRemplace ?? '');
      if (former !== undefined) rows.push({ letter: 'A', line: former, at });
      rows.push({ letter: 'V', line, at });
    }
    if (line.type === 'VENTE' || line.type === 'ECHANGE') latest.set(number, line);
  }
  return rows;
}

function isWhole(line: Line): boolean {
  return line.liberePlace === 'true' || line.montantRembourse === line.prix;
}

function isOf(line: Line, performance: Performance | null): boolean {
  if (performance === null) return true;
  if (line.seance !== undefined) return line.seance === performance.code;
  return (line.dateSeance ?? '').slice(0, 16) === performance.start;
}

function codesOf(rows: readonly Row[], field: string): string[] {
  const codes = rows.map(({ line }) => line[field] ?? '').filter((code) => code !== '');
  return [...new Set(codes)].sort();
}

function dictionary(label: string, word: string, codes: readonly string[]): string[][] {
  return [[label], ...codes.map((code) => ['', `${word} ${code}`, code])];
}

function cellsOf({ letter, line, at }: Row, precision: 'minute' | 'second'): string[] {
  const buyer = buyerOf(line.numeroBillet ?? '');
  const [year = '', month = '', day = ''] = at.slice(0, 10).split('-');
  const cells = new Array<string>(24).fill('');
  const put: Readonly<Record<number, string | undefined>> = {
    1: letter,
    2: `${day}/${month}/${year} ${at.slice(11, precision === 'second' ? 19 : 16)}`,
    5: line.typeTarif,
    6: line.categorieClient,
    8: line.bloc,
    10: line.nom,
    11: line.prenom,
    12: buyer.codePostal,
    13: buyer.pays,
    // What these two hold is not public: here it is what nobody may keep.
    14: buyer.courriel,
    16: buyer.telephone,
    15: line.numeroBillet,
    17: line.rang,
    18: line.place,
    23: (line.prix ?? '').replace('.', ','),
  };
  for (const [column, value] of Object.entries(put)) cells[Number(column)] = value ?? '';
  return cells;
}

function quoted(cell: string): string {
  return /[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const BYTES = new Map<string, number>(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** What the old charset has no sign for is a question mark, as such exports do it. */
function windows1252(text: string): Buffer {
  return Buffer.from(Array.from(text, (sign) => BYTES.get(sign) ?? 0x3f));
}
