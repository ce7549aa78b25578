import type { ProblemCode } from '../../domain/order/problem.ts';
import type { TransportErrorCode } from '../../transport/http.ts';
import type { WireError } from '../../transport/soap.ts';
import type { XmlErrorCode } from '../../transport/xml.ts';
import { ChannelError } from './errors.ts';

type ExternalCode = ChannelError['code'];

const TRANSPORT: Readonly<Record<Exclude<TransportErrorCode, 'aborted'>, ExternalCode>> = {
  dns: 'external.unreachable',
  connect: 'external.unreachable',
  tls: 'external.tls',
  timeout: 'external.timeout',
  idle: 'external.timeout',
  'too-large': 'external.too_large',
  reset: 'external.reset',
  redirect: 'external.redirect',
  address: 'external.address_refused',
  status: 'external.status',
};

const XML: Readonly<Record<XmlErrorCode, ExternalCode>> = {
  truncated: 'external.truncated',
  'not-well-formed': 'external.not_well_formed',
  dtd: 'external.dtd',
  entity: 'external.entity',
  depth: 'external.not_well_formed',
  charset: 'external.charset',
  html: 'external.html',
  'too-long': 'external.not_well_formed',
  empty: 'external.empty',
  namespace: 'external.unexpected_answer',
  repeated: 'external.not_well_formed',
  envelope: 'external.unexpected_answer',
};

/** Which call failed, for the texts of the log, and the reseller's own fault codes. */
export interface FailedCall {
  service: string;
  /** The product that was asked about, in the reseller's words. */
  product?: string | null;
  faults: Readonly<Record<string, ExternalCode>>;
}

/**
 * What went wrong on the way, in the house's codes; `detail` is the reseller's words or the place.
 * What is none of the transport's errors (a defect, a stop of ours) comes back as it is.
 */
export function asChannelError(error: unknown, call: FailedCall): unknown {
  if (!isWireError(error)) return error;
  const { service } = call;
  if (error.kind === 'soap-fault') {
    const named = error.detail.code ?? '';
    const code = call.faults[named] ?? byStatus(error.status) ?? 'external.fault_other';
    const detail = error.detail.message ?? error.faultstring;
    const fault = named || error.faultcode;
    const params = { service, detail, fault, status: error.status, product: call.product ?? null };
    return new ChannelError(code, `${fault}: ${detail}`, { params, sent: true, cause: error });
  }
  if (error.kind === 'xml') {
    const { line, column, reason } = error;
    const params = { service, detail: reason, line, column };
    return new ChannelError(XML[error.code], error.message, { params, sent: true, cause: error });
  }
  if (error.code === 'aborted') return error;
  const { status, detail, sent } = error;
  const params = { service, detail, status };
  const code = byStatus(status) ?? TRANSPORT[error.code];
  return new ChannelError(code, error.message, { params, sent, cause: error });
}

/** A well-formed answer that does not say what it must. */
export function unexpectedAnswer(service: string, detail: string): ChannelError {
  const params = { service, detail, line: null, column: null };
  return new ChannelError('external.unexpected_answer', detail, { params, sent: true });
}

/** A code for a case or an outcome, also where the error was not the transport's. */
export function codeOf(error: unknown): ProblemCode {
  return error instanceof ChannelError ? error.code : 'technical.unexpected';
}

/** Told by `kind`: from transport a channel takes types only. */
function isWireError(error: unknown): error is WireError {
  if (!(error instanceof Error) || !('kind' in error)) return false;
  return error.kind === 'soap-fault' || error.kind === 'xml' || error.kind === 'transport';
}

function byStatus(status: number | null): ExternalCode | null {
  return status === 401 || status === 403 ? 'external.fault_authentication' : null;
}
