import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Soap } from '../../transport/soap.ts';
import type { Ports } from '../contract/channel.ts';
import type { FnacConfig } from './config.ts';
import type { ServiceName } from './wire/names.ts';
import { KEPT } from './wire/names.ts';

const SHIPPED = fileURLToPath(new URL('./wire/wsdl/', import.meta.url));

/** Opens each service once, when it is first called: a run of sales reads one WSDL, not four. */
export class FnacServices {
  readonly #config: FnacConfig;
  readonly #ports: Ports;
  readonly #opened = new Map<ServiceName, Promise<Soap>>();

  constructor(config: FnacConfig, ports: Ports) {
    this.#config = config;
    this.#ports = ports;
  }

  /** Throws WsdlRefused or an Error when the WSDL cannot be read. */
  get(name: ServiceName): Promise<Soap> {
    const opened = this.#opened.get(name) ?? this.#open(name);
    this.#opened.set(name, opened);
    // A venue may put its WSDL right and try again with the same channel.
    opened.catch(() => this.#opened.delete(name));
    return opened;
  }

  #open(name: ServiceName): Promise<Soap> {
    const config = this.#config;
    const allotment = { user: config.contingentUser, password: config.contingentPassword };
    const access = { user: config.accessUser, password: config.accessPassword };
    const [endpoint, credentials] = {
      EtatVentes: [config.salesUrl, allotment] as const,
      Contingentement: [config.contingentUrl, allotment] as const,
      PrepareCtrlAcces: [config.prepareUrl, access] as const,
      GetCtrlAcces: [config.getAccessUrl, access] as const,
    }[name];
    return this.#ports.soap.open({
      wsdlFile: join(config.wsdlFolder ?? SHIPPED, `${name}.wsdl`),
      endpoint,
      credentials,
      keep: KEPT[name],
    });
  }
}
