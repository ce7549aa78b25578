/**
 * The books on paper: the rows that a database would hold, kept in memory. Reading goes through
 * the very loader that reads the database; writing does what the write store does, and refuses
 * what the schema's constraints would refuse.
 */
import type { Catalogue, CatalogueRows } from '../../src/domain/catalogue/catalogue.ts';
import type { MappingRow } from '../../src/domain/mapping/mapping-row.ts';
import { createVocabulary } from '../../src/domain/mapping/vocabulary.ts';
import type { CaseDecision } from '../../src/domain/order/case-decision.ts';
import type { Message } from '../../src/domain/order/message.ts';
import type {
  BatchPlan,
  InterfaceTerms,
  LedgerRow,
  MovementRow,
  OperationRow,
} from '../../src/domain/order/plan.ts';
import { planBatch } from '../../src/domain/order/plan-batch.ts';
import type { Problem } from '../../src/domain/order/problem.ts';
import { Resolver } from '../../src/domain/order/resolve.ts';
import type {
  BatchState,
  Candidate,
  CodeState,
  CounterState,
  QuotaState,
} from '../../src/domain/order/state.ts';
import { quotaKey } from '../../src/domain/order/state.ts';
import { candidateOf, loadBooks } from '../../src/exchange/load-books.ts';
import type { StoredCase } from '../../src/store/books-case-store.ts';
import type { SeatRow, TicketRow } from '../../src/store/books-state-store.ts';
import { PAPER_TERMS, paperCatalogue, paperMappings } from './paper-house.ts';
import { PaperReader } from './paper-reader.ts';

export type PaperTicket = TicketRow & { toBeRefunded: boolean; vatMinor: number };

export interface PaperMessage {
  id: number;
  state: 'integrated' | 'quarantined' | 'set_aside';
  content: Message;
  keptOut: boolean;
}

export interface PaperCase {
  messageId: number;
  ticket: string;
  replaces: string | null;
  rootMessageId: number | null;
  problems: readonly Problem[];
  performanceId: number | null;
  seatId: number | null;
  counterId: number | null;
  settled: boolean;
  decision: CaseDecision | null;
  reported: boolean;
}

export type PaperSeat = Omit<SeatRow, 'version'>;
export type PaperCode = Omit<CodeState, 'created' | 'changed'>;
export type PaperCounter = Omit<CounterState, 'soldDelta'>;
export type PaperQuota = Omit<QuotaState, 'allottedDelta' | 'soldDelta' | 'quotaDelta'>;

export interface PaperOptions {
  catalogue?: Partial<CatalogueRows>;
  terms?: Partial<InterfaceTerms>;
  mappings?: readonly MappingRow[];
}

export class PaperBooks {
  readonly tickets = new Map<number, PaperTicket>();
  readonly formerNumbers: { number: string; ticketId: number }[] = [];
  readonly seats = new Map<string, PaperSeat>();
  readonly counters = new Map<number, PaperCounter>();
  readonly quotas = new Map<string, PaperQuota>();
  readonly codes = new Map<string, PaperCode>();
  readonly messages = new Map<number, PaperMessage>();
  readonly cases = new Map<number, PaperCase>();
  readonly orders = new Map<string, number>();
  readonly operations: OperationRow[] = [];
  readonly movements: MovementRow[] = [];
  readonly ledger: LedgerRow[] = [];
  catalogue: Catalogue;
  terms: InterfaceTerms;
  #resolver: Resolver;
  #mappings: readonly MappingRow[];
  #nextId = 1000;

  constructor(options: PaperOptions = {}) {
    this.catalogue = paperCatalogue(options.catalogue);
    this.terms = { ...PAPER_TERMS, ...options.terms };
    this.#mappings = options.mappings ?? paperMappings();
    this.#resolver = this.#newResolver();
  }

  /** Another table of mappings from now on. */
  map(mappings: readonly MappingRow[]): void {
    this.#mappings = mappings;
    this.#resolver = this.#newResolver();
  }

  #newResolver(): Resolver {
    const { catalogue } = this;
    const contingentIds = catalogue.contingents
      .filter((one) => one.salesChannelIds.includes(this.terms.salesChannelId))
      .map(({ id }) => id);
    const vocabulary = createVocabulary(this.#mappings);
    return new Resolver({ catalogue, vocabulary, contingentIds });
  }

  nextId = (): number => {
    this.#nextId += 1;
    return this.#nextId;
  };

  integrate(messages: readonly Message[]): Promise<BatchPlan> {
    return this.#run(
      messages.map((message) => ({
        message,
        messageId: this.nextId(),
        isNew: true,
        waitingWith: [],
        waitingBehind: null,
        accepted: new Set(),
        decision: null,
        reported: false,
      })),
    );
  }

  /** Takes open cases up again in the order of their operations, `size` at a time. */
  async replay(size = 1000): Promise<BatchPlan[]> {
    const plans: BatchPlan[] = [];
    const seen = new Set<number>();
    for (;;) {
      const page = this.openCases()
        .filter((one) => !seen.has(one.messageId))
        .sort((a, b) => (a.message.operationAt < b.message.operationAt ? -1 : 1))
        .slice(0, size);
      if (page.length === 0) return plans;
      for (const one of page) seen.add(one.messageId);
      plans.push(await this.#run(page.map(candidateOf)));
    }
  }

  /** One case again, with what a person accepted of it. */
  accept(messageId: number, codes: readonly string[]): Promise<BatchPlan> {
    const open = this.openCases().find((one) => one.messageId === messageId);
    if (open === undefined) throw new Error(`There is no open case ${messageId}.`);
    return this.#run([{ ...candidateOf(open), accepted: new Set(codes) }]);
  }

  /** What a person decides for an open case, and the replay that follows it. */
  decide(messageId: number, decision: CaseDecision): Promise<BatchPlan> {
    const open = this.cases.get(messageId);
    if (open === undefined || open.settled) throw new Error(`There is no open case ${messageId}.`);
    open.decision = structuredClone(decision);
    return this.#run([candidateOf(this.stored(open))]);
  }

  /** Puts an open case on the reseller's list. */
  report(messageId: number): void {
    const open = this.cases.get(messageId);
    if (open === undefined || open.settled) throw new Error(`There is no open case ${messageId}.`);
    open.reported = true;
  }

  async #run(candidates: readonly Candidate[]): Promise<BatchPlan> {
    const { catalogue, terms } = this;
    const resolver = this.#resolver;
    const reader = new PaperReader(this);
    const loaded = await loadBooks(reader, { terms, catalogue, resolver, candidates });
    const plan = planBatch({ catalogue, resolver, terms, nextId: this.nextId, ...loaded });
    this.#apply(plan, loaded.state);
    return plan;
  }

  openCases(): StoredCase[] {
    return [...this.cases.values()].filter((one) => !one.settled).map((one) => this.stored(one));
  }

  stored(one: PaperCase): StoredCase {
    const { messageId, rootMessageId, ticket, problems } = one;
    const message = (this.messages.get(messageId) as PaperMessage).content;
    return {
      messageId,
      rootMessageId,
      ticket,
      message,
      problems: structuredClone([...problems]),
      decision: structuredClone(one.decision),
      reported: one.reported,
    };
  }

  ticket(number: string): PaperTicket {
    const found = [...this.tickets.values()].filter((one) => one.number === number);
    const last = found.sort((a, b) => a.generation - b.generation).at(-1);
    if (last === undefined) throw new Error(`There is no ticket ${number}.`);
    return last;
  }

  #apply(plan: BatchPlan, state: BatchState): void {
    // As in the database: what frees a place or a number first.
    for (const ticket of state.tickets.values()) {
      if (ticket.changed) this.#updateTicket(ticket);
    }
    for (const { ticketId, lost } of plan.displaced) {
      const row = this.tickets.get(ticketId) as PaperTicket;
      if (lost === 'place') row.overbooked = true;
      else row.barcode = null;
    }
    this.#checkTickets();
    for (const order of plan.orders) {
      if (this.orders.has(order.reference)) throw new Error(`Order ${order.reference} twice.`);
      this.orders.set(order.reference, order.id);
    }
    for (const ticket of plan.newTickets) this.#insertTicket(ticket);
    this.#checkTickets();
    this.formerNumbers.push(...structuredClone(plan.formerNumbers));
    this.operations.push(...structuredClone(plan.operations));
    this.movements.push(...structuredClone(plan.movements));
    this.ledger.push(...structuredClone(plan.ledger));
    this.#applyStock(state);
    this.#applyCodes(state);
    this.#applyMessages(plan);
  }

  #updateTicket(ticket: BatchState['tickets'] extends Map<number, infer T> ? T : never): void {
    const row = this.tickets.get(ticket.id);
    if (row === undefined) throw new Error(`Ticket ${ticket.number} was never inserted.`);
    Object.assign(row, {
      number: ticket.number,
      generation: ticket.generation,
      state: ticket.state,
      refundedMinor: ticket.refundedMinor,
      commissionRefundedMinor: ticket.commissionRefundedMinor,
      cancelledAt: ticket.cancelledAt,
      barcode: ticket.barcode,
      lastName: ticket.lastName,
      firstName: ticket.firstName,
      nameMissing: ticket.nameMissing,
      overbooked: ticket.overbooked,
      contingentId: ticket.contingentId,
    });
    if (ticket.corrected === null) return;
    const { counterIds, past, fresh, corrected, changed, ...contents } = ticket;
    const { day, toBeRefunded, vatMinor } = corrected;
    const counterId = counterIds[0] ?? null;
    Object.assign(row, { ...contents, counterId, day, toBeRefunded, vatMinor });
  }

  #insertTicket(ticket: BatchPlan['newTickets'][number]): void {
    const { counterIds, past, fresh, corrected, changed, ...row } = ticket;
    if (fresh === null) throw new Error(`Ticket ${ticket.number} is not fresh.`);
    if (this.tickets.has(ticket.id)) throw new Error(`Ticket id ${ticket.id} twice.`);
    if (past && ticket.state === 'valid') throw new Error(`${ticket.number}: past and living.`);
    this.tickets.set(ticket.id, {
      ...row,
      counterId: counterIds[0] ?? null,
      day: fresh.day,
      toBeRefunded: fresh.toBeRefunded,
      vatMinor: fresh.vatMinor,
    });
  }

  /** unique (number, generation); unique (performance, seat) where valid. */
  #checkTickets(): void {
    const numbers = new Set<string>();
    const places = new Set<string>();
    for (const ticket of this.tickets.values()) {
      const { number, generation, state, performanceId, seatId, overbooked } = ticket;
      const key = `${number}#${generation}`;
      if (numbers.has(key)) throw new Error(`ticket_number: ${key}`);
      numbers.add(key);
      if (state !== 'valid' || seatId === null || overbooked) continue;
      const place = `${performanceId}|${seatId}`;
      if (places.has(place)) throw new Error(`ticket_seat_once: ${place} by ${number}`);
      places.add(place);
    }
  }

  #applyStock(state: BatchState): void {
    for (const seat of state.seats.values()) {
      if (!seat.changed) continue;
      const row = this.seats.get(`${seat.performanceId}|${seat.seatId}`) as PaperSeat;
      const { state: name, interfaceId, sentCategoryId, sentContingentId } = seat;
      const ticketId = seat.ticket?.id ?? null;
      const { ownReference } = seat;
      const sent = { sentCategoryId, sentContingentId };
      Object.assign(row, { state: name, ticketId, interfaceId, ...sent, ownReference });
      if ((name === 'sold') !== (ticketId !== null || ownReference !== null) && name === 'free') {
        throw new Error(`Seat ${seat.performanceId}|${seat.seatId} is free and taken.`);
      }
    }
    for (const { id, soldDelta } of state.counters.values()) {
      const row = this.counters.get(id) as PaperCounter;
      row.sold += soldDelta;
      if (row.sold < 0) throw new Error(`Counter ${id}: sold ${row.sold}`);
    }
    for (const quota of state.quotas.values()) {
      const row = this.quotas.get(quotaKey(quota.counterId, quota.contingentId)) as PaperQuota;
      row.sold += quota.soldDelta;
      row.allotted += quota.allottedDelta;
      row.quota += quota.quotaDelta;
      if (quota.allottedDelta !== 0 && row.allotted > 0) row.interfaceId ??= this.terms.id;
      if (row.sold < 0 || row.allotted < 0) throw new Error(`Quota ${row.counterId} below 0`);
    }
  }

  #applyCodes(state: BatchState): void {
    for (const { created, changed, ...code } of state.codes.values()) {
      if (created === this.codes.has(code.code)) throw new Error(`Code ${code.code} twice or not`);
      if (created || changed) this.codes.set(code.code, code);
    }
  }

  #applyMessages(plan: BatchPlan): void {
    const insert = (candidate: Candidate, state: PaperMessage['state']) => {
      const id = candidate.messageId;
      if (this.messages.has(id)) throw new Error(`Message ${id} twice.`);
      const content = structuredClone(candidate.message);
      this.messages.set(id, { id, state, content, keptOut: state === 'set_aside' });
    };
    for (const candidate of plan.integrated) insert(candidate, 'integrated');
    for (const candidate of plan.keptOut) insert(candidate, 'set_aside');
    for (const one of plan.cases) {
      const { messageId, message } = one.candidate;
      if (one.isNew) insert(one.candidate, 'quarantined');
      if (one.problems.length === 0) throw new Error(`A case without a problem: ${messageId}`);
      if (one.isNew === this.cases.has(messageId)) throw new Error(`Case ${messageId}`);
      const { problems, rootMessageId, performanceId, seatId, counterId } = one;
      this.cases.set(messageId, {
        messageId,
        ticket: message.ticket,
        replaces: message.replaces,
        rootMessageId,
        problems: structuredClone([...problems]),
        performanceId,
        seatId,
        counterId,
        settled: false,
        decision: this.cases.get(messageId)?.decision ?? null,
        reported: this.cases.get(messageId)?.reported ?? false,
      });
    }
    for (const { messageId } of plan.settled) {
      (this.cases.get(messageId) as PaperCase).settled = true;
      const outcome = plan.outcomes.find((one) => one.candidate.messageId === messageId)?.outcome;
      const message = this.messages.get(messageId) as PaperMessage;
      const foreign = outcome === 'not_ours' || outcome === 'elsewhere';
      message.keptOut = outcome === 'set_aside';
      message.state = foreign || message.keptOut ? 'set_aside' : 'integrated';
    }
  }
}
