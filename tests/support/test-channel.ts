/** A channel without a reseller: what its ports are asked is up to the test. */
import { z } from 'zod';
import type { AnyOpenChannel, Channel, Ports } from '../../src/channels/contract/channel.ts';

const none = { fr: 'Essai', en: 'Test', de: 'Test', it: 'Prova', es: 'Prueba' };

export function testChannel(
  open: (config: Record<string, unknown>, ports: Ports) => Partial<AnyOpenChannel> = () => ({}),
): Channel {
  return {
    id: 'test',
    title: none,
    config: { schema: z.object({}), fields: {} },
    capabilities: {
      products: { events: 'seated', passes: 'none' },
      catalogue: 'none',
      contingents: {
        seats: 'none',
        zones: 'none',
        datedPasses: 'none',
        undatedPasses: 'none',
        withdraw: false,
        list: false,
      },
      sales: {
        mode: 'none',
        cancellations: false,
        refunds: false,
        replacements: false,
        exchanges: false,
        holders: false,
        names: false,
        files: 'none',
      },
      booking: 'none',
      access: { codes: 'reseller', lists: 'prepare-fetch' },
      repeat: 'by-reference',
      limits: { itemsPerCommand: 1, messagesPerPage: 1, callsPerMinute: 60 },
    },
    account: () => 'MOS',
    open: (config, ports) => ({
      testConnection: async () => [],
      ...open(config as Record<string, unknown>, ports),
    }),
  };
}
