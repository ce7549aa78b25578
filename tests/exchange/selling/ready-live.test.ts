import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  enterAdjustment,
  enterCommissionInvoice,
  enterPayment,
} from '../../../src/exchange/account/enter-entry.ts';
import { readAccounts } from '../../../src/exchange/account/read-account.ts';
import type { ExportLine } from '../../../src/exchange/selling/account-export.ts';
import {
  csvHeading,
  csvLines,
  exportAccounts,
  exportWorkbook,
} from '../../../src/exchange/selling/account-export.ts';
import { checkReady } from '../../../src/exchange/selling/check-ready.ts';
import { markStep, readProgress } from '../../../src/exchange/selling/sale-steps.ts';
import { readTestModes, setTestMode } from '../../../src/exchange/test-tickets/test-modes.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { smallHouse } from '../../support/houses.ts';
import type { Reseller } from '../../support/reseller-trio.ts';
import { ResellerTrio } from '../../support/reseller-trio.ts';

const P1 = '2027-02-01T20:00';
const P2 = '2027-02-02T20:00';
const ZONE = { block: 'LIBRE', category: '30' };

/** The tests of one house follow one another: from the first export to the accountants. */
describeEachDatabase('ready to sell, for real', (open) => {
  let test: TestDatabase;
  let trio: ResellerTrio;
  let fnac: Reseller;
  let show: number;
  let now = new Date('2027-01-10T09:00:00.000Z');
  beforeAll(async () => {
    test = await open();
    trio = await ResellerTrio.open(test.database, {
      codes: ['FNAC'],
      clock: () => now,
      loadedAt: now,
      seed: 7,
      house: (settings) => {
        const { account = '', config = {}, secrets = {} } = settings.get('FNAC') ?? {};
        const house = smallHouse({ opens: '2027-01-12T10:00', config, secrets });
        const [one] = house.interfaces ?? [];
        if (one !== undefined) one.account = account;
        return house;
      },
    });
    fnac = trio.resellers[0] as Reseller;
    show = await trio.house.idOf('product', 'SHOW');
    fnac.simulator.switchboard.setProduct({
      code: 'MSHOW',
      performances: [P1, P2].map((start) => ({ start, hall: 'GRANDE' })),
      prices: { '10': { '0': '40.00', '6': '30.00' }, '30': { '0': '20.00', '6': '10.00' } },
    });
  });
  afterAll(() => trio.close());

  const where = () => ({ organisationId: trio.organisationId, interfaceId: fnac.interfaceId });
  const services = () => trio.services;
  const findings = async () => {
    const { interfaceId, organisationId } = where();
    const request = { organisationId, interfaceIds: [interfaceId], productIds: [show] };
    const [answer] = await checkReady(services(), request);
    return (answer?.lines ?? [])
      .filter(({ level }) => level === 'missing')
      .map(({ code, performances }) => `${performances.join(' ')} ${code}`);
  };
  const steps = async () =>
    (await readProgress(services(), { ...where(), productIds: [show] }))
      .flatMap((one) => one.steps)
      .map(({ doneBy, step }) => `${step} ${doneBy}`);
  const execute = (sql: string) =>
    test.database.transaction(trio.organisationId, (tx) => tx.execute(sql));

  it('what is told to be missing makes an export stop short, and then it does not', async () => {
    await execute(`update mapping set ours = 'HALL/ORCH/Z' where ours = 'HALL/ORCH/A'`);
    await execute('update organisation set catalogue_version = catalogue_version + 1');
    expect(await findings()).toEqual(['SHOW/P1 SHOW/P2 mapping.block']);
    const stopped = await trio.export(fnac);
    expect(stopped.counts.exported).toBe(2 * 20);
    await execute(`update mapping set ours = 'HALL/ORCH/A' where ours = 'HALL/ORCH/Z'`);
    await execute('update organisation set catalogue_version = catalogue_version + 1');
    expect(await findings()).toEqual([]);
    const whole = await trio.export(fnac);
    expect(whole.counts.exported).toBe(2 * 26);
    expect(await steps()).toEqual(['seats_sent parterre']);
  });

  it('a living test hinders the opening, which then ends test mode', async () => {
    const { organisationId, interfaceId } = where();
    const of = { productId: show, ticket: null };
    const by = { organisationId, interfaceId, author: 'Anne', reason: null };
    await setTestMode(services(), { ...by, of, on: true });
    const sold = { product: 'MSHOW', start: P1, count: 1, ...ZONE, tariff: '0' };
    const [ticket = ''] = fnac.simulator.switchboard.sell(sold).tickets;
    await trio.integrate(fnac);
    expect(await findings()).toEqual(['SHOW/P1 tests.living']);
    const opening = { ...by, productId: show, step: 'open' as const, done: true };
    const refused = await markStep(services(), opening);
    expect(refused).toMatchObject({ outcome: 'tests_living', tests: [{ number: ticket }] });
    expect(await steps()).toEqual(['seats_sent parterre']);
    fnac.simulator.switchboard.cancel({ ticket });
    await trio.integrate(fnac);
    expect(await findings()).toEqual([]);
    expect(await markStep(services(), opening)).toEqual({
      outcome: 'changed',
      testModeEnded: true,
    });
    expect((await steps()).sort()).toEqual([
      'open Anne',
      'seats_sent parterre',
      'test_tickets parterre',
    ]);
    const [mode] = await readTestModes(services(), where());
    expect(mode?.endedBy).toBe('Anne');
    expect(await markStep(services(), opening)).toMatchObject({ outcome: 'unchanged' });
    const undone = await markStep(services(), { ...opening, done: false });
    expect(undone).toMatchObject({ outcome: 'changed' });
    expect(await steps()).not.toContain('open Anne');
  });

  it('a price told to be missing stops the sale; entered, it is sold', async () => {
    now = new Date('2027-01-13T09:00:00.000Z');
    await execute(
      `update price set amount_minor = amount_minor, valid_from = '2030-01-01T00:00:00Z'
       where product_id = ${show}
         and tariff_id = (select id from tariff where code = 'REDUCED')
         and seat_category_id = (select id from seat_category where code = 'PIT')`,
    );
    await execute('update organisation set catalogue_version = catalogue_version + 1');
    expect(await findings()).toEqual(['SHOW/P1 SHOW/P2 price.missing']);
    const sold = { product: 'MSHOW', start: P2, count: 1, ...ZONE, tariff: '6' };
    fnac.simulator.switchboard.sell(sold);
    await trio.integrate(fnac);
    expect(await findings()).toEqual(['SHOW/P2 cases.open', 'SHOW/P1 SHOW/P2 price.missing']);
    await execute(`update price set valid_from = '1970-01-01' where valid_from > '2029-01-01'`);
    await execute('update organisation set catalogue_version = catalogue_version + 1');
    await trio.replay(fnac);
    expect(await findings()).toEqual([]);
  });

  it('the export for accounting adds up to the ledger', async () => {
    const { switchboard } = fnac.simulator;
    const sell = (start: string, tariff: string, count: number) =>
      switchboard.sell({ product: 'MSHOW', start, count, ...ZONE, tariff }).tickets;
    const [ticket = ''] = sell(P1, '0', 3);
    await trio.integrate(fnac);
    now = new Date('2027-01-14T09:00:00.000Z');
    switchboard.cancel({ ticket });
    await trio.integrate(fnac);
    const accountId = await trio.house.idOf('pending_account', 'FNAC');
    const { organisationId } = where();
    const base = { organisationId, accountId, day: '2027-01-13', author: 'Anne' };
    const enter = { ...base, reason: 'agreed' };
    await enterPayment(services(), { ...enter, amountMinor: 2500, document: '=PAY()' });
    await enterCommissionInvoice(services(), { ...enter, amountMinor: 540, document: 'INV-1' });
    await enterAdjustment(services(), { ...enter, amountMinor: -100, document: 'ADJ-1' });
    const request = { organisationId, period: '2027-01' };
    const lines: ExportLine[] = [];
    await exportAccounts(services(), request, (page) => {
      lines.push(...page);
    });
    const [account] = (await readAccounts(services(), { ...request, check: true })).filter(
      ({ code }) => code === 'FNAC',
    );
    const detail = account?.detail;
    const sum = (column: 'gross' | 'commission' | 'net' | 'vat' | 'commission_vat' | 'amount') =>
      lines.reduce((total, { values }) => {
        const value = values[column];
        return total + (value !== null && typeof value === 'object' ? value.minor : 0);
      }, 0);
    // Three at 20.00 less one given back, and one at 10.00 of the other date.
    expect(sum('gross')).toBe(3 * 2000 - 2000 + 1000);
    expect(sum('gross')).toBe(detail?.grossMinor);
    expect(sum('commission')).toBe(3 * 180);
    expect(sum('net')).toBe(detail?.netMinor);
    expect(sum('vat')).toBe(detail?.vatMinor);
    expect(sum('commission_vat')).toBe(detail?.commissionVatMinor);
    expect(sum('amount')).toBe(account?.ledgerMinor);
    const tickets = lines.filter(({ values }) => values.kind === 'tickets');
    expect(tickets.map(({ values }) => `${values.interface} ${values.performance}`)).toEqual([
      'FNAC P1',
      'FNAC P2',
    ]);
    expect(tickets.map(({ values }) => values.vat_rate)).toEqual(['5.5', '5.5']);
    const documents = lines.filter(({ values }) => values.document !== null);
    expect(documents.map(({ values }) => `${values.kind} ${values.document}`)).toEqual([
      'payment =PAY()',
      'commission_booked_before INV-1',
      'commission_invoice INV-1',
      'adjustment ADJ-1',
    ]);
    // Written as text, in either file; amounts with a point.
    const csv = csvHeading() + csvLines(lines);
    expect(csv).toContain(";'=PAY();2027-01-13;");
    expect(csv).toContain(';-25.00;EUR\r\n');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(lines.length + 1);
    const sheet = await readSheet(await exportWorkbook(lines));
    expect(sheet).toHaveLength(lines.length + 1);
    expect(sheet.at(3)?.[7]).toBe('=PAY()');
    expect(sheet.at(3)?.[16]).toBe(-25);
  });
});
