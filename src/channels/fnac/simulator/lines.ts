import { escapeXml, tag, unescapeXml } from './xml.ts';

/** One operation line in the wire's own words; a missing field is not sent. */
export type Line = Record<string, string>;

/** The order of the schema: a strict stack refuses another one. */
const BEFORE_BUYER = [
  'sequence',
  'type',
  'numeroOperation',
  'dateOperation',
  'pointDeVente',
  'numeroBillet',
  'numeroCommande',
  'billetRemplace',
  'manifestation',
  'seance',
  'dateSeance',
  'salle',
  'bloc',
  'allotement',
  'typeTarif',
  'categorieClient',
  'rang',
  'place',
  'prix',
  'montantRembourse',
  'commission',
  'devise',
  'codeBarres',
  'nom',
  'prenom',
] as const;
const AFTER_BUYER = ['liberePlace', 'test'] as const;

/** A prime: as many tickets in a row, whatever their numbers begin with, have other buyers. */
const BUYERS = 9_999_991;
const TOWNS = ['Lyon', 'Nantes', 'Lille', 'Genève', 'Rennes', 'Metz'];

/**
 * Invented contact data of a buyer, the same for the same ticket: what must never be stored. Each
 * value is long and like no other, so that a search for it finds nothing else.
 */
export function buyerOf(ticket: string): Record<string, string> {
  const number = Number(ticket.replaceAll(/\D/g, '').slice(-15)) % BUYERS;
  const digits = String((number * 7919) % 100_000_000).padStart(8, '0');
  return {
    courriel: `acheteur.${number}@courriel.example`,
    telephone: `06${digits}`,
    adresse: `${number} rue Inventée`,
    codePostal: String(10_000 + (number % 80_000)),
    ville: `${TOWNS[number % TOWNS.length] ?? 'Lyon'}-sur-Rien`,
    pays: 'FR',
    iban: `FR7630001${digits}${String(number).padStart(10, '0')}`,
  };
}

const BUYER = /<acheteur>(.*?)<\/acheteur>/gs;

/** The buyers of rendered lines, as they travel. */
export function buyersIn(lines: readonly Buffer[]): Record<string, string>[] {
  const text = Buffer.concat(lines).toString('utf8');
  return Array.from(text.matchAll(BUYER), ([, inner = '']) => fieldsOf(inner));
}

/** Renders a line once, when it enters the journal: pages are then only put together. */
export function renderLine(line: Line, charset: 'utf-8' | 'latin1'): Buffer {
  let xml = '<operation>';
  for (const name of BEFORE_BUYER) {
    const value = line[name];
    if (value !== undefined) xml += `<${name}>${escapeXml(value)}</${name}>`;
  }
  if (line.acheteur !== 'non' && line.numeroBillet !== undefined) {
    xml += '<acheteur>';
    for (const [name, value] of Object.entries(buyerOf(line.numeroBillet))) {
      xml += tag(name, value);
    }
    xml += '</acheteur>';
  }
  for (const name of AFTER_BUYER) {
    const value = line[name];
    if (value !== undefined) xml += `<${name}>${escapeXml(value)}</${name}>`;
  }
  return Buffer.from(`${xml}</operation>\n`, charset === 'latin1' ? 'latin1' : 'utf8');
}

/** The fields of a rendered line again: lines are kept in their rendered form only. */
export function readLine(rendered: Buffer): Line {
  const line: Line = {};
  const flat = rendered.toString('utf8').replace(/<acheteur>.*<\/acheteur>/s, '');
  if (!rendered.includes('<acheteur>')) line.acheteur = 'non';
  return Object.assign(line, fieldsOf(flat));
}

function fieldsOf(xml: string): Line {
  const fields: Line = {};
  for (const [, name, value] of xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) {
    if (name !== undefined) fields[name] = unescapeXml(value ?? '');
  }
  return fields;
}

/** The same line at another position of the journal. */
export function atSequence(rendered: Buffer, sequence: number): Buffer {
  const end = rendered.indexOf('</sequence>');
  return Buffer.concat([Buffer.from(`<operation><sequence>${sequence}`), rendered.subarray(end)]);
}
