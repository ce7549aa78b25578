import { SaxesParser } from 'saxes';
import type { XmlErrorCode } from './xml-error.ts';

/** Limits of one document. Counts and characters. */
export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxAttributes: number;
  /** Of the text of one element, an attribute's value, a comment, a name. */
  readonly maxText: number;
  /** Of what may stand before the root element. */
  readonly maxProlog: number;
}

export const defaultXmlLimits: XmlLimits = {
  maxDepth: 64,
  maxAttributes: 64,
  maxText: 1024 * 1024,
  maxProlog: 64 * 1024,
};

export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  /** The namespace, `''` for none. */
  readonly uri: string;
  /** By their names as written; `xmlns` ones too. No prototype. */
  readonly attributes: Readonly<Record<string, string>>;
  /** 1 for the root. */
  readonly depth: number;
}

export interface XmlHandler {
  open?(element: XmlElement): void;
  /** Text and CDATA alike; one element's text may come in several pieces. */
  text?(text: string): void;
  close?(element: XmlElement): void;
}

type Scope = Record<string, string>;

interface Frame extends XmlElement {
  readonly scope: Scope;
  textLength: number;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** Why the parser stopped, at a character of what it was fed. */
export class ParserStop extends Error {
  readonly code: XmlErrorCode;
  /** Line in the text that was fed, from 1. */
  readonly line: number;
  readonly column: number;
  /** Characters of the current piece that were read. */
  readonly read: number;
  constructor(
    code: XmlErrorCode,
    message: string,
    at: { line: number; column: number; read: number },
  ) {
    super(message);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
    this.read = at.read;
  }
}

/**
 * saxes with our limits: no document type, no entity but the five of XML, bounded depth, names,
 * attributes and texts, and prefixes resolved here (saxes' own way costs more).
 * Everything that saxes would hold back without an event is bounded by the distance to the last.
 */
export class GuardedParser {
  depth = 0;
  /** Grows with every xmlns attribute: prefixes resolved before may mean something else. */
  scopeVersion = 0;
  private readonly parser: SaxesParser;
  private readonly limits: XmlLimits;
  private readonly handler: XmlHandler;
  private readonly stack: Frame[] = [];
  private attributes = 0;
  private lastEvent = 0;
  private lastTag = -1;
  private fed = 0;
  private pieceStart = 0;

  constructor(handler: XmlHandler, limits: XmlLimits) {
    this.handler = handler;
    this.limits = limits;
    // Version 1.0 for all: what 1.1 adds are control characters and other line ends.
    this.parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
    this.parser.ENTITIES = onlyKnownEntities(() => this.stop('entity', 'an entity of its own'));
    this.parser.on('error', (error) => this.stop('not-well-formed', reasonOf(error)));
    this.parser.on('doctype', () => this.stop('dtd', 'a document type is refused'));
    this.parser.on('comment', () => this.seen());
    this.parser.on('processinginstruction', () => this.seen());
    this.parser.on('opentagstart', () => {
      this.attributes = 0;
      this.seen();
    });
    this.parser.on('attribute', () => this.onAttribute());
    this.parser.on('opentag', (tag) => this.onOpen(tag.name, tag.attributes));
    this.parser.on('text', (text) => this.onText(text));
    this.parser.on('cdata', (text) => this.onText(text));
    this.parser.on('closetag', () => this.onClose());
  }

  get line(): number {
    return this.parser.line;
  }

  get column(): number {
    return this.parser.column;
  }

  /** Whether what was fed so far ends exactly behind a start or end tag. */
  get behindTag(): boolean {
    return this.lastTag === this.fed;
  }

  /** Throws ParserStop, or what the handler throws. */
  write(text: string): void {
    if (text === '') return;
    this.pieceStart = this.fed;
    this.fed += text.length;
    this.parser.write(text);
    if (this.parser.position - this.lastEvent > this.limits.maxText) {
      this.stop('too-long', `more than ${this.limits.maxText} characters in one piece`);
    }
  }

  /** Throws ParserStop when the document is not finished. */
  close(): void {
    this.pieceStart = this.fed;
    this.parser.close();
  }

  /** The namespace of a prefix where the parser stands; undefined when it is not bound. */
  resolve(prefix: string): string | undefined {
    const scope = this.stack.at(-1)?.scope ?? rootScope;
    return prefix === '' ? (scope[''] ?? '') : scope[prefix];
  }

  stop(code: XmlErrorCode, message: string): never {
    const read = Math.max(0, this.parser.position - this.pieceStart);
    const { line, column } = this.parser;
    throw new ParserStop(code, message, { line, column, read });
  }

  private seen(): void {
    const { position } = this.parser;
    if (position - this.lastEvent > this.limits.maxText) {
      this.stop('too-long', `more than ${this.limits.maxText} characters in one piece`);
    }
    this.lastEvent = position;
  }

  private onAttribute(): void {
    this.seen();
    this.attributes += 1;
    if (this.attributes > this.limits.maxAttributes) {
      this.stop('too-long', `more than ${this.limits.maxAttributes} attributes`);
    }
  }

  private onOpen(name: string, attributes: Record<string, string>): void {
    this.seen();
    this.depth += 1;
    if (this.depth > this.limits.maxDepth) {
      this.stop('depth', `nested more than ${this.limits.maxDepth} deep`);
    }
    const scope = this.scopeOf(attributes);
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = colon < 0 ? name : name.slice(colon + 1);
    const uri = prefix === '' ? (scope[''] ?? '') : scope[prefix];
    if (uri === undefined || local === '' || colon === 0 || local.includes(':')) {
      this.stop('not-well-formed', 'a name with an unknown prefix');
    }
    const frame = { name, local, uri, attributes, depth: this.depth, scope, textLength: 0 };
    this.stack.push(frame);
    this.lastTag = this.parser.position;
    this.handler.open?.(frame);
  }

  private scopeOf(attributes: Record<string, string>): Scope {
    const parent = this.stack.at(-1)?.scope ?? rootScope;
    let scope = parent;
    for (const name in attributes) {
      if (name.charCodeAt(0) !== 120 || !(name === 'xmlns' || name.startsWith('xmlns:'))) continue;
      if (scope === parent) scope = Object.create(parent) as Scope;
      const prefix = name === 'xmlns' ? '' : name.slice(6);
      const uri = attributes[name] ?? '';
      if (prefix === 'xmlns' || (prefix !== '' && uri === '')) {
        this.stop('not-well-formed', 'a prefix bound to nothing');
      }
      scope[prefix] = uri;
      this.scopeVersion += 1;
    }
    for (const name in attributes) {
      const colon = name.indexOf(':');
      if (colon < 0 || name.startsWith('xmlns:')) continue;
      if (scope[name.slice(0, colon)] === undefined) {
        this.stop('not-well-formed', 'a name with an unknown prefix');
      }
    }
    return scope;
  }

  private onText(text: string): void {
    this.seen();
    const frame = this.stack.at(-1);
    if (frame === undefined) return;
    frame.textLength += text.length;
    if (frame.textLength > this.limits.maxText) {
      this.stop('too-long', `more than ${this.limits.maxText} characters of text`);
    }
    this.handler.text?.(text);
  }

  private onClose(): void {
    this.seen();
    const frame = this.stack.pop();
    this.depth -= 1;
    this.lastTag = this.parser.position;
    if (frame === undefined) return;
    if (frame.scope !== (this.stack.at(-1)?.scope ?? rootScope)) this.scopeVersion += 1;
    this.handler.close?.(frame);
  }
}

const rootScope: Scope = Object.assign(Object.create(null) as Scope, { xml: xmlNamespace });

/** saxes asks this table for a name; a name it does not hold is refused at once. */
function onlyKnownEntities(refuse: () => never): Record<string, string> {
  const known: Record<string, string> = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" };
  return new Proxy(known, {
    get(_target, name) {
      if (typeof name === 'string' && Object.hasOwn(known, name)) return known[name];
      return refuse();
    },
  });
}

/** What saxes says, without the place (ours is exact) and without names of the document. */
function reasonOf(error: Error): string {
  const text = error.message.replace(/^\d+:\d+: /, '');
  return (text.split(':')[0] ?? text).replace(/\.$/, '');
}

/** What a scan of the characters before the root element found. */
export type PrologFinding = 'more' | 'root' | 'dtd' | 'html' | 'odd';

/**
 * Looks at a document's first characters before the parser sees any of them: a document type is
 * refused at its first letter, not when its subset has been read.
 */
export function scanProlog(text: string): PrologFinding {
  let at = 0;
  for (;;) {
    while (at < text.length && ' \t\r\n\ufeff'.includes(text.charAt(at))) at += 1;
    if (at >= text.length) return 'more';
    if (text.startsWith('<?', at)) at = behind(text, '?>', at + 2);
    else if (text.startsWith('<!--', at)) at = behind(text, '-->', at + 4);
    else break;
    if (at < 0) return 'more';
  }
  const rest = text.slice(at, at + 15).toLowerCase();
  if (rest.length < 15 && /^<(!|!-|!d[octype]*\s*|h|ht|htm|html)?$/.test(rest)) return 'more';
  if (/^<!doctype\s+html/.test(rest)) return 'html';
  if (/^<!doctype/.test(rest)) return rest.length < 15 ? 'more' : 'dtd';
  if (/^<html[\s>]/.test(rest)) return 'html';
  return rest.startsWith('<') && !rest.startsWith('<!') ? 'root' : 'odd';
}

function behind(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? -1 : found + end.length;
}
