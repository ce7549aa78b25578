import type {
  Keyed,
  SalesFileRequest,
  SimulatedStock,
  SimulatedTicket,
  SimulatorState,
  Switchboard,
  WrittenFile,
} from '../../contract/switchboard.ts';
import { SwitchboardError } from '../../contract/switchboard.ts';
import type { Books, Entry, Performance, Ticket } from './books.ts';
import { performanceKey, placeKey } from './books.ts';
import type { Line } from './lines.ts';
import { readLine } from './lines.ts';
import { Moods } from './rudeness.ts';
import { writeSalesFile } from './sales-csv.ts';
import * as selling from './selling.ts';
import type { Services } from './services.ts';
import { SERVICES } from './services.ts';

type On<K extends keyof Switchboard> = Parameters<Switchboard[K]>[0];
type Answer<K extends keyof Switchboard> = ReturnType<Switchboard[K]>;
type Unkeyed = Entry extends infer E ? Omit<E, 'key' | 'result'> : never;

/** The switchboard on the FNAC simulator's books. */
export class Desk implements Switchboard {
  readonly moods = new Moods();
  readonly #books: Books;
  readonly #services: Services;
  readonly #commit: (entry: Entry) => void;
  readonly #counter: Omit<selling.Counter, 'write'>;

  constructor(
    books: Books,
    services: Services,
    settings: { seed: number; currency: string; now: () => string },
    commit: (entry: Entry) => void,
  ) {
    this.#books = books;
    this.#services = services;
    this.#commit = commit;
    this.#counter = { books, ...settings };
  }

  setProduct(product: On<'setProduct'>): Answer<'setProduct'> {
    const { idempotencyKey, ...definition } = product;
    return this.#once({ idempotencyKey }, { code: product.code }, () => ({
      entry: 'product',
      product: definition,
    }));
  }

  receivePlaces(request: On<'receivePlaces'>): Answer<'receivePlaces'> {
    const { allotment, category, places } = request;
    const product = this.#books.product(request.product);
    const performance = this.#books.performance(product, request.performance, request.start);
    if (!performance) throw new SwitchboardError(404, 'No such performance');
    return this.#once(request, { places: places.length }, () => ({
      entry: 'received',
      change: {
        product: request.product,
        performance: performanceKey(performance.code, performance.start),
        put: places.map((place) => ({ ...place, allotment, category })),
        quotas: [],
        removed: [],
      },
    }));
  }

  sell(request: On<'sell'>): Answer<'sell'> {
    return this.#sale(request, (counter) => selling.sell(counter, request));
  }

  cancel(request: On<'cancel'>): Answer<'cancel'> {
    return this.#sale(request, (counter) => selling.cancel(counter, request));
  }

  refund(request: On<'refund'>): Answer<'refund'> {
    return this.#sale(request, (counter) => selling.refund(counter, request));
  }

  duplicate(request: On<'duplicate'>): Answer<'duplicate'> {
    return this.#sale(request, (counter) => selling.duplicate(counter, request));
  }

  exchange(request: On<'exchange'>): Answer<'exchange'> {
    return this.#sale(request, (counter) => selling.exchange(counter, request));
  }

  changeName(request: On<'changeName'>): Answer<'changeName'> {
    return this.#sale(request, (counter) => selling.changeName(counter, request));
  }

  failNext(request: On<'failNext'>): Answer<'failNext'> {
    this.moods.failNext(known(request.service), request.failure, request.times ?? 1);
    return { service: request.service };
  }

  dropNextAnswer(request: On<'dropNextAnswer'>): Answer<'dropNextAnswer'> {
    this.moods.dropNext(known(request.service), request.times ?? 1);
    return { service: request.service };
  }

  delay(request: On<'delay'>): Answer<'delay'> {
    this.moods.delay(known(request.service), request.milliseconds, request.times ?? 1);
    return { service: request.service };
  }

  duplicateOperations(request: On<'duplicateOperations'>): Answer<'duplicateOperations'> {
    const count = Math.min(request.count, this.#books.lines.length);
    const operations = this.#books.lines.length + count;
    return this.#once(request, { operations }, () => ({ entry: 'repeat', count }));
  }

  reorder(request: On<'reorder'>): Answer<'reorder'> {
    const { length } = this.#books.lines;
    const from = Math.max(length - request.count, this.#services.served);
    const order = Array.from({ length: length - from }, (_, index) => length - from - 1 - index);
    return this.#once(request, { reordered: order.length }, () => ({
      entry: 'order',
      from,
      order,
    }));
  }

  lieAboutSeat(request: On<'lieAboutSeat'>): Answer<'lieAboutSeat'> {
    const product = this.#books.product(request.product);
    const performance = this.#books.performance(product, request.performance, request.start);
    if (!performance) throw new SwitchboardError(404, 'No such performance');
    const { block, row, seat } = request.place;
    return this.#once(request, { says: request.says }, () => ({
      entry: 'lie',
      product: request.product,
      performance: `${performance.start}|${performance.code ?? ''}`,
      place: placeKey(block, row, seat),
      says: request.says,
    }));
  }

  newTariff(request: On<'newTariff'>): Answer<'newTariff'> {
    const known = this.#books.results.get(request.idempotencyKey ?? '');
    if (request.idempotencyKey !== undefined && known) return { code: request.code };
    for (const { definition } of this.#books.products.values()) {
      const prices = Object.entries(definition.prices).map(([category, tariffs]) => {
        const price = tariffs[request.like];
        return [category, price === undefined ? tariffs : { ...tariffs, [request.code]: price }];
      });
      const product = { ...definition, prices: Object.fromEntries(prices) };
      this.#commit({ entry: 'product', product });
    }
    // The key comes last: killed in between, the step is taken again and changes nothing twice.
    const { key } = keyOf(request);
    if (key !== undefined) this.#commit({ entry: 'repeat', count: 0, key, result: true });
    return { code: request.code };
  }

  rewrite(request: On<'rewrite'>): Answer<'rewrite'> {
    const line = this.#books.lines[request.sequence - 1];
    if (!line) throw new SwitchboardError(404, `No line ${request.sequence}`);
    return this.#once(request, { sequence: request.sequence }, () => ({
      entry: 'rewrite',
      sequence: request.sequence,
      line: { ...readLine(line), ...request.fields },
      charset: request.charset ?? 'utf-8',
    }));
  }

  appendRaw(request: On<'appendRaw'>): Answer<'appendRaw'> {
    const sequence = this.#books.lines.length + 1;
    return this.#once(request, { sequence }, () => ({
      entry: 'operations',
      lines: [{ ...request.fields, sequence: String(sequence) }],
      raw: true,
      charset: request.charset ?? 'utf-8',
    }));
  }

  setAccess(request: On<'setAccess'>): Answer<'setAccess'> {
    Object.assign(this.#services.access, request);
    return { pollsBeforeReady: this.#services.access.pollsBeforeReady };
  }

  /** Not of every reseller: RunningSimulator names it apart. */
  salesFile(request: SalesFileRequest): WrittenFile {
    return writeSalesFile(this.#books, request);
  }

  state(request: { tickets?: boolean } = {}): SimulatorState {
    const { tickets, lines, commands, products } = this.#books;
    const all = [...tickets.entries()];
    const living = all.filter(([, ticket]) => ticket.state === 'living').length;
    const performances = [...products.values()].flatMap((product) => [
      ...product.performances.values(),
    ]);
    return {
      operations: lines.length,
      living,
      cancelled: all.length - living,
      commands: commands.size,
      stock: performances.map(stockOf),
      tickets: request.tickets === false ? [] : all.map(([number, one]) => ticketOf(number, one)),
    };
  }

  /** One entry for one step; with a key that is known, only the answer of the first time. */
  #once<R>(request: { idempotencyKey?: string | undefined }, result: R, entry: () => Unkeyed): R {
    const { key } = keyOf(request);
    if (key !== undefined && this.#books.results.has(key)) return this.#books.results.get(key) as R;
    this.#commit({ ...entry(), ...(key === undefined ? {} : { key, result }) } as Entry);
    return result;
  }

  #sale<R>(request: Keyed, work: (counter: selling.Counter) => R): R {
    const { key } = keyOf(request);
    if (key !== undefined && this.#books.results.has(key)) return this.#books.results.get(key) as R;
    let lines: Line[] = [];
    const result = work({ ...this.#counter, write: (written) => (lines = written) });
    this.#commit({ entry: 'operations', lines, ...(key === undefined ? {} : { key, result }) });
    return result;
  }
}

function keyOf(request: { idempotencyKey?: string | undefined }): { key: string | undefined } {
  return { key: request.idempotencyKey };
}

function known(service: string): string {
  if (!(service in SERVICES)) throw new SwitchboardError(404, `No service ${service}`);
  return service;
}

function stockOf(performance: Performance): SimulatedStock {
  let free = 0;
  let sold = 0;
  for (const place of performance.places.values()) {
    if (place.ticket === null) free += 1;
    else sold += 1;
  }
  for (const quota of performance.quotas.values()) {
    free += quota.free;
    sold += quota.sold;
  }
  const { product, code, start } = performance;
  return { product, performance: code, start, free, sold };
}

function ticketOf(number: string, { line, state, barcode, givenBack }: Ticket): SimulatedTicket {
  return {
    ticket: number,
    order: line.numeroCommande ?? null,
    state,
    product: line.manifestation ?? '',
    performance: line.seance ?? null,
    start: line.dateSeance?.slice(0, 16) ?? null,
    block: line.bloc ?? null,
    row: line.rang ?? null,
    seat: line.place ?? null,
    category: line.typeTarif ?? '',
    tariff: line.categorieClient ?? '',
    price: line.prix ?? '',
    givenBack,
    barcode,
    lastName: line.nom ?? '',
    firstName: line.prenom ?? '',
    test: line.test === 'true',
  };
}
