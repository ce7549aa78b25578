import type { ParserStop, XmlHandler, XmlLimits } from './xml-parser.ts';
import { defaultXmlLimits, GuardedParser } from './xml-parser.ts';
import type { TextSink } from './xml-reader.ts';
import { XmlFeed } from './xml-reader.ts';

export { XmlError, type XmlErrorCode, type XmlPlace } from './xml-error.ts';
export type {
  XmlElement,
  XmlHandler,
  XmlLimits,
} from './xml-parser.ts';
export { type RecordQuery, readRecords, type XmlRecord } from './xml-records.ts';

export interface XmlOptions {
  /** The Content-Type header: its charset counts. */
  readonly contentType?: string | null;
  readonly limits?: Partial<XmlLimits>;
}

/**
 * Reads a document piece by piece and tells the handler. Throws XmlError for what is not XML we
 * read, what `chunks` throws (TransportError), and what the handler throws.
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  handler: XmlHandler,
  options: XmlOptions = {},
): Promise<void> {
  const limits = { ...defaultXmlLimits, ...options.limits };
  const feed = new XmlFeed(new PlainSink(handler, limits), limits, options.contentType);
  for await (const chunk of chunks) feed.push(chunk);
  feed.end();
}

/** The same for a body that is whole already. */
export function readXmlBytes(
  bytes: Uint8Array,
  handler: XmlHandler,
  options: XmlOptions = {},
): void {
  const limits = { ...defaultXmlLimits, ...options.limits };
  const feed = new XmlFeed(new PlainSink(handler, limits), limits, options.contentType);
  feed.push(bytes);
  feed.end();
}

/** Everything goes straight to the parser. */
export class PlainSink implements TextSink {
  private readonly parser: GuardedParser;
  private current = '';

  constructor(handler: XmlHandler, limits: XmlLimits) {
    this.parser = new GuardedParser(handler, limits);
  }

  write(text: string): void {
    this.current = text;
    this.parser.write(text);
    this.current = '';
  }

  flush(): void {}

  close(): void {
    this.parser.close();
  }

  place(stop: ParserStop | null) {
    if (stop === null) return { line: this.parser.line, column: this.parser.column, rest: '' };
    return { line: stop.line, column: stop.column, rest: this.current.slice(stop.read) };
  }
}
