/** The mappings of an interface as the vocabulary takes them, in the order they were made. */
import type { MappingRow } from '../domain/mapping/mapping-row.ts';
import type { Tx } from './database/transaction.ts';

export function readMappingRows(tx: Tx, interfaceId: number): Promise<MappingRow[]> {
  return tx.query<MappingRow>(
    `select id, word, season_id as "seasonId", ours, external, not_ours as "notOurs", rule
     from mapping where organisation_id = $1 and interface_id = $2 order by id`,
    [tx.organisationId, interfaceId],
  );
}
