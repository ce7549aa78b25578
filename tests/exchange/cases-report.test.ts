import readXlsxFile from 'read-excel-file/node';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { listCases, listNames } from '../../src/exchange/cases/list-cases.ts';
import { makeReport, withoutFormula } from '../../src/exchange/cases/report.ts';
import { checkAccess } from '../../src/exchange/check-access.ts';
import {
  codeOf,
  expectSameBooks,
  ledgerOf,
  operationsOf,
  readCases,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf } from '../support/books-world.ts';
import {
  caseOf,
  outcomes,
  REASON,
  refusals,
  settle,
  traceOf,
  walk,
} from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** DOMAIN "Cases": report joins the reseller's list, sent as one e-mail with an Excel. */
describeEachDatabase('reports to the reseller', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const report = (again?: number) =>
    makeReport(world.services, {
      ...(again !== undefined && { again }),
      organisationId: world.organisationId,
      interfaceId: world.interfaceId,
      author: 'anna',
      language: 'fr',
      timeZone: 'Europe/Paris',
    });
  const reported = async (): Promise<string[]> => {
    const { organisationId } = world;
    const filter = { state: 'reported' as const };
    const { cases } = await listCases(world.services, { organisationId, filter });
    return cases.map(({ ticket }) => ticket);
  };

  it('one letter and its sheet, of what no report has carried; no buyer in it', async () => {
    await enter();
    const dear = world.sellSeat('B', '1', { price: '41.00', order: '=1+1' });
    world.sellSeat('B', '2');
    const twice = world.sellSeat('B', '2', { force: true });
    await world.integrate();
    const ids = [await caseOf(world, dear), await caseOf(world, twice)];
    expect(await report()).toEqual({ outcome: 'empty' });
    const result = await walk(world, ids, { way: 'report' });
    expect(outcomes(result)).toEqual(['waits', 'waits']);
    expect(await reported()).toEqual([dear, twice]);
    const made = await report();
    if (made.outcome === 'empty') throw new Error('There is something to report.');
    expect(made.to).toEqual([{ name: 'Camille Martin', mail: 'camille@example.org' }]);
    expect(made.subject).toContain('2');
    expect(made.items.map(({ ticket, order, seat }) => [ticket, order, seat])).toEqual([
      [dear, '=1+1', 'ORCA / B / 1'],
      [twice, expect.any(String), 'ORCA / B / 2'],
    ]);
    for (const word of [dear, twice, 'Merci de vérifier le prix', 'Spectacle']) {
      expect(made.text).toContain(word);
    }
    const sheet = (await readXlsxFile(made.file)) as unknown as
      | { data: unknown[][] }[]
      | unknown[][];
    const text = JSON.stringify(sheet);
    for (const word of [dear, twice, "'=1+1", 'Notre demande']) expect(text).toContain(word);
    for (const ticket of [dear, twice]) {
      for (const value of fnacBooks.contactData(ticket)) {
        expect(made.text).not.toContain(value);
        expect(text).not.toContain(value);
      }
    }
    // What was sent is not sent again, unless the letter is asked for once more.
    expect(await report()).toEqual({ outcome: 'empty' });
    expect(await report(made.id)).toMatchObject({ id: made.id, text: made.text });
    expect(
      await world.query(`select made_by as by, item_count as items from reseller_report`),
    ).toEqual([{ by: 'anna', items: 2 }]);
    expect(await readCases(world)).toHaveLength(2);
  });

  it('closes itself: the reseller cancels what was reported, both are settled', async () => {
    await enter();
    const dear = world.sellSeat('B', '1', { price: '41.00' });
    world.sellSeat('B', '2');
    const twice = world.sellSeat('B', '2', { force: true });
    await world.integrate();
    const ids = [await caseOf(world, dear), await caseOf(world, twice)];
    await settle(world, { ids }, { way: 'report' });
    await report();
    for (const ticket of [dear, twice]) world.switchboard.cancel({ ticket });
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    expect(await reported()).toEqual([]);
    for (const id of ids) expect(await traceOf(world, id)).toMatchObject([{ way: 'reported' }]);
    // Booked and given back; the seat that was never theirs stays who has it.
    expect(await ticketOf(world, dear)).toMatchObject({ state: 'cancelled' });
    expect(await ledgerOf(world, dear)).toEqual([
      'sale 4100',
      'commission -180',
      'refund -4100',
      'commission 180',
    ]);
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', interface: 'FNAC' });
    expect(await seatOf(world, 'B', '2')).toMatchObject({ state: 'sold' });
  });

  it('closes itself: the reseller seats the bearer elsewhere', async () => {
    await enter();
    const first = world.sellSeat('B', '2');
    const twice = world.sellSeat('B', '2', { force: true });
    await world.integrate();
    await settle(world, { ids: [await caseOf(world, twice)] }, { way: 'report' });
    const moved = world.switchboard.exchange({ ticket: twice, place: placeOf('B', '3') });
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    expect(await ticketOf(world, moved.ticket)).toMatchObject({
      state: 'valid',
      seat: 'ORCH/A/B/3',
    });
    expect(await ticketOf(world, first)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/2' });
  });

  it('a text that a spreadsheet would run begins with a quote', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      expect(withoutFormula(`${start}1`)).toBe(`'${start}1`);
    }
    expect(withoutFormula('0612')).toBe('0612');
  });

  describe('names missing', () => {
    const sellNameless = async (): Promise<{ tickets: string[]; ids: number[] }> => {
      await enter({
        change(house) {
          for (const one of house.products ?? [])
            if (one.code === 'SHOW')
              Object.assign(one, { names_required: true, nameless_opens_door: false });
        },
      });
      const names = [{ lastName: 'X', firstName: 'X' }];
      const tickets = ['1', '2'].map((seat) => world.sellSeat('B', seat, { names }));
      await world.integrate();
      return { tickets, ids: (await nameless()).map(({ id }) => id) };
    };
    /** What the door answers to each ticket. */
    const door = async (tickets: readonly string[]): Promise<string[]> => {
      const { services, organisationId } = world;
      const asked = { database: world.database, organisationId, clock: services.clock };
      const performanceId = await world.house.performanceId('SHOW', 'P1');
      const answers: string[] = [];
      for (const ticket of tickets) {
        const code = (await ticketOf(world, ticket)).barcode ?? '';
        const { answer } = await checkAccess(asked, { code, performanceId });
        answers.push(answer.open ? 'open' : answer.reason);
      }
      return answers;
    };
    const nameless = (state: 'asked' | null = null) =>
      listNames(world.services, { organisationId: world.organisationId, filter: { state } });

    it('are listed apart, accepted or asked for; the reseller’s answer ends it', async () => {
      const { tickets, ids } = await sellNameless();
      expect(await readCases(world)).toEqual([]);
      expect((await nameless()).map(({ ticket, seat }) => [ticket, seat])).toEqual([
        [tickets[0], 'HALL/ORCH/A/B/1'],
        [tickets[1], 'HALL/ORCH/A/B/2'],
      ]);
      const [one = 0, two = 0] = ids;
      expect(await door(tickets)).toEqual(['name_missing', 'name_missing']);
      const wrong = await settle(world, { ids: [one] }, { way: 'overbook' });
      expect(refusals(wrong)).toEqual(['cases.refused.way_not_of_case']);
      const accepted = await walk(world, [one], { way: 'accept' });
      expect(outcomes(accepted)).toEqual(['settled']);
      expect(await door(tickets)).toEqual(['open', 'name_missing']);
      expect(outcomes(await walk(world, [two], { way: 'ask' }))).toEqual(['waits']);
      expect(await nameless()).toEqual([]);
      expect((await nameless('asked')).map(({ id }) => id)).toEqual([two]);
      expect(await operationsOf(world, tickets[0] ?? '')).toEqual(['sale 4000 180', 'name 0 0']);
      expect(
        await world.query(
          `select author, reason from journal where action like 'name.%' order by id`,
        ),
      ).toEqual([
        { author: 'anna', reason: REASON },
        { author: 'anna', reason: REASON },
      ]);
      const made = await report();
      expect(made).toMatchObject({ items: [{ kind: 'name', ticket: tickets[1] }] });
      expect(await report()).toEqual({ outcome: 'empty' });

      const name = { lastName: 'Durand', firstName: 'Alix' };
      world.switchboard.changeName({ ticket: tickets[1] ?? '', ...name });
      await world.integrate();
      expect(await nameless('asked')).toEqual([]);
      const { barcode } = await ticketOf(world, tickets[1] ?? '');
      expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'valid' });
      expect(await door(tickets)).toEqual(['open', 'open']);
      await expectSameBooks(world);
    });
  });
});
