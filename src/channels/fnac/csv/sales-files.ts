import type { Problem } from '../../../domain/order/problem.ts';
import type { Ports, Received } from '../../contract/channel.ts';
import { ChannelError } from '../../contract/errors.ts';
import type { FileLine } from '../../contract/files/lines.ts';
import { readLines } from '../../contract/files/lines.ts';
import type {
  FileRecord,
  SalesFile,
  SalesFileBatch,
  SalesFileRequest,
  SalesFilesPort,
} from '../../contract/files/sales-file.ts';
import { CsvMap } from './map.ts';
import { CsvTable } from './table.ts';

/** Lines without tickets are passed on too, so that no file makes a batch grow without end. */
const KEPT_CHARACTERS_MAX = 1_000_000;

/** The France Billet sales CSV: FNAC's second way in. The operator names the performance. */
export class FnacSalesFiles implements SalesFilesPort {
  readonly #ports: Pick<Ports, 'timeZone' | 'currency'>;

  constructor(ports: Pick<Ports, 'timeZone' | 'currency'>) {
    this.#ports = ports;
  }

  async *read(file: SalesFile, request: SalesFileRequest): AsyncGenerator<SalesFileBatch> {
    const { only, batchSize } = request;
    if (only === null) throw new Error('The operator names what a France Billet file is of.');
    const { timeZone, currency } = this.#ports;
    const reading = new Reading(file.name, new CsvMap({ timeZone, currency, only }));
    for await (const lines of readLines(file.bytes, file.name)) {
      for (const line of lines) {
        reading.add(line);
        if (reading.isFull(batchSize)) yield reading.take();
      }
    }
    yield reading.end();
  }
}

/** One file, on its way into batches. */
class Reading {
  readonly #file: string;
  readonly #map: CsvMap;
  readonly #table: CsvTable;
  #linesRead = 0;
  #records: FileRecord[] = [];
  #kept: string[] = [];
  #keptCharacters = 0;
  #notes: Problem[] = [];
  #toldCharset = false;
  /** Letters other than V and A with the first line of each. */
  readonly #letters = new Map<string, number>();

  constructor(file: string, map: CsvMap) {
    this.#file = file;
    this.#map = map;
    this.#table = new CsvTable(file);
  }

  add(line: FileLine): void {
    const read = this.#table.read(line);
    this.#linesRead = line.number;
    this.#keep(`${read.kept}${line.ending}`);
    if (line.charset === 'utf-8') this.#tellCharset(line.number);
    if (read.kind === 'other') return;
    if (read.kind === 'faulty') {
      const fields = { ligne: String(line.number) };
      const received = { ...this.#unreadable(line, [read.problem]), fields };
      this.#records.push({ line: line.number, received });
      return;
    }
    const where = { line: line.number, position: positionOf(line) };
    const received = this.#map.received(read.cells, where);
    const unlisted = this.#table.unlisted(read.cells);
    this.#records.push({ line: line.number, received: withProblem(received, unlisted, where) });
    this.#noteLetter(read.cells.operation.trim().toUpperCase(), received, line.number);
  }

  isFull(batchSize: number): boolean {
    return this.#records.length >= batchSize || this.#keptCharacters >= KEPT_CHARACTERS_MAX;
  }

  take(): SalesFileBatch {
    const batch = {
      records: this.#records,
      linesRead: this.#linesRead,
      kept: Buffer.from(this.#kept.join('')),
      notes: this.#notes,
    };
    this.#records = [];
    this.#kept = [];
    this.#keptCharacters = 0;
    this.#notes = [];
    return batch;
  }

  /** The rest, with what only the whole file tells. Throws a ChannelError if there was nothing. */
  end(): SalesFileBatch {
    const file = this.#file;
    if (!this.#table.begun) {
      const options = { params: { file }, sent: false };
      throw new ChannelError('external.file_empty', `${file}: nothing in it`, options);
    }
    for (const dictionary of this.#table.missingDictionaries()) {
      this.#notes.push({ code: 'external.file_dictionary', params: { dictionary } });
    }
    if (this.#letters.size > 0) {
      const [line = 0] = this.#letters.values();
      const params = { letters: [...this.#letters.keys()].join(', '), line };
      this.#notes.push({ code: 'external.file_letters', params });
    }
    return this.take();
  }

  #keep(text: string): void {
    this.#kept.push(text);
    this.#keptCharacters += text.length;
  }

  #tellCharset(line: number): void {
    if (this.#toldCharset) return;
    this.#toldCharset = true;
    this.#notes.push({ code: 'external.file_charset', params: { line } });
  }

  /** A file of thousands of different words is none of operations: the first few are told. */
  #noteLetter(letter: string, received: Received, line: number): void {
    if (!received.readable || letter === 'V' || letter === 'A') return;
    if (this.#letters.size < 20 && !this.#letters.has(letter)) this.#letters.set(letter, line);
  }

  #unreadable(line: FileLine, problems: readonly Problem[]) {
    return { readable: false, position: positionOf(line), ticket: null, problems } as const;
  }
}

/** A code that the file does not explain makes its line unreadable, beside what else does. */
function withProblem(
  received: Received,
  problem: Problem | null,
  where: { line: number; position: string },
): Received {
  if (problem === null) return received;
  if (!received.readable) return { ...received, problems: [...received.problems, problem] };
  const { ticket, kind } = received.message;
  const operation = { kind, number: null };
  const fields = { ligne: String(where.line), billet: ticket };
  const problems = [problem];
  return { readable: false, position: where.position, ticket, operation, problems, fields };
}

/** By its contents: every day's file repeats the lines of those before. */
function positionOf(line: FileLine): string {
  return `file:${line.digest().slice(0, 32)}`;
}
