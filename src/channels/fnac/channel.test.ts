import { channelPorts } from '../../../tests/support/channel-ports.ts';
import { makeVolatileFolder } from '../../../tests/support/temporary-folder.ts';
import { describeChannel } from '../contract/kit.ts';
import { fnac } from './channel.ts';
import { buyerOf } from './simulator/lines.ts';
import { fnacAddresses, startFnacSimulator } from './simulator/simulator.ts';

const users = {
  contingent: { user: 'iallmosa1', password: 'contingent secret' },
  access: { user: 'iaccmosa1', password: 'access secret' },
};

describeChannel(fnac, {
  ports: channelPorts,
  folder: makeVolatileFolder,
  startSimulator: ({ folder, clock }) =>
    startFnacSimulator({ port: 0, folder, clock, users, managerCode: 'MOS' }),
  config({ url }) {
    const addresses = fnacAddresses(url);
    return {
      mainUrl: 'NA',
      salesUrl: `${addresses.EtatVentes}?wsdl`,
      contingentUrl: addresses.Contingentement,
      contingentUser: users.contingent.user,
      contingentPassword: users.contingent.password,
      prepareUrl: addresses.PrepareCtrlAcces,
      getAccessUrl: addresses.GetCtrlAcces,
      accessUser: users.access.user,
      accessPassword: users.access.password,
      managerCode: 'MOS',
    };
  },
  wrongPassword: (config) => ({
    ...config,
    contingentPassword: 'wrong secret one',
    accessPassword: 'wrong secret two',
  }),
  unknownAccount: (config) => ({ ...config, managerCode: 'XYZ' }),
  services: {
    sales: 'EtatVentes',
    contingents: 'Contingentement',
    prepare: 'PrepareCtrlAcces',
    fetch: 'GetCtrlAcces',
  },
  faults: {
    AUTHENTIFICATION: 'external.fault_authentication',
    GESTIONNAIRE_INCONNU: 'external.fault_unknown_manager',
    MANIFESTATION_INCONNUE: 'external.fault_unknown_product',
    OCCUPE: 'external.fault_busy',
    INTERNE: 'external.fault_internal',
    AUTRE: 'external.fault_other',
  },
  badField: { fields: { prix: '44,00' }, field: 'prix', value: '44,00' },
  contactData: (ticket) => Object.values(buyerOf(ticket)).filter((value) => value.length > 6),
  skip: {},
});
