import type { SimulatedProduct } from '../../contract/switchboard.ts';
import { SwitchboardError } from '../../contract/switchboard.ts';
import type { Line } from './lines.ts';
import { atSequence, renderLine } from './lines.ts';

/** A numbered place that the reseller received. */
export interface Place {
  allotment: string;
  block: string;
  row: string;
  seat: string;
  category: string;
  ticket: string | null;
}

/** Unnumbered places of a zone. */
export interface Quota {
  allotment: string;
  block: string;
  category: string;
  free: number;
  sold: number;
}

export interface Performance {
  product: string;
  code: string | null;
  start: string;
  hall: string | null;
  places: Map<string, Place>;
  quotas: Map<string, Quota>;
  lies: Map<string, 'free' | 'sold' | 'absent'>;
}

export interface Product {
  definition: SimulatedProduct;
  performances: Map<string, Performance>;
}

export interface Ticket {
  /** The ticket's last full line: what later operations repeat. */
  line: Line;
  state: 'living' | 'cancelled' | 'exchanged';
  barcode: string;
  revoked: string[];
  givenBack: string;
}

export interface ItemResult {
  key: string;
  result: 'ACCEPTEE' | 'DEJA_PRESENTE' | 'RETIREE' | 'VENDUE' | 'ABSENTE' | 'REFUSEE';
  quantity: number;
  reason: string | null;
}

export interface CommandAnswer {
  reference: string;
  state: 'TRAITEE' | 'REFUSEE';
  reason: string | null;
  items: ItemResult[];
}

/** What changes the stock of a performance: places put, places and quantities taken away. */
export interface StockChange {
  product: string;
  performance: string;
  put: Omit<Place, 'ticket'>[];
  quotas: { allotment: string; block: string; category: string; add: number }[];
  removed: string[];
}

export interface AccessEntry {
  barcode: string;
  ticket: string;
  state: 'VALIDE' | 'ANNULE';
  line: Line;
}

/** An entry of the simulator's file; the state is the fold of all entries. */
export type Entry = { key?: string; result?: unknown } & (
  | { entry: 'product'; product: SimulatedProduct }
  | { entry: 'command'; answer: CommandAnswer; change: StockChange | null }
  | { entry: 'received'; change: StockChange }
  | { entry: 'operations'; lines: Line[]; raw?: boolean; charset?: 'utf-8' | 'latin1' }
  | { entry: 'repeat'; count: number }
  | { entry: 'order'; from: number; order: number[] }
  | { entry: 'rewrite'; sequence: number; line: Line; charset: 'utf-8' | 'latin1' }
  | {
      entry: 'lie';
      product: string;
      performance: string;
      place: string;
      says: 'free' | 'sold' | 'absent' | null;
    }
  | { entry: 'request'; number: string; product: string; performance: string | null }
);

export function placeKey(block: string, row: string, seat: string): string {
  return `${block}|${row}|${seat}`;
}

export function quotaKey(allotment: string, block: string, category: string): string {
  return `${allotment}|${block}|${category}`;
}

export function performanceKey(code: string | null | undefined, start: string): string {
  return `${start.slice(0, 16)}|${code ?? ''}`;
}

/** All the reseller knows. It changes by `apply` only, so that the file rebuilds it exactly. */
export class Books {
  readonly products = new Map<string, Product>();
  readonly tickets = new Map<string, Ticket>();
  /** Rendered lines; the sequence of a line is its index plus one. */
  readonly lines: Buffer[] = [];
  readonly commands = new Map<string, CommandAnswer>();
  readonly requests = new Map<string, AccessEntry[]>();
  readonly results = new Map<string, unknown>();

  apply(entry: Entry): void {
    if (entry.key !== undefined) this.results.set(entry.key, entry.result);
    switch (entry.entry) {
      case 'product':
        this.#setProduct(entry.product);
        return;
      case 'command':
        this.commands.set(entry.answer.reference, entry.answer);
        if (entry.change !== null) this.#changeStock(entry.change);
        return;
      case 'received':
        this.#changeStock(entry.change);
        return;
      case 'operations':
        for (const line of entry.lines) {
          const sequence = String(this.lines.length + 1);
          this.lines.push(renderLine({ ...line, sequence }, entry.charset ?? 'utf-8'));
          if (entry.raw !== true) this.#applyLine(line);
        }
        return;
      case 'repeat':
        if (entry.count === 0) return;
        for (const line of this.lines.slice(-entry.count)) {
          this.lines.push(atSequence(line, this.lines.length + 1));
        }
        return;
      case 'order': {
        const before = this.lines.slice(entry.from);
        entry.order.forEach((index, position) => {
          const line = before[index];
          const sequence = entry.from + position + 1;
          if (line) this.lines[sequence - 1] = atSequence(line, sequence);
        });
        return;
      }
      case 'rewrite':
        this.lines[entry.sequence - 1] = renderLine(entry.line, entry.charset);
        return;
      case 'lie': {
        const lies = this.product(entry.product).performances.get(entry.performance)?.lies;
        if (entry.says === null) lies?.delete(entry.place);
        else lies?.set(entry.place, entry.says);
        return;
      }
      case 'request':
        this.requests.set(entry.number, this.#accessEntries(entry.product, entry.performance));
    }
  }

  product(code: string): Product {
    const product = this.products.get(code);
    if (!product) throw new SwitchboardError(404, `No product ${code} at the reseller`);
    return product;
  }

  /** Finds a performance by its code, else by its start; null where there is none. */
  performance(
    product: Product,
    code: string | null | undefined,
    start: string | null | undefined,
  ): Performance | null {
    for (const performance of product.performances.values()) {
      if (code !== null && code !== undefined && performance.code !== code) continue;
      if (start && performance.start !== start.slice(0, 16)) continue;
      return performance;
    }
    return null;
  }

  #setProduct(definition: SimulatedProduct): void {
    const before = this.products.get(definition.code)?.performances;
    const performances = new Map<string, Performance>();
    for (const { code, start, hall } of definition.performances ?? []) {
      const key = performanceKey(code, start);
      performances.set(
        key,
        before?.get(key) ?? {
          product: definition.code,
          code: code ?? null,
          start: start.slice(0, 16),
          hall: hall ?? null,
          places: new Map(),
          quotas: new Map(),
          lies: new Map(),
        },
      );
    }
    this.products.set(definition.code, { definition, performances });
  }

  #changeStock(change: StockChange): void {
    const performance = this.product(change.product).performances.get(change.performance);
    if (!performance) return;
    for (const place of change.put) {
      const { block, row, seat } = place;
      performance.places.set(placeKey(block, row, seat), { ...place, ticket: null });
    }
    for (const { allotment, block, category, add } of change.quotas) {
      const key = quotaKey(allotment, block, category);
      const quota = performance.quotas.get(key) ?? { allotment, block, category, free: 0, sold: 0 };
      quota.free += add;
      performance.quotas.set(key, quota);
    }
    for (const key of change.removed) performance.places.delete(key);
  }

  #applyLine(line: Line): void {
    const number = line.numeroBillet ?? '';
    const ticket = this.tickets.get(number);
    switch (line.type) {
      case 'VENTE':
        this.#open(line);
        return;
      case 'ECHANGE': {
        const replaced = this.tickets.get(line.billetRemplace ?? '');
        if (replaced) this.#close(replaced, 'exchanged');
        this.#open(line);
        return;
      }
      case 'ANNULATION':
        if (ticket) {
          ticket.givenBack = line.montantRembourse ?? '0.00';
          this.#close(ticket, 'cancelled');
        }
        return;
      case 'REMBOURSEMENT':
        if (!ticket) return;
        ticket.givenBack = addDecimals(ticket.givenBack, line.montantRembourse ?? '0');
        // A refund in full is a cancellation: the place is free again.
        if (line.liberePlace === 'true' || isWhole(ticket)) this.#close(ticket, 'cancelled');
        return;
      case 'DUPLICATA': {
        const replaced = this.tickets.get(line.billetRemplace ?? number);
        if (!replaced) return;
        replaced.revoked.push(replaced.barcode);
        replaced.barcode = line.codeBarres ?? '';
        replaced.line = { ...replaced.line, numeroBillet: number, codeBarres: replaced.barcode };
        this.tickets.delete(line.billetRemplace ?? number);
        this.tickets.set(number, replaced);
        return;
      }
      case 'NOM':
        if (ticket) {
          ticket.line = { ...ticket.line, nom: line.nom ?? '', prenom: line.prenom ?? '' };
        }
    }
  }

  #open(line: Line): void {
    const number = line.numeroBillet ?? '';
    const barcode = line.codeBarres ?? '';
    this.tickets.set(number, { line, state: 'living', barcode, revoked: [], givenBack: '0.00' });
    this.#occupy(line, number, 1);
  }

  #close(ticket: Ticket, state: 'cancelled' | 'exchanged'): void {
    if (ticket.state === 'living') this.#occupy(ticket.line, null, -1);
    ticket.state = state;
  }

  /** Marks the line's place sold (or free again), or moves one of its zone's count. */
  #occupy(line: Line, ticket: string | null, sold: 1 | -1): void {
    const product = this.products.get(line.manifestation ?? '');
    const start = line.dateSeance ?? null;
    if (!product || start === null) return;
    const performance = this.performance(product, line.seance, start);
    const block = line.bloc ?? '';
    if (line.place !== undefined) {
      const place = performance?.places.get(placeKey(block, line.rang ?? '', line.place));
      if (place) place.ticket = ticket;
      return;
    }
    const key = quotaKey(line.allotement ?? '', block, line.typeTarif ?? '');
    const quota = performance?.quotas.get(key);
    if (!quota) return;
    quota.sold += sold;
    quota.free -= sold;
  }

  #accessEntries(product: string, performance: string | null): AccessEntry[] {
    const entries: AccessEntry[] = [];
    for (const [number, { line, state, barcode, revoked }] of this.tickets) {
      if (line.manifestation !== product) continue;
      const start = line.dateSeance;
      const key = start === undefined ? null : performanceKey(line.seance, start);
      if (performance !== null && key !== performance) continue;
      for (const old of revoked)
        entries.push({ barcode: old, ticket: number, state: 'ANNULE', line });
      const now = state === 'living' ? 'VALIDE' : 'ANNULE';
      entries.push({ barcode, ticket: number, state: now, line });
    }
    return entries;
  }
}

/** Adds two decimal texts with at most two decimals, by whole cents. */
export function addDecimals(a: string, b: string): string {
  const cents = toCents(a) + toCents(b);
  return `${cents < 0n ? '-' : ''}${magnitude(cents)}`;
}

function isWhole(ticket: Ticket): boolean {
  return toCents(ticket.givenBack) >= toCents(ticket.line.prix ?? '0');
}

function toCents(text: string): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const cents = BigInt(whole || '0') * 100n + BigInt(`${part}00`.slice(0, 2));
  return text.startsWith('-') ? -cents : cents;
}

function magnitude(cents: bigint): string {
  const positive = cents < 0n ? -cents : cents;
  return `${positive / 100n}.${String(positive % 100n).padStart(2, '0')}`;
}
