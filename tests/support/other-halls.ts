/** The small house with two more halls to move into, and the reseller's words for them. */
import type { HouseFile } from '../../src/domain/house/file.ts';

/**
 * - SMALL: the same HALL with rows A and B of ORCH/A alone, and a smaller pit (25);
 * - TENT: another layout whose ORCH/A has rows A and B of ten seats, and no pit.
 * Prices and categories are called as in FULL.
 */
export function withOtherHalls(house: HouseFile): void {
  house.layouts?.push({ code: 'TENT', name: 'Chapiteau' });
  house.areas?.push({ layout: 'TENT', code: 'ORCH', name: 'Orchestre', numbered: true });
  house.blocks?.push({ layout: 'TENT', area: 'ORCH', code: 'A', name: 'Bloc A' });
  house.seats?.push({
    layout: 'TENT',
    area: 'ORCH',
    block: 'A',
    rows: 'A-B',
    seats: '1-10',
    x: 0,
    y: 0,
  });
  house.configurations?.push(
    { layout: 'HALL', code: 'SMALL', name: 'Petite salle' },
    { layout: 'TENT', code: 'TENT', name: 'Sous le chapiteau' },
  );
  house.categories?.push(
    { configuration: 'SMALL', code: 'CAT1', name: 'Catégorie 1', kind: 'seats', rank: 1 },
    { configuration: 'SMALL', code: 'PIT', name: 'Debout', kind: 'zone', rank: 2 },
    { configuration: 'TENT', code: 'CAT1', name: 'Catégorie 1', kind: 'seats', rank: 1 },
  );
  house.category_seats?.push(
    { configuration: 'SMALL', category: 'CAT1', area: 'ORCH', block: 'A', rows: 'A-B' },
    { configuration: 'TENT', category: 'CAT1', area: 'ORCH' },
  );
  house.zones?.push({ configuration: 'SMALL', area: 'PIT', category: 'PIT', capacity: 25 });
  const full = (house.prices ?? []).filter((one) => one.category === 'CAT1');
  for (const configuration of ['SMALL', 'TENT']) {
    house.prices?.push(...full.map((price) => ({ ...price, configuration })));
    house.mappings?.push(
      { interface: 'FNAC', word: 'seat_category', ours: `${configuration}/CAT1`, external: '10' },
      {
        interface: 'FNAC',
        word: 'logical_configuration',
        ours: configuration,
        external: configuration,
      },
    );
  }
  house.mappings?.push(
    { interface: 'FNAC', word: 'seat_category', ours: 'SMALL/PIT', external: '30' },
    { interface: 'FNAC', word: 'block', ours: 'TENT/ORCH/A', external: 'ORCA' },
  );
}
