/** How the sheets and columns of a workbook may be called: the file's own names, or French. */
import type { SheetName } from '../../domain/house/file.ts';

/** The French title; the English one is the list's name with blanks for underscores. */
const FRENCH_TITLES: Readonly<Record<SheetName | 'organisation', string>> = {
  organisation: 'Organisme',
  seasons: 'Saisons',
  layouts: 'Configurations physiques',
  areas: 'Espaces',
  blocks: 'Blocs',
  seats: 'Places',
  configurations: 'Configurations logiques',
  categories: 'Catégories',
  category_seats: 'Places par catégorie',
  zones: 'Zones',
  products: 'Produits',
  performances: 'Séances',
  tariffs: 'Tarifs',
  prices: 'Prix',
  vat: 'TVA',
  sales_channels: 'Filières',
  windows: 'Mises en vente',
  points_of_sale: 'Points de vente',
  contacts: 'Contacts',
  pending_accounts: "Comptes d'attente",
  contingents: 'Contingents',
  contingent_seats: 'Places par contingent',
  counters: 'Jauges des pass',
  contingent_quotas: 'Quotas',
  own_places: 'Places de la maison',
  interfaces: 'Interfaces',
  commissions: 'Commissions',
  mappings: 'Correspondances',
  schedules: 'Programmations',
};

const FRENCH_HEADINGS: Readonly<Record<string, string>> = {
  accepts_pending_account: "Accepte le compte d'attente",
  accepts_third_party: 'Accepte les tiers',
  account: 'Compte revendeur',
  account_opened: 'Compte ouvert le',
  active: 'Active',
  amount: 'Montant',
  area: 'Espace',
  audience: 'Public',
  audience_kind: 'Type de public',
  block: 'Bloc',
  business_day_ends_at: 'Fin de journée',
  capacity: 'Capacité',
  category: 'Catégorie',
  ceiling: 'Plafond',
  ceiling_blocks: 'Plafond bloquant',
  channel: 'Canal',
  closes: 'Fermeture',
  code: 'Code',
  colour: 'Couleur',
  commission_vat: 'TVA commission',
  companion_of: 'Accompagnant de',
  configuration: 'Configuration logique',
  contact: 'Contact',
  contingent: 'Contingent',
  currency: 'Devise',
  day: 'Jour',
  days_per_ticket: 'Jours par billet',
  ends_on: 'Fin',
  external: 'Id externe',
  first_at: 'Première fois',
  function: 'Fonction',
  gauge: 'Jauge',
  house_seat: 'Place de maison',
  house_stock_maximum: 'Réserve maximale',
  interface: 'Interface',
  kind: 'Type',
  language: 'Langue',
  last_day: 'Dernier jour',
  layout: 'Configuration physique',
  name: 'Nom',
  nameless_opens_door: 'Entre sans nom',
  names_required: 'Nominatif',
  not_ours: 'Pas à nous',
  notified_emails: 'E-mails avertis',
  numbered: 'Numéroté',
  on_top: 'En plus',
  opens: 'Ouverture',
  ours: 'Le nôtre',
  pending_account: "Compte d'attente",
  pending_account_authorised: "Compte d'attente autorisé",
  people: 'Personnes',
  performance: 'Séance',
  performances: 'Séances',
  point_of_sale: 'Point de vente',
  price_grace_hours: 'Tolérance après changement (heures)',
  price_includes_commission: 'Prix commission comprise',
  price_policy: 'Prise en compte des prix',
  price_tolerance: 'Tolérance de prix',
  product: 'Produit',
  products: 'Produits',
  quantity: 'Nombre',
  quota: 'Quota',
  rank: 'Rang de tri',
  rate: 'Taux',
  reference: 'Référence',
  remove: 'Supprimer',
  reseller: 'Revendeur',
  restricted_view: 'Visibilité réduite',
  rows: 'Rangs',
  sales_channel: 'Filière',
  sales_channels: 'Filières',
  season: 'Saison',
  seats: 'Places',
  sends_house_seats: 'Envoie places de maison',
  sends_restricted_view: 'Envoie visibilité réduite',
  sends_wheelchair: 'Envoie places PMR',
  slot_ends: 'Fin du créneau',
  slot_starts: 'Début du créneau',
  start: 'Début de la séance',
  starts_on: 'Début',
  state: 'État',
  status: 'Statut',
  step_x: 'Pas x',
  step_y: 'Pas y',
  tariff: 'Tarif',
  time_zone: 'Fuseau horaire',
  valid_days: 'Valable (jours)',
  valid_from: 'Valable dès',
  valid_until: "Valable jusqu'à",
  value: 'Valeur',
  wheelchair: 'PMR',
  word: 'Donnée',
  'names.fr': 'Nom FR',
  'names.en': 'Nom EN',
  'names.es': 'Nom ES',
  'names.de': 'Nom DE',
  'names.it': 'Nom IT',
  'timing.kind': 'Rythme',
  'timing.every': 'Tous les',
  'timing.time': 'À',
  'timing.expression': 'Cron',
};

/** Letters and digits in lower case, without accents: how titles are compared. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

export function titleOf(sheet: SheetName | 'organisation', language: string): string {
  if (language === 'fr') return FRENCH_TITLES[sheet];
  const words = sheet.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function headingOf(key: string, language: string): string {
  return language === 'fr' ? (FRENCH_HEADINGS[key] ?? key) : key;
}

const SHEETS_BY_TITLE = new Map<string, SheetName | 'organisation'>();
for (const [sheet, title] of Object.entries(FRENCH_TITLES)) {
  SHEETS_BY_TITLE.set(plain(title), sheet as SheetName);
  SHEETS_BY_TITLE.set(plain(sheet), sheet as SheetName);
}

export function sheetOfTitle(title: string): SheetName | 'organisation' | null {
  return SHEETS_BY_TITLE.get(plain(title)) ?? null;
}

/** The key that a heading names, among those that the sheet has; null: none. */
export function keyOfHeading(heading: string, keys: readonly string[]): string | null {
  const words = plain(heading);
  const found = keys.find(
    (key) => plain(key) === words || plain(FRENCH_HEADINGS[key] ?? key) === words,
  );
  return found ?? null;
}
