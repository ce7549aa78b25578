/**
 * A house, a reseller and everything between them: the small house in a database, the reseller's
 * simulator with the same products on sale, and runs over the real wire. Each world is an
 * organisation of its own, so one database serves a whole suite.
 */
import { rmSync } from 'node:fs';
import type { Channel } from '../../src/channels/contract/channel.ts';
import type {
  RunningSimulator,
  SellRequest,
  SimulatedPlace,
} from '../../src/channels/contract/switchboard.ts';
import type { HouseFile } from '../../src/domain/house/file.ts';
import type { ExchangeContext, ExchangeServices, RunRequest } from '../../src/exchange/context.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import type { IntegrateOptions } from '../../src/exchange/integrate-sales.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { replay } from '../../src/exchange/replay.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { HttpLimits } from '../../src/transport/http.ts';
import { createBooksServices, NOW } from './books-services.ts';
import type { SeededHouse, SmallHouseOptions } from './houses.ts';
import { seedHouse, smallHouse } from './houses.ts';
import { makeVolatileFolder } from './temporary-folder.ts';

/** What a channel's test tells the books half of the kit. */
export interface BooksSettings {
  startSimulator(settings: {
    folder: string;
    clock: () => Date;
    account: string;
    seed: number;
  }): Promise<RunningSimulator>;
  /** Settings of an interface to a simulator that runs, its secrets apart. */
  interface(
    simulator: RunningSimulator,
    account: string,
  ): { config: Record<string, string>; secrets: Record<string, string> };
  /** The simulator's names of the services behind each port. */
  services: { sales: string; contingents: string };
  /** What the simulator tells about a ticket's buyer, and no one may keep. */
  contactData(ticket: string): readonly string[];
  /** Fields, in the reseller's words, with which a line of its journal cannot be read. */
  badField: Readonly<Record<string, string>>;
  /** Cases that do not apply, each with its written reason. */
  skip: Readonly<Record<string, string>>;
}

/** The words of the small house's mappings, as the reseller says them. */
export const WORDS = {
  event: 'MSHOW',
  competition: 'MMATCH',
  dated: 'MDAY',
  undated: 'MOPEN',
  first: '2027-02-01T20:00',
  second: '2027-02-02T20:00',
  match: '2027-02-08T20:00',
  day: '2027-02-01',
  hall: 'GRANDE',
  seats: '10',
  zone: '30',
  full: '44',
  reduced: '6',
  block: 'ORCA',
  standing: 'LIBRE',
  pass: 'P',
} as const;

export interface WorldOptions {
  house?: SmallHouseOptions;
  /** Changes the house before it is loaded. */
  change?: (house: HouseFile) => void;
  limits?: Partial<HttpLimits>;
  /** Numbers of tickets and codes follow from it. */
  seed?: number;
  /** Hands the whole contingent over first, by an export; true by default. */
  exported?: boolean;
  /**
   * A second interface, FNAC2, with the same mappings: on an account of its own, with a simulator
   * of its own, or (TST) on the first one's. Each is limited to its products, `S1/SHOW`.
   */
  second?: { account: string; products?: string[]; firstProducts?: string[] };
}

export interface LoggedLine {
  level: 'info' | 'warning' | 'error';
  code: string;
  class: string | null;
  params: Record<string, string | number | null>;
  keys: Record<string, string>;
  messageId: number | null;
  times: number;
}

export interface Ran {
  id: number;
  state: string;
  counts: Readonly<Record<string, number>>;
  failure: { code: string; params: Record<string, string | number | null> } | null;
  lines: LoggedLine[];
}

interface Second {
  interfaceId: number;
  simulator: RunningSimulator;
}

let worlds = 0;

export class BooksWorld {
  readonly database: Database;
  readonly channel: Channel;
  readonly settings: BooksSettings;
  readonly simulator: RunningSimulator;
  readonly house: SeededHouse;
  readonly services: ExchangeServices;
  readonly interfaceId: number;
  /** The second interface and its reseller, where the options asked for one. */
  readonly second: Second | null;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    database: Database;
    channel: Channel;
    settings: BooksSettings;
    simulator: RunningSimulator;
    house: SeededHouse;
    services: ExchangeServices;
    interfaceId: number;
    second: Second | null;
    close: () => Promise<void>;
  }) {
    this.database = parts.database;
    this.channel = parts.channel;
    this.settings = parts.settings;
    this.simulator = parts.simulator;
    this.house = parts.house;
    this.services = parts.services;
    this.interfaceId = parts.interfaceId;
    this.second = parts.second;
    this.#close = parts.close;
  }

  static async open(
    database: Database,
    channel: Channel,
    settings: BooksSettings,
    options: WorldOptions = {},
  ): Promise<BooksWorld> {
    const resellers = new Resellers(settings, options);
    const simulator = await resellers.start('TST');
    worlds += 1;
    const file = smallHouse({
      code: `T${worlds}`,
      ...options.house,
      ...settings.interface(simulator, 'TST'),
    });
    const other = options.second && (await resellers.addSecond(file, options.second));
    for (const one of file.interfaces ?? []) one.channel = channel.id;
    options.change?.(file);
    const ids = createIdSource(database);
    const house = await seedHouse(database, file, { now: NOW, ids });
    const { services, close } = createBooksServices(database, channel, {
      ids,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    const secondId = other && (await house.idOf('interface', 'FNAC2'));
    const world = new BooksWorld({
      database,
      channel,
      settings,
      simulator,
      house,
      services,
      interfaceId: await house.idOf('interface', 'FNAC'),
      second: other && secondId ? { interfaceId: secondId, simulator: other } : null,
      async close() {
        close();
        await resellers.stop();
      },
    });
    const hands = channel.capabilities.contingents.seats === 'push';
    if (options.exported !== false && hands) await world.export();
    return world;
  }

  get organisationId(): number {
    return this.house.organisationId;
  }

  get switchboard(): RunningSimulator['switchboard'] {
    return this.simulator.switchboard;
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Runs a verb in the frame that the house runs it in. Throws when nothing was started. */
  async run(
    work: (context: ExchangeContext) => Promise<void>,
    request: Partial<RunRequest> = {},
  ): Promise<Ran> {
    const result = await withRun(
      this.services,
      {
        organisationId: this.organisationId,
        interfaceId: this.interfaceId,
        function: 'integrate',
        source: 'hand',
        startedBy: 'anna',
        ...request,
      },
      work,
    );
    if (result.outcome !== 'ran') throw new Error(JSON.stringify(result));
    const { run, state, counts, failure } = result;
    return { id: run.id, state, counts, failure, lines: await this.linesOf(run.id) };
  }

  integrate(options: IntegrateOptions = {}, request: Partial<RunRequest> = {}): Promise<Ran> {
    return this.run((context) => integrateSales(context, options), request);
  }

  export(request: Partial<RunRequest> = {}): Promise<Ran> {
    return this.run((context) => exportContingent(context), { function: 'export', ...request });
  }

  replay(messageIds?: readonly number[], request: Partial<RunRequest> = {}): Promise<Ran> {
    const options = messageIds === undefined ? {} : { messageIds };
    return this.run((context) => replay(context, options), {
      function: 'replay',
      source: 'replay',
      ...request,
    });
  }

  /** Runs with batches of this size; the database's own comes back afterwards. */
  async inBatchesOf<T>(size: number, work: () => Promise<T>): Promise<T> {
    const database = this.database as { batchSize: number };
    const usual = database.batchSize;
    database.batchSize = size;
    try {
      return await work();
    } finally {
      database.batchSize = usual;
    }
  }

  query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.database.transaction(this.organisationId, (tx) => tx.query<Row>(sql, [...params]));
  }

  linesOf(runId: number): Promise<LoggedLine[]> {
    return this.query<LoggedLine>(
      `select level, code, class, params, keys, message_id as "messageId", times
       from run_line where run_id = $1 order by id`,
      [runId],
    );
  }

  async cursor(scope = ''): Promise<string | null> {
    const [row] = await this.query<{ cursor: string }>(
      `select cursor from import_cursor where interface_id = $1 and scope = $2`,
      [this.interfaceId, scope],
    );
    return row?.cursor ?? null;
  }

  /** Sells numbered places of the event's first performance, or what the request says. */
  sell(request: Partial<SellRequest> = {}): string[] {
    const event = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full };
    return [...this.switchboard.sell({ ...event, ...request }).tickets];
  }

  /** Sells one numbered place and answers its ticket. */
  sellSeat(row: string, seat: string, request: Partial<SellRequest> = {}): string {
    const [ticket] = this.sell({ places: [placeOf(row, seat)], ...request });
    return ticket as string;
  }
}

/** The simulators of a world, and the folders they remember in. */
class Resellers {
  readonly #settings: BooksSettings;
  readonly #options: WorldOptions;
  readonly #running: { simulator: RunningSimulator; folder: string; account: string }[] = [];

  constructor(settings: BooksSettings, options: WorldOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  /** The account's simulator, with the house's products on sale. */
  async start(account: string): Promise<RunningSimulator> {
    const known = this.#running.find((one) => one.account === account);
    if (known !== undefined) return known.simulator;
    const folder = makeVolatileFolder('parterre-books-');
    const seed = this.#options.seed ?? 7;
    const clock = risingClock();
    const simulator = await this.#settings.startSimulator({ folder, account, seed, clock });
    this.#running.push({ simulator, folder, account });
    putOnSale(simulator, this.#options.house?.performances ?? 2);
    return simulator;
  }

  async addSecond(
    file: HouseFile,
    second: NonNullable<WorldOptions['second']>,
  ): Promise<RunningSimulator> {
    const simulator = await this.start(second.account);
    const [first] = file.interfaces ?? [];
    if (first === undefined) throw new Error('The small house has an interface.');
    if (second.firstProducts !== undefined) first.products = second.firstProducts;
    file.interfaces?.push({
      ...first,
      code: 'FNAC2',
      account: second.account,
      ...this.#settings.interface(simulator, second.account),
      products: second.products ?? [],
    });
    for (const sheet of [file.mappings ?? [], file.commissions ?? []]) {
      const lines: { interface: string }[] = sheet;
      lines.push(...lines.map((line) => ({ ...line, interface: 'FNAC2' })));
    }
    return simulator;
  }

  async stop(): Promise<void> {
    for (const { simulator, folder } of this.#running) {
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

export function placeOf(row: string, seat: string): SimulatedPlace {
  return { block: WORDS.block, row, seat };
}

/** Starts at `NOW`, in steps of a second: the reseller's operations have instants of their own. */
export function risingClock(): () => Date {
  let seconds = 0;
  return () => {
    seconds += 1;
    return new Date(NOW.getTime() + seconds * 1_000);
  };
}

/** What the sales form told the reseller: the small house's products, at its prices. */
export function putOnSale(simulator: RunningSimulator, performances: number): void {
  const { switchboard } = simulator;
  const both = (amount: number) => ({
    [WORDS.full]: `${amount}.00`,
    [WORDS.reduced]: `${amount - 10}.00`,
  });
  const prices = { [WORDS.seats]: both(40), [WORDS.zone]: both(20) };
  const commission = '1.80';
  const starts = Array.from({ length: performances }, (_, index) => {
    const start = new Date(Date.parse(`${WORDS.first}:00Z`) + index * 86_400_000);
    return { start: start.toISOString().slice(0, 16), hall: WORDS.hall };
  });
  const match = [{ start: WORDS.match, hall: WORDS.hall }];
  switchboard.setProduct({ code: WORDS.event, performances: starts, prices, commission });
  switchboard.setProduct({ code: WORDS.competition, performances: match, prices, commission });
  for (const code of [WORDS.dated, WORDS.undated]) {
    const passes = { [WORDS.pass]: both(12) };
    switchboard.setProduct({ code, type: 'pass', prices: passes, commission });
  }
}
