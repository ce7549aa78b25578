import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { replay } from '../../src/exchange/replay.ts';
import {
  keepToIndexes,
  readAnyShare,
  readHouseStock,
  readPlacesKept,
} from '../../src/store/books-state-store.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { WholeScan } from '../../src/store/database/explain-scans.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import { BooksWorld } from '../support/books-world.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { watched } from '../support/watched-tx.ts';
import { everyKind } from './books-kit/flow-cases.ts';

/** Tables that grow with every sale. */
const LARGE = new Set([
  'ticket',
  'ticket_former_number',
  'message',
  'quarantine',
  'sale_order',
  'operation',
  'movement',
  'ledger_entry',
  'access_code',
  'performance_seat',
]);

/** A few thousand sales of long ago, never analysed, as in a young house. */
async function fillBooks(tx: Tx): Promise<void> {
  const [ids] = await tx.query<{ account: number; interface: number }>(
    `select reseller_account_id as account, id as interface from interface
     where organisation_id = $1 limit 1`,
    [tx.organisationId],
  );
  const { account, interface: own } = ids as { account: number; interface: number };
  const organisation = tx.organisationId;
  const each = 'from generate_series(1, 3000) n';
  const at = `'2020-01-01T00:00:00Z'::timestamptz`;
  for (const part of [
    `insert into sale_order (organisation_id, id, reseller_account_id, interface_id, reference,
       contact_id, point_of_sale_id, pending_account_id, currency, ordered_at, run_id)
     select ${organisation}, -n, ${account}, ${own}, 'OLD' || n, 1, 1, 1, 'EUR', ${at}, 1 ${each}`,
    `insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id,
       number, state, product_id, tariff_id, currency, price_minor, booked_minor,
       commission_minor, commission_on_top, net_due_minor, vat_hundredths, vat_minor,
       commission_vat_minor, sold_at, message_id, run_id)
     select ${organisation}, -n, -n, ${account}, ${own}, 'OLD' || n, 'valid', 1, 1, 'EUR', 0, 0, 0,
       false, 0, 0, 0, 0, ${at}, -n, 1 ${each}`,
    `insert into message (organisation_id, id, reseller_account_id, interface_id, run_id, kind,
       ticket, operation_at, state, content, received_at)
     select ${organisation}, -n, ${account}, ${own}, 1, 'sale', 'OLD' || n, ${at}, 'integrated',
       '{}', ${at} ${each}`,
    `insert into access_code (organisation_id, code, state, source, interface_id, ticket_id,
       changed_at)
     select ${organisation}, 'OLD' || n, 'valid', 'ticket', ${own}, -n, ${at} ${each}`,
    `insert into performance_seat (organisation_id, performance_id, seat_id, seat_category_id)
     select ${organisation}, -1, n, 1 ${each}`,
    `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
       ticket, class, problems, performance_id, seat_id, opened_at, run_id)
     select ${organisation}, -n, -1, ${own}, 'OLD' || n, 'business', '[]', -1, n, ${at}, 1 ${each}`,
  ]) {
    await tx.execute(part);
  }
}

describeEachDatabase('the statements of a batch', (open) => {
  let world: BooksWorld;
  beforeAll(async () => {
    world = await BooksWorld.open((await open()).database, fnac, fnacBooks);
    await world.database.transaction(world.organisationId, fillBooks);
  });
  afterAll(() => world.close());

  it('look up, and never read a large table or a whole tenant', async () => {
    everyKind(world);
    const unknown = world.sellSeat('C', '1', { tariff: '99', price: '40.00' });
    world.switchboard.cancel({ ticket: unknown });
    const met: WholeScan[] = [];
    let statements = 0;
    const ran = await world.run(async (context) => {
      const transaction: Database['transaction'] = (id, work, options) =>
        context.database.transaction(
          id,
          (tx) => {
            statements += 1;
            return work(watched(tx, met));
          },
          options,
        );
      const database = new Proxy(context.database, {
        get: (target, name) =>
          name === 'transaction' ? transaction : Reflect.get(target, name, target),
      });
      await integrateSales({ ...context, database });
      await replay({ ...context, database });
    });
    expect(ran.failure).toBeNull();
    expect(ran.counts.integrated).toBeGreaterThan(5);
    expect(statements).toBeGreaterThan(2);
    expect(met.filter(({ table }) => LARGE.has(table))).toEqual([]);
  });

  it('so do those that only decisions and several shares of a count ask for', async () => {
    const met: WholeScan[] = [];
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const { organisationId, interfaceId } = world;
    await world.database.transaction(organisationId, async (tx) => {
      const counters = await tx.query<{ id: number }>(
        'select id from counter where organisation_id = $1',
        [organisationId],
      );
      const ids = counters.map(({ id }) => id);
      await keepToIndexes(tx);
      const looked = watched(tx, met);
      expect(await readAnyShare(looked, 1, ids, 10)).toEqual([]);
      expect(await readHouseStock(looked, interfaceId, ids)).toEqual([]);
      const [kept] = await readPlacesKept(looked, [performanceId]);
      expect(kept?.places).toBeGreaterThan(20);
    });
    expect(met.filter(({ table }) => LARGE.has(table))).toEqual([]);
  });
});
