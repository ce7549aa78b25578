/** The exchange's services as the tests of the books run them, in this process or another. */
import type { Channel, Ports } from '../../src/channels/contract/channel.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import { processHolder } from '../../src/main/process-holder.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import type { HttpLimits } from '../../src/transport/http.ts';
import { createHttp } from '../../src/transport/http.ts';
import { createSoapPort } from '../../src/transport/soap.ts';
import { createTestServices } from './exchange-services.ts';

export const NOW = new Date('2027-01-10T09:00:00Z');

/** The exchange's services over loopback, with their own limits; `close` ends their sockets. */
export function createBooksServices(
  database: Database,
  channel: Channel,
  options: { ids?: IdSource; limits?: Partial<HttpLimits> } = {},
): { services: ExchangeServices; close: () => void } {
  let seconds = 0;
  const now = (): Date => {
    seconds += 1;
    return new Date(NOW.getTime() + seconds);
  };
  const base = createTestServices({ database, channels: [channel], now });
  const http = createHttp({ allowHosts: ['127.0.0.1'], limits: options.limits ?? {} });
  const services: ExchangeServices = {
    database,
    ids: options.ids ?? base.ids,
    clock: now,
    secrets: base.secrets,
    findChannel: base.findChannel,
    listChannels: base.listChannels,
    openPorts: ({ recorder, timeZone, currency, signal }) => {
      const soap = createSoapPort({ http, recorder, clock: now, signal });
      return { http, soap, recorder, clock: now, timeZone, currency, signal } as Ports;
    },
    // A process that was killed is known to be dead: its run is taken up at once.
    holder: processHolder(),
    wait: base.wait,
    every: base.every,
  };
  return { services, close: () => http.close() };
}
