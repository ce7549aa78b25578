import { rmSync } from 'node:fs';
import type { WireCall } from '../../../transport/recording.ts';
import type { Capabilities } from '../capabilities.ts';
import type { AnyOpenChannel, Channel, Ports, Received } from '../channel.ts';
import type { ExternalPerformance, StockCommand, StockItem } from '../stock.ts';
import type { RunningSimulator, SimulatedPlace } from '../switchboard.ts';

/** A channel's ports with what the kit looks at afterwards. */
export interface ContractPorts extends Ports {
  recordings: WireCall[];
  close(): void;
}

/** How a channel's test tells the kit what only it can know. */
export interface ContractSettings {
  /** Ports over loopback to `host`; from tests/support, which src may not know. */
  ports(settings: {
    host: string;
    clock: () => Date;
    limits: { idleMs: number; totalMs: number; maxBytes: number };
  }): ContractPorts;
  /** A new folder that the kit removes. */
  folder(prefix: string): string;
  startSimulator(settings: { folder: string; clock: () => Date }): Promise<RunningSimulator>;
  /** The interface's settings for a simulator that runs. */
  config(simulator: RunningSimulator): Record<string, unknown>;
  /** The same with one thing wrong. */
  wrongPassword(config: Record<string, unknown>): Record<string, unknown>;
  unknownAccount(config: Record<string, unknown>): Record<string, unknown>;
  /** The simulator's names of the services behind each port. */
  services: { sales: string; contingents: string; prepare: string; fetch: string };
  /** The reseller's fault codes that its commands may meet, and what the house calls them. */
  faults: Readonly<Record<string, string>>;
  /** A field that cannot be read: the line's fields to spoil, and what the problem names. */
  badField: { fields: Record<string, string>; field: string; value: string };
  /** What the simulator tells about a ticket's buyer, and no one may keep. */
  contactData(ticket: string): readonly string[];
  /** Cases that do not apply, each with its written reason. */
  skip: Readonly<Record<string, string>>;
}

/** One case of the contract. `needs` picks it by the capabilities, never by the name. */
export interface ContractCase {
  name: string;
  needs(capabilities: Capabilities): boolean;
  run(house: ContractHouse): Promise<void>;
}

/** The reseller's words that every simulator is set up with. */
export const WORDS = {
  product: 'KIT01',
  pass: 'KITP1',
  start: '2027-03-05T20:00',
  otherStart: '2027-03-06T20:00',
  hall: 'GAR',
  category: '30',
  tariff: '44',
  reducedTariff: '6',
  allotment: 'ALL',
  block: 'PAR',
  zone: 'LIBRE',
} as const;

export const PERFORMANCE: ExternalPerformance = {
  product: WORDS.product,
  performance: null,
  start: WORDS.start,
  hall: WORDS.hall,
};

export function seatItem(key: number, seat: string, category: string = WORDS.category): StockItem {
  return { key, type: 'seat', block: WORDS.block, row: 'A', seat, category };
}

export function placeOf(seat: string): SimulatedPlace {
  return { block: WORDS.block, row: 'A', seat };
}

export function command(
  reference: string,
  action: 'add' | 'withdraw',
  items: readonly StockItem[],
): StockCommand {
  return { reference, action, performance: PERFORMANCE, allotment: WORDS.allotment, items };
}

/** A simulator with one product on sale, and the channel opened on it. */
export class ContractHouse {
  readonly channel: Channel;
  readonly settings: ContractSettings;
  readonly simulator: RunningSimulator;
  readonly ports: ContractPorts;
  readonly open: AnyOpenChannel;

  private constructor(
    channel: Channel,
    settings: ContractSettings,
    simulator: RunningSimulator,
    ports: ContractPorts,
  ) {
    this.channel = channel;
    this.settings = settings;
    this.simulator = simulator;
    this.ports = ports;
    this.open = channel.open(settings.config(simulator), ports);
  }

  /** Runs a case and ends all that it started. */
  static async with(
    channel: Channel,
    settings: ContractSettings,
    run: (house: ContractHouse) => Promise<void>,
  ): Promise<void> {
    const folder = settings.folder('parterre-contract-');
    const clock = (): Date => new Date('2027-02-01T09:00:00Z');
    const simulator = await settings.startSimulator({ folder, clock });
    const ports = settings.ports({
      host: `127.0.0.1:${simulator.port}`,
      clock,
      // Rude resellers are given up soon; a loaded machine still answers in time.
      limits: { idleMs: 1_000, totalMs: 4_000, maxBytes: 8_000_000 },
    });
    const house = new ContractHouse(channel, settings, simulator, ports);
    try {
      house.#putOnSale();
      await run(house);
    } finally {
      ports.close();
      await simulator.stop().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The channel with other settings, on the same ports. */
  reopen(config: Record<string, unknown>): AnyOpenChannel {
    return this.channel.open(config, this.ports);
  }

  get config(): Record<string, unknown> {
    return this.settings.config(this.simulator);
  }

  /** Everything the reseller has after a cursor, with the cursor of each batch. */
  async pull(
    cursor: string | null,
    batchSize: number,
    only: ExternalPerformance | null = null,
  ): Promise<{ records: Received[]; cursors: { cursor: string; after: number }[] }> {
    const records: Received[] = [];
    const cursors: { cursor: string; after: number }[] = [];
    if (!this.open.sales) throw new Error('the channel has no sales');
    for await (const batch of this.open.sales.pull({ cursor, only, batchSize })) {
      records.push(...batch.records);
      cursors.push({ cursor: batch.cursor, after: records.length });
    }
    return { records, cursors };
  }

  #putOnSale(): void {
    const prices = {
      [WORDS.category]: { [WORDS.tariff]: '44.00', [WORDS.reducedTariff]: '22.50' },
    };
    this.simulator.switchboard.setProduct({
      code: WORDS.product,
      performances: [
        { start: WORDS.start, hall: WORDS.hall },
        { start: WORDS.otherStart, hall: WORDS.hall },
      ],
      prices,
      commission: '1.80',
    });
    this.simulator.switchboard.setProduct({ code: WORDS.pass, type: 'pass', prices });
  }
}

/** The messages of records that could all be read; throws where one could not. */
export function messagesOf(
  records: readonly Received[],
): Extract<Received, { readable: true }>['message'][] {
  return records.map((record) => {
    if (record.readable) return record.message;
    throw new Error(`unreadable at ${record.position}: ${JSON.stringify(record.problems)}`);
  });
}
