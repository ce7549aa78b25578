import type { ParserStop, XmlElement, XmlLimits } from './xml-parser.ts';
import { defaultXmlLimits, GuardedParser } from './xml-parser.ts';
import type { TextSink } from './xml-reader.ts';
import { XmlFeed } from './xml-reader.ts';

/** One record: local element name → text as it came. Absent and `xsi:nil` fields are missing. */
export type XmlRecord = Readonly<Record<string, string>>;

export interface RecordQuery {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly contentType?: string | null;
  /** The local name of the element that is a record. */
  readonly record: string;
  /** Namespaces in which it may stand; any when left out. Another one is an error. */
  readonly namespaces?: readonly string[];
  /** The local names to keep; leaves of the record at any depth. */
  readonly fields: ReadonlySet<string>;
  /** Told of every leaf element outside the records (a cursor, a count), in order. */
  readonly header?: (name: string, text: string) => void;
  /** Records handed over at once, 500 by default. */
  readonly batch?: number;
  readonly limits?: Partial<XmlLimits>;
}

/**
 * Reads a long list of flat records, fast, as arrays of records.
 *
 * What arrived whole is always handed over before an error is thrown: the caller integrates it.
 * Throws XmlError, and what `chunks` throws (TransportError).
 *
 * How: a record written in the plain way (elements and text, no attribute, no entity, no CDATA,
 * no comment) is cut out of the text by a small scanner; everything else goes to saxes. A
 * well-formed element taken out between two tags leaves the rest of the document as well-formed as
 * it was, so the parser never needs to see it, and the scanner refuses nothing by itself: what it
 * does not know is the parser's.
 */
export async function* readRecords(query: RecordQuery): AsyncGenerator<XmlRecord[]> {
  const limits = { ...defaultXmlLimits, ...query.limits };
  const sink = new RecordSink(query, limits);
  const feed = new XmlFeed(sink, limits, query.contentType);
  const batch = query.batch ?? 500;
  let failure: unknown;
  try {
    for await (const chunk of query.chunks) {
      feed.push(chunk);
      if (sink.records.length >= batch) yield sink.take();
    }
    feed.end();
  } catch (error) {
    failure = error ?? new Error('the chunks failed without a reason');
  }
  if (sink.records.length > 0) yield sink.take();
  if (failure !== undefined) throw failure;
}

/** The longest record the scanner holds back for its end; a longer one is the parser's. */
const scannedChars = 64 * 1024;
const namesMax = 512;
/** How deep the scanner follows elements inside a record; deeper ones are the parser's. */
const aroundMax = 8;
// What the scanner leaves to the parser: forbidden characters, and `]]>` in text.
const unusual = /[^\t\n\r -\ufffd]|\]\]>/g;
const entity = /&(?:amp|lt|gt|quot|apos);/g;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};
const plainName = /^[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?$/;

interface TagName {
  readonly local: string;
  readonly close: string;
  readonly wanted: boolean;
  readonly empty: boolean;
}

class RecordSink implements TextSink {
  records: XmlRecord[] = [];
  private readonly query: RecordQuery;
  private readonly limits: XmlLimits;
  private readonly parser: GuardedParser;
  private readonly names = new Map<string, TagName>();
  private namesVersion = -1;
  private text = '';
  private at = 0;
  private skippedLines = 0;
  /** The next character of the text that the scanner may not pass; -1 when to be looked for. */
  private odd = -1;
  /** The next ampersand of the text, likewise. */
  private ampersand = -1;
  private returns = false;
  /** Whether the parser stands between two tags where a record may begin. */
  private between = false;
  /** Where the search for the end of the record at hand goes on. */
  private searched = 0;
  private openTag = '';
  private closeTag = '';
  // The parser's side.
  private recordDepth = 0;
  private current: Record<string, string> | null = null;
  private leaf: XmlElement | null = null;
  private leafText = '';

  constructor(query: RecordQuery, limits: XmlLimits) {
    this.query = query;
    this.limits = limits;
    const on = {
      open: (element: XmlElement) => this.onOpen(element),
      text: (text: string) => this.onText(text),
      close: (element: XmlElement) => this.onClose(element),
    };
    this.parser = new GuardedParser(on, limits);
  }

  take(): XmlRecord[] {
    const taken = this.records;
    this.records = [];
    return taken;
  }

  write(text: string): void {
    this.searched = Math.max(0, this.searched - this.at);
    this.text = this.at >= this.text.length ? text : this.text.slice(this.at) + text;
    this.at = 0;
    this.odd = -1;
    this.ampersand = -1;
    this.returns = this.text.includes('\r');
    while (this.at < this.text.length) {
      if (this.between) {
        if (this.scan()) continue;
        if (this.between) return;
      }
      this.parse();
    }
  }

  flush(): void {
    if (this.at < this.text.length) this.feed(this.text.length);
  }

  close(): void {
    this.parser.close();
  }

  place(stop: ParserStop | null) {
    const end = stop === null ? this.at : Math.min(this.text.length, this.at + stop.read);
    const newline = this.text.lastIndexOf('\n', end - 1);
    const column = newline < 0 ? (stop ?? this.parser).column : end - newline - 1;
    const line = (stop ?? this.parser).line + this.skippedLines;
    return { line, column, rest: this.text.slice(end) };
  }

  /**
   * One record by the scanner. True when it was read; false with `between` still set when its end
   * has not come yet; false with `between` unset when it is for the parser.
   */
  private scan(): boolean {
    const { text, openTag } = this;
    const start = skipSpace(text, this.at);
    if (!text.startsWith(openTag, start)) {
      this.between = text.length - start < openTag.length && openTag.startsWith(text.slice(start));
      return false;
    }
    const end = text.indexOf(this.closeTag, Math.max(start + openTag.length, this.searched));
    if (end < 0) {
      this.searched = Math.max(start, text.length - this.closeTag.length);
      this.between = text.length - start < scannedChars;
      return false;
    }
    const behind = end + this.closeTag.length;
    this.lookAhead(start);
    const record = behind <= this.odd ? this.fieldsOf(start + openTag.length, end) : null;
    if (record === null) {
      this.between = false;
      return false;
    }
    this.records.push(record);
    // The element around it is no leaf, though the parser has seen nothing in it.
    this.leaf = null;
    this.skippedLines += countLines(text, this.at, behind);
    this.at = behind;
    return true;
  }

  /** Where the next things lie that a plain record does not have. */
  private lookAhead(from: number): void {
    const { text } = this;
    if (this.odd < from) {
      unusual.lastIndex = from;
      this.odd = unusual.exec(text)?.index ?? text.length;
    }
    if (this.ampersand < from) {
      const found = text.indexOf('&', from);
      this.ampersand = found < 0 ? text.length : found;
    }
  }

  /** The fields between two places, null when anything there is not plain. */
  private fieldsOf(from: number, end: number): XmlRecord | null {
    const { text } = this;
    if (this.namesVersion !== this.parser.scopeVersion) this.names.clear();
    this.namesVersion = this.parser.scopeVersion;
    const record: Record<string, string> = {};
    const escaped = this.ampersand < end;
    // The end tags of the elements around the leaf at hand: a buyer's block inside a sale.
    const around: string[] = [];
    let at = skipSpace(text, from);
    while (at < end) {
      if (text.charCodeAt(at) !== 60) return null;
      if (text.charCodeAt(at + 1) === 47) {
        const close = around.pop();
        if (close === undefined || !text.startsWith(close, at)) return null;
        at = skipSpace(text, at + close.length);
        continue;
      }
      const gt = text.indexOf('>', at + 1);
      const tag = this.tagName(text.slice(at + 1, gt));
      if (tag === null) return null;
      let value = '';
      if (tag.empty) {
        at = gt + 1;
      } else {
        const lt = text.indexOf('<', gt + 1);
        if (lt - gt > this.limits.maxText) return null;
        if (!text.startsWith(tag.close, lt)) {
          if (around.length === aroundMax || skipSpace(text, gt + 1) !== lt) return null;
          around.push(tag.close);
          at = lt;
          continue;
        }
        value = text.slice(gt + 1, lt);
        at = lt + tag.close.length;
        if (escaped && value.includes('&')) {
          // Character references and unknown entities are the parser's.
          if (value.replace(entity, '').includes('&')) return null;
          value = value.replace(entity, (found) => entities[found] ?? found);
        }
      }
      if (tag.wanted) {
        if (record[tag.local] !== undefined) return null;
        record[tag.local] = this.returns ? value.replace(/\r\n?/g, '\n') : value;
      }
      at = skipSpace(text, at);
    }
    return at === end && around.length === 0 ? record : null;
  }

  /** What a plain start tag is; null when it is not plain, its prefix unknown, or too many. */
  private tagName(inner: string): TagName | null {
    const known = this.names.get(inner);
    if (known !== undefined) return known;
    const empty = inner.endsWith('/');
    const name = empty ? inner.slice(0, -1) : inner;
    if (!plainName.test(name) || this.names.size >= namesMax) return null;
    const colon = name.indexOf(':');
    if (colon >= 0 && this.parser.resolve(name.slice(0, colon)) === undefined) return null;
    const local = colon < 0 ? name : name.slice(colon + 1);
    const tag = { local, close: `</${name}>`, wanted: this.query.fields.has(local), empty };
    this.names.set(inner, tag);
    return tag;
  }

  /** Hands the parser a piece that ends where the scanner may begin again, if there is such. */
  private parse(): void {
    const { text, at, openTag } = this;
    if (openTag === '') {
      // Tag by tag until the first record shows how its tag is written.
      const end = text.indexOf('>', at);
      this.feed(end < 0 ? text.length : end + 1);
      return;
    }
    const start = skipSpace(text, at);
    if (this.current !== null || text.startsWith(openTag, start)) {
      const end = text.indexOf(this.closeTag, at);
      this.feed(end < 0 ? text.length : end + this.closeTag.length);
      return;
    }
    const next = text.indexOf(openTag, at);
    if (next < 0) {
      this.feed(text.length);
      return;
    }
    let stop = next;
    while (stop > at && isSpace(text.charCodeAt(stop - 1))) stop -= 1;
    this.feed(stop > at ? stop : next + openTag.length);
  }

  private feed(end: number): void {
    this.parser.write(this.text.slice(this.at, end));
    this.at = end;
    this.searched = 0;
    this.between =
      this.openTag !== '' &&
      this.current === null &&
      // Behind the root nothing may follow, least of all a second one.
      this.parser.depth > 0 &&
      this.parser.behindTag &&
      this.namespaceFits();
  }

  /** Whether the tag that the scanner looks for would be a record where the parser stands. */
  private namespaceFits(): boolean {
    const { namespaces } = this.query;
    const colon = this.openTag.indexOf(':');
    const uri = this.parser.resolve(colon < 0 ? '' : this.openTag.slice(1, colon));
    return uri !== undefined && (namespaces === undefined || namespaces.includes(uri));
  }

  private onOpen(element: XmlElement): void {
    this.leaf = element;
    this.leafText = '';
    if (this.current !== null || element.local !== this.query.record) return;
    const { namespaces } = this.query;
    if (namespaces !== undefined && !namespaces.includes(element.uri)) {
      this.parser.stop('namespace', 'the records stand in another namespace');
    }
    this.current = {};
    this.recordDepth = element.depth;
    this.openTag = `<${element.name}>`;
    this.closeTag = `</${element.name}>`;
  }

  private onText(text: string): void {
    if (this.leaf !== null) this.leafText += text;
  }

  private onClose(element: XmlElement): void {
    const isLeaf = this.leaf === element;
    this.leaf = null;
    const record = this.current;
    if (record !== null && element.depth === this.recordDepth) {
      this.records.push(record);
      this.current = null;
    } else if (isLeaf && record === null) {
      this.query.header?.(element.local, this.leafText);
    } else if (isLeaf && record !== null && this.query.fields.has(element.local)) {
      if (isNil(element)) return;
      if (record[element.local] !== undefined) {
        this.parser.stop('repeated', 'a field twice in one record');
      }
      record[element.local] = this.leafText;
    }
  }
}

function isNil(element: XmlElement): boolean {
  for (const name in element.attributes) {
    if (!name.endsWith(':nil')) continue;
    const value = element.attributes[name];
    return value === 'true' || value === '1';
  }
  return false;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function countLines(text: string, from: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}
