import type { ChannelError } from '../../contract/errors.ts';

/** The reseller's fault codes in the house's. */
export const FAULT_CODES: Readonly<Record<string, ChannelError['code']>> = {
  AUTHENTIFICATION: 'external.fault_authentication',
  GESTIONNAIRE_INCONNU: 'external.fault_unknown_manager',
  MANIFESTATION_INCONNUE: 'external.fault_unknown_product',
  OCCUPE: 'external.fault_busy',
  INTERNE: 'external.fault_internal',
};
