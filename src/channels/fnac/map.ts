import type { Message, MessageKind } from '../../domain/order/message.ts';
import type { Problem } from '../../domain/order/problem.ts';
import type { XmlRecord } from '../../transport/xml.ts';
import type { AccessEntry, Received } from '../contract/channel.ts';
import type {
  ExternalPerformance,
  ItemAnswer,
  ItemResult,
  ListedItem,
  ListedState,
  StockCommand,
} from '../contract/stock.ts';
import { minorDigits, toMinor } from './wire/decimal.ts';
import { LocalTimes } from './wire/local-time.ts';
import type { OperationField } from './wire/names.ts';
import { SHOWN_FIELDS } from './wire/names.ts';
import type { WireCommand, WireLineAnswer, WirePerformance, WireQuota } from './wire/stock.ts';

const KINDS: Readonly<Record<string, MessageKind>> = {
  VENTE: 'sale',
  ANNULATION: 'cancellation',
  REMBOURSEMENT: 'refund',
  DUPLICATA: 'replacement',
  ECHANGE: 'exchange',
  NOM: 'holder',
};

/** Fields without which a kind says nothing that could be booked. */
const REQUIRED: Readonly<Record<MessageKind, readonly OperationField[]>> = {
  sale: ['prix'],
  cancellation: [],
  refund: ['montantRembourse'],
  replacement: ['codeBarres'],
  exchange: ['prix', 'billetRemplace'],
  holder: [],
};

const START = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?/;
const LONGEST_VALUE = 80;

export interface MapSettings {
  /** IANA zone of the wire's local times. */
  timeZone: string;
  /** ISO 4217, where a line carries none. */
  currency: string;
}

/** Operation lines → canonical messages. It keeps a cache of offsets, and no other state. */
export class OperationMap {
  readonly #times: LocalTimes;
  readonly #currency: string;

  constructor(settings: MapSettings) {
    this.#times = new LocalTimes(settings.timeZone);
    this.#currency = settings.currency;
  }

  /** A message, or what could not be read with every reason, not only the first. */
  received(line: XmlRecord): Received {
    const reader = new LineReader(line, this.#currency);
    const kind = KINDS[line.type?.trim() ?? ''];
    const time = this.#times.read(line.dateOperation?.trim() ?? '');
    if (kind === undefined) reader.unreadable('type');
    else for (const field of REQUIRED[kind]) reader.require(field);
    if (time === null) reader.unreadable('dateOperation');
    const message: Message = {
      kind: kind ?? 'sale',
      operationNumber: reader.number('numeroOperation'),
      operationAt: time?.instant ?? '',
      operationPrecision: 'second',
      operationAmbiguous: time !== null && (time.ambiguous || time.inGap),
      ticket: reader.require('numeroBillet'),
      order: reader.text('numeroCommande'),
      replaces: reader.replaced(),
      product: reader.require('manifestation'),
      performance: reader.text('seance'),
      start: reader.start('dateSeance'),
      hall: reader.text('salle'),
      block: reader.text('bloc'),
      row: reader.text('rang'),
      seat: reader.text('place'),
      allotment: reader.text('allotement'),
      category: reader.text('typeTarif'),
      tariff: reader.text('categorieClient'),
      priceMinor: reader.amount('prix'),
      givenBackMinor: reader.amount('montantRembourse'),
      commissionMinor: reader.amount('commission'),
      currency: reader.currency,
      barcode: reader.text('codeBarres'),
      lastName: reader.text('nom'),
      firstName: reader.text('prenom'),
      outlet: reader.text('pointDeVente'),
      releasesPlace: reader.flag('liberePlace'),
      test: reader.flag('test'),
    };
    const position = line.sequence ?? '';
    if (reader.problems.length === 0) return { readable: true, message, position };
    return {
      readable: false,
      position,
      ticket: reader.text('numeroBillet'),
      operation: { kind: kind ?? null, number: message.operationNumber },
      problems: reader.problems,
      fields: shownFields(line),
    };
  }
}

/** Reads the fields of one line and collects what is wrong with them. */
class LineReader {
  readonly problems: Problem[] = [];
  readonly currency: string;
  readonly #line: XmlRecord;
  readonly #digits: number;

  constructor(line: XmlRecord, currency: string) {
    this.#line = line;
    this.currency = this.text('devise') ?? currency;
    this.#digits = minorDigits(this.currency);
  }

  unreadable(field: OperationField): void {
    const value = SHOWN_FIELDS.has(field) ? (this.#line[field] ?? '') : '';
    this.problems.push({
      code: 'external.unreadable_message',
      params: { field, value: value.slice(0, LONGEST_VALUE) },
    });
  }

  /** An empty element says as little as a missing one. */
  text(field: OperationField): string | null {
    const text = this.#line[field]?.trim();
    return text === undefined || text === '' ? null : text;
  }

  require(field: OperationField): string {
    const text = this.text(field);
    if (text === null) this.unreadable(field);
    return text ?? '';
  }

  number(field: OperationField): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(number)) return number;
    this.unreadable(field);
    return null;
  }

  amount(field: OperationField): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const minor = toMinor(text, this.#digits);
    if (minor === null) this.unreadable(field);
    return minor;
  }

  start(field: OperationField): string | null {
    const text = this.text(field);
    if (text === null) return null;
    if (!START.test(text)) this.unreadable(field);
    return text.slice(0, 'YYYY-MM-DDTHH:MM'.length);
  }

  flag(field: OperationField): boolean {
    const text = this.text(field);
    if (text === null || text === 'false' || text === '0') return false;
    if (text === 'true' || text === '1') return true;
    this.unreadable(field);
    return false;
  }

  /** A duplicate under its own number replaces no other ticket. */
  replaced(): string | null {
    const replaced = this.text('billetRemplace');
    return replaced === this.text('numeroBillet') ? null : replaced;
  }
}

function shownFields(line: XmlRecord): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [field, value] of Object.entries(line)) {
    if (SHOWN_FIELDS.has(field)) shown[field] = value.slice(0, LONGEST_VALUE);
  }
  return shown;
}

/** A performance in the wire's words; undefined fields are not sent. */
export function toWirePerformance(performance: ExternalPerformance): WirePerformance {
  const { product, performance: code, start, hall } = performance;
  const wireStart = start !== null && start.length > 10 ? `${start.slice(0, 16)}:00` : start;
  return {
    manifestation: product,
    ...(code === null ? {} : { seance: code }),
    ...(wireStart === null ? {} : { dateSeance: wireStart }),
    ...(hall === null ? {} : { salle: hall }),
  };
}

export function toWireCommand(command: StockCommand): WireCommand {
  const placeNumerotee = command.items
    .filter((item) => item.type === 'seat')
    .map(({ key, block, row, seat, category }) => ({
      cle: key,
      bloc: block,
      rang: row,
      place: seat,
      typeTarif: category,
    }));
  const quota = command.items
    .filter((item) => item.type === 'count')
    .map(({ key, block, category, quantity }) => ({
      cle: key,
      bloc: block,
      typeTarif: category,
      quantite: quantity,
    }));
  return {
    reference: command.reference,
    ...toWirePerformance(command.performance),
    allotement: command.allotment,
    placeNumerotee,
    quota,
  };
}

const RESULTS: Readonly<Record<string, ItemResult>> = {
  ACCEPTEE: 'accepted',
  DEJA_PRESENTE: 'already-there',
  RETIREE: 'withdrawn',
  VENDUE: 'sold',
  ABSENTE: 'not-there',
  REFUSEE: 'refused',
};

/** One line of the answer to a command; null when it cannot be read. */
export function toItemAnswer(line: WireLineAnswer): ItemAnswer | null {
  const result = RESULTS[line.resultat];
  const key = whole(line.cle);
  const quantity = whole(line.quantite);
  if (result === undefined || key === null || quantity === null) return null;
  return { key, result, quantity, reason: result === 'refused' ? (line.motif ?? '') : null };
}

const STATES: Readonly<Record<string, ListedState>> = {
  LIBRE: 'free',
  VENDUE: 'sold',
  RESERVEE: 'held',
  BLOQUEE: 'blocked',
};

/** One place of the reseller's list; null when it cannot be read. */
export function toListedSeat(line: XmlRecord): ListedItem | null {
  const state = STATES[line.etat?.trim() ?? ''];
  if (state === undefined || !line.place) return null;
  return {
    type: 'seat',
    allotment: line.allotement || null,
    block: line.bloc ?? '',
    row: line.rang ?? '',
    seat: line.place,
    category: line.typeTarif || null,
    state,
    ticket: line.numeroBillet || null,
  };
}

/** One quota of the reseller's list; null when it cannot be read. */
export function toListedCount(line: WireQuota): ListedItem | null {
  const free = whole(line.libres);
  const sold = whole(line.vendues);
  if (free === null || sold === null) return null;
  return {
    type: 'count',
    allotment: line.allotement || null,
    block: line.bloc ?? '',
    category: line.typeTarif || null,
    free,
    sold,
  };
}

/** One entry of an access list; null when it has no code or a state we do not know. */
export function toAccessEntry(line: XmlRecord): AccessEntry | null {
  const code = line.codeBarres?.trim();
  const state = line.etat === 'VALIDE' ? 'valid' : line.etat === 'ANNULE' ? 'cancelled' : null;
  if (!code || state === null) return null;
  return {
    code,
    ticket: line.numeroBillet || null,
    state,
    place: { block: line.bloc || null, row: line.rang || null, seat: line.place || null },
  };
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
