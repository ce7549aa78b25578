import type { InstantPrecision, Message } from '../../../domain/order/message.ts';
import type { Problem } from '../../../domain/order/problem.ts';
import type { Received } from '../../contract/channel.ts';
import type { ExternalPerformance } from '../../contract/stock.ts';
import { minorDigits, toMinor } from '../wire/decimal.ts';
import { LocalTimes } from '../wire/local-time.ts';
import type { CsvField, TicketCells } from './columns.ts';
import { mayBeShown } from './columns.ts';

const DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const OPERATION = /^[A-Za-zÀ-ÿ]{1,12}$/;
/** What a spreadsheet makes of a long number: its digits are gone. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$/;
/** `44`, `44,00`, `44.0`, `1 044,00`; which of two signs is the decimal one is never guessed. */
const PRICE = /^([+-]?)(\d{1,3}(?:[\u0020\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/;
const TICKET = /^(?=.*\d)[\w.,+/-]{1,40}$/;
const LONGEST_WORD = 60;
const LONGEST_NAME = 120;

export interface CsvMapSettings {
  /** IANA zone of the file's local times. */
  timeZone: string;
  /** ISO 4217: the file names none. */
  currency: string;
  /** What the operator says the file is of. */
  only: ExternalPerformance;
}

/** Lines of the sales CSV → canonical messages. It keeps a cache of offsets, and no other state. */
export class CsvMap {
  readonly #times: LocalTimes;
  readonly #settings: CsvMapSettings;

  constructor(settings: CsvMapSettings) {
    this.#settings = settings;
    this.#times = new LocalTimes(settings.timeZone);
  }

  /** A message, or what could not be read with every reason; `position` follows the contents. */
  received(cells: TicketCells, where: { line: number; position: string }): Received {
    const reader = new CellReader(cells);
    const { only, currency } = this.#settings;
    const sale = reader.isSale();
    const time = this.#time(reader);
    const price = reader.price(minorDigits(currency), sale);
    const message: Message = {
      kind: sale ? 'sale' : 'cancellation',
      operationNumber: null,
      operationAt: time.instant,
      operationPrecision: time.precision,
      operationAmbiguous: time.ambiguous,
      ticket: reader.ticket(),
      order: null,
      replaces: null,
      product: only.product,
      performance: only.performance,
      start: only.start,
      hall: only.hall,
      block: reader.word('genreZone'),
      row: reader.word('rang'),
      seat: reader.word('place'),
      allotment: null,
      category: reader.word('typeTarif'),
      tariff: reader.word('categorieClient'),
      // Of a cancellation it is the ticket's price, whatever its sign.
      priceMinor: price === null || sale ? price : Math.abs(price),
      // The file does not say what was given back: what is left of the ticket (DOMAIN "Cancel").
      givenBackMinor: null,
      commissionMinor: null,
      currency,
      barcode: null,
      lastName: reader.name('nom'),
      firstName: reader.name('prenom'),
      outlet: null,
      releasesPlace: false,
      test: false,
    };
    if (reader.problems.length === 0) return { readable: true, message };
    const ticket = mayBeShown('billet', cells.billet) ? cells.billet.trim() : null;
    return {
      readable: false,
      position: where.position,
      ticket,
      operation: {
        kind: OPERATION.test(cells.operation.trim()) ? message.kind : null,
        number: null,
      },
      problems: reader.problems,
      fields: shownFields(cells, where.line),
    };
  }

  #time(reader: CellReader): { instant: string; precision: InstantPrecision; ambiguous: boolean } {
    const match = DATE.exec(reader.text('date'));
    const [, day, month, year, hour, minute, second] = match ?? [];
    const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
    const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second ?? '00'}`;
    const read = match === null ? null : this.#times.read(local);
    if (read === null) reader.unreadable('date');
    return {
      instant: read?.instant ?? '',
      precision: second === undefined ? 'minute' : 'second',
      ambiguous: read !== null && (read.ambiguous || read.inGap),
    };
  }
}

/** Reads the cells of one line and collects what is wrong with them. */
class CellReader {
  readonly problems: Problem[] = [];
  readonly #cells: TicketCells;

  constructor(cells: TicketCells) {
    this.#cells = cells;
  }

  unreadable(field: CsvField, code: UnreadableCode = 'external.unreadable_message'): void {
    const value = this.text(field);
    const params = { field, value: mayBeShown(field, value) ? value : '' };
    this.problems.push({ code, params });
  }

  text(field: CsvField): string {
    return this.#cells[field].trim();
  }

  /** `V` sells, every other letter or word cancels. */
  isSale(): boolean {
    const operation = this.text('operation');
    if (!OPERATION.test(operation)) this.unreadable('operation');
    return operation.toUpperCase() === 'V';
  }

  ticket(): string {
    const number = this.text('billet');
    if (SCIENTIFIC.test(number)) this.unreadable('billet', 'external.excel_number');
    else if (!TICKET.test(number)) this.unreadable('billet');
    return number;
  }

  word(field: CsvField): string | null {
    const word = this.text(field);
    if (word.length > LONGEST_WORD) this.unreadable(field);
    return word === '' ? null : word;
  }

  /** As it is, whatever a spreadsheet would make of it: it is written nowhere but by who guards. */
  name(field: CsvField): string | null {
    const name = this.text(field);
    if (name.length > LONGEST_NAME) this.unreadable(field);
    return name === '' ? null : name;
  }

  price(digits: number, required: boolean): number | null {
    const text = this.text('prix').replace(/[\s\u00a0\u202f]*€$/, '');
    if (text === '' && !required) return null;
    const [, sign = '', whole = '', fraction] = PRICE.exec(text) ?? [];
    const digitsOnly = `${sign}${whole.replace(/\D/g, '')}`;
    const plain = fraction === undefined ? digitsOnly : `${digitsOnly}.${fraction}`;
    const minor = whole === '' ? null : toMinor(plain, digits);
    if (minor === null) {
      this.unreadable('prix', SCIENTIFIC.test(text) ? 'external.excel_number' : undefined);
    }
    return minor;
  }
}

type UnreadableCode = 'external.unreadable_message' | 'external.excel_number';

function shownFields(cells: TicketCells, line: number): Record<string, string> {
  const shown: Record<string, string> = { ligne: String(line) };
  for (const [field, value] of Object.entries(cells)) {
    if (value !== '' && mayBeShown(field as CsvField, value)) shown[field] = value.trim();
  }
  return shown;
}
