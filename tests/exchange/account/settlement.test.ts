import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { closePeriod } from '../../../src/exchange/account/close-period.ts';
import type { ComparedStatement } from '../../../src/exchange/account/compare-statement.ts';
import { compareStatement } from '../../../src/exchange/account/compare-statement.ts';
import { enterStatement } from '../../../src/exchange/account/enter-statement.ts';
import type { ImportResult } from '../../../src/exchange/account/import-statement.ts';
import { importStatement } from '../../../src/exchange/account/import-statement.ts';
import { readAccounts } from '../../../src/exchange/account/read-account.ts';
import { BooksWorld, placeOf, WORDS } from '../../support/books-world.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { fnacBooks } from '../../support/fnac-books.ts';

/** What the reseller sold, as its own bookkeeping would list it; amounts as it writes them. */
interface Stated {
  ticket: string;
  gross: string;
  commission: string;
}

describeEachDatabase('settling with a reseller', (open) => {
  let world: BooksWorld;
  const december: Stated[] = [];
  const january: Stated[] = [];

  const sold = (list: Stated[], at: string, seat: string, reduced = false): { ticket: string } => {
    const [ticket = ''] = world.sell({
      places: [placeOf('B', seat)],
      at,
      ...(reduced ? { tariff: WORDS.reduced } : {}),
    });
    list.push({ ticket, gross: reduced ? '30,00' : '40,00', commission: '1,80' });
    return { ticket };
  };
  const file = (lines: readonly Stated[]): Buffer =>
    Buffer.from(
      [
        'Relevé FNAC',
        'N° billet;Montant brut;Commission',
        ...lines.map((one) => `${one.ticket};${one.gross};${one.commission}`),
      ].join('\r\n'),
      'latin1',
    );
  const bring = (period: string, document: string, lines: Buffer): Promise<ImportResult> =>
    importStatement(world.services, {
      organisationId: world.organisationId,
      interfaceId: world.interfaceId,
      period,
      document,
      author: 'Anne',
      totals: null,
      file: lines,
    });
  const compare = async (period: string, clear = true): Promise<ComparedStatement> => {
    const result = await compareStatement(world.services, {
      organisationId: world.organisationId,
      interfaceId: world.interfaceId,
      period,
      clear,
    });
    if (result.outcome !== 'compared') throw new Error(result.outcome);
    return result;
  };
  const accountId = async (): Promise<number> =>
    (await world.query<{ id: number }>(`select id from pending_account where code = 'FNAC'`))[0]
      ?.id ?? 0;
  const account = async (period?: string) => {
    const request = { organisationId: world.organisationId, check: true };
    const views = await readAccounts(world.services, {
      ...request,
      ...(period === undefined ? {} : { period }),
    });
    const found = views.find(({ code }) => code === 'FNAC');
    if (found === undefined) throw new Error('The small house has this account.');
    return found;
  };

  beforeAll(async () => {
    const test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
  });
  afterAll(() => world.close());

  it('the statement of a month equals the ledger to the cent', async () => {
    sold(december, '2026-12-03T10:00:00', '1');
    sold(december, '2026-12-31T23:30:00', '2', true);
    const { ticket: ended } = sold(december, '2026-12-05T11:00:00', '3');
    world.switchboard.cancel({ ticket: ended, at: '2026-12-06T09:00:00' });
    december.push({ ticket: ended, gross: '-40,00', commission: '-1,80' });
    const { ticket: inPart } = sold(december, '2026-12-07T11:00:00', '4');
    world.switchboard.refund({ ticket: inPart, amount: '10.00', at: '2027-01-02T09:00:00' });
    january.push({ ticket: inPart, gross: '-10,00', commission: '0' });
    sold(january, '2027-01-01T00:30:00', '5');
    await world.integrate();

    expect(await bring('2026-12', 'R-12', file(december))).toMatchObject({
      outcome: 'entered',
      lines: 5,
      tickets: 4,
      grossMinor: 11_000,
      commissionMinor: 540,
    });
    expect(await bring('2026-12', 'R-12', file(december))).toMatchObject({ outcome: 'known' });
    const other = await bring('2026-12', 'R-12', file(december.slice(1)));
    expect(other).toMatchObject({ outcome: 'refused', code: 'account.statement_differs' });

    const looked = await compare('2026-12', false);
    expect(looked).toMatchObject({ differences: [], newlyCleared: 0, openLines: 0 });
    const compared = await compare('2026-12');
    expect(compared).toMatchObject({ differences: [], newlyCleared: 5, openLines: 0 });
    expect(compared.ours).toEqual({ grossMinor: 11_000, commissionMinor: 540, tickets: 4 });
    expect(compared.theirs).toEqual(compared.ours);
    expect(await compare('2026-12')).toMatchObject({ newlyCleared: 0 });
    await bring('2027-01', 'R-01', file(january));
    expect(await compare('2027-01')).toMatchObject({ differences: [], newlyCleared: 2 });
  });

  it('a late sale goes to the open month and agrees where it was made', async () => {
    const closed = await closePeriod(world.services, {
      organisationId: world.organisationId,
      accountId: await accountId(),
      period: '2026-12',
      author: 'Anne',
      reason: null,
    });
    expect(closed).toMatchObject({ outcome: 'closed', warnings: [] });
    const late: Stated[] = [];
    sold(late, '2026-12-20T15:00:00', '6');
    const unstated: Stated[] = [];
    const { ticket: missing } = sold(unstated, '2026-12-21T15:00:00', '7');
    await world.integrate();
    await bring('2026-12', 'R-12b', file(late));
    const compared = await compare('2026-12');
    expect(compared.newlyCleared).toBe(1);
    expect(compared.differences).toMatchObject([
      { ticket: missing, cause: 'late_entry', bookedIn: '2027-01', theirs: null },
    ]);
    const view = await account('2027-01');
    expect(view.detail?.late).toEqual({ entries: 4, amountMinor: 2 * (4000 - 180) });
    expect(view.detail?.lateEntries.map((one) => [one.ticket, one.operationAt])).toEqual([
      [late[0]?.ticket, '2026-12-20T14:00:00.000Z'],
      [late[0]?.ticket, '2026-12-20T14:00:00.000Z'],
      [missing, '2026-12-21T14:00:00.000Z'],
      [missing, '2026-12-21T14:00:00.000Z'],
    ]);
    expect(view.periods.map(({ period, closed: isClosed }) => [period, isClosed])).toEqual([
      ['2026-12', true],
      ['2027-01', false],
    ]);
    expect(view.ledgerMinor).toBe(view.balanceMinor);
  });

  it('differences have their cause: an open case, a test, another month, nowhere', async () => {
    const { ticket: dear } = { ticket: world.sellSeat('C', '1', { price: '41.00' }) };
    const test = world.sellSeat('C', '2', { test: true });
    const unstated = world.sellSeat('C', '3');
    await world.integrate();
    const [first] = december;
    const more: Stated[] = [
      { ticket: dear, gross: '41,00', commission: '1,80' },
      { ticket: test, gross: '40,00', commission: '1,80' },
      { ticket: '999999', gross: '40,00', commission: '1,80' },
      { ticket: first?.ticket ?? '', gross: '40,00', commission: '1,80' },
    ];
    await bring('2027-01', 'R-01b', file(more));
    const compared = await compare('2027-01');
    const causes = compared.differences.map((one) => [one.ticket, one.cause]);
    expect(new Map(causes as [string, string][])).toEqual(
      new Map([
        [dear, 'open_case'],
        [test, 'test'],
        ['999999', 'missing_here'],
        [first?.ticket, 'other_period'],
        [unstated, 'missing_there'],
      ]),
    );
    expect((await account()).waiting).toMatchObject([
      { kind: 'sale', cases: 1, amountMinor: 4100 },
    ]);
    const warned = await closePeriod(world.services, {
      organisationId: world.organisationId,
      accountId: await accountId(),
      period: '2027-01',
      author: 'Anne',
      reason: null,
      evenRunning: true,
    });
    expect(warned).toMatchObject({
      outcome: 'warned',
      warnings: [
        { code: 'account.open_cases', params: { interface: 'FNAC', cases: 1 } },
        { code: 'account.integration_old' },
      ],
    });
  });

  it('VAT is contained in the gross, and that of a refund in part follows the ticket', async () => {
    const { detail: december26 } = await account('2026-12');
    // 40, 30 and 40 at 5.5 %: 2.085 → 2.09, 1.56, 2.09; one was given back whole.
    expect(december26?.vat).toEqual([
      { rateHundredths: 550, grossMinor: 11_000, vatMinor: 209 + 156 + 209 },
    ]);
    // Of 40 were 30 left: 2.09 became 1.56, and a sale of 40, two late ones, one more.
    const { detail } = await account('2027-01');
    expect(detail?.vatMinor).toBe(156 - 209 + 4 * 209);
    // 1.80 at 20 %: 0.30.
    expect(december26?.commissionVatMinor).toBe(3 * 30);
  });

  it('a statement by performance, or of totals only, is compared as such', async () => {
    world.switchboard.sell({
      product: WORDS.event,
      start: WORDS.second,
      places: [placeOf('A', '5'), placeOf('A', '6')],
      tariff: WORDS.full,
      at: '2026-11-02T10:00:00',
    });
    world.switchboard.sell({
      product: WORDS.undated,
      count: 1,
      tariff: WORDS.full,
      category: WORDS.pass,
      at: '2026-11-03T10:00:00',
    });
    await world.integrate();
    const lines = [
      'Manifestation,Date,Brut,Commission',
      `${WORDS.event},02/02/2027 20:00,80.00,3.60`,
    ];
    await bring('2026-11', 'P-11', Buffer.from(lines.join('\n')));
    const { differences, newlyCleared } = await compare('2026-11');
    expect(newlyCleared).toBe(1);
    expect(differences).toMatchObject([{ by: 'ticket', cause: 'late_entry', performance: null }]);
    const bad = Buffer.from('Séance;Brut\nSHOW/P9;10\nSHOW/P1;1.234\n;5\nSHOW/P2;10,5');
    expect(await bring('2026-11', 'P-12', bad)).toEqual({
      outcome: 'faulty',
      faults: [
        { line: 2, code: 'statement.performance', params: { value: 'SHOW/P9' } },
        { line: 3, code: 'statement.amount', params: { value: '1.234' } },
        { line: 4, code: 'statement.neither', params: {} },
      ],
    });
    const typed = {
      organisationId: world.organisationId,
      interfaceId: world.interfaceId,
      period: '2026-10',
      author: 'Anne',
      lines: [],
    };
    const wrong = { grossMinor: 100, commissionMinor: 10, tickets: 1 };
    const totals = { ...typed, document: 'T-10', totals: wrong };
    expect(await enterStatement(world.services, totals)).toMatchObject({ outcome: 'entered' });
    expect((await compare('2026-10')).differences).toMatchObject([
      { by: 'total', ours: { grossMinor: 0 }, theirs: { grossMinor: 100 }, cause: 'amount' },
    ]);
    // A correction of the whole takes its place; of one that is not there it cannot.
    const right = { grossMinor: 0, commissionMinor: 0, tickets: 0 };
    const corrected = { ...typed, document: 'T-10b', totals: right };
    expect(await enterStatement(world.services, { ...corrected, replaces: 'T-9' })).toMatchObject({
      outcome: 'refused',
      code: 'account.statement_unknown',
    });
    await enterStatement(world.services, { ...corrected, replaces: 'T-10' });
    const after = await compare('2026-10');
    expect(after.differences).toEqual([]);
    expect(after.statements.map(({ document }) => document)).toEqual(['T-10b']);
  });
});
