import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { waysOutOf } from '../../src/domain/cases/ways-out.ts';
import { readCases } from '../support/books-view.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf, outcomes, settle, traceOf } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { REFUSALS } from './refusals/table.ts';

/** Its preparation writes an own sale into a seat that a reseller holds, which no command does. */
const BY_SQL = 'a seat that the house itself has sold';

/** A line that was spoilt is taken back in its own terms: otherwise money stays, and both wait. */
const TAKEN_BACK: Readonly<Record<string, Record<string, string>>> = {
  'a price below zero': { montantRembourse: '-5.00' },
  'another currency': { devise: 'CHF' },
  'everything wrong at once': { devise: 'CHF' },
};

/** Sales that are refused for a problem that can be put on the reseller's list. */
const ROWS = Object.values(REFUSALS)
  .flat()
  .filter(({ name }) => name !== BY_SQL)
  .filter(({ problems }) => problems.some(([code]) => waysOutOf(code).includes('report')));

/** `report`, for each problem that offers it: open until the reseller takes its sale back. */
describeEachDatabase('reporting, row by row', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());

  it.each(ROWS)('$name', async (one) => {
    const options = one.change === undefined ? {} : { change: one.change };
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
    await one.prepare?.(world);
    const before = world.sellSeat('C', '1', { start: WORDS.second });
    const bad = one.report(world, before);
    await world.integrate();
    const id = await caseOf(world, bad);
    const result = await settle(world, { ids: [id] }, { way: 'report' });
    if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
    expect(outcomes(result)).toEqual(['waits']);
    await checkHouse(world.database, world.organisationId);
    world.switchboard.cancel({ ticket: bad });
    const sequence = world.switchboard.state({ tickets: false }).operations;
    const fields = TAKEN_BACK[one.name];
    if (fields !== undefined) world.switchboard.rewrite({ sequence, fields });
    await world.integrate();
    expect((await readCases(world)).filter(({ ticket }) => ticket === bad)).toEqual([]);
    expect(await traceOf(world, id)).toMatchObject([{ way: 'reported' }]);
    await checkHouse(world.database, world.organisationId);
  });
});
