/**
 * What went wrong on the way to a reseller.
 *
 * - `dns`, `connect`, `tls`: nobody heard us.
 * - `timeout`: the total or the connect limit passed. `idle`: the other side fell silent.
 * - `too-large`: a header or a body over its limit. `reset`: the connection broke.
 * - `redirect`: sent elsewhere, which we do not follow. `address`: a place we may not call.
 * - `status`: an HTTP status (or an HTTP form) that is no answer; `status` then holds it.
 * - `aborted`: we stopped it ourselves.
 */
export type TransportErrorCode =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'idle'
  | 'too-large'
  | 'reset'
  | 'redirect'
  | 'address'
  | 'status'
  | 'aborted';

export interface TransportErrorFacts {
  /** True when the request may have reached the reseller: a command's outcome is then unknown. */
  readonly sent: boolean;
  /** One sentence for the log; never a secret, never content of a body. */
  readonly detail: string;
  /** The HTTP status, when there was one. */
  readonly status?: number;
  readonly cause?: unknown;
}

export class TransportError extends Error {
  /** Tells wire errors apart where only types may be imported. */
  readonly kind = 'transport';
  readonly code: TransportErrorCode;
  readonly sent: boolean;
  readonly detail: string;
  readonly status: number | null;

  constructor(code: TransportErrorCode, facts: TransportErrorFacts) {
    super(`${code}: ${facts.detail}`, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = 'TransportError';
    this.code = code;
    this.sent = facts.sent;
    this.detail = facts.detail;
    this.status = facts.status ?? null;
  }
}
