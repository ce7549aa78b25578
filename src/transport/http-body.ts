import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Timers } from './http.ts';
import { TransportError } from './transport-error.ts';

export interface BodyRules {
  readonly maxBytes: number;
  readonly idleMs: number;
  readonly timers: Timers;
  /** Is handed the way to break the body off from outside (deadline, signal). */
  readonly onFail: (fail: (error: TransportError) => void) => void;
  /** Called when the body has ended in whatever way, perhaps more than once. */
  readonly onEnd: () => void;
  readonly asError: (error: unknown) => TransportError;
}

/** Bytes that a Content-Length announces; 0 when there is none or it is no number. */
export function contentLength(header: string | undefined): number {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : 0;
}

/** The body of an answer as pieces, decompressed, counted and timed. */
export function answerBody(answer: IncomingMessage, rules: BodyRules): AsyncIterable<Uint8Array> {
  const source = decoded(answer);
  let failure: TransportError | null = null;
  let taken = false;
  rules.onFail((error) => {
    failure ??= error;
    answer.destroy(error);
    source.destroy(error);
    if (!taken) rules.onEnd();
  });
  // Whatever ends the stream ends its timers, also when nobody ever reads it.
  source.once('close', rules.onEnd);
  // Nobody may be reading when the deadline breaks the stream off.
  source.on('error', () => {});
  answer.on('error', () => {});
  return {
    async *[Symbol.asyncIterator]() {
      if (taken) throw new Error('the body of an answer is read once');
      taken = true;
      try {
        yield* pieces(source, rules, (error) => {
          failure ??= error;
          source.destroy(error);
        });
      } catch (error) {
        throw failure ?? rules.asError(error);
      } finally {
        answer.destroy();
        source.destroy();
        rules.onEnd();
      }
    },
  };
}

async function* pieces(
  source: Readable,
  rules: BodyRules,
  fail: (error: TransportError) => void,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let bytes = 0;
  for (;;) {
    // The silence is the other side's only while we wait; our own work between is not.
    const cancel = rules.timers.after(rules.idleMs, () => fail(silence(rules.idleMs)));
    let next: IteratorResult<Uint8Array>;
    try {
      next = await iterator.next();
    } finally {
      cancel();
    }
    if (next.done) return;
    bytes += next.value.byteLength;
    if (bytes > rules.maxBytes) {
      throw new TransportError('too-large', {
        sent: true,
        detail: `the answer is over ${rules.maxBytes} bytes`,
      });
    }
    yield next.value;
  }
}

function silence(idleMs: number): TransportError {
  return new TransportError('idle', {
    sent: true,
    detail: `the answer stopped for ${idleMs} ms`,
  });
}

function decoded(answer: IncomingMessage): Readable {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decoder = decoderFor(encoding);
  if (decoder === null) return answer;
  return pipeline(answer, decoder, () => {}) as Readable;
}

function decoderFor(encoding: string) {
  switch (encoding) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new TransportError('status', {
        sent: true,
        detail: 'the answer is compressed in a way we did not ask for',
      });
  }
}

/** All the bytes of a body. Throws what the body throws. */
export async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
