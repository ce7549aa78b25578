/**
 * Why a text is not the XML we read.
 *
 * - `empty`: nothing but white space. `html`: a web page; `title` holds its title.
 * - `truncated`: it ends before its root does. `not-well-formed`: against the rules of XML.
 * - `dtd`, `entity`: a document type or an entity of its own, which we never read.
 * - `depth`, `too-long`: over a limit (nesting; attributes, text, names).
 * - `charset`: bytes that are not of the charset that was said, or a charset we do not read.
 * - `namespace`: the record is there in another namespace. `repeated`: a field twice in one.
 * - `envelope`: well-formed, and not the SOAP answer that was asked for.
 */
export type XmlErrorCode =
  | 'truncated'
  | 'not-well-formed'
  | 'dtd'
  | 'entity'
  | 'depth'
  | 'charset'
  | 'html'
  | 'too-long'
  | 'empty'
  | 'namespace'
  | 'repeated'
  | 'envelope';

export interface XmlPlace {
  /** From 1. */
  readonly line: number;
  /** Characters from the start of the line, from 0. */
  readonly column: number;
  /** Bytes from the start of the body. */
  readonly byte: number;
}

export class XmlError extends Error {
  readonly kind = 'xml';
  readonly code: XmlErrorCode;
  readonly place: XmlPlace;
  readonly line: number;
  readonly column: number;
  readonly byte: number;
  /** The title of an HTML page, null otherwise. It is content: never record it. */
  readonly title: string | null;
  /** The reason without the place; never holds content of the document. */
  readonly reason: string;

  constructor(code: XmlErrorCode, reason: string, place: XmlPlace, title: string | null = null) {
    super(`${reason} (line ${place.line}, column ${place.column}, byte ${place.byte})`);
    this.name = 'XmlError';
    this.code = code;
    this.reason = reason;
    this.place = place;
    this.line = place.line;
    this.column = place.column;
    this.byte = place.byte;
    this.title = title;
  }
}
