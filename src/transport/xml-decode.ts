import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Bytes to text, strictly: a byte that does not belong to the charset is an error with its place,
 * never a replacement character that would end up in a seat's name.
 */

/** A charset problem at a byte of the body; the reader adds line and column. */
export class CharsetProblem extends Error {
  readonly byte: number;
  constructor(message: string, byte: number) {
    super(message);
    this.name = 'CharsetProblem';
    this.byte = byte;
  }
}

type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-15';

// ISO-8859-1 is read as windows-1252, as browsers do: the 32 codes in which they differ are
// control characters that no XML may hold, and what senders mean there is the euro sign.
const labels: Readonly<Record<string, Charset | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  latin9: 'iso-8859-15',
};

/** The longest XML declaration we look for. */
const declarationBytes = 512;

/** The charset of a Content-Type header, in lower case, or null. */
export function charsetOf(contentType: string | null | undefined): string | null {
  const found = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '');
  return found?.[1]?.toLowerCase() ?? null;
}

export class XmlDecoder {
  /** Bytes taken so far. */
  bytes = 0;
  /** Set when a wrong byte was met: what came before it has been returned already. */
  problem: CharsetProblem | null = null;
  /** Whether the bytes ended within a character. */
  cutShort = false;
  private readonly announced: string | null;
  private charset: Charset | null = null;
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private waiting: Buffer = Buffer.alloc(0);

  constructor(contentType?: string | null) {
    this.announced = charsetOf(contentType);
  }

  /** The text of the next piece: may be shorter (a character cut in two waits) or empty. */
  push(piece: Uint8Array): string {
    if (this.problem !== null) return '';
    const view = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const data = this.waiting.length === 0 ? view : Buffer.concat([this.waiting, view]);
    if (this.charset === null && !hasHead(data)) {
      this.waiting = Buffer.from(data);
      return '';
    }
    return this.decode(data, false);
  }

  /** The rest. A character that is cut in two is left out and told by `cutShort`. */
  end(): string {
    if (this.problem !== null) return '';
    return this.decode(this.waiting, true);
  }

  /** Bytes that a text takes in the body's charset. */
  byteLength(text: string): number {
    if (this.charset === 'utf-16le' || this.charset === 'utf-16be') return text.length * 2;
    return this.charset === 'utf-8' ? Buffer.byteLength(text) : text.length;
  }

  private decode(data: Buffer, last: boolean): string {
    let rest = data;
    if (this.charset === null) {
      const skip = this.choose(data);
      if (this.problem !== null) return '';
      this.bytes += skip;
      rest = data.subarray(skip);
    }
    return this.charset === 'utf-8' ? this.utf8(rest, last) : this.other(rest, last);
  }

  private utf8(data: Buffer, last: boolean): string {
    const end = data.length - cutTail(data);
    this.cutShort = last && end < data.length;
    const whole = data.subarray(0, end);
    this.waiting = Buffer.from(data.subarray(end));
    if (isAscii(whole)) {
      this.bytes += whole.length;
      return whole.toString('latin1');
    }
    if (isUtf8(whole)) {
      this.bytes += whole.length;
      return whole.toString('utf8');
    }
    const bad = firstBadByte(whole);
    this.bytes += bad;
    const said = this.announced === null ? 'is read as' : 'says';
    this.problem = new CharsetProblem(`the text ${said} UTF-8 and a byte is not`, this.bytes);
    return whole.toString('utf8', 0, bad);
  }

  private other(data: Buffer, last: boolean): string {
    this.waiting = Buffer.alloc(0);
    const before = this.bytes;
    this.bytes += data.length;
    this.decoder ??= new TextDecoder(this.charset ?? 'utf-8', { fatal: true, ignoreBOM: false });
    try {
      return this.decoder.decode(data, { stream: !last });
    } catch {
      this.problem = new CharsetProblem(`the text is not ${this.charset}`, before);
      return '';
    }
  }

  /** Decides on the charset; returns the bytes of a byte order mark. */
  private choose(data: Buffer): number {
    const mark = byteOrderMark(data);
    if (mark !== null) {
      this.charset = mark.charset;
      return mark.bytes;
    }
    if (data[0] === 0x3c && data[1] === 0) this.charset = 'utf-16le';
    else if (data[0] === 0 && data[1] === 0x3c) this.charset = 'utf-16be';
    else this.charset = this.agree(declaredCharset(data));
    return 0;
  }

  /**
   * The header and the declaration may disagree. Where one of them says UTF-8, UTF-8 is tried,
   * since a wrong guess is then an error and not a garbled name; else the header wins.
   */
  private agree(declared: string | null): Charset {
    const names = [this.announced, declared].filter((name) => name !== null);
    const known: (Charset | 'utf-16')[] = [];
    for (const name of names) {
      const charset = labels[name];
      if (charset === undefined) this.problem = new CharsetProblem('a charset we do not read', 0);
      else known.push(charset);
    }
    const first = known[0];
    if (first === undefined || known.includes('utf-8')) return 'utf-8';
    // A document whose first characters are single bytes is not UTF-16, whatever it says.
    return first === 'utf-16' || first === 'utf-16le' || first === 'utf-16be' ? 'utf-8' : first;
  }
}

function byteOrderMark(data: Buffer): { charset: Charset; bytes: number } | null {
  if (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf)
    return { charset: 'utf-8', bytes: 3 };
  if (data[0] === 0xff && data[1] === 0xfe) return { charset: 'utf-16le', bytes: 2 };
  if (data[0] === 0xfe && data[1] === 0xff) return { charset: 'utf-16be', bytes: 2 };
  return null;
}

/** Whether enough has come to decide: the marks, and the XML declaration to its end. */
function hasHead(data: Buffer): boolean {
  if (data.length < 5) return false;
  const start = data.toString('latin1', 0, 5);
  return start !== '<?xml' || data.length >= declarationBytes || data.includes('?>');
}

function declaredCharset(data: Buffer): string | null {
  const head = data.toString('latin1', 0, declarationBytes);
  const found = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head);
  return found?.[1]?.toLowerCase() ?? null;
}

/** How many bytes at the end are the beginning of a UTF-8 character that goes on. */
function cutTail(data: Buffer): number {
  for (let back = 1; back <= 3 && back <= data.length; back += 1) {
    const byte = data[data.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** The place of the first byte that is not UTF-8. Only called when there is one. */
function firstBadByte(data: Buffer): number {
  let at = 0;
  while (at < data.length) {
    const byte = data[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(byte);
    if (!isUtf8(data.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
