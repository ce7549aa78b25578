import { createHash } from 'node:crypto';
import type { FileRecord, SalesFileBatch } from '../channels/contract/files/sales-file.ts';
import type { ExternalPerformance } from '../channels/contract/stock.ts';
import { isPass } from '../domain/catalogue/catalogue.ts';
import type { Message } from '../domain/order/message.ts';
import type { BatchPlan, OutcomeName } from '../domain/order/plan.ts';
import type { Problem } from '../domain/order/problem.ts';
import { findReceivedFile, insertReceivedFile } from '../store/received-file-store.ts';
import type { ExchangeContext } from './context.ts';
import { KnowledgeCache } from './exchange-terms.ts';
import type { Unreadable } from './integrate-batch.ts';
import { integrateBatch } from './integrate-batch.ts';
import { logPlan, logUnreadable } from './integrate-log.ts';
import { KeptFile } from './kept-file.ts';
import { ReadAhead } from './read-ahead.ts';
import { scopesOf } from './sales-scope.ts';

/** A file that can be read from its beginning more than once. */
export interface FileToImport {
  /** Without its folder. */
  name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What became of a line. */
export interface ImportedLine {
  line: number;
  /** `none`: nothing about a ticket stands on it. */
  outcome: OutcomeName | 'unreadable' | 'none';
  problems: readonly Problem[];
  ticket: string | null;
  order: string | null;
  messageId: number | null;
}

export interface ImportOptions {
  /** Told of every line of the file once, in their order, batch by batch. */
  tell?: (lines: readonly ImportedLine[]) => Promise<void>;
}

/** Batches that a simulation takes as one. */
const SIMULATED_BATCHES = 10;

/**
 * Brings sales home from a file, in the run and by the rules of those that come over the wire:
 * what is known changes nothing, a bad line stops no other. There is no cursor: a file that was
 * read halfway is imported again. Of what it is, the run's filters say where the file does not.
 */
export async function importSales(
  context: ExchangeContext,
  file: FileToImport,
  options: ImportOptions = {},
): Promise<void> {
  const cache = new KnowledgeCache(context);
  const wanted = await whatFor(context, cache);
  if (wanted === null) return;
  const digest = await digestOf(context, file);
  const { database, organisation, log } = context;
  const earlier = await database.transaction(organisation.id, (tx) =>
    findReceivedFile(tx, context.interface.id, digest),
  );
  if (earlier !== null) {
    log.line('info', 'import.again', { params: { file: file.name, at: earlier.receivedAt } });
  }
  const keeps = earlier === null && !context.run.simulation;
  const importing = new Importing(context, cache, file.name, options, keeps);
  await importing.read(file, wanted.only);
  if (importing.digest !== digest) {
    log.line('warning', 'external.file_changed', { params: { file: file.name } });
  } else if (keeps) {
    await importing.keep();
  }
  log.line('info', 'import.done', { params: { file: file.name, lines: importing.lines } });
}

/** What the file is of; null where that cannot be said, which is told in the log. */
async function whatFor(
  context: ExchangeContext,
  cache: KnowledgeCache,
): Promise<{ only: ExternalPerformance | null } | null> {
  const { log, channel, open } = context;
  const params = { interface: context.interface.code };
  if (open.salesFiles === undefined) {
    log.line('error', 'interface.no_files', { params });
    return null;
  }
  const { productIds = [], performanceIds = [] } = context.run.filters;
  const named = productIds.length + performanceIds.length;
  const required = channel.capabilities.sales.files === 'operator-names';
  const { catalogue } = await context.database.transaction(context.organisation.id, (tx) =>
    cache.current(tx),
  );
  // Only an undated pass is told by its product alone.
  const vague = productIds.some((id) => {
    const product = catalogue.productById.get(id);
    return product === undefined || !isPass(product.kind);
  });
  if (named > 1 || (required && (named === 0 || vague))) {
    log.line('error', 'import.no_performance', { params });
    return null;
  }
  const [scope] = await scopesOf(context, cache);
  return scope === undefined ? null : { only: scope.only };
}

async function digestOf(context: ExchangeContext, file: FileToImport): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of file.open()) {
    context.signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** One reading of a file, batch by batch into the books. */
class Importing {
  /** Of the bytes that were read; '' before the end. */
  digest = '';
  lines = 0;
  readonly #context: ExchangeContext;
  readonly #cache: KnowledgeCache;
  readonly #name: string;
  readonly #options: ImportOptions;
  readonly #kept: KeptFile | null;
  #bytes = 0;
  /** Tickets that came without a code. */
  #codeless = 0;

  constructor(
    context: ExchangeContext,
    cache: KnowledgeCache,
    name: string,
    options: ImportOptions,
    keeps: boolean,
  ) {
    this.#context = context;
    this.#cache = cache;
    this.#name = name;
    this.#options = options;
    this.#kept = keeps ? new KeptFile() : null;
  }

  async read(file: FileToImport, only: ExternalPerformance | null): Promise<void> {
    const { open, database, signal } = this.#context;
    const source = { name: file.name, bytes: this.#measured(file) };
    // A simulated batch does not see the one before it: larger ones see more of the file.
    const batchSize = database.batchSize * (this.#context.run.simulation ? SIMULATED_BATCHES : 1);
    const batches = open.salesFiles?.read(source, { only, batchSize });
    if (batches === undefined) return;
    const reading = new ReadAhead(batches);
    try {
      for (let batch = await reading.next(); batch !== null; batch = await reading.next()) {
        signal.throwIfAborted();
        await this.#take(batch, () => reading.start());
      }
    } finally {
      await reading.close();
    }
    const { log } = this.#context;
    if (this.#codeless > 0) {
      log.line('warning', 'import.no_codes', { params: { tickets: this.#codeless } });
    }
  }

  /** Keeps the redacted file, once it was read whole. */
  async keep(): Promise<void> {
    const { database, organisation, ids, clock } = this.#context;
    const content = (await this.#kept?.end()) ?? null;
    await database.transaction(organisation.id, async (tx) => {
      await this.#context.assertHolds(tx);
      await insertReceivedFile(tx, ids, {
        interfaceId: this.#context.interface.id,
        runId: this.#context.run.id,
        name: this.#name,
        digest: this.digest,
        byteCount: this.#bytes,
        lineCount: this.lines,
        receivedAt: clock().toISOString(),
        content,
      });
    });
  }

  async *#measured(file: FileToImport): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const piece of file.open()) {
      this.#bytes += piece.byteLength;
      hash.update(piece);
      yield piece;
    }
    this.digest = hash.digest('hex');
  }

  async #take(batch: SalesFileBatch, meanwhile: () => void): Promise<void> {
    const context = this.#context;
    const lineOf = new Map<Message, number>();
    const places = new Map<Message, { position: null; after: number }>();
    const file = this.#name;
    const unreadable: Unreadable[] = [];
    for (const { line, received } of batch.records) {
      if (received.readable) {
        lineOf.set(received.message, line);
        places.set(received.message, { position: null, after: unreadable.length });
      } else {
        unreadable.push({ ...received, place: { file, line } });
      }
    }
    await this.#kept?.add(batch.kept);
    const messages = [...lineOf.keys()];
    const work = { messages, unreadable, places, caseIds: [], cursor: null, meanwhile };
    const nothing = batch.records.length === 0;
    const plans = nothing ? [] : await integrateBatch(context, this.#cache, work);
    context.log.count('messages', batch.records.length);
    await logUnreadable(context, unreadable);
    for (const plan of plans) {
      // A file that knows no codes is told once, not line by line.
      const notes = plan.notes.filter(({ code }) => code !== 'barcode.missing');
      this.#codeless += plan.notes.length - notes.length;
      logPlan(context, { ...plan, notes }, (message) => text(lineOf.get(message)));
    }
    for (const { code, params } of batch.notes) context.log.line('warning', code, { params });
    await this.#options.tell?.(this.#told(batch, lineOf, plans));
    this.lines = batch.linesRead;
    context.log.progress({ done: this.lines, total: null });
    context.log.flush().catch(() => undefined);
  }

  /** Every line since the batch before. */
  #told(
    batch: SalesFileBatch,
    lineOf: ReadonlyMap<Message, number>,
    plans: readonly BatchPlan[],
  ): ImportedLine[] {
    if (this.#options.tell === undefined) return [];
    const told = new Map<number, ImportedLine>();
    for (const record of batch.records) told.set(record.line, unreadableLine(record));
    for (const { candidate, outcome, problems } of plans.flatMap((plan) => plan.outcomes)) {
      const { message, messageId } = candidate;
      const line = lineOf.get(message);
      // A case that the batch took up again came by another way.
      if (line === undefined) continue;
      const { ticket } = message;
      // A sale without a reference is an order of its own, under the ticket's number.
      const order = message.order ?? (outcome === 'sale' ? `#${ticket}` : null);
      told.set(line, { line, outcome, problems, ticket, order, messageId });
    }
    const lines: ImportedLine[] = [];
    for (let line = this.lines + 1; line <= batch.linesRead; line += 1) {
      lines.push(told.get(line) ?? blankLine(line));
    }
    return lines;
  }
}

function text(line: number | undefined): string | undefined {
  return line === undefined ? undefined : String(line);
}

function unreadableLine({ line, received }: FileRecord): ImportedLine {
  const nothing = { line, outcome: 'unreadable', order: null, messageId: null } as const;
  return received.readable
    ? { ...nothing, problems: [], ticket: received.message.ticket }
    : { ...nothing, problems: received.problems, ticket: received.ticket };
}

function blankLine(line: number): ImportedLine {
  return { line, outcome: 'none', problems: [], ticket: null, order: null, messageId: null };
}
