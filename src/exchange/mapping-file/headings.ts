/**
 * The words of the mappings' sheet in the five languages of the house. A sheet is written in one;
 * read, it may use any, so that a file goes round between Lyon and Zürich.
 */
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import { folded } from '../../domain/mapping/similarity.ts';

export type Language = 'fr' | 'en' | 'de' | 'it' | 'es';
export const LANGUAGES: readonly Language[] = ['fr', 'en', 'de', 'it', 'es'];

export const SHEET_COLUMNS = [
  'word',
  'season',
  'name',
  'ours',
  'external',
  'notOurs',
  'rule',
  'id',
] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];

type InLanguages = Readonly<Record<Language, string>>;

export const HEADINGS: Readonly<Record<SheetColumn, InLanguages>> = {
  word: { fr: 'Donnée', en: 'Data', de: 'Angabe', it: 'Dato', es: 'Dato' },
  season: { fr: 'Saison', en: 'Season', de: 'Saison', it: 'Stagione', es: 'Temporada' },
  name: { fr: 'Nom', en: 'Name', de: 'Name', it: 'Nome', es: 'Nombre' },
  ours: {
    fr: 'Notre code',
    en: 'Our code',
    de: 'Unser Code',
    it: 'Nostro codice',
    es: 'Nuestro código',
  },
  external: {
    fr: 'Id externe',
    en: 'External id',
    de: 'Externe Id',
    it: 'Id esterno',
    es: 'Id externo',
  },
  notOurs: { fr: 'Pas à nous', en: 'Not ours', de: 'Nicht unser', it: 'Non nostro', es: 'Ajeno' },
  rule: { fr: 'Règle', en: 'Rule', de: 'Regel', it: 'Regola', es: 'Regla' },
  id: { fr: 'N°', en: 'No.', de: 'Nr.', it: 'N.', es: 'Núm.' },
};

export const WORDS: Readonly<Record<MappingWord, InLanguages>> = {
  product: { fr: 'Produit', en: 'Product', de: 'Produkt', it: 'Prodotto', es: 'Producto' },
  performance: {
    fr: 'Séance',
    en: 'Performance',
    de: 'Vorstellung',
    it: 'Rappresentazione',
    es: 'Función',
  },
  tariff: { fr: 'Tarif', en: 'Tariff', de: 'Tarif', it: 'Tariffa', es: 'Tarifa' },
  seat_category: {
    fr: 'Catégorie de place',
    en: 'Seat category',
    de: 'Platzkategorie',
    it: 'Categoria di posto',
    es: 'Categoría de asiento',
  },
  block: {
    fr: 'Zone ou bloc',
    en: 'Zone or block',
    de: 'Zone oder Block',
    it: 'Zona o blocco',
    es: 'Zona o bloque',
  },
  logical_configuration: {
    fr: 'Configuration logique',
    en: 'Logical configuration',
    de: 'Logische Konfiguration',
    it: 'Configurazione logica',
    es: 'Configuración lógica',
  },
  contingent: {
    fr: 'Contingent',
    en: 'Contingent',
    de: 'Kontingent',
    it: 'Contingente',
    es: 'Cupo',
  },
  row: { fr: 'Rang', en: 'Row', de: 'Reihe', it: 'Fila', es: 'Fila' },
  seat: { fr: 'Place', en: 'Seat', de: 'Platz', it: 'Posto', es: 'Asiento' },
};

/** What people write for a word besides its name above. */
const OTHER_WORDS: Readonly<Partial<Record<MappingWord, readonly string[]>>> = {
  product: [
    ...['événement', 'compétition', 'pass', 'pass visite', 'pass non daté', 'manifestation'],
    ...['event', 'competition', 'visit pass', 'open pass'],
    ...['veranstaltung', 'wettkampf', 'evento', 'competizione', 'competición'],
  ],
  seat_category: ['catégorie de place logique', 'catégorie', 'category', 'kategorie'],
  block: ['zone', 'bloc', 'block', 'zona', 'blocco', 'bloque'],
};

const YES: InLanguages = { fr: 'oui', en: 'yes', de: 'ja', it: 'sì', es: 'sí' };
const YES_WORDS = new Set([...Object.values(YES).map(folded), 'x', '1', 'true', 'vrai', 'wahr']);
const NO_WORDS = new Set(['', 'non', 'no', 'nein', '0', 'false', 'faux', 'falsch']);
const EVERY_SEASON_WORDS = new Set(['', 'toutes', 'all', 'every', 'alle', 'tutte', 'todas']);

export function yes(language: Language): string {
  return YES[language];
}

/** null: neither yes nor no. */
export function readYesOrNo(text: string): boolean | null {
  const word = folded(text);
  if (YES_WORDS.has(word)) return true;
  return NO_WORDS.has(word) ? false : null;
}

export function saysEverySeason(text: string): boolean {
  return text === '*' || EVERY_SEASON_WORDS.has(folded(text));
}

const COLUMN_BY_HEADING = new Map<string, SheetColumn>(
  SHEET_COLUMNS.flatMap((column) =>
    LANGUAGES.map((language) => [folded(HEADINGS[column][language]), column] as const),
  ),
);

/** The column a heading names, in any language. */
export function columnOfHeading(heading: string): SheetColumn | undefined {
  return COLUMN_BY_HEADING.get(folded(heading));
}

const WORD_BY_NAME = new Map<string, MappingWord>(
  (Object.keys(WORDS) as MappingWord[]).flatMap((word) =>
    [word, ...Object.values(WORDS[word]), ...(OTHER_WORDS[word] ?? [])].map(
      (name) => [folded(name), word] as const,
    ),
  ),
);

/** The word that people mean, in any language or by its code. */
export function readWord(text: string): MappingWord | undefined {
  return WORD_BY_NAME.get(folded(text));
}
