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

/** Fields of one line of an answer. */
export const LINE_ANSWER_FIELDS = ['cle', 'resultat', 'quantite', 'motif'] as const;

/**
 * The answer to a command or to a look-up, put together as it streams in: it may have as many
 * lines as the command. Null when it does not say its state, then it is not one.
 */
export class CommandAnswerCollector {
  readonly #lines: WireLineAnswer[] = [];
  #etat = '';
  #motif = '';

  element(name: string, text: string): void {
    if (name === 'etat') this.#etat = text.trim();
    if (name === 'motif') this.#motif = text.trim();
  }

  add(records: readonly Readonly<Record<string, string>>[]): void {
    for (const { cle = '', resultat = '', quantite = '', motif = '' } of records) {
      this.#lines.push({
        cle: cle.trim(),
        resultat: resultat.trim(),
        quantite: quantite.trim(),
        motif: motif.trim(),
      });
    }
  }

  answer(): WireCommandAnswer | null {
    const etat = this.#etat;
    if (etat !== 'TRAITEE' && etat !== 'REFUSEE' && etat !== 'INCONNUE') return null;
    return { etat, motif: this.#motif, lines: this.#lines };
  }
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
