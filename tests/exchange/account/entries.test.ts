import { beforeAll, expect, it } from 'vitest';
import {
  enterAdjustment,
  enterCommissionInvoice,
  enterPayment,
} from '../../../src/exchange/account/enter-entry.ts';
import { setCeiling } from '../../../src/exchange/account/set-ceiling.ts';
import { openAccount } from '../../support/account-bench.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';

const OCTOBER = '2026-10-12T10:00:00.000Z';
const NOVEMBER = '2026-11-12T10:00:00.000Z';
const sale = (amountMinor: number, operationAt = NOVEMBER) => ({
  kind: 'sale' as const,
  amountMinor,
  operationAt,
});

describeEachDatabase('entries by hand', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  const bench = () => openAccount(test.database);

  it('a payment lowers what is owed, adjustments are as typed', async () => {
    const b = await bench();
    await b.book([sale(10_000)]);
    const paid = await enterPayment(b.services, b.entry({ amountMinor: 4000, document: 'P1' }));
    expect(paid).toMatchObject({ outcome: 'entered', balanceMinor: 6000, period: '2026-11' });
    const back = await enterPayment(b.services, b.entry({ amountMinor: -500, document: 'P2' }));
    expect(back).toMatchObject({ outcome: 'entered', balanceMinor: 6500 });
    const reason = 'Rounding of the year before';
    const adjusted = { amountMinor: -3, document: 'A1', reason };
    expect(await enterAdjustment(b.services, b.entry(adjusted))).toMatchObject({
      outcome: 'entered',
      balanceMinor: 6497,
    });
    expect(await b.balances()).toEqual({ kept: 6497, sum: 6497 });
    const journal = await b.query<{ action: string; author: string; reason: string | null }>(
      `select action, author, reason from journal where action like 'account.%' order by id`,
    );
    expect(journal).toEqual([
      { action: 'account.payment', author: 'Anne', reason: null },
      { action: 'account.payment', author: 'Anne', reason: null },
      { action: 'account.adjustment', author: 'Anne', reason },
    ]);
  });

  it('a document is entered once, also by two at the same time', async () => {
    const b = await bench();
    const request = b.entry({ amountMinor: 4000, document: ' P1 ' });
    const both = await Promise.all([
      enterPayment(b.services, request),
      enterPayment(b.services, request),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['entered', 'known']);
    expect(await b.balances()).toEqual({ kept: -4000, sum: -4000 });
    for (const change of [{ amountMinor: 4001 }, { day: '2026-11-06' }]) {
      expect(await enterPayment(b.services, { ...request, ...change })).toMatchObject({
        outcome: 'refused',
        code: 'account.document_differs',
        params: { document: 'P1', amount: 4000, author: 'Anne' },
      });
    }
    // Another kind of document may have the same number.
    const invoice = b.entry({ amountMinor: 100, document: 'P1' });
    expect(await enterCommissionInvoice(b.services, invoice)).toMatchObject({ outcome: 'entered' });
  });

  it('an invoice replaces the commission booked with the sales', async () => {
    const b = await bench();
    await b.book([
      sale(10_000, OCTOBER),
      { kind: 'commission', amountMinor: -1000, operationAt: OCTOBER, ticketId: 1 },
      sale(5000),
      { kind: 'commission', amountMinor: -500, operationAt: NOVEMBER, ticketId: 2 },
    ]);
    const invoiced = await enterCommissionInvoice(
      b.services,
      b.entry({ amountMinor: 1070, document: 'F1', forPeriod: '2026-10' }),
    );
    expect(invoiced).toMatchObject({
      entries: [
        { kind: 'commission_invoice', amountMinor: -1070 },
        { kind: 'commission', amountMinor: 1000 },
      ],
      balanceMinor: 13_500 - 70,
    });
    // November's, invoiced in two parts: together as much as was booked, so nothing changes.
    for (const [document, amountMinor] of [
      ['F2', 200],
      ['F3', 300],
    ] as const) {
      const part = b.entry({ amountMinor, document });
      expect(await enterCommissionInvoice(b.services, part)).toMatchObject({
        balanceMinor: 13_430,
      });
    }
    const again = b.entry({ amountMinor: 1070, document: 'F1' });
    expect(await enterCommissionInvoice(b.services, again)).toMatchObject({
      outcome: 'known',
      entries: expect.arrayContaining([{ kind: 'commission', amountMinor: 1000 }]),
    });
    // Where nothing was booked with the sales, an invoice lowers what is owed by all of it.
    const more = b.entry({ amountMinor: 700, document: 'F4' });
    expect(await enterCommissionInvoice(b.services, more)).toMatchObject({
      entries: [{ kind: 'commission_invoice', amountMinor: -700 }],
      balanceMinor: 12_730,
    });
    expect(await b.balances()).toEqual({ kept: 12_730, sum: 12_730 });
  });

  it('what says nothing is refused, with what is missing', async () => {
    const b = await bench();
    const code = async (change: object, enter = enterPayment) => {
      const result = await enter(b.services, b.entry(change));
      return result.outcome === 'refused' ? result.code : result.outcome;
    };
    expect(await code({ amountMinor: 0 })).toBe('account.amount_zero');
    expect(await code({ document: '  ' })).toBe('account.document_missing');
    expect(await code({ day: '2026-11-25' })).toBe('account.day_future');
    expect(await code({ reason: ' ' }, enterAdjustment)).toBe('account.reason_missing');
    expect(await b.query('select id from ledger_entry')).toEqual([]);
    // Today in the house is not yet over, although it is tomorrow in UTC.
    b.setNow('2026-11-24T23:30:00.000Z');
    expect(await code({ day: '2026-11-25' })).toBe('entered');
  });

  it('in a closed period it is refused, or booked late where that is said', async () => {
    const b = await bench();
    expect(await b.close('2026-09')).toMatchObject({ outcome: 'closed' });
    expect(await b.close('2026-10')).toMatchObject({ outcome: 'closed' });
    const october = b.entry({ day: '2026-10-31', document: 'P1' });
    expect(await enterPayment(b.services, october)).toEqual({
      outcome: 'refused',
      code: 'account.period_closed',
      params: { period: '2026-10', through: '2026-10', open: '2026-11' },
    });
    const late = await enterPayment(b.services, { ...october, late: true });
    expect(late).toMatchObject({ outcome: 'entered', period: '2026-11', late: true });
    expect(await b.query('select period, late, operation_at as at from ledger_entry')).toEqual([
      { period: '2026-11', late: true, at: '2026-10-30T23:00:00.000Z' },
    ]);
  });

  it('the ceiling is warned of at 80 and 100 per cent, again after a payment', async () => {
    const b = await bench();
    const { organisationId, accountId } = b;
    const ceiling = { organisationId, accountId, author: 'Anne', reason: null };
    await setCeiling(b.services, { ...ceiling, ceilingMinor: 10_000 });
    const crossed = async (amountMinor: number) => (await b.book([sale(amountMinor)])).crossed;
    expect(await crossed(7999)).toBeNull();
    expect(await crossed(1)).toBe(80);
    expect(await crossed(100)).toBeNull();
    expect(await crossed(-200)).toBeNull();
    expect(await crossed(200)).toBeNull();
    expect(await crossed(5000)).toBe(100);
    await enterPayment(b.services, b.entry({ amountMinor: 6000, document: 'P1' }));
    expect(
      await b.query(`select warned_percent as p from pending_account where code = 'FNAC'`),
    ).toEqual([{ p: 0 }]);
    expect(await crossed(900)).toBe(80);
    const raised = await setCeiling(b.services, { ...ceiling, ceilingMinor: 20_000 });
    expect(raised).toMatchObject({ beforeMinor: 10_000, ceilingMinor: 20_000, balanceMinor: 8000 });
    expect(await crossed(8000)).toBe(80);
    expect(await setCeiling(b.services, { ...ceiling, ceilingMinor: -1 })).toMatchObject({
      code: 'account.ceiling_negative',
    });
    await setCeiling(b.services, { ...ceiling, ceilingMinor: null });
    expect(await crossed(1_000_000)).toBeNull();
  });
});
