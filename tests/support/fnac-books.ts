/** The FNAC channel as the books half of the contract kit uses it. */
import { buyerOf } from '../../src/channels/fnac/simulator/lines.ts';
import { fnacAddresses, startFnacSimulator } from '../../src/channels/fnac/simulator/simulator.ts';
import type { BooksSettings } from './books-world.ts';

const users = {
  contingent: { user: 'iallmosa1', password: 'contingent secret' },
  access: { user: 'iaccmosa1', password: 'access secret' },
};

export const fnacBooks: BooksSettings = {
  startSimulator: ({ account, ...settings }) =>
    startFnacSimulator({ port: 0, ...settings, users, managerCode: account, fsync: false }),
  interface({ url }, account) {
    const addresses = fnacAddresses(url);
    return {
      config: {
        mainUrl: 'NA',
        salesUrl: addresses.EtatVentes,
        contingentUrl: addresses.Contingentement,
        contingentUser: users.contingent.user,
        prepareUrl: addresses.PrepareCtrlAcces,
        getAccessUrl: addresses.GetCtrlAcces,
        accessUser: users.access.user,
        managerCode: account,
      },
      secrets: {
        contingentPassword: users.contingent.password,
        accessPassword: users.access.password,
      },
    };
  },
  services: { sales: 'EtatVentes', contingents: 'Contingentement' },
  contactData: (ticket) => Object.values(buyerOf(ticket)).filter((value) => value.length > 6),
  badField: { prix: '44,00' },
  skip: {},
};
