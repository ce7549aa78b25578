/**
 * What the machine gives for an export: the same rows read by pages of 2,000, the same XML put
 * together by hand, and the same seat, movement and command rows written by one statement a page.
 * Nothing is sent, answered, recorded or decided.
 */
import type { Database } from '../../src/store/database/database.ts';
import { STARTS, STOCK } from './house.ts';

const SIZE = 2_000;

const READ = `
  select ps.seat_id, ps.seat_category_id, s.block_id, s.row, s.number, s.wheelchair,
         s.companion_of, s.restricted_view, s.house_seat
  from performance_seat ps
  cross join lateral (
    select * from seat s where s.organisation_id = ps.organisation_id and s.id = ps.seat_id
    offset 0) s
  where ps.organisation_id = 1 and ps.performance_id = $1 and ps.contingent_id = $2
    and ps.pending <> 0 and ps.seat_id > $3
  order by ps.seat_id limit ${SIZE}`;

const WRITE = `
  with seats as (
    update performance_seat ps
    set interface_id = ${STOCK.interfaceId}, sent_category_id = t.category_id,
      sent_contingent_id = ps.contingent_id
    from unnest($2::bigint[], $3::bigint[]) as t (id, category_id)
    where ps.organisation_id = 1 and ps.performance_id = $1 and ps.seat_id = t.id),
  moved as (
    insert into movement (organisation_id, id, kind, performance_id, seat_id, contingent_id,
      interface_id, quantity, run_id, at)
    select 1, t.movement_id, 'allotted', $1, t.id, ${STOCK.contingentId}, ${STOCK.interfaceId},
      1, 1, '2027-01-01Z'
    from unnest($2::bigint[], $4::bigint[]) as t (id, movement_id)),
  told as (
    insert into command (organisation_id, id, reference, interface_id, performance_id,
      contingent_id, action, state, run_id, item_count, sent, stored_at, answered_at)
    values (1, $5::bigint, 'L' || $5::bigint, ${STOCK.interfaceId}, $1,
      ${STOCK.contingentId}, 'add', 'done', 1,
      ${SIZE}, '{}', '2027-01-01Z', '2027-01-01Z'))
  insert into command_item (organisation_id, command_id, key, seat_id, seat_category_id, quantity)
  select 1, $5::bigint, t.key, t.id, t.category_id, 1
  from unnest($2::bigint[], $3::bigint[], $6::int[]) as t (id, category_id, key)`;

interface Row {
  seat_id: number;
  seat_category_id: number;
  block_id: number;
  row: string;
  number: string;
}

/** Seconds for the large performance. */
export async function writeLimit(database: Database): Promise<number> {
  const started = performance.now();
  const { id: performanceId, seats } = STOCK.large;
  const keys = Array.from({ length: SIZE }, (_, key) => key);
  let after = 0;
  let bytes = 0;
  for (let first = 0; first < seats; first += SIZE) {
    await database.transaction(STOCK.organisationId, async (tx) => {
      // Fresh statistics make the join of the update a nested loop; so does the analyze before.
      const rows = await tx.query<Row>(READ, [performanceId, STOCK.contingentId, after]);
      after = rows.at(-1)?.seat_id ?? after;
      bytes += Buffer.byteLength(printCommand(first, rows));
      await tx.execute(WRITE, [
        performanceId,
        rows.map((row) => row.seat_id),
        rows.map((row) => row.seat_category_id),
        rows.map((_, index) => 1_000_000 + first + index),
        1_000 + first,
        keys,
      ]);
    });
  }
  if (bytes < seats * 50) throw new Error('The limit has printed too little.');
  return (performance.now() - started) / 1_000;
}

function printCommand(reference: number, rows: readonly Row[]): string {
  let xml =
    '<?xml version="1.0" encoding="utf-8"?><soap:Envelope ' +
    'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ajouterPlaces>' +
    `<codeGestionnaire>STK</codeGestionnaire><reference>L${reference}</reference>` +
    `<manifestation>MAN1</manifestation><dateSeance>${STARTS.large}</dateSeance>` +
    '<salle>C</salle><allotement>ALL</allotement>';
  rows.forEach((row, key) => {
    xml +=
      `<placeNumerotee><cle>${key}</cle><bloc>${escapeXml(`BLOC${row.block_id - 1_000}`)}</bloc>` +
      `<rang>${escapeXml(row.row)}</rang><place>${escapeXml(row.number)}</place>` +
      '<typeTarif>1</typeTarif></placeNumerotee>';
  });
  return `${xml}</ajouterPlaces></soap:Body></soap:Envelope>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
