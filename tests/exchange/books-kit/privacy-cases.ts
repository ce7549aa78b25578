import { expect } from 'vitest';
import type { BooksWorld } from '../../support/books-world.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';
import { Needles, readEveryFile, readEveryTable } from '../../support/find-texts.ts';
import type { BooksCase } from './case.ts';
import { pulls } from './case.ts';
import { everyKind } from './flow-cases.ts';

/** Nothing that names a buyer's mail, phone or address is kept, whatever happened on the way. */

/** Kept where names belong: what the search must be able to find. */
const WITNESS = 'Zébulon-Témoin';

/** A night with everything in it: cases, lines that cannot be read, answers that break. */
async function wildNight(world: BooksWorld): Promise<void> {
  const { switchboard, settings } = world;
  const messages = everyKind(world);
  world.sellSeat('C', '1', { names: [{ lastName: WITNESS, firstName: 'Zoé' }] });
  world.sellSeat('C', '2', { tariff: '99', price: '40.00' });
  world.sellSeat('C', '3', { price: '41.00' });
  world.sell({ places: [placeOf('Q', '1')], category: WORDS.seats, force: true });
  const broken = world.sellSeat('C', '4');
  expect(broken).not.toBe('');
  switchboard.rewrite({ sequence: messages + 5, fields: settings.badField });
  for (const failure of ['truncate', 'charset', 'dtd', 'entities', 'html'] as const) {
    switchboard.failNext({ service: settings.services.sales, failure });
    expect((await world.integrate()).state).toBe('error');
  }
  const ran = await world.integrate();
  expect(ran.counts).toMatchObject({ messages: expect.any(Number), quarantined: 3, unreadable: 1 });
}

export const PRIVACY_CASES: readonly BooksCase[] = [
  {
    name: 'privacy.contact-data: of a buyer is nowhere in the database, nor in its files',
    needs: pulls,
    async run(kit) {
      const world = await kit.open();
      await wildNight(world);
      const tickets = world.switchboard.state().tickets.map(({ ticket }) => ticket);
      const values = [...new Set(tickets.flatMap((one) => world.settings.contactData(one)))];
      expect(values.length).toBeGreaterThan(20);
      const everything = await readEveryTable(world.database);
      const holding = (value: string): string[] =>
        [...everything].filter(([, text]) => text.includes(value)).map(([table]) => table);
      // The search finds what is kept: a name in its two places, a ticket also on the wire.
      expect(holding(WITNESS).sort()).toEqual(['public.message', 'public.ticket']);
      expect(holding(tickets.at(-1) ?? '')).toContain('public.wire_call');
      expect(values.flatMap((value) => holding(value).map((table) => [table, value]))).toEqual([]);
      const { dataFolder } = kit.test.options as { dataFolder?: string };
      if (dataFolder === undefined) return;
      expect(filesWith(dataFolder, [WITNESS])).not.toEqual([]);
      expect(filesWith(dataFolder, values)).toEqual([]);
    },
  },
];

function filesWith(folder: string, values: readonly string[]): string[] {
  const needles = new Needles(values);
  return [...readEveryFile(folder)].flatMap(([file, bytes]) =>
    needles.within(bytes).length > 0 ? [file] : [],
  );
}
