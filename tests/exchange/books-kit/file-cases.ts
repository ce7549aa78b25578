import { expect } from 'vitest';
import { dumpBooks } from '../../support/books-dump.ts';
import { expectSameBooks, readTickets } from '../../support/books-view.ts';
import { WORDS } from '../../support/books-world.ts';
import { importFile, writtenFile } from '../../support/sales-files.ts';
import type { BooksCase } from './case.ts';

/** Sales by file and by the wire: the same books, whichever came first. */
export const FILE_CASES: readonly BooksCase[] = [
  {
    name: 'files.after: what the wire told is known when a file tells it',
    needs: ({ sales }) => sales.files !== 'none' && sales.mode === 'pull',
    async run(kit) {
      const world = await kit.open();
      const [ticket = ''] = world.sell({ count: 3, category: WORDS.seats });
      world.switchboard.cancel({ ticket });
      await world.integrate();
      const books = async () => ({
        ...(await dumpBooks(world.database, world.organisationId)),
        received_file: [],
      });
      const before = await books();
      const ran = await importFile(world, writtenFile(world).file);
      expect(ran.counts).toEqual({ messages: 4, alreadyKnown: 4 });
      expect(await books()).toEqual(before);
    },
  },
  {
    name: 'files.before: what a file told is known to the wire, which only adds to it',
    needs: ({ sales }) => sales.files !== 'none' && sales.mode === 'pull',
    async run(kit) {
      const world = await kit.open();
      const [ticket = ''] = world.sell({ count: 3, category: WORDS.seats });
      world.switchboard.cancel({ ticket });
      const ran = await importFile(world, writtenFile(world).file);
      expect(ran.counts).toMatchObject({ messages: 4, integrated: 3, cancelled: 1 });
      const wire = await world.integrate();
      expect([wire.state, wire.counts.quarantined]).toEqual(['ok', undefined]);
      expect(await readTickets(world)).toHaveLength(3);
      await expectSameBooks(world);
    },
  },
];
