/**
 * A reseller who never errs: histories in which every operation is possible when it happens. What
 * an arbitrary sequence of choices asks for and cannot be is left out.
 */
import type { Message } from '../../src/domain/order/message.ts';
import { laterOf, message } from './paper-sales.ts';

export interface Choice {
  action:
    | 'sell'
    | 'sellZone'
    | 'sellDay'
    | 'cancel'
    | 'refundPart'
    | 'refundRest'
    | 'release'
    | 'refundFees'
    | 'sellNumberAgain'
    | 'replace'
    | 'renumber'
    | 'rename'
    | 'exchange';
  /** Picks among what is possible. */
  pick: number;
  /** Picks a place, an amount, or whether a number stays. */
  how: number;
  /** Minutes since the operation before. */
  wait: number;
}

export interface HistoryOptions {
  numbers: 'all' | 'none' | 'some';
  /** The reseller tells its commission, or the rule does. */
  commission: boolean;
}

interface Place {
  name: string;
  words: Partial<Message>;
  price: number;
}

interface Sold {
  message: Message;
  number: string;
  place: Place;
  barcode: string;
  left: number;
  living: boolean;
  /** Once the number or the ticket went on otherwise, late refunds of it are not told. */
  feesOpen: boolean;
}

const seat = (number: number, category: string, block: string, price: number): Place => ({
  name: `${block}${number}`,
  words: { block, row: '1', seat: String(number), category },
  price,
});

const SEATS: readonly Place[] = [
  seat(1, '1', 'bA', 4000),
  seat(2, '1', 'bA', 4000),
  seat(3, '1', 'bA', 4000),
  seat(1, '2', 'bB', 3000),
];
const ZONE: Place = {
  name: 'zone',
  words: { block: 'bPIT', row: null, seat: null, category: '3' },
  price: 2000,
};
const DAY: Place = {
  name: 'day',
  words: {
    product: 'mDAY',
    start: '2027-05-02',
    hall: null,
    block: null,
    row: null,
    seat: null,
    category: null,
  },
  price: 1500,
};
const ZONE_PLACES = 3;
const DAY_PLACES = 3;

export class PaperHistory {
  readonly messages: Message[] = [];
  readonly #options: HistoryOptions;
  readonly #tickets: Sold[] = [];
  readonly #placesOfNumber = new Map<string, Set<string>>();
  /** Numbers that a duplicate has left while its ticket lived: resellers do not sell them again. */
  readonly #left = new Set<string>();
  #minutes = 0;
  #count = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  play(choices: readonly Choice[]): Message[] {
    for (const choice of choices) {
      this.#minutes += choice.wait;
      this.#act(choice);
    }
    return this.messages;
  }

  #act({ action, pick, how }: Choice): void {
    const living = this.#tickets.filter((one) => one.living);
    const one = living[pick % Math.max(1, living.length)];
    switch (action) {
      case 'sell':
        this.#sell(this.#freeSeats()[how % 4], null);
        return;
      case 'sellZone':
        this.#sell(this.#free(ZONE), null);
        return;
      case 'sellDay':
        this.#sell(this.#free(DAY), null);
        return;
      case 'sellNumberAgain':
        this.#sellAgain(pick, how);
        return;
      case 'refundFees':
        this.#refundFees(pick);
        return;
      default:
        if (one !== undefined) this.#change(one, action, how);
    }
  }

  #change(one: Sold, action: Choice['action'], how: number): void {
    switch (action) {
      case 'cancel': {
        // Told as nothing, as all of it, or with fees kept.
        const back = [null, one.left, Math.floor(one.left / 2)][how % 3] ?? null;
        this.#end(one, 'cancellation', back);
        return;
      }
      case 'refundPart': {
        const amount = Math.floor(one.left / 4);
        if (amount > 0) this.#return(one, 'refund', amount);
        return;
      }
      case 'refundRest':
        if (one.left > 0) this.#end(one, 'refund', one.left);
        return;
      case 'release':
        if (one.left > 1) this.#end(one, 'refund', Math.floor(one.left / 2), true);
        return;
      case 'replace':
        one.barcode = this.#newCode();
        this.#tell(laterOf(one.message, { kind: 'replacement', barcode: one.barcode }), one);
        return;
      case 'renumber': {
        one.barcode = this.#newCode();
        const replaces = one.number;
        this.#left.add(replaces);
        one.number = this.#newNumber(one.place);
        const told = { kind: 'replacement' as const, barcode: one.barcode, replaces };
        this.#tell(laterOf(one.message, { ...told, ticket: one.number }), one);
        return;
      }
      case 'rename': {
        const names = { lastName: `Léa ${this.#count}`, firstName: '李' };
        this.#tell(laterOf(one.message, { kind: 'holder', ...names }), one);
        return;
      }
      case 'exchange':
        this.#exchange(one, how);
        return;
    }
  }

  #sell(place: Place | undefined, again: string | null): void {
    if (place === undefined) return;
    const number = again ?? this.#newNumber(place);
    this.#enter(number, place, { kind: 'sale', replaces: null });
  }

  #enter(number: string, place: Place, change: Partial<Message>): void {
    const barcode = this.#newCode();
    const commissionMinor = this.#options.commission ? place.price / 20 : null;
    const sale = message({
      ...place.words,
      ...change,
      ticket: number,
      order: this.#count % 3 === 0 ? null : `O${this.#count % 5}`,
      priceMinor: place.price,
      commissionMinor,
      barcode,
    });
    const sold = { number, place, barcode, left: place.price, living: true, feesOpen: false };
    const told = this.#tell(sale, { ...sold, message: sale });
    this.#tickets.push({ ...sold, message: told });
  }

  #sellAgain(pick: number, how: number): void {
    const ended = this.#tickets.filter(
      ({ number }) =>
        !this.#left.has(number) &&
        !this.#tickets.some((one) => one.number === number && one.living),
    );
    const one = ended[pick % Math.max(1, ended.length)];
    if (one === undefined) return;
    const known = this.#placesOfNumber.get(one.number) as Set<string>;
    const place = this.#freeSeats().filter(({ name }) => !known.has(name))[how % 4];
    if (place === undefined) return;
    known.add(place.name);
    for (const other of this.#tickets) if (other.number === one.number) other.feesOpen = false;
    this.#sell(place, one.number);
  }

  #exchange(one: Sold, how: number): void {
    // An exchange names its new place only: of a number sold twice nobody could tell which sale it
    // ends while the second is missing.
    if (this.#tickets.filter(({ number }) => number === one.number).length > 1) return;
    const places = [one.place, ...this.#freeSeats(), this.#free(ZONE)];
    const place = places[how % places.length];
    if (place === undefined) return;
    const replaces = one.number;
    const known = this.#placesOfNumber.get(replaces) as Set<string>;
    const keeps = how % 2 === 0 && !known.has(place.name);
    if (keeps) known.add(place.name);
    one.living = false;
    one.left = 0;
    const number = keeps ? replaces : this.#newNumber(place);
    this.#enter(number, place, { kind: 'exchange', replaces: keeps && how % 3 ? null : replaces });
  }

  #refundFees(pick: number): void {
    const kept = this.#tickets.filter((one) => one.feesOpen && one.left > 0);
    const one = kept[pick % Math.max(1, kept.length)];
    if (one === undefined) return;
    this.#return(one, 'refund', Math.ceil(one.left / 2));
  }

  #end(one: Sold, kind: 'cancellation' | 'refund', back: number | null, release = false): void {
    this.#return(one, kind, back, release);
    one.living = false;
    one.feesOpen = back !== null;
  }

  #return(
    one: Sold,
    kind: 'cancellation' | 'refund',
    givenBackMinor: number | null,
    releasesPlace = false,
  ): void {
    const commissionMinor =
      this.#options.commission && givenBackMinor !== null ? Math.floor(givenBackMinor / 20) : null;
    const change = { kind, givenBackMinor, commissionMinor, releasesPlace };
    one.left -= givenBackMinor ?? one.left;
    this.#tell(laterOf(one.message, change), one);
  }

  #tell(told: Message, one: Sold): Message {
    this.#count += 1;
    const { numbers } = this.#options;
    const withNumber = numbers === 'all' || (numbers === 'some' && this.#count % 3 !== 0);
    const ticket = told.kind === 'sale' || told.kind === 'exchange' ? told.ticket : one.number;
    const barcode =
      told.kind === 'cancellation' || told.kind === 'refund'
        ? this.#count % 2 === 0
          ? null
          : one.barcode
        : told.barcode;
    const final: Message = {
      ...told,
      ticket,
      barcode,
      operationNumber: withNumber ? this.#count : null,
      operationAt: new Date(Date.UTC(2026, 11, 2, 8, this.#minutes)).toISOString(),
    };
    // Without numbers the instant is all there is: each has its own.
    if (numbers !== 'all') this.#minutes += 1;
    this.messages.push(final);
    return final;
  }

  #freeSeats(): Place[] {
    return SEATS.filter((place) => !this.#tickets.some((one) => one.living && one.place === place));
  }

  #free(place: Place): Place | undefined {
    const taken = this.#tickets.filter((one) => one.living && one.place === place).length;
    return taken < (place === ZONE ? ZONE_PLACES : DAY_PLACES) ? place : undefined;
  }

  #newNumber(place: Place): string {
    const number = `N${this.#placesOfNumber.size + 1}`;
    this.#placesOfNumber.set(number, new Set([place.name]));
    return number;
  }

  #newCode(): string {
    return `C${this.#count}-${this.#tickets.length}`;
  }
}
