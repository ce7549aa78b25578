import { createHash } from 'node:crypto';
import type { TransportErrorCode } from './transport-error.ts';
import { TransportError } from './transport-error.ts';
import { XmlDecoder } from './xml-decode.ts';
import type { XmlErrorCode, XmlPlace } from './xml-error.ts';
import { XmlError } from './xml-error.ts';

/**
 * What is remembered of a call to a reseller.
 *
 * Recordings are for finding a fault months later, and hold nothing about people: wire/ lists the
 * elements that are kept, all else is blanked. A body that cannot be read as XML is kept as its
 * length, its digest and the place of the fault: nobody knows what such bytes hold.
 */
export interface WireCall {
  /** The reseller's word for it: EtatVentes, Contingentement… */
  readonly operation: string;
  readonly method: string;
  /** Without user, password and the values of its query. */
  readonly url: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** SHA-256 (hex) of the original bytes; null when there were none. */
  readonly requestDigest: string | null;
  readonly responseDigest: string | null;
  /** Redacted, capped; null when it cannot be read. */
  readonly request: string | null;
  readonly response: string | null;
  readonly outcome: WireOutcome;
  readonly fault: WireFault | null;
}

export type WireOutcome = 'ok' | 'fault' | 'refused' | TransportErrorCode | XmlErrorCode;

export interface WireFault {
  readonly code: string;
  /** Never content of the body. */
  readonly message: string;
  readonly place: XmlPlace | null;
}

/** Where recordings go. Called once a call, when it has ended. */
export interface Recorder {
  record(call: WireCall): void | Promise<void>;
}

/**
 * Bytes of a body that are held for its recording; the rest is counted and digested only. Enough
 * to see how an answer begins: what it says of each ticket is kept with the messages.
 */
export const recordedBytesMax = 64 * 1024;

/** Digest, length and beginning of a body as it passes by. Holds `recordedBytesMax` at most. */
export class BodyTap {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly head: Uint8Array[] = [];
  private held = 0;
  private sum: string | null = null;

  push(piece: Uint8Array): void {
    this.bytes += piece.byteLength;
    this.hash.update(piece);
    const room = recordedBytesMax - this.held;
    if (room <= 0) return;
    // A copy: the piece may be a window on a larger buffer that would live as long.
    const part = Uint8Array.prototype.slice.call(piece, 0, room);
    this.head.push(part);
    this.held += part.byteLength;
  }

  digest(): string | null {
    if (this.bytes === 0) return null;
    this.sum ??= this.hash.digest('hex');
    return this.sum;
  }

  /** The beginning as redacted text; null when it is not XML. */
  redacted(keep: ReadonlySet<string>, contentType: string | null): string | null {
    if (this.bytes === 0) return null;
    const decoder = new XmlDecoder(contentType);
    const cut = this.bytes > this.held;
    let text = decoder.push(Buffer.concat(this.head));
    if (!cut) text += decoder.end();
    if (decoder.problem !== null) return null;
    const redacted = redactXml(text, keep, cut);
    if (redacted === null || !cut) return redacted;
    return `${redacted}\n… ${this.bytes - this.held} more bytes were not kept`;
  }
}

/** A URL as it may be written down: its query keeps its names and loses its values. */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return '·';
  const url = new URL(text);
  const query = [...url.searchParams.keys()].map((name) => `${name}=·`).join('&');
  return `${url.protocol}//${url.host}${url.pathname}${query === '' ? '' : `?${query}`}`;
}

/** The outcome and the fault of a call that failed. */
export function faultOf(error: unknown): { outcome: WireOutcome; fault: WireFault } {
  if (error instanceof TransportError) {
    const fault = { code: error.code, message: error.detail, place: null };
    return { outcome: error.code, fault };
  }
  if (error instanceof XmlError) {
    const fault = { code: error.code, message: error.reason, place: error.place };
    return { outcome: error.code, fault };
  }
  return { outcome: 'refused', fault: { code: 'refused', message: 'refused by us', place: null } };
}

const declaration =
  /<\?xml\s+version="1\.\d"(?:\s+encoding="[\w.-]+")?(?:\s+standalone="\w+")?\s*\?>/y;
const openTag = /<([^\s<>/="'!?&]+)((?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const closeTag = /<\/([^\s<>/="'!?&]+)\s*>/y;
const attribute = /(\s+)([^\s=]+)(\s*=\s*)(?:"([^"]*)"|'([^']*)')/g;
const publicNamespace = /^(?:http:\/\/schemas\.xmlsoap\.org\/|http:\/\/www\.w3\.org\/)[\w./#-]*$/;

/**
 * Blanks everything but the texts of kept elements, in place: a `·` for each character, line
 * breaks kept, so that lines and columns are those of the original. Attributes are kept when their
 * name is listed, namespaces when they are SOAP's, the W3C's or listed. `keep` holds local names.
 * `cut` says that the text ends before the document does. Null when it does not read as XML; it is
 * strict for that reason: where tags do not match, a text could be taken for another's.
 */
export function redactXml(text: string, keep: ReadonlySet<string>, cut = false): string | null {
  const out: string[] = [];
  const stack: string[] = [];
  const tags = new Map<string, PlainTag>();
  let at = 0;
  let roots = 0;
  declaration.lastIndex = 0;
  const head = declaration.exec(text);
  if (head) {
    out.push(head[0]);
    at = declaration.lastIndex;
  }
  while (at < text.length) {
    if (text.charCodeAt(at) !== 60) {
      const end = indexOr(text, '<', at, text.length);
      out.push(words(text.slice(at, end), keep.has(local(stack.at(-1) ?? ''))));
      at = end;
      continue;
    }
    const quick = plainTag(text, at, tags);
    if (quick !== null && stack.length > 0) {
      if (quick.closes && stack.pop() !== quick.name) return null;
      if (!quick.closes && !quick.empty) stack.push(quick.name);
      out.push(quick.tag);
      at += quick.tag.length;
      continue;
    }
    const special = marked(text, at, keep.has(local(stack.at(-1) ?? '')));
    if (special !== null) {
      if (special.end < 0) break;
      out.push(special.text);
      at = special.end;
      continue;
    }
    closeTag.lastIndex = at;
    const close = closeTag.exec(text);
    if (close) {
      if (stack.pop() !== close[1]) return null;
      out.push(close[0]);
      at = closeTag.lastIndex;
      continue;
    }
    openTag.lastIndex = at;
    const open = openTag.exec(text);
    if (open === null) break;
    if (stack.length === 0) roots += 1;
    out.push(opened(open, keep));
    if (open[3] === '') stack.push(open[1] ?? '');
    at = openTag.lastIndex;
  }
  const whole = at >= text.length && stack.length === 0 && roots === 1;
  // What follows the last whole tag of a cut text is left out; elsewhere it is a fault.
  if (cut ? roots === 1 && !text.includes('>', at) : whole) return out.join('');
  return null;
}

interface PlainTag {
  readonly tag: string;
  readonly name: string;
  readonly closes: boolean;
  readonly empty: boolean;
}

const plain = /^<(\/?)([A-Za-z_][\w.:-]*)(\/?)>$/;

/** A tag without attributes, by a look instead of a parse: nearly all of a sales page is that. */
function plainTag(text: string, at: number, known: Map<string, PlainTag>): PlainTag | null {
  const end = text.indexOf('>', at);
  if (end < 0 || end - at > 100) return null;
  const tag = text.slice(at, end + 1);
  const found = known.get(tag);
  if (found !== undefined) return found;
  const parts = plain.exec(tag);
  if (parts === null || known.size > 500 || (parts[1] !== '' && parts[3] !== '')) return null;
  const made = { tag, name: parts[2] ?? '', closes: parts[1] !== '', empty: parts[3] !== '' };
  known.set(tag, made);
  return made;
}

function opened(tag: RegExpExecArray, keep: ReadonlySet<string>): string {
  const attributes = (tag[2] ?? '').replace(
    attribute,
    (_all, space: string, name: string, equals: string, double?: string, single?: string) => {
      const quote = double === undefined ? "'" : '"';
      const value = double ?? single ?? '';
      const namespace = name === 'xmlns' || name.startsWith('xmlns:');
      const kept = namespace
        ? publicNamespace.test(value) || keep.has(value)
        : keep.has(local(name));
      return `${space}${name}${equals}${quote}${kept ? value : blank(value)}${quote}`;
    },
  );
  const tail = tag[0].slice(1 + (tag[1] ?? '').length + (tag[2] ?? '').length);
  return `<${tag[1]}${attributes}${tail}`;
}

/** CDATA, comments and instructions; null when there is none here, `end` -1 when it is cut. */
function marked(text: string, at: number, kept: boolean): { text: string; end: number } | null {
  const kinds = [
    ['<![CDATA[', ']]>', kept],
    ['<!--', '-->', false],
    ['<?', '?>', false],
  ] as const;
  for (const [start, stop, keeps] of kinds) {
    if (!text.startsWith(start, at)) continue;
    const end = text.indexOf(stop, at + start.length);
    if (end < 0) return { text: '', end: -1 };
    const inner = text.slice(at + start.length, end);
    return { text: `${start}${keeps ? inner : blank(inner)}${stop}`, end: end + stop.length };
  }
  return null;
}

function words(text: string, kept: boolean): string {
  return kept || text === '' || /^\s*$/.test(text) ? text : blank(text);
}

function blank(text: string): string {
  if (!text.includes('\n') && !text.includes('\r')) return '·'.repeat(text.length);
  return text.replace(/[^\r\n]/g, '·');
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function indexOr(text: string, what: string, from: number, otherwise: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? otherwise : found;
}
