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

/**
 * What went wrong on the way, in the house's codes. `faultCodes` are the reseller's own. What is
 * none of the transport's errors (a defect of ours, a stop of ours) comes back as it is.
 */
export function asChannelError(
  error: unknown,
  faultCodes: Readonly<Record<string, ExternalCode>>,
): unknown {
  if (!isWireError(error)) return error;
  if (error.kind === 'soap-fault') {
    const named = error.detail.code ?? '';
    const code = faultCodes[named] ?? byStatus(error.status) ?? 'external.fault_other';
    const words = error.detail.message ?? error.faultstring;
    const params = { fault: named || error.faultcode, words, status: error.status };
    return new ChannelError(code, words, { params, sent: true, cause: error });
  }
  if (error.kind === 'xml') {
    const { line, column } = error;
    const options = { params: { line, column, detail: error.reason }, sent: true, cause: error };
    return new ChannelError(XML[error.code], error.message, options);
  }
  if (error.code !== 'aborted') {
    const code = byStatus(error.status) ?? TRANSPORT[error.code];
    const params = { status: error.status, detail: error.detail };
    return new ChannelError(code, error.message, { params, sent: error.sent, cause: error });
  }
  return error;
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
