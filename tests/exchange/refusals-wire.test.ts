import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/channels/contract/switchboard.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { expectRemedy } from '../support/books-lines.ts';
import { expectSameBooks, readTickets } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/**
 * Answers that cannot be taken: the run says which and what to do, what arrived whole before is
 * integrated and not read again, and the next run brings the rest, once.
 */

const PAGE = 20;

const FAILURES: readonly (readonly [Failure, string])[] = [
  ['truncate', 'external.truncated'],
  ['html', 'external.html'],
  ['empty', 'external.empty'],
  ['reset', 'external.reset'],
  ['charset', 'external.charset'],
  ['dtd', 'external.dtd'],
  // Refused with its document type, before an entity is looked at.
  ['entities', 'external.dtd'],
  ['unauthorized', 'external.fault_authentication'],
  ['fault:AUTHENTIFICATION', 'external.fault_authentication'],
  ['fault:GESTIONNAIRE_INCONNU', 'external.fault_unknown_manager'],
  ['fault:MANIFESTATION_INCONNUE', 'external.fault_unknown_product'],
  ['fault:OCCUPE', 'external.fault_busy'],
  ['fault:INTERNE', 'external.fault_internal'],
  ['fault:AUTRE', 'external.fault_other'],
];
/** Megabytes that a run may hold of an answer of 200. */
const MEMORY_MB = 150;

describeEachDatabase('answers that cannot be taken', (open, kind) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });

  const enter = async (limits: WorldOptions['limits'] = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      limits,
      change(house) {
        for (const one of house.counters ?? []) if (one.product === 'OPEN') one.capacity = 1_000;
        for (const one of house.contingent_quotas ?? []) {
          if (one.product === 'OPEN') one.quota = 1_000;
        }
      },
    });
  };

  /** Sells a page, breaks the answer, and looks at what stands; then reads the rest. */
  async function breakOnce(failure: Failure, code: string): Promise<void> {
    const before = world.switchboard.state({ tickets: false }).operations;
    const sold = world.sell({ product: WORDS.undated, start: null, count: PAGE });
    const service = fnacBooks.services.sales;
    world.switchboard.failNext({ service, failure });
    const broken = await world.inBatchesOf(7, () => world.integrate());
    expect(broken).toMatchObject({ state: 'error', failure: { code } });
    const errors = broken.lines.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ code, class: 'external', params: { service } }]);
    for (const line of errors) expectRemedy(line);
    const here = new Set((await readTickets(world)).map(({ number }) => number));
    const arrived = sold.filter((ticket) => here.has(ticket));
    expect(arrived).toEqual(sold.slice(0, arrived.length));
    // What was told before the end broke is taken; of the others nothing had come.
    const some = failure === 'truncate' || failure === 'slow' || failure === 'huge';
    if (!some) expect(arrived).toEqual([]);
    if (failure === 'truncate') expect(arrived.length).toBeGreaterThan(PAGE / 4);
    expect(Number(await world.cursor())).toBe(before + arrived.length);
    const rest = await world.integrate();
    expect(rest).toMatchObject({ state: 'ok', lines: [] });
    expect(rest.counts.integrated ?? 0).toBe(PAGE - arrived.length);
    expect(await world.cursor()).toBe(String(before + PAGE));
  }

  describe('broken, foreign or refused', () => {
    beforeAll(() => enter());
    afterAll(() => world.close());

    it.each(FAILURES)('%s is told as %s', async (failure, code) => {
      await breakOnce(failure, code);
      await expectSameBooks(world);
    });

    // Which database it is makes no difference to memory: once is enough.
    it.runIf(kind === 'pglite')(
      'of 200 MB is refused at the limit, in bounded memory',
      async () => {
        const before = process.resourceUsage().maxRSS;
        await breakOnce('huge', 'external.too_large');
        const grownMb = (process.resourceUsage().maxRSS - before) / 1024;
        expect(grownMb).toBeLessThan(MEMORY_MB);
        await expectSameBooks(world);
      },
    );
  });

  describe('that never end', () => {
    beforeAll(() => enter({ idleMs: 1_000, totalMs: 2_500 }));
    afterAll(() => world.close());

    it.each(['hang', 'slow'] as const)('%s is given up', async (failure) => {
      await breakOnce(failure, 'external.timeout');
      await expectSameBooks(world);
    });

    it('a reseller that is not there', async () => {
      await world.simulator.stop();
      const ran = await world.integrate();
      expect(ran).toMatchObject({ state: 'error', failure: { code: 'external.unreachable' } });
      for (const line of ran.lines) expectRemedy(line);
      expect(ran.lines).toHaveLength(1);
    });
  });
});
