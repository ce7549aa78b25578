import type { SellRequest, SimulatedPlace, Switchboard } from '../../contract/switchboard.ts';
import { SwitchboardError } from '../../contract/switchboard.ts';
import type { Books, Performance, Ticket } from './books.ts';
import { placeKey } from './books.ts';
import type { Line } from './lines.ts';
import { barcodeNumber, nameOf, operationNumber, orderNumber, ticketNumber } from './numbers.ts';

/** What the reseller's counters need to write a line. */
export interface Counter {
  books: Books;
  seed: number;
  currency: string;
  /** Local time without offset, to the second. */
  now(): string;
  /** Writes the lines to the file, then applies them. */
  write(lines: Line[]): void;
}

type On<K extends keyof Switchboard> = Parameters<Switchboard[K]>[0];

const DEFAULT_OUTLET = 'FNAC-WEB';

/** Sells places, quantities or passes; each ticket is one VENTE line. */
export function sell(counter: Counter, request: SellRequest): ReturnType<Switchboard['sell']> {
  const { books, seed } = counter;
  const product = books.product(request.product);
  const performance = books.performance(product, request.performance, request.start);
  if (product.definition.type !== 'pass' && performance === null) {
    throw new SwitchboardError(404, `No such performance of ${request.product}`);
  }
  const spots = performance
    ? spotsFor(request, performance, product.definition.type === 'pass')
    : passes(request);
  const position = books.lines.length;
  const order = request.order === undefined ? orderNumber(seed, position) : request.order;
  const lines = spots.map((spot, index): Line => {
    const category = request.category ?? spot.category ?? firstKey(product.definition.prices);
    const tariffs = product.definition.prices[category] ?? {};
    const tariff = request.tariff ?? firstKey(tariffs);
    const name = request.names?.[index] ?? nameOf(seed, position + index);
    return filled({
      type: 'VENTE',
      numeroOperation: operationNumber(seed, position + index),
      dateOperation: request.at ?? counter.now(),
      pointDeVente: request.outlet ?? DEFAULT_OUTLET,
      numeroBillet: ticketNumber(seed, position + index),
      numeroCommande: order,
      manifestation: request.product,
      ...whenAndWhere(request, performance),
      bloc: spot.block,
      allotement: spot.allotment,
      typeTarif: category,
      categorieClient: tariff,
      rang: spot.row,
      place: spot.seat,
      prix: request.price ?? tariffs[tariff] ?? '0.00',
      commission: request.commission === undefined ? product.definition.commission : null,
      ...(request.commission ? { commission: request.commission } : {}),
      devise: counter.currency,
      codeBarres: barcodeNumber(seed, position + index),
      nom: name.lastName,
      prenom: name.firstName,
      test: request.test === true ? 'true' : 'false',
    });
  });
  counter.write(lines);
  return { order, tickets: lines.map((line) => line.numeroBillet ?? '') };
}

export function cancel(counter: Counter, request: On<'cancel'>): { ticket: string } {
  const ticket = living(counter.books, request.ticket);
  const line = returning(counter, ticket, 'ANNULATION', request.at);
  line.montantRembourse = request.givenBack ?? ticket.line.prix ?? '0.00';
  if (request.commission !== undefined) line.commission = request.commission;
  counter.write([line]);
  return { ticket: request.ticket };
}

export function refund(counter: Counter, request: On<'refund'>): { ticket: string } {
  const ticket = living(counter.books, request.ticket);
  const line = returning(counter, ticket, 'REMBOURSEMENT', request.at);
  line.montantRembourse = request.amount;
  line.liberePlace = request.releasesPlace === true ? 'true' : 'false';
  if (request.commission !== undefined) line.commission = request.commission;
  counter.write([line]);
  return { ticket: request.ticket };
}

export function duplicate(
  counter: Counter,
  request: On<'duplicate'>,
): ReturnType<Switchboard['duplicate']> {
  const { books, seed } = counter;
  const line = returning(counter, living(books, request.ticket), 'DUPLICATA', request.at);
  const barcode = barcodeNumber(seed, books.lines.length);
  const number =
    request.newNumber === true ? ticketNumber(seed, books.lines.length) : request.ticket;
  delete line.prix;
  counter.write([
    { ...line, codeBarres: barcode, numeroBillet: number, billetRemplace: request.ticket },
  ]);
  return { ticket: number, barcode };
}

export function exchange(counter: Counter, request: On<'exchange'>): { ticket: string } {
  const { books, seed } = counter;
  const ticket = living(books, request.ticket);
  const position = books.lines.length;
  const product = books.product(ticket.line.manifestation ?? '');
  const performance = books.performance(
    product,
    request.performance ?? (request.start === undefined ? ticket.line.seance : null),
    request.start ?? ticket.line.dateSeance,
  );
  const line = returning(counter, ticket, 'ECHANGE', request.at);
  if (request.place && performance) {
    const place = heldPlace(performance, request.place, false);
    Object.assign(line, { bloc: place.block, rang: place.row, place: place.seat });
    if (place.category) line.typeTarif = place.category;
    if (place.allotment) line.allotement = place.allotment;
  }
  if (request.category !== undefined) line.typeTarif = request.category;
  if (request.tariff !== undefined) line.categorieClient = request.tariff;
  const believed = product.definition.prices[line.typeTarif ?? ''];
  const number = ticketNumber(seed, position);
  counter.write([
    {
      ...line,
      ...filled(whenAndWhere(request, performance)),
      numeroBillet: number,
      billetRemplace: request.ticket,
      prix: request.price ?? believed?.[line.categorieClient ?? ''] ?? line.prix ?? '0.00',
      montantRembourse: ticket.line.prix ?? '0.00',
      codeBarres: barcodeNumber(seed, position),
      ...filled({ commission: product.definition.commission }),
    },
  ]);
  return { ticket: number };
}

export function changeName(counter: Counter, request: On<'changeName'>): { ticket: string } {
  const line = returning(counter, living(counter.books, request.ticket), 'NOM', request.at);
  delete line.prix;
  counter.write([{ ...line, nom: request.lastName, prenom: request.firstName }]);
  return { ticket: request.ticket };
}

interface Spot {
  block: string | null;
  row: string | null;
  seat: string | null;
  category: string | null;
  allotment: string | null;
}

function passes(request: SellRequest): Spot[] {
  const spot = { block: null, row: null, seat: null, category: null, allotment: null };
  return Array.from({ length: request.count ?? 1 }, () => spot);
}

function spotsFor(request: SellRequest, performance: Performance, pass: boolean): Spot[] {
  if (pass) return passes(request);
  if (request.places) {
    const force = request.force === true;
    return request.places.map((place) => heldPlace(performance, place, force));
  }
  const count = request.count ?? 1;
  const spots: Spot[] = [];
  for (const place of performance.places.values()) {
    if (spots.length === count) return spots;
    if (place.ticket === null && wanted(request, place)) spots.push(place);
  }
  for (const quota of performance.quotas.values()) {
    if (!wanted(request, quota)) continue;
    const spot = { ...quota, row: null, seat: null };
    for (let left = quota.free; left > 0 && spots.length < count; left -= 1) spots.push(spot);
  }
  while (spots.length < count && request.force === true) {
    spots.push({ ...passes(request)[0], block: request.block ?? null } as Spot);
  }
  if (spots.length < count) {
    throw new SwitchboardError(409, `Only ${spots.length} of ${count} places are free`);
  }
  return spots;
}

function wanted(request: SellRequest, stock: { block: string; category: string }): boolean {
  if (request.block !== undefined && request.block !== stock.block) return false;
  return request.category === undefined || request.category === stock.category;
}

function heldPlace(performance: Performance, named: SimulatedPlace, force: boolean): Spot {
  const place = performance.places.get(placeKey(named.block, named.row, named.seat));
  if (place && (place.ticket === null || force)) return place;
  if (force) return { ...named, category: null, allotment: null };
  const why = place ? 'is sold' : 'is not held';
  throw new SwitchboardError(409, `Place ${named.block}/${named.row}/${named.seat} ${why}`);
}

function living(books: Books, number: string): Ticket {
  const ticket = books.tickets.get(number);
  if (!ticket) throw new SwitchboardError(404, `No ticket ${number}`);
  if (ticket.state !== 'living') throw new SwitchboardError(409, `Ticket ${number} is closed`);
  return ticket;
}

/** A later operation on a ticket: its line again, with a number and an instant of its own. */
function returning(counter: Counter, ticket: Ticket, type: string, at?: string): Line {
  const line: Line = { ...ticket.line, type, codeBarres: ticket.barcode };
  line.numeroOperation = operationNumber(counter.seed, counter.books.lines.length);
  line.dateOperation = at ?? counter.now();
  delete line.commission;
  return line;
}

function whenAndWhere(
  request: { performance?: string | null; start?: string | null },
  performance: Performance | null,
): Record<string, string | null | undefined> {
  const start = performance?.start ?? request.start;
  return {
    seance: performance?.code,
    dateSeance: start ? wireStart(start) : null,
    salle: performance?.hall,
  };
}

/** A day stays a day; a time gets its seconds. */
function wireStart(start: string): string {
  return start.length > 10 ? `${start.slice(0, 16)}:00` : start;
}

function filled(fields: Record<string, string | null | undefined>): Line {
  const line: Line = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) line[name] = value;
  }
  return line;
}

function firstKey(table: Readonly<Record<string, unknown>>): string {
  return Object.keys(table)[0] ?? '';
}
