/**
 * The France Billet sales CSV as far as it is public (docs/channels/fnac.md): three dictionaries,
 * then a line a ticket. Columns that are not named here are not known, and are never kept.
 */

export const SEPARATOR = ';';

/** The labels that introduce the dictionaries, and the field whose codes each explains. */
export const DICTIONARIES = {
  'Type de tarif': 'typeTarif',
  'Categorie Client': 'categorieClient',
  'Genre de Zone': 'genreZone',
} as const satisfies Record<string, CsvField>;
export type DictionaryName = keyof typeof DICTIONARIES;

/** Columns of a ticket's line, counted from 0. Postcode and country (12, 13) are not read. */
export const COLUMNS = {
  operation: 1,
  date: 2,
  typeTarif: 5,
  categorieClient: 6,
  genreZone: 8,
  nom: 10,
  prenom: 11,
  billet: 15,
  rang: 17,
  place: 18,
  prix: 23,
} as const;
export type CsvField = keyof typeof COLUMNS;

/** The fewest columns that a ticket's line has. */
export const COLUMN_COUNT = COLUMNS.prix + 1;

export type TicketCells = Readonly<Record<CsvField, string>>;

/** A code of a dictionary, as far as it may be kept. */
export const CODE = /^[\w.-]{1,12}$/;

/**
 * What may be shown in a log, in a case's excerpt and in the kept file: a field that holds nothing
 * about a person, and only as long as it looks like itself. What a shifted column puts there (an
 * address where the price should be) stays out.
 */
const SHORT = /^[\w-]{1,4}$/;
const SHOWN: Readonly<Partial<Record<CsvField, RegExp>>> = {
  operation: /^[A-Za-zÀ-ÿ]{1,12}$/,
  date: /^\d{1,2}\/[\d/:. -]{1,17}$/,
  typeTarif: SHORT,
  categorieClient: SHORT,
  genreZone: SHORT,
  billet: /^(?=.*\d)[\w.,+-]{6,40}$/,
  rang: SHORT,
  place: SHORT,
  // Five digits alone may be a postcode.
  prix: /^[+-]?(?:\d{1,4}|\d[\d\u0020\u00a0\u202f]{0,8}[.,][\d.,eE+-]{1,8})[\u0020\u00a0]?€?$/,
};

export function mayBeShown(field: CsvField, value: string): boolean {
  return SHOWN[field]?.test(value.trim()) ?? false;
}

const FIELD_OF = new Map<number, CsvField>(
  Object.entries(COLUMNS).map(([field, column]) => [column, field as CsvField]),
);

export function fieldOf(column: number): CsvField | undefined {
  return FIELD_OF.get(column);
}
