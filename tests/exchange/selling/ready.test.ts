import { beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { checkReady } from '../../../src/exchange/selling/check-ready.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { seedHouse, smallHouse } from '../../support/houses.ts';
import type { Broken } from './broken-houses.ts';
import { BROKEN, NOTICES, NOW } from './broken-houses.ts';

describeEachDatabase('ready to sell?', (open) => {
  let test: TestDatabase;
  let houses = 0;
  beforeAll(async () => {
    test = await open();
  });

  async function ask(broken: Omit<Broken, 'what' | 'lines' | 'unready'>) {
    houses += 1;
    const { database } = test;
    const file = smallHouse({ code: `RD${houses}` });
    const house = await seedHouse(database, file, { now: new Date(NOW) });
    const { organisationId } = house;
    await database.transaction(organisationId, (tx) => tx.execute(broken.sql));
    const clock = () => new Date(broken.now ?? NOW);
    const [answer, ...others] = await checkReady(
      { database, clock, findChannel: (id) => (id === 'fnac' ? fnac : undefined) },
      { organisationId, ...(await broken.request?.(house)) },
    );
    expect(others).toEqual([]);
    if (answer === undefined) throw new Error('No answer.');
    const sorted = (params: object) =>
      JSON.stringify(Object.fromEntries(Object.entries(params).sort()));
    const lines = answer.lines.map(({ code, params, performances, product }) => {
      const where = performances.length > 0 ? performances.join(' ') : (product ?? '');
      return `${where} ${code} ${sorted(params)}`;
    });
    return { answer, lines: lines.sort() };
  }

  it('a house that lacks nothing is ready', async () => {
    const { answer, lines } = await ask({ sql: 'select 1' });
    expect(lines).toEqual(NOTICES);
    expect(answer.places.map(({ place, ready }) => `${place} ${ready}`).sort()).toEqual(
      ['DAY', 'MATCH/M1', 'OPEN', 'SHOW/P1', 'SHOW/P2'].map((place) => `${place} true`),
    );
  });

  describe('one thing is wrong and is told, alone', () => {
    it.each(BROKEN)('$what', async (broken) => {
      const { answer, lines } = await ask(broken);
      const gone = new Set(broken.gone);
      const expected = [...NOTICES.filter((one) => !gone.has(one)), ...broken.lines].sort();
      expect(lines).toEqual(expected);
      const unready = answer.places.filter(({ ready }) => !ready).map(({ place }) => place);
      const all = answer.places.map(({ place }) => place);
      expect(unready.sort()).toEqual(broken.unready === 'all' ? all.sort() : broken.unready);
    });
  });
});
