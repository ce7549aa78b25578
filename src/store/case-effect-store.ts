import type { Tx } from './database/transaction.ts';

/** How many of these codes are in each state. */
export async function countCodeStates(
  tx: Tx,
  codes: readonly string[],
): Promise<Record<string, number>> {
  if (codes.length === 0) return {};
  const rows = await tx.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from access_code
     where organisation_id = $1 and code = any($2::text[]) group by state order by state`,
    [tx.organisationId, codes],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Seats in writing, by id. */
export async function nameSeats(tx: Tx, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: number; name: string }>(
    `select s.id, concat_ws('/', l.code, a.code, b.code, s.row, s.number) as name
     from seat s
     join block b on b.organisation_id = $1 and b.id = s.block_id
     join area a on a.organisation_id = $1 and a.id = b.area_id
     join layout l on l.organisation_id = $1 and l.id = a.layout_id
     where s.organisation_id = $1 and s.id = any($2::bigint[])`,
    [tx.organisationId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
