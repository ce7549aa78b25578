/** The exchange as a test runs it: its own clock, its own channels, no timer of its own. */
import type { Channel, Ports } from '../../src/channels/contract/channel.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { SecretBox } from '../../src/store/secrets.ts';
import { createHttp } from '../../src/transport/http.ts';
import { createSoapPort } from '../../src/transport/soap.ts';

/** Seals by turning the bytes round: enough to see that nothing is kept as it is. */
export const testSecretBox: SecretBox = {
  seal: (text) => Uint8Array.from(Buffer.from(text), (byte) => byte ^ 0xff),
  open: (sealed) => Buffer.from(Uint8Array.from(sealed, (byte) => byte ^ 0xff)).toString('utf8'),
};

export interface TestServices extends ExchangeServices {
  /** Does what is done every so often (heartbeat, log), once. */
  tick(): Promise<void>;
  /** How often a run has waited for its account. */
  readonly waits: number;
}

/**
 * `now` is the clock; `wait` may be given to decide what happens while a run waits, by default it
 * lets other work go on. Loopback is allowed, so that simulators can be called.
 */
export function createTestServices(options: {
  database: Database;
  channels: readonly Channel[];
  now: () => Date;
  holder?: ExchangeServices['holder'];
  wait?: ExchangeServices['wait'];
  secrets?: SecretBox;
}): TestServices {
  const http = createHttp({ allowHosts: ['127.0.0.1', 'localhost'] });
  const repeated = new Set<() => Promise<void>>();
  let waits = 0;
  const wait = options.wait ?? (() => new Promise<void>((done) => setImmediate(done)));
  return {
    database: options.database,
    ids: createIdSource(options.database),
    clock: options.now,
    secrets: options.secrets ?? testSecretBox,
    findChannel: (id) => options.channels.find((channel) => channel.id === id),
    listChannels: () => options.channels,
    openPorts: ({ recorder, timeZone, currency, signal }) => {
      const clock = options.now;
      const soap = createSoapPort({ http, recorder, clock, signal });
      const ports = { http, soap, recorder, clock, timeZone, currency, signal };
      return ports as Ports;
    },
    holder: options.holder ?? { name: 'test:1:1', isDead: () => false },
    get waits() {
      return waits;
    },
    wait: (ms, signal) => {
      waits += 1;
      return wait(ms, signal);
    },
    every: (_ms, work) => {
      repeated.add(work);
      return async () => {
        repeated.delete(work);
      };
    },
    tick: async () => {
      for (const work of [...repeated]) await work();
    },
  };
}
