/** What became of each line of a file, as a CSV that a spreadsheet can open without harm. */
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { classOfAll } from '../../domain/order/problem.ts';
import type { ImportedLine } from '../../exchange/import-sales.ts';
import type { LineContext } from '../../runs/remedies.ts';
import { describeLine } from '../../runs/remedies.ts';

const COLUMNS = ['line', 'outcome', 'class', 'problem', 'remedy', 'ticket', 'order'] as const;
/** Spreadsheets take a file that begins with it for UTF-8. */
const MARK = '\ufeff';

/** Written batch by batch: a file of a million lines is never held. */
export class ImportReport {
  /** Lines by what became of them. */
  readonly outcomes: Record<string, number> = {};
  rows = 0;
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #context: LineContext;

  private constructor(file: string, handle: FileHandle, context: LineContext) {
    this.#file = file;
    this.#handle = handle;
    this.#context = context;
  }

  /** Rejects with the system's error where it cannot be written. */
  static async create(file: string, context: LineContext): Promise<ImportReport> {
    const handle = await open(file, 'w');
    await handle.write(`${MARK}${COLUMNS.join(';')}\r\n`);
    return new ImportReport(file, handle, context);
  }

  async add(lines: readonly ImportedLine[]): Promise<void> {
    this.rows += lines.length;
    for (const { outcome } of lines) this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    await this.#handle.write(lines.map((line) => this.#row(line)).join(''));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Nothing was read: a report of nothing would only puzzle. */
  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  #row({ line, outcome, problems, ticket, order, messageId }: ImportedLine): string {
    const keys = { ticket, position: String(line) };
    const told = problems.map(({ code, params }) =>
      describeLine({ code, params, keys, messageId }, this.#context),
    );
    const once = (texts: (string | null)[]): string => [...new Set(texts)].join(' | ');
    const cells = [
      String(line),
      outcome,
      problems.length === 0 ? '' : classOfAll(problems),
      once(told.map(({ title, explanation }) => `${title}. ${explanation ?? ''}`.trim())),
      once(told.map(({ remedy }) => remedy)),
      ticket ?? '',
      order ?? '',
    ];
    return `${cells.map((cell) => quoted(harmless(cell))).join(';')}\r\n`;
  }
}

/**
 * A cell that a spreadsheet takes for what it says: one that begins like a formula would be run by
 * whoever opens the file, and what it begins with comes from outside.
 */
export function harmless(cell: string): string {
  return /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
