import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CliIo } from '../../src/main/cli/command.ts';
import { createIo } from '../../src/main/cli/command.ts';
import { readerOf } from '../../src/main/cli/reader.ts';
import { runCli } from '../../src/main/cli.ts';
import { readOrganisation } from '../../src/store/interface-store.ts';
import type { AccountBench } from '../support/account-bench.ts';
import { openAccount } from '../support/account-bench.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { createTestServices } from '../support/exchange-services.ts';

const NOW = '2026-11-24T10:00:00.000Z';

describeEachDatabase('parterre account', (open) => {
  let test: TestDatabase;
  let bench: AccountBench;
  const folder = mkdtempSync(join(tmpdir(), 'parterre-account-'));
  beforeAll(async () => {
    test = await open();
  });
  beforeEach(async () => {
    bench = await openAccount(test.database, NOW);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a command line; spaces that languages do not break at are shown as plain ones. */
  async function parterre(line: string, language = 'en') {
    const out: string[] = [];
    const err: string[] = [];
    const { database } = test;
    const services = createTestServices({ database, channels: [], now: () => new Date(NOW) });
    const organisation = await database.transaction(bench.organisationId, readOrganisation);
    const streams = {
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
      env: {},
      signal: new AbortController().signal,
    };
    const io: CliIo = {
      ...createIo(streams),
      open: async ({ language: asked }) => ({
        services,
        organisation,
        reader: readerOf(organisation, asked ?? language),
        author: 'Ada',
        close: async () => undefined,
      }),
    };
    const words = line.split(' ').filter(Boolean);
    const code = await runCli(['account', ...words.map((word) => word.replaceAll('_', ' '))], io);
    const plain = (lines: string[]) => lines.join('\n').replaceAll(/[\u00a0\u202f]/g, ' ');
    return { code, out: plain(out), err: plain(err) };
  }

  it('enters, shows and closes, in the reader’s own way of writing money', async () => {
    await bench.book([
      { kind: 'sale', amountMinor: 123_450, operationAt: '2026-10-12T10:00:00.000Z' },
      { kind: 'refund', amountMinor: -3_450, operationAt: '2026-11-02T10:00:00.000Z' },
    ]);
    expect(await parterre('ceiling 2.000,00 --account FNAC', 'de')).toEqual({
      code: 0,
      out: 'Die Obergrenze von FNAC ist jetzt 2.000,00 €, sie war keine; 1.200,00 € geschuldet.',
      err: '',
    });
    const paid = await parterre('enter payment 1_000,50 --document V-1 --account FNAC', 'fr');
    expect(paid).toEqual({
      code: 0,
      out: 'paiement V-1, 1 000,50 € : FNAC doit maintenant 199,50 €.',
      err: '',
    });
    const again = 'enter payment 1000.50 --document V-1 --account FNAC';
    expect(await parterre(again)).toMatchObject({
      code: 0,
      out: 'V-1 is entered already. Nothing was written.',
    });
    const warned = await parterre('close 2026-10 --account FNAC');
    expect(warned.code).toBe(1);
    expect(warned.out.split('\n')).toEqual([
      '! FNAC: no good integration yet.',
      'Nothing was closed. See to this first, or close with --despite-warnings.',
    ]);
    const closed = await parterre('close 2026-10 --account FNAC --despite-warnings');
    expect(closed.code).toBe(0);
    expect(
      await parterre('enter invoice 10 --document F-1 --on 2026-10-31 --account FNAC'),
    ).toEqual({
      code: 1,
      out: '',
      err:
        '2026-10 is closed (all through 2026-10). Enter it late, with its day kept: --late books ' +
        'it in 2026-11.',
    });
    const shown = await parterre('show FNAC --period 2026-11 --check');
    expect(shown.code).toBe(0);
    expect(shown.out.split('\n')).toEqual([
      'FNAC (FNAC): €199.50 owed, 9 % of the ceiling of €2,000.00.',
      '  The ledger adds up to €199.50, as the balance says.',
      '  FNAC (FNAC): no good integration yet.',
      '  Closed through 2026-10 (Ada, 24/11/2026).',
      '',
      'month          gross  commission        net  invoiced       paid  adjusted       owed',
      '2026-10 ■  €1,234.50       €0.00  €1,234.50     €0.00      €0.00     €0.00  €1,234.50',
      '2026-11      -€34.50       €0.00    -€34.50     €0.00  €1,000.50     €0.00    €199.50',
      '',
      '2026-11: sold €0.00, given back -€34.50, gross -€34.50.',
      'Commission €0.00 (VAT in it €0.00), net -€34.50.',
    ]);
  });

  it('a balance that is not the sum of the ledger is told, and the exit code says so', async () => {
    await bench.book([{ kind: 'sale', amountMinor: 500, operationAt: '2026-11-12T10:00:00.000Z' }]);
    await bench.execute('update pending_account set balance_minor = 501 where balance_minor = 500');
    const shown = await parterre('show FNAC --check');
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('adds up to €5.00, but the balance says €5.01');
  });

  it('what cannot be read or done is refused, with what to do', async () => {
    const told = async (line: string) => {
      const { code, err } = await parterre(line);
      return [code, err.split('\n')[0]];
    };
    const enter = 'enter payment --account FNAC --document P1';
    expect(await told(`${enter} --amount=1.234`)).toEqual([
      2,
      'parterre account: "1.234" is no amount. Write it as 1234.50.',
    ]);
    expect(await told('enter payment 10 --account FNAC')).toEqual([
      1,
      'The number of the document is missing: --document NUMBER.',
    ]);
    expect(await told('enter adjustment --amount=-3 --account FNAC --document A')).toEqual([
      1,
      'Nothing else explains an adjustment. Say why: --reason TEXT.',
    ]);
    expect(await told('enter payment 10 --account NONE --document P')).toEqual([
      2,
      'parterre account: There is no pending account NONE, only FNAC, OTHER.',
    ]);
    expect(await told('close 2026-13 --account FNAC')).toEqual([
      2,
      'parterre account: "2026-13" is no month. Write it as 2026-11.',
    ]);
    expect(await told('close 2026-11 --account FNAC')).toEqual([
      1,
      '2026-11 still runs: its sales are still to come. Wait for its end, or say --even-running.',
    ]);
    const day = await parterre(`${enter} 5 --on 2026-02-30`);
    expect([day.code, day.err.split('\n')[0]]).toEqual([
      2,
      'parterre account: "2026-02-30" is no day. Write it as 2026-11-24.',
    ]);
  });

  it('a statement is brought, compared and listed', async () => {
    const file = join(folder, 'statement.csv');
    writeFileSync(file, 'Ticket;Gross;Commission\n77;40,00;4,00\n');
    const of = '--period 2026-10 --document R1';
    expect((await parterre(`statement compare --period 2026-10`)).code).toBe(1);
    expect(await parterre(`statement import ${file} ${of} --gross 41`)).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^The lines add up to €40.00, not to €41.00\. /),
    });
    expect(await parterre(`statement import ${file} ${of}`)).toMatchObject({ code: 0 });
    const compared = await parterre('statement compare --period 2026-10');
    expect(compared.code).toBe(1);
    expect(compared.out.split('\n')).toEqual([
      'ours: gross €0.00, commission €0.00, net €0.00, tickets 0',
      'theirs: gross €40.00, commission €4.00, net €36.00, tickets 1',
      'Differences: 1',
      '  ticket 77: ours –, theirs €40.00 / €4.00: missing here',
      '0 lines cleared now, 1 without agreement.',
    ]);
    const listed = JSON.parse((await parterre('statement list --json')).out);
    expect(listed).toMatchObject([{ document: 'R1', period: '2026-10', lines: 1, cleared: 0 }]);
    writeFileSync(file, 'Ticket;Gross\n78;forty\n');
    const bad = await parterre(`statement import ${file} --period 2026-10 --document R2`);
    expect(bad.err.split('\n')).toEqual([
      'line 2: "forty" is no amount that can be read in one way.',
      'Nothing of the file was kept.',
    ]);
  });
});
