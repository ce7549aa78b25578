import type { XmlElement, XmlHandler } from './xml.ts';
import { readXmlBytes } from './xml.ts';
import { XmlError } from './xml-error.ts';

/** Leaf elements of a fault's detail, by local name. */
export interface SoapFaultDetail {
  readonly code: string | null;
  readonly message: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** The reseller answered, with a refusal of the whole call. */
export class SoapFault extends Error {
  readonly kind = 'soap-fault';
  readonly faultcode: string;
  readonly faultstring: string;
  readonly detail: SoapFaultDetail;
  readonly status: number;

  constructor(facts: {
    faultcode: string;
    faultstring: string;
    detail: SoapFaultDetail;
    status: number;
  }) {
    super(`${facts.faultcode}: ${facts.faultstring}`);
    this.name = 'SoapFault';
    this.faultcode = facts.faultcode;
    this.faultstring = facts.faultstring;
    this.detail = facts.detail;
    this.status = facts.status;
  }
}

const envelopeNamespaces = [
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
];

/** Watches for the first element of the body of an envelope. */
export class EnvelopeWatch {
  /** The local name of the first element in the body, null until it came. */
  first: string | null = null;
  isFault = false;
  private inBody = false;

  open(element: XmlElement): void {
    const ours = envelopeNamespaces.includes(element.uri);
    if (element.depth === 1 && !(ours && element.local === 'Envelope')) throw noEnvelope();
    if (element.depth === 2) this.inBody = ours && element.local === 'Body';
    if (element.depth === 3 && this.inBody && this.first === null) {
      this.first = element.local;
      this.isFault = ours && element.local === 'Fault';
    }
  }
}

function noEnvelope(): XmlError {
  return new XmlError('envelope', 'no SOAP envelope', { line: 1, column: 0, byte: 0 });
}

/** An answer that is not the one of the operation. */
export function otherAnswer(): XmlError {
  const place = { line: 1, column: 0, byte: 0 };
  return new XmlError('envelope', 'not the answer of the operation that was called', place);
}

export interface ReadEnvelope {
  /** The document rewritten from what was read: no CDATA, no comment, no instruction. */
  readonly text: string;
  /** The local name of the first element in the body; null for an empty one. */
  readonly first: string | null;
  readonly fault: SoapFault | null;
}

/**
 * Reads a small answer under all guards and writes it anew for the soap library, whose own reader
 * would parse XML that hides in a CDATA section and follow `href="#…"`.
 * Throws XmlError.
 */
export function readEnvelope(
  bytes: Uint8Array,
  status: number,
  contentType: string | null,
): ReadEnvelope {
  const watch = new EnvelopeWatch();
  const fault = new FaultReader();
  const parts: string[] = [];
  const handler: XmlHandler = {
    open(element) {
      watch.open(element);
      refuseOdd(element);
      const attributes = Object.entries(element.attributes)
        .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
        .join('');
      parts.push(`<${element.name}${attributes}>`);
      if (watch.isFault) fault.open(element);
    },
    text(text) {
      parts.push(escapeXml(text));
      if (watch.isFault) fault.text(text);
    },
    close(element) {
      parts.push(`</${element.name}>`);
      if (watch.isFault) fault.close(element);
    },
  };
  readXmlBytes(bytes, handler, { contentType });
  return {
    text: parts.join(''),
    first: watch.first,
    fault: watch.isFault ? fault.result(status) : null,
  };
}

/** Names that mean something to JavaScript, and references inside the document. */
function refuseOdd(element: XmlElement): void {
  const refused =
    ['__proto__', 'constructor', 'prototype'].includes(element.local) ||
    (element.attributes.href ?? '').startsWith('#');
  if (!refused) return;
  throw new XmlError('envelope', 'an element we do not read', { line: 1, column: 0, byte: 0 });
}

/** Collects the leaves of a Fault: 1.1 names, and 1.2's where they stand for the same. */
class FaultReader {
  private readonly top: Record<string, string> = Object.create(null) as Record<string, string>;
  private readonly fields: Record<string, string> = Object.create(null) as Record<string, string>;
  private detailDepth = 0;
  private leaf: XmlElement | null = null;
  private value = '';

  open(element: XmlElement): void {
    this.leaf = element;
    this.value = '';
    const isDetail = element.local === 'detail' || element.local === 'Detail';
    if (this.detailDepth === 0 && element.depth === 4 && isDetail) this.detailDepth = element.depth;
  }

  text(text: string): void {
    if (this.leaf !== null) this.value += text;
  }

  close(element: XmlElement): void {
    const isLeaf = this.leaf === element;
    this.leaf = null;
    if (isLeaf && element.depth > 3) {
      const target =
        this.detailDepth > 0 && element.depth >= this.detailDepth ? this.fields : this.top;
      target[element.local] ??= this.value.trim();
    }
    if (element.depth === this.detailDepth) this.detailDepth = 0;
  }

  result(status: number): SoapFault {
    const { top, fields } = this;
    return new SoapFault({
      faultcode: top.faultcode ?? top.Value ?? '',
      faultstring: top.faultstring ?? top.Text ?? '',
      detail: { code: fields.code ?? null, message: fields.message ?? null, fields },
      status,
    });
  }
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (found) => `&#${found.charCodeAt(0)};`);
}
