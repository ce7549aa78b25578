import type { Problem } from '../../../domain/order/problem.ts';
import type { Received } from '../channel.ts';
import type { ExternalPerformance } from '../stock.ts';

/**
 * Sales that come as a file: the same messages, by another way in. A channel reads a file as a
 * stream, whatever its form (separated, fixed width, XML) and wherever it lay (a hand's upload, a
 * folder, SFTP): where a file comes from is the business of whoever calls.
 */
export interface SalesFile {
  /** Its name without a folder, for what is told about it. */
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

export interface SalesFileRequest {
  /** What the operator says the file is of, in the reseller's words; null: nothing was said. */
  only: ExternalPerformance | null;
  /** Most records in a batch. */
  batchSize: number;
}

/** A line of the file that is about a ticket. */
export interface FileRecord {
  /** From 1, as an editor counts. */
  line: number;
  received: Received;
}

export interface SalesFileBatch {
  /** In the order of their lines. */
  records: readonly FileRecord[];
  /** How many lines of the file are read with this batch. */
  linesRead: number;
  /**
   * The lines read since the batch before, redacted, in UTF-8: contact data, names and whatever is
   * not known to be harmless is blanked in place; layout, line ends and line numbers are those of
   * the file.
   */
  kept: Uint8Array;
  /** What is told of the file as a whole, and stops nothing. */
  notes: readonly Problem[];
}

export interface SalesFilesPort {
  /**
   * Yields the file batch by batch, holding no more than one in memory. A bad line is a record
   * that is not readable and stops no other; its `position` follows from its contents, so that the
   * same line in tomorrow's file is the same record. A file that is none of the reseller's throws
   * a ChannelError (`external.file_…`, not sent) before anything was yielded.
   */
  read(file: SalesFile, request: SalesFileRequest): AsyncIterable<SalesFileBatch>;
}
