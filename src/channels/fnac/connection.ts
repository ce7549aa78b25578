import type { ConnectionCheck, ConnectionOutcome } from '../contract/channel.ts';
import { ChannelError } from '../contract/errors.ts';
import { asChannelError } from '../contract/wire-error.ts';
import type { FnacConfig } from './config.ts';
import type { FnacServices } from './services.ts';
import { callOf } from './wire/faults.ts';
import type { ServiceName } from './wire/names.ts';
import { SERVICES } from './wire/names.ts';

/** A question to each service that changes nothing there. `-` is nobody's code. */
const QUESTIONS: Readonly<Record<ServiceName, [string, Record<string, string | number>]>> = {
  EtatVentes: ['etatVentes', { nombreMax: 1 }],
  Contingentement: ['etatCommande', { reference: '-' }],
  PrepareCtrlAcces: ['prepareCtrlAcces', { manifestation: '-' }],
  GetCtrlAcces: ['getCtrlAcces', { numeroDemande: '-', nombreMax: 1 }],
};

const OUTCOMES: Readonly<Partial<Record<ChannelError['code'], ConnectionOutcome>>> = {
  'external.fault_authentication': 'wrong-password',
  'external.fault_unknown_manager': 'unknown-account',
  // It looked for the event, so it knows us and our manager code.
  'external.fault_unknown_product': 'ok',
  'external.unreachable': 'unreachable',
  'external.timeout': 'unreachable',
  'external.tls': 'unreachable',
  'external.address_refused': 'unreachable',
};

/** Asks all four services; never throws for what is wrong at the reseller or on the way. */
export async function testConnection(
  config: FnacConfig,
  services: FnacServices,
): Promise<readonly ConnectionCheck[]> {
  return Promise.all(
    SERVICES.map(async (service): Promise<ConnectionCheck> => {
      const [operation, args] = QUESTIONS[service];
      const opened = await services.get(service);
      try {
        await opened.call(operation, { codeGestionnaire: config.managerCode, ...args });
        return { service, outcome: 'ok', detail: '' };
      } catch (error) {
        const failure = asChannelError(error, callOf(service));
        if (!(failure instanceof ChannelError)) throw failure;
        const outcome = OUTCOMES[failure.code] ?? 'fault';
        if (outcome === 'ok') return { service, outcome, detail: '' };
        const detail = String(failure.params.detail ?? failure.message);
        return { service, outcome, code: failure.code, detail };
      }
    }),
  );
}
