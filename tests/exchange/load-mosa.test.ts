import { beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { mosaHouse } from '../../src/main/demo/mosa.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const SETTINGS = {
  salesUrl: 'http://127.0.0.1:1/EtatVentes',
  contingentUrl: 'http://127.0.0.1:1/Contingentement',
  contingentUser: 'iallmosa1',
  contingentPassword: 'a password of the test',
  prepareUrl: 'http://127.0.0.1:1/PrepareCtrlAcces',
  getAccessUrl: 'http://127.0.0.1:1/GetCtrlAcces',
  accessUser: 'iaccmosa1',
  accessPassword: 'another password of the test',
};

describeEachDatabase('the house of MoSA', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  const load = (now: Date) =>
    loadHouse(
      test.database,
      createIdSource(test.database),
      testSecretBox,
      mosaHouse({ now: NOW, fnac: SETTINGS }),
      {
        clock: () => now,
        author: 'test',
        findChannel: (id) => (id === fnac.id ? fnac : undefined),
      },
    );

  it('has the seats of the slide in each contingent, and more seats in none', async () => {
    const result = await load(NOW);
    expect(result).toMatchObject({ outcome: 'loaded', notes: [] });
    if (result.outcome !== 'loaded') return;
    const rows = await test.database.transaction(result.organisationId, (tx) =>
      tx.query(
        `select p.code, c.name, count(*) as seats from performance_seat ps
         join performance p on p.id = ps.performance_id
         left join contingent c on c.id = ps.contingent_id
         group by 1, 2 order by 1, 2`,
      ),
    );
    const house = [
      { name: 'Digitick', seats: 208 },
      { name: 'FNAC', seats: 224 },
      { name: 'SecuTix File', seats: 211 },
      { name: 'Ticketnet', seats: 246 },
      { name: null, seats: 3 * 14 * 16 + 2 * 12 * 20 - 889 },
    ];
    expect(rows).toEqual(
      ['EXT1', 'EXT2'].flatMap((code) => house.map((one) => ({ code, ...one }))),
    );
  });

  it('offers FNAC the performances in which it has a contingent', async () => {
    const result = await load(NOW);
    expect(result.outcome).toBe('unchanged');
    const rows = await test.database.transaction(1, (tx) =>
      tx.query(
        `select p.code from offer o join performance p on p.id = o.performance_id order by 1`,
      ),
    );
    const chalk = [1, 2, 3, 4, 5, 6].map((number) => `CHALK${number}`);
    const codes = [...chalk, 'ECHECS1', 'ECHECS2', 'EXT1', 'EXT2'];
    expect(rows).toEqual(codes.map((code) => ({ code })));
  });

  it('changes nothing when it is loaded again later', async () => {
    const result = await load(new Date('2026-12-24T10:00:00Z'));
    expect(result).toMatchObject({ outcome: 'unchanged', changes: [], counts: {} });
  });
});
