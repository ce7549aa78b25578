/** How many numbered places of a performance each contingent has, and in which state. */
import type { Tx } from './database/transaction.ts';

export interface SeatsOfContingent {
  /** Null: in none, so for no reseller. */
  contingentId: number | null;
  seats: number;
  free: number;
  /** Sold by a reseller or by the venue. */
  sold: number;
  held: number;
  blocked: number;
  /** At resellers and unsold. */
  allotted: number;
}

export function seatsByContingent(tx: Tx, performanceId: number): Promise<SeatsOfContingent[]> {
  return tx.query<SeatsOfContingent>(
    `select contingent_id as "contingentId", count(*) as seats,
            count(*) filter (where state = 'free' and interface_id is null) as free,
            count(*) filter (where state = 'sold') as sold,
            count(*) filter (where state = 'held') as held,
            count(*) filter (where state = 'blocked') as blocked,
            count(*) filter (where state = 'free' and interface_id is not null) as allotted
     from performance_seat where organisation_id = $1 and performance_id = $2
     group by 1 order by 1 nulls last`,
    [tx.organisationId, performanceId],
  );
}
