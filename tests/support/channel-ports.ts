import type { Ports } from '../../src/channels/contract/channel.ts';
import type { HttpLimits } from '../../src/transport/http.ts';
import { createHttp } from '../../src/transport/http.ts';
import type { WireCall } from '../../src/transport/recording.ts';
import { createSoapPort } from '../../src/transport/soap.ts';

export interface ChannelPorts extends Ports {
  /** Every recording, in order. */
  recordings: WireCall[];
  close(): void;
}

/** A channel's ports over loopback, with the house's real transport. */
export function channelPorts(settings: {
  /** `127.0.0.1:PORT` of the simulator; nothing else is reachable. */
  host: string;
  clock: () => Date;
  timeZone?: string;
  limits?: Partial<HttpLimits>;
}): ChannelPorts {
  const { clock } = settings;
  const http = createHttp({ allowHosts: [settings.host], limits: settings.limits ?? {} });
  const recordings: WireCall[] = [];
  const recorder = { record: (call: WireCall) => void recordings.push(call) };
  return {
    http,
    recorder,
    soap: createSoapPort({ http, recorder, clock }),
    clock,
    timeZone: settings.timeZone ?? 'Europe/Paris',
    currency: 'EUR',
    recordings,
    close: () => http.close(),
  };
}
