import type { Client, IHttpClient } from 'soap';
import { createClientAsync } from 'soap';
import type { Http, HttpAnswer, HttpLimits } from './http.ts';
import { collect } from './http-body.ts';
import type { Recorder, WireCall } from './recording.ts';
import { BodyTap, faultOf, redactUrl } from './recording.ts';
import { EnvelopeWatch, otherAnswer, readEnvelope, SoapFault } from './soap-envelope.ts';
import { TransportError } from './transport-error.ts';
import { checkWsdlSet } from './wsdl-set.ts';
import type { RecordQuery, XmlRecord } from './xml.ts';
import { PlainSink, readRecords } from './xml.ts';
import { XmlError } from './xml-error.ts';
import { defaultXmlLimits } from './xml-parser.ts';
import { XmlFeed } from './xml-reader.ts';

export { SoapFault, type SoapFaultDetail } from './soap-envelope.ts';
export { WsdlRefused } from './wsdl-set.ts';

export interface SoapOptions {
  /** A WSDL of the shipped or uploaded set; imports come from its folder only. */
  readonly wsdlFile: string;
  /** From settings, never from the WSDL. */
  readonly endpoint: string;
  /** HTTP Basic; null for none. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
  readonly http: Http;
  readonly recorder: Recorder;
  readonly clock: () => Date;
  /** Local names of the elements (and namespaces) that recordings keep. */
  readonly keep: readonly string[];
  readonly limits?: Partial<HttpLimits>;
  /** Limits of single operations, over `limits`. */
  readonly operationLimits?: Readonly<Record<string, Partial<HttpLimits>>>;
  readonly signal?: AbortSignal;
  /** Told when a recording could not be kept; the call itself goes on. */
  readonly onRecordingFailed?: (error: unknown) => void;
}

/**
 * A value of an answer: texts as they came, trimmed and never turned into numbers or dates;
 * elements that the schema repeats are arrays; an empty element is `''` where the schema says
 * text, else null; `xsi:nil` is left out.
 */
export type SoapValue =
  | string
  | null
  | readonly SoapValue[]
  | { readonly [name: string]: SoapValue };

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

// Types that the library would turn into floats, dates (of the server's zone) and booleans.
const textTypes =
  'int integer short long byte unsignedInt unsignedLong unsignedShort positiveInteger ' +
  'nonNegativeInteger double float decimal bool boolean dateTime date time';
const asText = Object.fromEntries(
  textTypes.split(' ').map((type) => [type, (text: string) => text]),
);

/** Opens a service. Throws WsdlRefused, XmlError, or what the library says of the WSDL. */
export async function openSoap(options: SoapOptions): Promise<Soap> {
  await checkWsdlSet(options.wsdlFile);
  const writer = await RequestWriter.open(options);
  return {
    operations: writer.operations,
    call: (operation, args) => callSmall(new Exchange(options, writer, operation, args)),
    async stream(operation, args) {
      const exchange = new Exchange(options, writer, operation, args);
      const chunks = await openStream(exchange);
      const { status, contentType } = exchange;
      return { status: status ?? 0, contentType, chunks: recordedAtEnd(exchange, chunks) };
    },
    records: (operation, args, query) =>
      recordsOf(new Exchange(options, writer, operation, args), query),
  };
}

interface WrittenRequest {
  readonly xml: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The soap library as a writer and a reader: it never gets a socket. */
class RequestWriter {
  readonly operations: readonly string[];
  private readonly client: Client;
  private readonly outputs: ReadonlyMap<string, string>;
  private readonly taken: { request: WrittenRequest | null };

  private constructor(client: Client, taken: { request: WrittenRequest | null }) {
    this.client = client;
    this.taken = taken;
    this.outputs = outputsOf(client);
    this.operations = [...this.outputs.keys()];
  }

  static async open(options: SoapOptions): Promise<RequestWriter> {
    const taken: { request: WrittenRequest | null } = { request: null };
    // It "sends" into our hand; the answer is read by our own client.
    const httpClient = {
      request(_url: string, data: string, _done: unknown, headers: Record<string, string>) {
        taken.request = { xml: data, headers };
      },
    } as unknown as IHttpClient;
    const client = await createClientAsync(
      options.wsdlFile,
      { httpClient, disableCache: true, customDeserializer: asText, strict: true },
      options.endpoint,
    );
    return new RequestWriter(client, taken);
  }

  /** Throws when the operation is unknown or an argument holds what XML cannot. */
  write(operation: string, args: Readonly<Record<string, unknown>>): WrittenRequest {
    if (!this.outputs.has(operation)) throw new Error(`${operation} is not in the WSDL`);
    this.taken.request = null;
    const method = this.client[operation] as (args: unknown, done: () => void) => void;
    method(args, () => {});
    const { request } = this.taken as { request: WrittenRequest | null };
    if (request === null) throw new Error(`${operation} could not be written`);
    if (/[^\t\n\r -\ufffd]/.test(request.xml)) {
      throw new Error(`an argument of ${operation} holds a character that XML does not know`);
    }
    return request;
  }

  output(operation: string): string {
    return this.outputs.get(operation) ?? '';
  }

  /** The element of the body as the WSDL describes it. */
  read(text: string, operation: string): SoapValue {
    const envelope = this.client.wsdl.xmlToObject(text) as { Body?: Record<string, SoapValue> };
    return envelope.Body?.[this.output(operation)] ?? null;
  }
}

/** Operation → local name of the element that answers it. */
function outputsOf(client: Client): Map<string, string> {
  const outputs = new Map<string, string>();
  const bindings = client.wsdl.definitions.bindings as Record<
    string,
    { methods: Record<string, { output?: { $name?: string } }> }
  >;
  for (const binding of Object.values(bindings)) {
    for (const [name, method] of Object.entries(binding.methods)) {
      outputs.set(name, method.output?.$name ?? '');
    }
  }
  return outputs;
}

/** One call with all that its recording needs. */
class Exchange {
  readonly writer: RequestWriter;
  readonly operation: string;
  readonly sent = new BodyTap();
  readonly received = new BodyTap();
  status: number | null = null;
  contentType: string | null = null;
  private readonly options: SoapOptions;
  private readonly request: WrittenRequest;
  private readonly startedAt: Date;
  private recorded = false;

  constructor(
    options: SoapOptions,
    writer: RequestWriter,
    operation: string,
    args: Readonly<Record<string, unknown>>,
  ) {
    this.options = options;
    this.writer = writer;
    this.operation = operation;
    this.request = writer.write(operation, args);
    this.sent.push(Buffer.from(this.request.xml));
    this.startedAt = options.clock();
  }

  async send(limits: Partial<HttpLimits>): Promise<HttpAnswer> {
    const { credentials, endpoint, http, signal } = this.options;
    const headers: Record<string, string> = { ...this.request.headers, accept: 'text/xml' };
    if (credentials !== null) {
      const pair = Buffer.from(`${credentials.user}:${credentials.password}`);
      headers.authorization = `Basic ${pair.toString('base64')}`;
    }
    const answer = await http.send({
      method: 'POST',
      url: endpoint,
      headers,
      body: this.request.xml,
      limits: {
        ...limits,
        ...this.options.limits,
        ...this.options.operationLimits?.[this.operation],
      },
      ...(signal ? { signal } : {}),
    });
    this.status = answer.status;
    this.contentType = answer.contentType;
    return answer;
  }

  /** The pieces of a body, tapped; those over the limit break it off. */
  async *tapped(body: AsyncIterable<Uint8Array>, maxBytes = Infinity): AsyncGenerator<Uint8Array> {
    for await (const piece of body) {
      this.received.push(piece);
      if (this.received.bytes > maxBytes) {
        const detail = `the answer is over ${maxBytes} bytes`;
        throw new TransportError('too-large', { sent: true, status: this.status ?? 0, detail });
      }
      yield piece;
    }
  }

  /** Writes the recording, once. */
  async record(error: unknown = null): Promise<void> {
    if (this.recorded) return;
    this.recorded = true;
    const { recorder, clock, endpoint, onRecordingFailed } = this.options;
    const keep = new Set(this.options.keep);
    const readable = error === null || error instanceof SoapFault;
    const response = readable ? this.received.redacted(keep, this.contentType) : null;
    const call: WireCall = {
      operation: this.operation,
      method: 'POST',
      url: redactUrl(endpoint),
      startedAt: this.startedAt,
      durationMs: clock().getTime() - this.startedAt.getTime(),
      status: this.status,
      requestBytes: this.sent.bytes,
      responseBytes: this.received.bytes,
      requestDigest: this.sent.digest(),
      responseDigest: this.received.digest(),
      request: this.sent.redacted(keep, 'text/xml; charset=utf-8'),
      response,
      ...outcomeOf(error, keep),
    };
    try {
      await recorder.record(call);
    } catch (failure) {
      // The reseller has done what it did: losing the recording must not lose its answer too.
      if (onRecordingFailed) onRecordingFailed(failure);
      else process.emitWarning('a recording of a wire call could not be kept');
    }
  }
}

function outcomeOf(error: unknown, keep: ReadonlySet<string>): Pick<WireCall, 'outcome' | 'fault'> {
  if (error === null) return { outcome: 'ok', fault: null };
  if (!(error instanceof SoapFault)) return faultOf(error);
  const code = keep.has('code') ? error.detail.code : null;
  const message = keep.has('faultstring') ? error.faultstring : '';
  const named = keep.has('faultcode') ? error.faultcode : 'fault';
  return { outcome: 'fault', fault: { code: code ?? named, message, place: null } };
}

async function callSmall(exchange: Exchange): Promise<SoapAnswer> {
  try {
    const answer = await exchange.send({ maxBytes: smallAnswerBytes });
    const envelope = await wholeEnvelope(exchange, exchange.tapped(answer.body));
    if (envelope.first !== exchange.writer.output(exchange.operation)) throw otherAnswer();
    const body = exchange.writer.read(envelope.text, exchange.operation);
    await exchange.record();
    return { body, status: answer.status };
  } catch (error) {
    await exchange.record(error);
    throw error;
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
  if (watch.first !== exchange.writer.output(exchange.operation)) {
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
