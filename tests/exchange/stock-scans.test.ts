import { expect, it } from 'vitest';
import { joinAllotment, leaveAllotment, noteRefusals } from '../../src/store/allotment-store.ts';
import {
  endCommand,
  openCommands,
  readCommandSeats,
  storeCommands,
} from '../../src/store/command-store.ts';
import type { WholeScan } from '../../src/store/database/explain-scans.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import { bumpOffers, dueOffers } from '../../src/store/offer-store.ts';
import {
  companionsOf,
  lockOwnSeats,
  readBlockSeats,
  writeOwnSeats,
  writeOwnWishes,
} from '../../src/store/own-place-store.ts';
import {
  findListedPlaces,
  readHeldSeats,
  readInFlight,
} from '../../src/store/reconciliation-store.ts';
import { clearRefusedSeats, readRefusedSeats } from '../../src/store/refused-store.ts';
import {
  lockSeats,
  lockSeatsToExport,
  readSeatsToTakeBack,
  waitingContingents,
} from '../../src/store/stock-store.ts';
import {
  listTests,
  lockTestTickets,
  lockTicketCodes,
  readOperations,
  readTicketEntries,
} from '../../src/store/test-store.ts';
import { describeEachDatabase } from '../support/databases.ts';
import {
  buildStockHouse,
  FIRST,
  FNAC,
  INTERFACE,
  NOW,
  ORGANISATION,
  PERFORMANCE,
} from '../support/stock-house.ts';
import { watched } from '../support/watched-tx.ts';

/** Tables that grow with the house; the others hold a handful of rows. */
const LARGE = new Set([
  'performance_seat',
  'seat',
  'movement',
  'command',
  'command_item',
  'offer',
  'ticket',
  'quarantine',
  'operation',
  'ledger_entry',
  'access_code',
]);

/** On a handful of rows every plan costs the same. Never analysed, as in a young house. */
async function fillBooks(tx: Tx): Promise<void> {
  const at = [NOW.toISOString()];
  await tx.execute(
    `insert into sale_order (organisation_id, id, reseller_account_id, interface_id, reference,
       contact_id, point_of_sale_id, pending_account_id, currency, ordered_at, run_id)
     select 1, n, 88, ${INTERFACE}, 'O' || n, 85, 87, 86, 'EUR', $1, 1
     from generate_series(1, 2000) n`,
    at,
  );
  await tx.execute(
    `insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id,
       number, state, product_id, performance_id, tariff_id, currency, price_minor, booked_minor,
       commission_minor, commission_on_top, net_due_minor, vat_hundredths, vat_minor,
       commission_vat_minor, sold_at, message_id, run_id)
     select 1, n, n, 88, ${INTERFACE}, 'N' || n, 'valid', 60, ${PERFORMANCE}, 1, 'EUR', 0, 0, 0,
       false, 0, 0, 0, 0, $1, 1, 1
     from generate_series(1, 2000) n`,
    at,
  );
  await tx.execute(
    `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
       ticket, class, problems, performance_id, seat_id, opened_at, run_id)
     select 1, n, 88, ${INTERFACE}, 'Q' || n, 'business', '[]', ${PERFORMANCE}, 100000 + n, $1, 1
     from generate_series(1, 2000) n`,
    at,
  );
  await tx.execute(
    `insert into command (organisation_id, id, reference, interface_id, performance_id,
       contingent_id, action, state, run_id, item_count, sent, stored_at)
     select 1, 100 + n, 'C' || n, ${INTERFACE}, 1000 + n, 1, 'add',
       case n % 20 when 0 then 'unknown' else 'done' end, 1, 1, '{}', $1
     from generate_series(1, 2000) n`,
    at,
  );
}

/** The venue's own sales, what was refused, and marking tests. */
async function lookAtOwnPlaces(tx: Tx, ids: IdSource, seatIds: readonly number[]): Promise<void> {
  const performanceId = PERFORMANCE;
  const at = NOW.toISOString();
  await companionsOf(tx, seatIds);
  expect(await readBlockSeats(tx, [30])).toHaveLength(40);
  const own = await lockOwnSeats(tx, performanceId, seatIds.slice(20, 30));
  const change = { performanceId, at, by: 'anna' };
  const wanted = own.map((seat) => ({ seat, state: 'held' as const, reference: 'G1' }));
  await writeOwnSeats(tx, ids, change, wanted);
  const there = await lockOwnSeats(tx, performanceId, seatIds.slice(1, 3));
  const asked = there.map((seat) => ({ seat, state: 'sold' as const, reference: 'G2' }));
  await writeOwnWishes(tx, change, asked);
  const page = { after: { performanceId: 0, contingentId: 0, seatId: 0 }, limit: 10 };
  const refused = await readRefusedSeats(tx, { contingentIds: [FNAC], performanceId }, page);
  const refusedIds = refused.flatMap(({ seatId }) => seatId ?? []);
  expect(await clearRefusedSeats(tx, performanceId, [FNAC], refusedIds)).toBe(1);
  const tickets = await lockTestTickets(tx, 88, ['N1', 'N2', 'none']);
  expect(tickets).toHaveLength(2);
  const ticketIds = tickets.map(({ id }) => id);
  await readOperations(tx, ticketIds);
  await readTicketEntries(tx, ticketIds);
  await lockTicketCodes(tx, ticketIds);
  const of = { interfaceId: INTERFACE, productId: 60 };
  await listTests(tx, of, { after: { productId: 0, id: 0 }, limit: 10 });
}

describeEachDatabase('the statements of stock', (open) => {
  it('look up, and never read a large table or a whole tenant', async () => {
    const test = await open();
    const { seatIds } = await buildStockHouse(test.database, { seats: 40 });
    await test.database.transaction(ORGANISATION, fillBooks);
    const ids = createIdSource(test.database);
    const met: WholeScan[] = [];
    const performanceId = PERFORMANCE;
    const page = { performanceId, contingentId: FNAC, afterSeatId: 0, limit: 10 };
    const of = { performanceId, interfaceId: INTERFACE, resellerAccountId: 88 };
    await test.database.transaction(ORGANISATION, async (plain) => {
      const tx = watched(plain, met);
      const seats = await lockSeatsToExport(tx, page);
      expect(seats).toHaveLength(10);
      await waitingContingents(tx, performanceId, [FNAC]);
      const items = seats.map((seat, key) => ({ ...seat, key, counterId: null, quantity: 1 }));
      const words = { product: 'P', performance: null, start: null, hall: null };
      const sent = { performance: words, allotment: 'A' };
      const command = { id: 1, reference: 'R', ...of, contingentId: FNAC, action: 'add' as const };
      await storeCommands(tx, [{ ...command, runId: 1, storedAt: NOW, sent, items }]);
      for (const one of await openCommands(tx, INTERFACE, [performanceId]))
        await readCommandSeats(tx, one);
      await readInFlight(tx, of);
      const scope = { ...of, contingentId: FNAC, runId: 1, at: NOW };
      const half = seats.slice(0, 5).map(({ seatId }) => ({ seatId, seatCategoryId: FIRST }));
      expect(await joinAllotment(tx, ids, scope, half)).toBe(5);
      await noteRefusals(tx, scope, [{ seatId: seats[5]?.seatId ?? 0, reason: 'no' }]);
      const answers = [{ key: 0, result: 'refused' as const, quantity: 0, reason: 'no' }];
      await endCommand(tx, { id: 1, state: 'done', reason: null, at: NOW, exceptions: answers });
      await lockSeats(tx, performanceId, seatIds);
      await readSeatsToTakeBack(tx, { ...page, interfaceId: INTERFACE });
      await readHeldSeats(tx, of, { afterSeatId: 0, limit: 10 });
      const place = { blockId: 30, row: 'A', number: '1', ticket: 'T1' };
      expect(await findListedPlaces(tx, of, [place])).toHaveLength(1);
      expect(await leaveAllotment(tx, ids, scope, [seats[0]?.seatId ?? 0])).toHaveLength(1);
      await lookAtOwnPlaces(tx, ids, seatIds);
      await bumpOffers(tx, [{ performanceId, contingentIds: [FNAC], interfaceIds: [INTERFACE] }]);
      await dueOffers(tx, INTERFACE, [performanceId]);
    });
    expect(met.filter(({ table }) => LARGE.has(table))).toEqual([]);
  });
});
