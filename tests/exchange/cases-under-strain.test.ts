import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { closePeriod } from '../../src/exchange/account/close-period.ts';
import { listUnreadable } from '../../src/exchange/cases/unreadable-records.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import { reopenPerformance } from '../../src/exchange/performance/close-performance.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { ledgerOf, readCases, readTickets, ticketOf } from '../support/books-view.ts';
import { BooksWorld } from '../support/books-world.ts';
import { caseOf, outcomes, settle } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { lifeRequest, lifeServices } from '../support/life.ts';
import { fileOf, fixtureBytes, importFile } from '../support/sales-files.ts';

/** What a rude afternoon does to open cases: whoever wins, the house stays right. */
describeEachDatabase('cases under strain', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {});
  };
  const check = (except: string[] = []) =>
    checkHouse(world.database, world.organisationId, { except });
  const answered = (result: Awaited<ReturnType<typeof settle>>) =>
    result.outcome === 'refused' ? ['refused'] : outcomes(result);

  /** A seat sold twice by the reseller, and the case of the second sale. */
  async function soldTwice(seat: string): Promise<{ first: string; second: string; id: number }> {
    const first = world.sellSeat('B', seat);
    const second = world.sellSeat('B', seat, { force: true });
    await world.integrate();
    return { first, second, id: await caseOf(world, second) };
  }

  it('take theirs twice, and the former holder is cancelled afterwards', async () => {
    await enter();
    const { first, second, id } = await soldTwice('1');
    const results = await Promise.all([
      settle(world, { ids: [id] }, { way: 'take_theirs' }),
      settle(world, { ids: [id] }, { way: 'take_theirs', author: 'bruno' }),
    ]);
    expect(results.flatMap(answered).sort()).toEqual(['settled', 'settled_before']);
    await check();
    world.switchboard.cancel({ ticket: first });
    await world.integrate();
    expect([(await ticketOf(world, first)).state, (await ticketOf(world, second)).state]).toEqual([
      'cancelled',
      'valid',
    ]);
    await check();
  });

  it('overbooked, then both cancelled, then sold again: one seat, one ticket', async () => {
    await enter();
    const { first, second, id } = await soldTwice('2');
    expect(answered(await settle(world, { ids: [id] }, { way: 'overbook' }))).toEqual(['settled']);
    await check();
    world.switchboard.cancel({ ticket: first });
    await world.integrate();
    await check();
    world.switchboard.cancel({ ticket: second });
    const third = world.sellSeat('B', '2');
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    const living = (await readTickets(world)).filter(({ state }) => state === 'valid');
    expect(living.map(({ number }) => number)).toEqual([third]);
    await check();
  });

  it('a sale kept out is cancelled once: the next cancellation waits for its sale', async () => {
    await enter();
    const { second, id } = await soldTwice('7');
    await settle(world, { ids: [id] }, { way: 'keep_ours' });
    world.switchboard.cancel({ ticket: second });
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    // The number was sold again, and the cancellation of that sale comes before it.
    const again = world.sellSeat('B', '8');
    world.switchboard.cancel({ ticket: again });
    const sequence = world.switchboard.state({ tickets: false }).operations;
    world.switchboard.rewrite({ sequence, fields: { numeroBillet: second } });
    await world.integrate();
    expect(await readCases(world)).toMatchObject([
      { ticket: second, kind: 'cancellation', problems: [{ code: 'sale.missing' }] },
    ]);
    await check();
  });

  it('the reseller settles a case at the moment a person does', async () => {
    await enter();
    const dear = world.sellSeat('B', '3', { price: '41.00' });
    await world.integrate();
    const id = await caseOf(world, dear);
    await settle(world, { ids: [id] }, { way: 'report' });
    world.switchboard.cancel({ ticket: dear });
    await Promise.all([
      world.integrate(),
      settle(world, { ids: [id] }, { way: 'accept' }),
      settle(world, { ids: [id] }, { way: 'keep_ours' }),
    ]);
    expect(await readCases(world)).toEqual([]);
    // Whoever was first: nothing is owed for it at the end.
    const rows = await ledgerOf(world, dear);
    const sum = rows.reduce((all, row) => all + Number(row.split(' ')[1]), 0);
    expect(sum).toBe(0);
    await check();
  });

  it('a performance cancelled with cases open, settled beside it, and reopened', async () => {
    await enter();
    const good = world.sellSeat('C', '1');
    const dear = world.sellSeat('B', '4', { price: '41.00' });
    const { id } = await soldTwice('5');
    const ids = [await caseOf(world, dear), id];
    await Promise.all([
      cancelPerformance(lifeServices(world), await lifeRequest(world)),
      settle(world, { ids: [ids[0] ?? 0] }, { way: 'accept' }),
      settle(world, { ids: [ids[1] ?? 0] }, { way: 'overbook' }),
    ]);
    await check();
    await reopenPerformance(lifeServices(world), await lifeRequest(world));
    // A case that met the cancellation is taken up again by the replay.
    await world.replay();
    expect(await readCases(world)).toEqual([]);
    expect((await ticketOf(world, good)).state).toBe('valid');
    const wishes = await world.query(
      `select (select count(*)::int from performance_seat where wish is not null) as seats,
         (select count(*)::int from contingent_quota where wish_take_back > 0) as counts`,
    );
    expect(wishes).toEqual([{ seats: 0, counts: 0 }]);
    await check();
  });

  it('a period closed between a sale and its refund: the refund is late', async () => {
    await enter();
    const ticket = world.sellSeat('B', '6');
    await world.integrate();
    const [account] = await world.query<{ id: number }>('select id from pending_account');
    const { at } = (await world.query<{ at: string }>('select sold_at as at from ticket'))[0] ?? {
      at: '',
    };
    const closed = await closePeriod(
      { ...world.services, clock: () => new Date('2027-12-31T12:00:00.000Z') },
      {
        organisationId: world.organisationId,
        accountId: account?.id ?? 0,
        period: at.slice(0, 7),
        author: 'anna',
        reason: 'month end',
        despiteWarnings: true,
        evenRunning: true,
      },
    );
    expect(closed.outcome).toBe('closed');
    world.switchboard.cancel({ ticket });
    await world.integrate();
    const late = await world.query<{ kind: string; late: boolean }>(
      `select kind, late from ledger_entry where ticket_id is not null order by id`,
    );
    expect(late).toEqual([
      { kind: 'sale', late: false },
      { kind: 'commission', late: false },
      { kind: 'refund', late: true },
      { kind: 'commission', late: true },
    ]);
    await check();
  });

  it('10,000 bad lines: each kept once, and a correction finds its own', async () => {
    await enter();
    const text = fixtureBytes('ordinary').toString('latin1');
    const lines = text.split('\r\n');
    const head = lines.slice(0, 9);
    const [sale = ''] = lines.slice(9, 10);
    const bad = Array.from({ length: 10_000 }, (_, index) =>
      sale
        .replace('900000000001', `9100${String(index).padStart(8, '0')}`)
        .replace('40,00', '4,4E1'),
    );
    const file = (rows: string[]) =>
      fileOf(Buffer.from([...head, ...rows, ''].join('\r\n'), 'latin1'), 'bad.csv', 65_536);
    const began = performance.now();
    const ran = await importFile(world, file(bad));
    expect(ran.counts).toMatchObject({ messages: 10_000, unreadable: 10_000 });
    const stands = await dumpBooks(world.database, world.organisationId);
    await importFile(world, file(bad));
    expect(await dumpBooks(world.database, world.organisationId)).toEqual(stands);
    // One of them comes right, among the others.
    await importFile(world, file([...bad.slice(1), bad[0]?.replace('4,4E1', '40,00') ?? '']));
    const open = await listUnreadable(world.services, {
      organisationId: world.organisationId,
      filter: { ticket: '910000000000' },
    });
    expect(open.map(({ ticket }) => ticket)).not.toContain('910000000000');
    expect((await ticketOf(world, '910000000000')).state).toBe('valid');
    expect(performance.now() - began).toBeLessThan(120_000);
  });
});
