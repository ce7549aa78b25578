/** The mappings of an interface with all that is needed to read, check and name them. */
import type { Catalogue } from '../domain/catalogue/catalogue.ts';
import type { MappingRow } from '../domain/mapping/mapping-row.ts';
import { keyNames, parseKey, printKey } from '../domain/mapping/mapping-text.ts';
import type { MappableObject } from '../domain/mapping/objects.ts';
import { mappableObjects } from '../domain/mapping/objects.ts';
import { trimmed } from '../domain/mapping/shelf.ts';
import { loadCatalogue } from '../store/catalogue-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { StoredMapping } from '../store/mapping-store.ts';
import { loadMappings, loadPlaceNames } from '../store/mapping-store.ts';

export interface MappingTable {
  interfaceId: number;
  rows: readonly StoredMapping[];
  catalogue: Catalogue;
  objects: readonly MappableObject[];
  seasons: readonly { id: number; code: string }[];
}

export async function loadMappingTable(tx: Tx, interfaceId: number): Promise<MappingTable> {
  const catalogue = await loadCatalogue(tx);
  const names = await loadPlaceNames(tx);
  const nameOf = new Map(names.map(({ path, name }) => [printKey(path), name]));
  return {
    interfaceId,
    rows: await loadMappings(tx, interfaceId),
    catalogue,
    objects: mappableObjects(catalogue, nameOf),
    seasons: catalogue.seasons,
  };
}

/** What people call ours: the name of the first object that the row's key reaches; '' for none. */
export function nameOfRow(
  row: Pick<MappingRow, 'word' | 'ours' | 'seasonId'>,
  table: Pick<MappingTable, 'objects'>,
): string {
  if (row.ours === null) return '';
  const key = trimmed(parseKey(row.ours));
  const found = table.objects.find(
    (object) =>
      object.word === row.word &&
      (row.seasonId === null || object.seasonId === null || object.seasonId === row.seasonId) &&
      keyNames(key, object.path),
  );
  return found?.name ?? '';
}

/** The code of a row's season; '' for every season. */
export function seasonCodeOf(
  row: Pick<MappingRow, 'seasonId'>,
  table: Pick<MappingTable, 'seasons'>,
): string {
  return table.seasons.find((season) => season.id === row.seasonId)?.code ?? '';
}
