import type { ConnectionCheck, ConnectionOutcome } from '../channels/contract/channel.ts';
import type { ProblemCode } from '../domain/order/problem.ts';
import type { ExchangeContext } from './context.ts';

const PROBLEM_OF: Record<Exclude<ConnectionOutcome, 'ok'>, ProblemCode> = {
  'wrong-password': 'external.fault_authentication',
  unreachable: 'external.unreachable',
  'unknown-account': 'external.fault_unknown_manager',
  fault: 'external.fault_other',
};

/** Asks each service of the reseller something harmless; tells what is wrong apart. */
export async function testConnection(
  context: ExchangeContext,
): Promise<readonly ConnectionCheck[]> {
  const checks = await context.open.testConnection();
  for (const { service, outcome, code, detail } of checks) {
    if (outcome === 'ok') context.log.line('info', 'connection.ok', { params: { service } });
    else {
      const params = { service, detail };
      context.log.line('error', code ?? PROBLEM_OF[outcome], { params });
    }
  }
  return checks;
}
