/** What a way out works with, in the transaction that applies it. */
import type { Channel } from '../../channels/contract/channel.ts';
import type { WayOut } from '../../domain/cases/ways-out.ts';
import type { CaseOfInterface } from '../../store/case-decision-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { Knowledge } from '../exchange-terms.ts';
import { KnowledgeCache } from '../exchange-terms.ts';
import type { CaseRefusal, HouseChange, SettleRequest, WaySaid } from './case-request.ts';

export interface CaseServices {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

/** A case that is open and that the way fits. */
export interface FittingCase {
  row: CaseDetail;
  way: WayOut;
}

/** What a way out did in its transaction, before the cases are read again. */
export interface AppliedWay {
  house: HouseChange[];
  /** Cases to be read again, of whichever interface. */
  replay: CaseOfInterface[];
  refused: Map<number, CaseRefusal>;
}

/** The transaction of a way out: the request, the interface, and what the house knows. */
export class WayWork {
  readonly tx: Tx;
  readonly services: Pick<CaseServices, 'ids' | 'clock'>;
  readonly request: SettleRequest;
  readonly record: InterfaceRecord;
  readonly applied: AppliedWay = { house: [], replay: [], refused: new Map() };
  readonly at: Date;
  readonly #cache: KnowledgeCache;

  constructor(parts: {
    tx: Tx;
    services: Pick<CaseServices, 'ids' | 'clock'>;
    request: SettleRequest;
    record: InterfaceRecord;
    channel: Channel;
  }) {
    this.tx = parts.tx;
    this.services = parts.services;
    this.request = parts.request;
    this.record = parts.record;
    this.at = parts.services.clock();
    this.#cache = new KnowledgeCache({ interface: parts.record, channel: parts.channel });
  }

  get said(): WaySaid {
    return this.request.said ?? {};
  }

  /** Catalogue, words and terms, as they are in this transaction. */
  knowledge(): Promise<Knowledge> {
    return this.#cache.current(this.tx);
  }

  refuse(id: number, code: CaseRefusal['code'], params: CaseRefusal['params'] = {}): void {
    this.applied.refused.set(id, { code, params });
  }

  /** Those that were not refused meanwhile. */
  left(cases: readonly FittingCase[]): FittingCase[] {
    return cases.filter(({ row }) => !this.applied.refused.has(row.id));
  }

  /** Traces a change of the house. */
  async trace(action: string, subject: string, before: unknown, after: unknown): Promise<void> {
    const [id] = await this.services.ids.take(1, this.tx);
    const { author, reason } = this.request;
    await writeJournal(this.tx, [
      { id: id as number, at: this.at, author, action, subject, before, after, reason },
    ]);
  }

  /** Traces what was done about cases, each under its own name. */
  async traceCases(rows: readonly CaseDetail[], action: string, after?: unknown): Promise<void> {
    const ids = await this.services.ids.take(rows.length, this.tx);
    const { author, reason } = this.request;
    await writeJournal(
      this.tx,
      rows.map((row, index) => ({
        id: ids[index] as number,
        at: this.at,
        author,
        action,
        subject: subjectOf(row.id),
        after: {
          ticket: row.ticket,
          problems: row.problems.map(({ code }) => code),
          ...spread(after),
        },
        reason,
      })),
    );
  }
}

const spread = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : {};

/** A case's name in the journal. */
export function subjectOf(id: number): string {
  return `case ${id}`;
}
