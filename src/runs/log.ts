/**
 * The log of a run. Lines are gathered in memory and written in batches, in short transactions of
 * their own, so that they survive whatever the run itself rolls back.
 *
 * The first lines of a code are kept one by one with their keys; what comes after is folded by
 * its parameters into lines that only count (`times`), so that a million bad messages cannot fill
 * the disk. Nothing is lost by it: a message that could not be integrated is kept in quarantine.
 */
import type { ProblemCode } from '../domain/order/problem.ts';
import { classOf, PROBLEMS } from '../domain/order/problem.ts';
import type { Database } from '../store/database/database.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { LineLevel, LineParams, RunLineRow, RunState } from '../store/run-store.ts';
import { readRunState, writeRunLog } from '../store/run-store.ts';
import type { EventCode } from './events.ts';
import type { LineSignal } from './signals.ts';
import { lineSignal } from './signals.ts';

/** Lines of one level and code that are kept one by one. */
export const LINES_IN_FULL = 100;
/** Further distinct lines of it that are counted apart; all others are counted together. */
export const LINES_FOLDED = 100;

export interface LineDetails {
  /** What the texts of the code show. */
  params?: LineParams;
  /** Business keys: those of LINE_KEYS. */
  keys?: LineParams;
  /** The message it is about. */
  messageId?: number | null;
}

export interface RunLog {
  /** An event, or a problem that is told without being an error. */
  line(level: 'info' | 'warning', code: ProblemCode | EventCode, details?: LineDetails): void;
  /** An error always is a problem: it has a class and a remedy. */
  line(level: 'error', code: ProblemCode, details?: LineDetails): void;
  /** Adds to one of the run's counts: one of COUNT_NAMES. */
  count(name: string, by?: number): void;
  /** How far the run has come; `total` null while nobody knows. */
  progress(progress: { done: number; total: number | null }): void;
  /** Writes what was gathered. Not inside a transaction: it opens its own. */
  flush(): Promise<void>;
}

export interface RunLogTarget {
  database: Database;
  ids: IdSource;
  clock: () => Date;
  organisationId: number;
  runId: number;
  /** Called after each writing with the run's state; null: the run was closed by someone else. */
  onState?: (state: RunState | null) => void;
}

/** What the end of a run needs to know of its log. */
export interface ClosableLog extends RunLog {
  readonly counts: Readonly<Record<string, number>>;
  /** The worst level met. */
  readonly worst: LineLevel;
}

type Draft = Omit<RunLineRow, 'id'>;
type Progress = { done: number; total: number | null };

const LEVELS: readonly LineLevel[] = ['info', 'warning', 'error'];

export function createRunLog(target: RunLogTarget): ClosableLog {
  return new GatheredLog(target);
}

class GatheredLog implements ClosableLog {
  readonly counts: Record<string, number> = {};
  readonly #target: RunLogTarget;
  readonly #folder = new LineFolder();
  #added: Draft[] = [];
  #progress: Progress | null = null;
  #dirty = false;
  #worst = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(target: RunLogTarget) {
    this.#target = target;
  }

  get worst(): LineLevel {
    return LEVELS[this.#worst] as LineLevel;
  }

  line(level: LineLevel, code: ProblemCode | EventCode, details: LineDetails = {}): void {
    this.#worst = Math.max(this.#worst, LEVELS.indexOf(level));
    this.#dirty = true;
    const draft: Draft = {
      level,
      at: this.#target.clock().toISOString(),
      code,
      class: isProblem(code) ? classOf(code) : null,
      params: details.params ?? {},
      keys: details.keys ?? {},
      messageId: details.messageId ?? null,
      times: 1,
    };
    if (this.#folder.folds(draft)) return;
    this.#added.push(draft);
    if (level !== 'info' && lineSignal.hasSubscribers) {
      lineSignal.publish({ level, code, class: draft.class } satisfies LineSignal);
    }
  }

  count(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
    this.#dirty = true;
  }

  progress(next: Progress): void {
    this.#progress = next;
    this.#dirty = true;
  }

  flush(): Promise<void> {
    // One writing at a time; each takes all that was gathered when its turn comes.
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (!this.#dirty) return await this.#ask();
    const added = this.#added;
    const progress = this.#progress;
    this.#added = [];
    this.#progress = null;
    this.#dirty = false;
    try {
      const state = await this.#store(added, progress);
      this.#target.onState?.(state);
    } catch (error) {
      this.#added = [...added, ...this.#added];
      this.#progress ??= progress;
      this.#dirty = true;
      throw error;
    }
  }

  /** Nothing to write: whether it was cancelled must be noticed all the same. */
  async #ask(): Promise<void> {
    const { database, organisationId, runId, onState } = this.#target;
    if (onState === undefined) return;
    onState(await database.transaction(organisationId, (tx) => readRunState(tx, runId)));
  }

  async #store(added: readonly Draft[], progress: Progress | null): Promise<RunState | null> {
    const { database, ids, organisationId, runId } = this.#target;
    const changed = this.#folder.changed();
    const born = changed.filter((line) => line.id === null);
    // Copies: the lines go on counting while these are written.
    const drafts = [...added, ...born.map((line) => ({ ...line.draft }))];
    const times = changed.map((line) => line.draft.times);
    const folded = changed.flatMap((line, index) =>
      line.id === null ? [] : [{ id: line.id, times: times[index] as number }],
    );
    const counts = { ...this.counts };
    const answer = await database.transaction(organisationId, async (tx) => {
      const lineIds = await ids.take(drafts.length, tx);
      const rows = drafts.map((draft, at): RunLineRow => ({ ...draft, id: lineIds[at] as number }));
      const state = await writeRunLog(tx, runId, { added: rows, folded, counts, progress });
      return { state, bornIds: lineIds.slice(added.length) };
    });
    born.forEach((line, index) => {
      line.id = answer.bornIds[index] as number;
    });
    changed.forEach((line, index) => {
      line.written = times[index] as number;
    });
    return answer.state;
  }
}

interface FoldedLine {
  draft: Draft;
  /** Null until it is written. */
  id: number | null;
  /** The count that was written. */
  written: number;
}

/** Counts what is not kept line by line. */
class LineFolder {
  readonly #met = new Map<string, number>();
  readonly #lines = new Map<string, FoldedLine>();
  readonly #distinct = new Map<string, number>();

  /** False for a line that is to be kept by itself. */
  folds(draft: Draft): boolean {
    const code = `${draft.level} ${draft.code}`;
    const met = this.#met.get(code) ?? 0;
    this.#met.set(code, met + 1);
    if (met < LINES_IN_FULL) return false;
    const own = `${code} ${JSON.stringify(draft.params)}`;
    const distinct = this.#distinct.get(code) ?? 0;
    // Beyond the distinct ones everything of the code is counted in one line without parameters.
    const key = this.#lines.has(own) || distinct < LINES_FOLDED ? own : `${code} …`;
    const found = this.#lines.get(key);
    if (found !== undefined) {
      found.draft.times += 1;
      return true;
    }
    this.#distinct.set(code, distinct + 1);
    const params = key === own ? draft.params : {};
    const folded = { ...draft, params, keys: {}, messageId: null };
    this.#lines.set(key, { draft: folded, id: null, written: 0 });
    return true;
  }

  changed(): FoldedLine[] {
    return [...this.#lines.values()].filter((line) => line.draft.times !== line.written);
  }
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
