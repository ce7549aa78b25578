import type { Http, HttpAnswer, HttpLimits } from './http.ts';
import type { Recorder, WireCall } from './recording.ts';
import { BodyTap, faultOf, redactUrl } from './recording.ts';
import { SoapFault } from './soap-envelope.ts';
import type { SoapLibrary, WrittenRequest } from './soap-library.ts';
import { TransportError } from './transport-error.ts';

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

/** One call with all that its recording needs. */
export class Exchange {
  readonly library: SoapLibrary;
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
    library: SoapLibrary,
    operation: string,
    args: Readonly<Record<string, unknown>>,
  ) {
    this.options = options;
    this.library = library;
    this.operation = operation;
    this.request = library.write(operation, args);
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
