import { beforeAll, expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { exportHouse } from '../../src/exchange/export-house.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { mosaHouse } from '../../src/main/demo/mosa.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

const NOW = new Date('2027-01-10T09:00:00Z');
const fnac = {
  salesUrl: 'http://127.0.0.1:1/a',
  contingentUrl: 'http://127.0.0.1:1/b',
  contingentUser: 'user',
  contingentPassword: 'the-secret-of-the-test',
  prepareUrl: 'http://127.0.0.1:1/c',
  getAccessUrl: 'http://127.0.0.1:1/d',
  accessUser: 'user',
  accessPassword: 'the-other-secret',
};

describeEachDatabase('exporting a house', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  const load = (house: HouseFile) =>
    loadHouse(test.database, createIdSource(test.database), testSecretBox, house, {
      clock: () => new Date('2027-01-11T09:00:00Z'),
      author: 'test',
      create: true,
    });

  for (const [name, house] of [
    ['small house', smallHouse()],
    ['MoSA', mosaHouse({ now: NOW, fnac })],
  ] as const) {
    it(`loads its own export of the ${name} without a change`, async () => {
      const { organisationId } = await seedHouse(test.database, house, { now: NOW });
      const file = await exportHouse(test.database, organisationId);
      expect(await load(file)).toMatchObject({ outcome: 'unchanged', changes: [], notes: [] });
    });

    it(`makes the same ${name} of its export elsewhere`, async () => {
      const { organisationId } = await seedHouse(test.database, house, { now: NOW });
      const file = await exportHouse(test.database, organisationId);
      const code = `${file.organisation.code}-COPY`;
      const copy = { ...file, organisation: { ...file.organisation, code } };
      const loaded = await load(copy);
      expect(loaded).toMatchObject({ outcome: 'loaded' });
      if (loaded.outcome !== 'loaded') return;
      expect(await exportHouse(test.database, loaded.organisationId)).toEqual(copy);
    });
  }

  it('never holds a secret', async () => {
    const { organisationId } = await seedHouse(test.database, mosaHouse({ now: NOW, fnac }));
    const text = JSON.stringify(await exportHouse(test.database, organisationId));
    expect(text).toContain(fnac.contingentUrl);
    expect(text).not.toContain(fnac.contingentPassword);
    expect(text).not.toContain(fnac.accessPassword);
  });

  it('writes a house of many seats in few lines', async () => {
    const { organisationId } = await seedHouse(test.database, smallHouse({ code: 'LINES' }));
    const file = await exportHouse(test.database, organisationId);
    expect(file.seats).toContainEqual({
      layout: 'HALL',
      area: 'ORCH',
      block: 'B',
      rows: 'A-C',
      seats: '1-10',
      x: 20,
      y: 0,
    });
    expect(file.category_seats).toHaveLength(2);
    expect(file.contingent_seats?.filter(({ product }) => product === 'SHOW')).toEqual([
      {
        season: 'S1',
        product: 'SHOW',
        performances: 'P1,P2',
        contingent: 'FNAC',
        area: 'ORCH',
        block: 'A',
      },
      {
        season: 'S1',
        product: 'SHOW',
        performances: 'P1,P2',
        contingent: 'OTHER',
        area: 'ORCH',
        block: 'B',
        rows: 'A',
      },
      { season: 'S1', product: 'SHOW', performances: 'P1,P2', contingent: 'BOX', area: 'BALC' },
    ]);
  });
});
