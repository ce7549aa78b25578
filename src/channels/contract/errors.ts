import type { ProblemCode } from '../../domain/order/problem.ts';

type ExternalCode = Extract<ProblemCode, `external.${string}`>;

/**
 * A call to the reseller failed as a whole. `sent` says whether the request may have reached the
 * reseller: then a command's outcome is unknown and it must be asked, not told again.
 */
export class ChannelError extends Error {
  readonly code: ExternalCode;
  readonly params: Record<string, string | number | null>;
  readonly sent: boolean;

  constructor(
    code: ExternalCode,
    message: string,
    options: { params?: Record<string, string | number | null>; sent: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'ChannelError';
    this.code = code;
    this.params = options.params ?? {};
    this.sent = options.sent;
  }
}
