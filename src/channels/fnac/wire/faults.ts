import type { ChannelError } from '../../contract/errors.ts';
import type { FailedCall } from '../../contract/wire-error.ts';
import type { ServiceName } from './names.ts';

/** The reseller's fault codes in the house's. */
const FAULT_CODES: Readonly<Record<string, ChannelError['code']>> = {
  AUTHENTIFICATION: 'external.fault_authentication',
  GESTIONNAIRE_INCONNU: 'external.fault_unknown_manager',
  MANIFESTATION_INCONNUE: 'external.fault_unknown_product',
  OCCUPE: 'external.fault_busy',
  INTERNE: 'external.fault_internal',
};

/** What a failed call is told with. */
export function callOf(service: ServiceName, product: string | null = null): FailedCall {
  return { service, product, faults: FAULT_CODES };
}
