import type { SoapValue } from '../../../transport/soap.ts';

/** Contingentement as it travels. Numbers come back as texts: the parser guesses nothing. */

export interface WirePerformance {
  manifestation: string;
  seance?: string;
  dateSeance?: string;
  salle?: string;
}

export interface WireCommand extends WirePerformance {
  reference: string;
  allotement: string;
  placeNumerotee: readonly {
    cle: number;
    bloc: string;
    rang: string;
    place: string;
    typeTarif: string;
  }[];
  quota: readonly { cle: number; bloc: string; typeTarif: string; quantite: number }[];
}

export interface WireLineAnswer {
  cle: string;
  resultat: string;
  quantite: string;
  motif?: string;
}

export interface WireCommandAnswer {
  etat: 'TRAITEE' | 'REFUSEE' | 'INCONNUE';
  motif: string;
  lines: readonly WireLineAnswer[];
}

export interface WireQuota {
  allotement?: string;
  bloc?: string;
  typeTarif?: string;
  libres?: string;
  vendues?: string;
}

/** The answer to a command or to a look-up; null when it is not one. */
export function readCommandAnswer(body: SoapValue): WireCommandAnswer | null {
  const command = memberOf(body, 'commande');
  const etat = memberOf(command, 'etat');
  if (etat !== 'TRAITEE' && etat !== 'REFUSEE' && etat !== 'INCONNUE') return null;
  const motif = memberOf(command, 'motif');
  const listed = memberOf(command, 'ligne');
  const lines = Array.isArray(listed) ? listed : listed ? [listed] : [];
  return {
    etat,
    motif: typeof motif === 'string' ? motif : '',
    lines: lines.map((line) => ({
      cle: textIn(line, 'cle'),
      resultat: textIn(line, 'resultat'),
      quantite: textIn(line, 'quantite'),
      motif: textIn(line, 'motif'),
    })),
  };
}

/** A text of an answer's element, `''` where there is none. */
export function textIn(value: SoapValue, name: string): string {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : '';
}

function memberOf(value: SoapValue, name: string): SoapValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return (value as Readonly<Record<string, SoapValue>>)[name] ?? null;
}

/**
 * Puts the quotas of a list together again: their elements come one by one, in the schema's order,
 * and `vendues` is the last of each.
 */
export class QuotaCollector {
  readonly quotas: WireQuota[] = [];
  #open: Record<string, string> = {};

  element(name: string, text: string): void {
    if (!['allotement', 'bloc', 'typeTarif', 'libres', 'vendues'].includes(name)) return;
    this.#open[name] = text;
    if (name !== 'vendues') return;
    this.quotas.push(this.#open);
    this.#open = {};
  }
}
