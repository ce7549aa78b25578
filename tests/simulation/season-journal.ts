/**
 * A reseller's own statement, from its journal alone: which tickets it sold, on what terms they
 * were and are, what it gave back, and which places it holds. Nothing of our reading of its wire
 * is used: the fields are the journal's, the prices are those of the contract.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductCode, SeasonCode, TariffCode } from './season-house.ts';
import { FIRST_PRICES, PRODUCTS, TERMS, WORDS } from './season-house.ts';

export type JournalLine = Readonly<Record<string, string>>;

interface Entry {
  entry: string;
  lines?: JournalLine[];
  raw?: boolean;
  change?: {
    performance: string;
    product: string;
    put: { allotment: string; block: string; row: string; seat: string }[];
    quotas: { allotment: string; block: string; category: string; add: number }[];
    removed: string[];
  } | null;
}

const DAY = 86_400_000;

/** The price list as both sides agreed on it: cents over time. */
export class PriceBook {
  readonly #lists = new Map<string, { from: number; cents: number }[]>();

  constructor() {
    for (const product of PRODUCTS) {
      for (const [category, byTariff] of Object.entries(FIRST_PRICES[product])) {
        for (const [tariff, cents] of Object.entries(byTariff)) {
          this.#lists.set(`${product}|${category}|${tariff}`, [{ from: 0, cents }]);
        }
      }
    }
  }

  #of(product: string, category: string, tariff: string): { from: number; cents: number }[] {
    return this.#lists.get(`${product}|${category}|${tariff}`) ?? [];
  }

  change(product: string, category: string, tariff: string, from: number, cents: number): void {
    this.#of(product, category, tariff).push({ from, cents });
  }

  at(product: string, category: string, tariff: string, instant: number): number | null {
    const valid = this.#of(product, category, tariff).filter(({ from }) => from <= instant);
    return valid.at(-1)?.cents ?? null;
  }

  /** What else may be charged within a day of a change. */
  around(product: string, category: string, tariff: string, instant: number): number[] {
    const list = this.#of(product, category, tariff);
    const before = list.filter(({ from }) => from < instant - DAY).at(-1);
    return list
      .filter((one) => one === before || Math.abs(one.from - instant) <= DAY)
      .map(({ cents }) => cents);
  }
}

/** Words that a reseller began to use during the season, and what they turned out to mean. */
export interface LearnedWords {
  tariffs: Map<string, TariffCode>;
  categories: Map<string, string>;
}

export interface TheirTicket {
  number: string;
  state: 'living' | 'cancelled' | 'exchanged';
  product: ProductCode;
  start: string | null;
  /** `block/row/seat` in the reseller's words; null for what is counted. */
  place: string | null;
  block: string | null;
  /** What it says that it sold it out of; null: of nothing that it was handed over. */
  allotment: string | null;
  test: boolean;
  barcode: string;
  name: string;
  /** In cents; null: the price is not the contract's, and a person has to decide. */
  booked: number | null;
  /** What was reported, brought to the terms of our list, and our price at that instant. */
  reported: number;
  list: number | null;
  /** What the spectator paid and got back, as reported. */
  paid: number;
  reportedBack: number;
  back: number;
  commission: number;
  commissionBack: number;
  /** Its own numbers, where a duplicate gave it another. */
  numbers: Set<string>;
  /** Those, and the numbers of the tickets that it came from or became. */
  relatives: Set<string>;
}

export interface Statement {
  tickets: Map<string, TheirTicket>;
  /** `start|block/row/seat` of what it was handed over, with its living tickets there. */
  places: Map<string, string[]>;
  /** `start|block|allotment` → free and sold. */
  counts: Map<string, { free: number; sold: number }>;
  /** Starts of performances of which it sold counted places that it did not have. */
  oversold: Set<string>;
  /** Tickets of lines that were written into the journal by hand: nobody stands by them. */
  scribbled: Set<string>;
}

export function cents(text: string | undefined): number {
  return Math.round(Number(text ?? '0') * 100);
}

/** Local time of the journal: the autumn's second hour is taken for its first. */
export function instantOf(local: string): number {
  const offset = local < '2026-10-25T03:00:00' ? '+02:00' : '+01:00';
  return Date.parse(`${local}${offset}`);
}

export function readStatement(
  code: SeasonCode,
  folder: string,
  prices: PriceBook,
  learned: LearnedWords,
): Statement {
  const statement: Statement = {
    tickets: new Map(),
    places: new Map(),
    counts: new Map(),
    oversold: new Set(),
    scribbled: new Set(),
  };
  const clerk = new Clerk(code, statement, prices, learned);
  const text = readFileSync(join(folder, 'fnac-journal.jsonl'), 'utf8');
  for (const row of text.split('\n')) {
    if (row === '') continue;
    const entry = JSON.parse(row) as Entry;
    if (entry.entry === 'command' && entry.change) clerk.stock(entry.change);
    if (entry.entry !== 'operations') continue;
    for (const line of entry.lines ?? []) {
      if (entry.raw === true) statement.scribbled.add(line.numeroBillet ?? '');
      else clerk.operation(line);
    }
  }
  for (const { number, state, start, place } of statement.tickets.values()) {
    if (state === 'living' && place !== null)
      statement.places.get(`${start}|${place}`)?.push(number);
  }
  return statement;
}

/** Goes through the journal in the order in which it was written. */
class Clerk {
  readonly #code: SeasonCode;
  readonly #statement: Statement;
  readonly #prices: PriceBook;
  readonly #learned: LearnedWords;

  constructor(code: SeasonCode, statement: Statement, prices: PriceBook, learned: LearnedWords) {
    this.#code = code;
    this.#statement = statement;
    this.#prices = prices;
    this.#learned = learned;
  }

  stock(change: NonNullable<Entry['change']>): void {
    const { places } = this.#statement;
    const start = change.performance.slice(0, 16);
    for (const { block, row, seat } of change.put) {
      const key = `${start}|${block}/${row}/${seat}`;
      places.set(key, []);
    }
    for (const key of change.removed) places.delete(`${start}|${key.replaceAll('|', '/')}`);
    for (const { allotment, block, add } of change.quotas) {
      this.#count(`${start}|${block}|${allotment}`).free += add;
    }
  }

  operation(line: JournalLine): void {
    const { tickets } = this.#statement;
    const number = line.numeroBillet ?? '';
    const ticket = tickets.get(number);
    const back = cents(line.montantRembourse);
    switch (line.type) {
      case 'VENTE':
        this.#open(line);
        return;
      case 'ECHANGE': {
        const old = tickets.get(line.billetRemplace ?? '');
        const relatives = new Set([number]);
        if (old !== undefined) {
          this.#giveBack(old, paidOf(this.#code, old), null);
          this.#end(old, 'exchanged');
          for (const one of old.relatives) relatives.add(one);
        }
        this.#open(line, relatives);
        return;
      }
      case 'ANNULATION':
        if (ticket === undefined) return;
        this.#giveBack(ticket, back, line.commission ?? null);
        this.#end(ticket, 'cancelled');
        return;
      case 'REMBOURSEMENT': {
        if (ticket === undefined) return;
        const whole = ticket.reportedBack + back >= paidOf(this.#code, ticket);
        this.#giveBack(ticket, back, line.commission ?? null);
        if (whole || line.liberePlace === 'true') this.#end(ticket, 'cancelled');
        return;
      }
      case 'DUPLICATA': {
        const former = line.billetRemplace ?? number;
        const copied = tickets.get(former);
        if (copied === undefined) return;
        tickets.delete(former);
        copied.number = number;
        copied.barcode = line.codeBarres ?? '';
        copied.numbers.add(number);
        copied.relatives.add(number);
        tickets.set(number, copied);
        return;
      }
      case 'NOM':
        if (ticket !== undefined) ticket.name = `${line.nom} ${line.prenom}`;
    }
  }

  #open(line: JournalLine, relatives = new Set([line.numeroBillet ?? ''])): void {
    const money = this.#money(line);
    const number = line.numeroBillet ?? '';
    const ticket: TheirTicket = {
      number,
      state: 'living',
      product: productOf(line),
      start: line.dateSeance?.slice(0, 16) ?? null,
      place: line.place === undefined ? null : `${line.bloc}/${line.rang}/${line.place}`,
      block: line.bloc ?? null,
      allotment: line.allotement ?? null,
      test: line.test === 'true',
      barcode: line.codeBarres ?? '',
      name: `${line.nom} ${line.prenom}`,
      ...money,
      paid: cents(line.prix),
      back: 0,
      reportedBack: 0,
      commissionBack: 0,
      numbers: new Set([number]),
      relatives,
    };
    this.#statement.tickets.set(number, ticket);
    const count = this.#statement.counts.get(countKeyOf(line));
    if (ticket.place === null && ticket.start !== null && count === undefined) {
      this.#statement.oversold.add(ticket.start);
    }
    if (ticket.place === null && count !== undefined) {
      count.free -= 1;
      count.sold += 1;
    }
  }

  #end(ticket: TheirTicket, state: 'cancelled' | 'exchanged'): void {
    if (ticket.state !== 'living') return;
    ticket.state = state;
    const count = this.#statement.counts.get(`${ticket.start}|${ticket.block}|${ticket.allotment}`);
    if (ticket.place === null && count !== undefined) {
      count.free += 1;
      count.sold -= 1;
    }
  }

  /** All that was paid for the place gives back all that was booked, and with it the commission. */
  #giveBack(ticket: TheirTicket, reported: number, commission: string | null): void {
    const left = (ticket.booked ?? ticket.reported) - ticket.back;
    ticket.reportedBack += reported;
    const whole = ticket.reportedBack >= paidOf(this.#code, ticket);
    const amount = whole ? left : Math.min(reported, left);
    ticket.back += amount;
    const all = ticket.back === (ticket.booked ?? ticket.reported);
    if (commission !== null) ticket.commissionBack += cents(commission);
    else if (all) ticket.commissionBack = ticket.commission;
  }

  #money(line: JournalLine): Pick<TheirTicket, 'booked' | 'reported' | 'list' | 'commission'> {
    const { policy, includes, onTop, commission } = TERMS[this.#code];
    const paid = cents(line.prix);
    const product = productOf(line);
    const category = this.#category(line);
    const tariff = this.#tariff(line);
    const instant = instantOf(line.dateOperation ?? '');
    const list = this.#prices.at(product, category, tariff, instant);
    const told = line.commission === undefined ? null : cents(line.commission);
    const against = (price: number) => {
      const rule =
        commission.kind === 'amount'
          ? commission.value
          : Math.round((price * commission.value) / 10_000);
      const taken = told ?? rule;
      if (onTop) return { booked: includes ? paid - taken : paid, commission: taken };
      return { booked: includes ? paid : paid + taken, commission: taken };
    };
    const valid = against(list ?? 0);
    const agreed = [list ?? 0, ...this.#prices.around(product, category, tariff, instant)];
    const fitting = agreed.find((price) => against(price).booked === price);
    const known = { reported: valid.booked, list };
    if (fitting !== undefined) return { ...against(fitting), ...known };
    if (policy === 'reseller') return { ...this.#byTheirPrice(paid, told), ...known };
    if (policy === 'ours') return { ...known, booked: list, commission: valid.commission };
    return { ...known, booked: null, commission: valid.commission };
  }

  /** A commission that is not told was a part of the price that the reseller believed in. */
  #byTheirPrice(paid: number, told: number | null): { booked: number; commission: number } {
    const { includes, onTop, commission } = TERMS[this.#code];
    if (onTop || includes || commission.kind === 'amount') {
      throw new Error('Nobody of this season has such terms.');
    }
    const whole = Math.round((paid * 10_000) / (10_000 - commission.value));
    const taken = told ?? whole - paid;
    return { booked: paid + taken, commission: taken };
  }

  #category(line: JournalLine): string {
    const word = line.typeTarif ?? '';
    const known = Object.entries(WORDS[this.#code].category).find(([, said]) => said === word);
    return known?.[0] ?? this.#learned.categories.get(word) ?? '';
  }

  #tariff(line: JournalLine): string {
    const word = line.categorieClient ?? '';
    const known = Object.entries(WORDS[this.#code].tariff).find(([, said]) => said === word);
    return known?.[0] ?? this.#learned.tariffs.get(word) ?? '';
  }

  #count(key: string): { free: number; sold: number } {
    const known = this.#statement.counts.get(key) ?? { free: 0, sold: 0 };
    this.#statement.counts.set(key, known);
    return known;
  }
}

/** What the spectator paid for the place; a commission on top may stay with the reseller. */
function paidOf(code: SeasonCode, ticket: { paid: number; commission: number }): number {
  const { onTop, includes } = TERMS[code];
  return onTop && includes ? ticket.paid - ticket.commission : ticket.paid;
}

function productOf(line: JournalLine): ProductCode {
  return (line.manifestation ?? '').split('-').at(-1) as ProductCode;
}

function countKeyOf(line: JournalLine): string {
  return `${line.dateSeance?.slice(0, 16)}|${line.bloc}|${line.allotement}`;
}
