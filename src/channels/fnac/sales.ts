import type { XmlRecord } from '../../transport/xml.ts';
import type { Ports, SalesBatch, SalesPort, SalesRequest } from '../contract/channel.ts';
import { asChannelError, unexpectedAnswer } from '../contract/wire-error.ts';
import type { FnacConfig } from './config.ts';
import { mainUrlOptions } from './config.ts';
import { OperationMap, toWirePerformance } from './map.ts';
import type { FnacServices } from './services.ts';
import { callOf } from './wire/faults.ts';
import type { ServiceName } from './wire/names.ts';
import { OPERATION_FIELDS } from './wire/names.ts';
import type { WirePerformance } from './wire/stock.ts';

const FIELDS: ReadonlySet<string> = new Set(OPERATION_FIELDS);
export const MESSAGES_PER_PAGE = 2_000;

/** EtatVentes: the journal of operations, page by page, as batches with a cursor after each. */
export class FnacSales implements SalesPort {
  readonly #config: FnacConfig;
  readonly #services: FnacServices;
  readonly #map: OperationMap;

  constructor(config: FnacConfig, ports: Ports, services: FnacServices) {
    this.#config = config;
    this.#services = services;
    this.#map = new OperationMap(ports);
  }

  /**
   * The cursor is the last sequence read, so reading may stop after any message. Throws a
   * ChannelError, after what arrived whole was yielded.
   */
  async *pull(request: SalesRequest): AsyncGenerator<SalesBatch> {
    const everything = mainUrlOptions(this.#config.mainUrl).everythingFromOnePerformance;
    const only = everything ? null : request.only;
    let cursor = request.cursor;
    for (;;) {
      const from = cursor;
      const page = new Page('EtatVentes');
      for await (const lines of this.#lines(page, { from, only, batch: request.batchSize })) {
        cursor = lastSequence(lines) ?? cursor ?? '0';
        yield { records: lines.map((line) => this.#map.received(line)), cursor };
      }
      // A page that was filtered has read further than its last line.
      const end = page.next ?? cursor ?? '0';
      if (end !== (cursor ?? '0')) {
        cursor = end;
        yield { records: [], cursor };
      }
      if (!page.more()) return;
      if (cursor === from) {
        throw unexpectedAnswer('EtatVentes', 'more was announced and nothing came');
      }
    }
  }

  /** The lines of a page by `batch`; what arrived whole comes before the error that broke it. */
  async *#lines(
    page: Page,
    request: { from: string | null; only: SalesRequest['only']; batch: number },
  ): AsyncGenerator<XmlRecord[]> {
    const service = await this.#services.get('EtatVentes');
    const { salle: _, ...performance }: Partial<WirePerformance> =
      request.only === null ? {} : toWirePerformance(request.only);
    const args = {
      codeGestionnaire: this.#config.managerCode,
      ...(request.from === null ? {} : { curseur: request.from }),
      nombreMax: MESSAGES_PER_PAGE,
      ...performance,
    };
    const { batch } = request;
    const header = (name: string, text: string): void => page.header(name, text);
    const query = { record: 'operation', fields: FIELDS, header, batch };
    let held: XmlRecord[] = [];
    let failure: unknown;
    try {
      for await (const lines of service.records('etatVentes', args, query)) {
        held = held.length === 0 ? lines : held.concat(lines);
        for (; held.length >= batch; held = held.slice(batch)) yield held.slice(0, batch);
      }
    } catch (error) {
      failure = error;
    }
    if (held.length > 0) yield held;
    if (failure !== undefined)
      throw asChannelError(failure, callOf('EtatVentes', request.only?.product ?? null));
  }
}

/** What a page tells about itself. */
export class Page {
  next: string | null = null;
  readonly #service: ServiceName;
  #more: boolean | null = null;

  constructor(service: ServiceName) {
    this.#service = service;
  }

  header(name: string, text: string): void {
    const value = text.trim();
    if (name === 'suite') this.#more = value === 'true' || value === '1';
    if (name === 'curseurSuivant' && value !== '') this.next = value;
  }

  /** Throws when the page did not say: taking silence for the end would lose sales. */
  more(): boolean {
    if (this.#more !== null) return this.#more;
    throw unexpectedAnswer(this.#service, 'the page does not say whether more follows');
  }
}

function lastSequence(lines: readonly XmlRecord[]): string | null {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const sequence = lines[index]?.sequence?.trim();
    if (sequence && /^\d{1,18}$/.test(sequence)) return sequence;
  }
  return null;
}
