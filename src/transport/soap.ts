import { collect } from './http-body.ts';
import { EnvelopeWatch, otherAnswer, readEnvelope, SoapFault } from './soap-envelope.ts';
import type { SoapOptions } from './soap-exchange.ts';
import { Exchange } from './soap-exchange.ts';
import type { SoapValue } from './soap-library.ts';
import { SoapLibrary } from './soap-library.ts';
import { TransportError } from './transport-error.ts';
import { checkWsdlSet } from './wsdl-set.ts';
import type { RecordQuery, XmlRecord } from './xml.ts';
import { PlainSink, readRecords } from './xml.ts';
import { XmlError } from './xml-error.ts';
import { defaultXmlLimits } from './xml-parser.ts';
import { XmlFeed } from './xml-reader.ts';

export { SoapFault, type SoapFaultDetail } from './soap-envelope.ts';
export type { SoapOptions } from './soap-exchange.ts';
export type { SoapValue } from './soap-library.ts';

export interface SoapAnswer {
  /** The element of the body, by the WSDL; null when it is empty. */
  readonly body: SoapValue;
  readonly status: number;
}

export interface SoapStream {
  readonly status: number;
  readonly contentType: string | null;
  /** Read once; the recording is written at its end. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export type SoapRecordQuery = Omit<RecordQuery, 'chunks' | 'contentType'>;

/** All throw SoapFault, TransportError and XmlError. */
export interface Soap {
  readonly operations: readonly string[];
  /** A small message and its answer, by the WSDL. */
  call(operation: string, args: Readonly<Record<string, unknown>>): Promise<SoapAnswer>;
  /** The bytes of a large answer. It is no fault, and it is the operation's. */
  stream(operation: string, args: Readonly<Record<string, unknown>>): Promise<SoapStream>;
  /**
   * The records of a large answer, as they come. What arrived whole is handed over before an error
   * is thrown. The call is recorded with how the reading ended.
   */
  records(
    operation: string,
    args: Readonly<Record<string, unknown>>,
    query: SoapRecordQuery,
  ): AsyncGenerator<XmlRecord[]>;
}

/** Everything that may go wrong between us and a reseller, told apart by `kind`. */
export type WireError = SoapFault | TransportError | XmlError;

export type SoapServiceOptions = Omit<SoapOptions, 'http' | 'recorder' | 'clock' | 'signal'>;

/** SOAP as a port: a channel imports types only, and gets this through open(config, ports). */
export interface SoapPort {
  open(options: SoapServiceOptions): Promise<Soap>;
  /** The error as one of ours, null when it is a defect to be thrown on. */
  wireError(error: unknown): WireError | null;
}

/** The port over one client and one recorder. */
export function createSoapPort(
  house: Pick<SoapOptions, 'http' | 'recorder' | 'clock' | 'signal'>,
): SoapPort {
  return {
    open: (options) => openSoap({ ...house, ...options }),
    wireError: (error) =>
      error instanceof SoapFault || error instanceof TransportError || error instanceof XmlError
        ? error
        : null,
  };
}

/** Bytes of an answer that `call` holds whole, and of a fault. */
const smallAnswerBytes = 8 * 1024 * 1024;
/** How far into an answer its first element is looked for. */
const peekedBytes = 256 * 1024;

/** Opens a service. Throws WsdlRefused, XmlError, or what the library says of the WSDL. */
export async function openSoap(options: SoapOptions): Promise<Soap> {
  await checkWsdlSet(options.wsdlFile);
  const library = await SoapLibrary.open(options.wsdlFile, options.endpoint);
  return {
    operations: library.operations,
    call: (operation, args) => callSmall(new Exchange(options, library, operation, args)),
    async stream(operation, args) {
      const exchange = new Exchange(options, library, operation, args);
      const chunks = await openStream(exchange);
      const { status, contentType } = exchange;
      return { status: status ?? 0, contentType, chunks: recordedAtEnd(exchange, chunks) };
    },
    records: (operation, args, query) =>
      recordsOf(new Exchange(options, library, operation, args), query),
  };
}

async function callSmall(exchange: Exchange): Promise<SoapAnswer> {
  try {
    const answer = await exchange.send({ maxBytes: smallAnswerBytes });
    const envelope = await wholeEnvelope(exchange, exchange.tapped(answer.body));
    if (envelope.first !== exchange.library.output(exchange.operation)) throw otherAnswer();
    const body = fitting(exchange, envelope.text);
    await exchange.record();
    return { body, status: answer.status };
  } catch (error) {
    await exchange.record(error);
    throw error;
  }
}

function fitting(exchange: Exchange, text: string): SoapValue {
  try {
    return exchange.library.read(text, exchange.operation);
  } catch {
    // The text is well-formed by now: what the library stumbles over is not of this WSDL.
    throw otherAnswer();
  }
}

/** Reads a body to its end. Throws SoapFault; and for a status that no fault explains, `status`. */
async function wholeEnvelope(exchange: Exchange, body: AsyncIterable<Uint8Array>) {
  const bytes = await collect(body);
  const status = exchange.status ?? 0;
  const good = status >= 200 && status < 300;
  try {
    const envelope = readEnvelope(bytes, status, exchange.contentType);
    if (envelope.fault !== null) throw envelope.fault;
    if (good) return envelope;
  } catch (error) {
    if (good || error instanceof SoapFault) throw error;
  }
  throw new TransportError('status', { sent: true, status, detail: `HTTP status ${status}` });
}

/** The body of an answer that has been seen to be the operation's and no fault. */
async function openStream(exchange: Exchange): Promise<AsyncGenerator<Uint8Array>> {
  try {
    const answer = await exchange.send({});
    if (answer.status < 200 || answer.status > 299) {
      await wholeEnvelope(exchange, exchange.tapped(answer.body, smallAnswerBytes));
    }
    const body = exchange.tapped(answer.body);
    const held = await peek(exchange, body);
    return rejoined(held, body);
  } catch (error) {
    await exchange.record(error);
    throw error;
  }
}

/** Reads until the first element in the envelope's body; returns the pieces that took. */
async function peek(exchange: Exchange, body: AsyncGenerator<Uint8Array>): Promise<Uint8Array[]> {
  const found = new Error('found');
  const watch = new EnvelopeWatch();
  const handler = {
    open(element: Parameters<EnvelopeWatch['open']>[0]) {
      watch.open(element);
      if (watch.first !== null) throw found;
    },
  };
  const sink = new PlainSink(handler, defaultXmlLimits);
  const feed = new XmlFeed(sink, defaultXmlLimits, exchange.contentType);
  const held: Uint8Array[] = [];
  try {
    while (exchange.received.bytes < peekedBytes) {
      const next = await body.next();
      if (next.done) {
        feed.end();
        throw otherAnswer();
      }
      held.push(next.value);
      feed.push(next.value);
    }
    throw otherAnswer();
  } catch (error) {
    if (error !== found) {
      await body.return(undefined);
      throw error;
    }
  }
  if (watch.isFault) await wholeEnvelope(exchange, rejoined(held, body));
  if (watch.first !== exchange.library.output(exchange.operation)) {
    await body.return(undefined);
    throw otherAnswer();
  }
  return held;
}

async function* rejoined(
  held: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* held;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

const brokenOff = () =>
  new TransportError('aborted', { sent: true, detail: 'not read to its end' });

async function* recordedAtEnd(
  exchange: Exchange,
  chunks: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let error: unknown = brokenOff();
  try {
    yield* chunks;
    error = null;
  } catch (failure) {
    error = failure;
    throw failure;
  } finally {
    await exchange.record(error);
  }
}

async function* recordsOf(exchange: Exchange, query: SoapRecordQuery): AsyncGenerator<XmlRecord[]> {
  const chunks = await openStream(exchange);
  let error: unknown = brokenOff();
  try {
    yield* readRecords({ ...query, chunks, contentType: exchange.contentType });
    error = null;
  } catch (failure) {
    error = failure;
    throw failure;
  } finally {
    await exchange.record(error);
  }
}
