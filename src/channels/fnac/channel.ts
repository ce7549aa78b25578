import { defineChannel } from '../contract/channel.ts';
import { FnacAccessLists } from './access.ts';
import { fnacConfig, fnacFields } from './config.ts';
import { testConnection } from './connection.ts';
import { FnacContingents } from './contingents.ts';
import { FnacSalesFiles } from './csv/sales-files.ts';
import { FnacSales, MESSAGES_PER_PAGE } from './sales.ts';
import { FnacServices } from './services.ts';

export const fnac = defineChannel({
  id: 'fnac',
  title: { fr: 'FNAC', en: 'FNAC', de: 'FNAC', it: 'FNAC', es: 'FNAC' },
  config: { schema: fnacConfig, fields: fnacFields },
  capabilities: {
    products: { events: 'seated', passes: 'both' },
    catalogue: 'manual-form',
    contingents: {
      seats: 'push',
      zones: 'push',
      // FNAC takes places for events and competitions only: a pass has a limit on the sales form.
      datedPasses: 'limit',
      undatedPasses: 'limit',
      withdraw: true,
      list: true,
    },
    sales: {
      mode: 'pull',
      cancellations: true,
      refunds: true,
      replacements: true,
      exchanges: true,
      holders: true,
      names: true,
      // The France Billet sales CSV does not say of which performance it is.
      files: 'operator-names',
    },
    booking: 'none',
    access: { codes: 'reseller', lists: 'prepare-fetch' },
    repeat: 'by-reference',
    limits: { itemsPerCommand: 2_000, messagesPerPage: MESSAGES_PER_PAGE, callsPerMinute: 120 },
  },
  account: (config) => config.managerCode,
  open(config, ports) {
    const services = new FnacServices(config, ports);
    const contingents = new FnacContingents(config, services);
    return {
      testConnection: () => testConnection(config, services),
      sales: new FnacSales(config, ports, services),
      salesFiles: new FnacSalesFiles(ports),
      contingents: {
        send: (command) => contingents.send(command),
        lookUp: (reference) => contingents.lookUp(reference),
      },
      contingentList: { list: (performance) => contingents.list(performance) },
      accessLists: new FnacAccessLists(config, services),
    };
  },
});
