import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { loadHouse } from '../../../src/exchange/load-house.ts';
import { readOrganisation } from '../../../src/store/interface-store.ts';
import { BooksWorld } from '../../support/books-world.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { testSecretBox } from '../../support/exchange-services.ts';
import { fnacBooks } from '../../support/fnac-books.ts';
import { smallHouse } from '../../support/houses.ts';

describeEachDatabase('the opening of an account', (open) => {
  let world: BooksWorld;
  beforeAll(async () => {
    const test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
  });
  afterAll(() => world.close());

  const setOpening = async (account_opened: string | null) => {
    const { database, services, organisationId } = world;
    const { code } = await database.transaction(organisationId, readOrganisation);
    const house = smallHouse({ code, ...fnacBooks.interface(world.simulator, 'TST') });
    const interfaces = (house.interfaces ?? []).map((one) => ({ ...one, account_opened }));
    const file = { format: house.format, organisation: house.organisation, interfaces };
    const options = { clock: services.clock, author: 'Anne', findChannel: services.findChannel };
    return loadHouse(database, services.ids, testSecretBox, file, options);
  };

  it('may change while it turns no ticket round, and decides who is in the ledger', async () => {
    expect(await setOpening('2027-01-01T00:00')).toMatchObject({ outcome: 'loaded' });
    const before = world.sellSeat('B', '1', { at: '2026-12-31T23:59:59' });
    const after = world.sellSeat('B', '2', { at: '2027-01-01T00:00:00' });
    await world.integrate();
    const booked = () =>
      world.query<{ number: string }>(
        `select t.number from ledger_entry e join ticket t on t.id = e.ticket_id
         where e.kind = 'sale' order by e.id`,
      );
    expect(await booked()).toEqual([{ number: after }]);
    // The return of a sale that was never booked is not booked either.
    world.switchboard.cancel({ ticket: before, at: '2027-01-05T10:00:00' });
    await world.integrate();
    expect(await world.query(`select from ledger_entry where kind = 'refund'`)).toEqual([]);

    for (const opening of ['2027-01-02T00:00', '2026-12-31T00:00', null]) {
      expect(await setOpening(opening)).toMatchObject({
        outcome: 'refused',
        problems: [{ code: 'house.in_use', key: 'account_opened' }],
      });
    }
    expect(await setOpening('2026-12-31T23:59:59.500')).toMatchObject({ outcome: 'loaded' });
  });
});
