import type { Capabilities } from '../../../src/channels/contract/capabilities.ts';
import type { Channel } from '../../../src/channels/contract/channel.ts';
import type { BooksSettings, WorldOptions } from '../../support/books-world.ts';
import { BooksWorld } from '../../support/books-world.ts';
import type { TestDatabase } from '../../support/databases.ts';

/** What a case works with: a database of its suite, and as many worlds as it opens. */
export class BooksKit {
  readonly test: TestDatabase;
  readonly channel: Channel;
  readonly settings: BooksSettings;
  readonly #worlds: BooksWorld[] = [];

  constructor(test: TestDatabase, channel: Channel, settings: BooksSettings) {
    this.test = test;
    this.channel = channel;
    this.settings = settings;
  }

  async open(options: WorldOptions = {}): Promise<BooksWorld> {
    const world = await BooksWorld.open(this.test.database, this.channel, this.settings, options);
    this.#worlds.push(world);
    return world;
  }

  async close(): Promise<void> {
    for (const world of this.#worlds.splice(0)) await world.close();
  }
}

/** One case of the books half. `needs` picks it by the capabilities, never by the name. */
export interface BooksCase {
  name: string;
  needs(capabilities: Capabilities): boolean;
  run(kit: BooksKit): Promise<void>;
}

export const pulls = ({ sales }: Capabilities): boolean => sales.mode === 'pull';
export const seated = (all: Capabilities): boolean =>
  pulls(all) && all.products.events === 'seated' && all.contingents.seats === 'push';
