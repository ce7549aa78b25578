/** The house as a house file. Loading it again changes nothing; secrets never leave. */
import type { HouseFile } from '../domain/house/file.ts';
import { writeHouse } from '../domain/house/write-house.ts';
import type { Database } from '../store/database/database.ts';
import { readHouseOrganisation, readHouseRows, readHouseStock } from '../store/house-store.ts';
import { readOwnClaims, readOwnSeats } from '../store/own-place-store.ts';

export function exportHouse(database: Database, organisationId: number): Promise<HouseFile> {
  return database.transaction(
    organisationId,
    async (tx) => {
      const organisation = await readHouseOrganisation(tx);
      const rows = await readHouseRows(tx, { seats: true, lock: false });
      const seatGroups = (rows.performance ?? []).map(({ id }) => id);
      const stock = await readHouseStock(tx, { seats: true, seatGroups, totals: [] });
      const own = { seats: await readOwnSeats(tx), claims: await readOwnClaims(tx) };
      return writeHouse(organisation, rows, stock, own);
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
