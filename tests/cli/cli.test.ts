import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningSimulator } from '../../src/channels/contract/switchboard.ts';
import { fnacAddresses, startFnacSimulator } from '../../src/channels/fnac/simulator/simulator.ts';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';
import { createSecretBox } from '../../src/store/secrets.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

const NOW = new Date('2027-01-10T09:00:00Z');
const SECRET = 'a long enough secret for tests';
const PASSWORD = 'mot-de-passe-fnac';

describeEachDatabase('the command', (open, kind) => {
  let test: TestDatabase;
  let simulator: RunningSimulator;
  let env: Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), 'parterre-cli-'));

  beforeAll(async () => {
    test = await open();
    const account = { user: 'maison', password: PASSWORD };
    simulator = await startFnacSimulator({
      port: 0,
      folder: join(folder, 'fnac'),
      clock: () => NOW,
      users: { contingent: account, access: account },
      managerCode: 'TST',
    });
    const addresses = fnacAddresses(simulator.url);
    const house = smallHouse({
      config: {
        mainUrl: 'NA',
        salesUrl: addresses.EtatVentes,
        contingentUrl: addresses.Contingentement,
        contingentUser: 'maison',
        prepareUrl: addresses.PrepareCtrlAcces,
        getAccessUrl: addresses.GetCtrlAcces,
        accessUser: 'maison',
        managerCode: 'TST',
      },
      secrets: { contingentPassword: PASSWORD, accessPassword: PASSWORD },
    });
    const secrets = createSecretBox({ env: { PARTERRE_SECRET: SECRET }, dataFolder: folder });
    await seedHouse(test.database, house, { now: NOW, secrets });
    const [show] = (house.performances ?? []).filter((one) => one.product === 'SHOW');
    simulator.switchboard.setProduct({
      code: 'MSHOW',
      performances: [{ start: show?.start ?? '', hall: 'GRANDE' }],
      prices: { 10: { 0: '40.00', 44: '40.00', 6: '30.00' }, 30: { 0: '20.00' } },
    });
    const place: Record<string, string> =
      'url' in test.options && test.options.url
        ? { DATABASE_URL: test.options.url }
        : { PARTERRE_DATA: test.options.dataFolder ?? '' };
    env = {
      ...place,
      PARTERRE_SECRET: SECRET,
      PARTERRE_ALLOW_HOSTS: `127.0.0.1:${simulator.port}`,
    };
  });

  afterAll(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function parterre(
    line: string,
    change: Record<string, string> = {},
  ): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = createIo({
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env: { ...env, ...change },
      signal: new AbortController().signal,
      clock: () => NOW,
    });
    const code = await runCli(line.split(' ').filter(Boolean), io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  async function json<T>(line: string): Promise<T> {
    const { out } = await parterre(`${line} --json`);
    expect(out.split('\n')).toHaveLength(1);
    return JSON.parse(out) as T;
  }

  it('tells how it is called', async () => {
    const help = await parterre('help');
    expect(help.code).toBe(0);
    for (const name of ['export', 'take-back', 'integrate', 'runs', 'access', 'doctor']) {
      expect(help.out).toContain(`parterre ${name}`);
    }
    const unknown = await parterre('exprot');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('there is no command "exprot"');
    expect(unknown.err).toContain('  export');
    const wrong = await parterre('integrate --interface FNAC --fro');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('parterre integrate --interface CODE');
    expect((await parterre('replay --interface FNAC --count 3')).code).toBe(2);
    expect((await parterre('take-back --interface FNAC')).code).toBe(2);
    const nobody = await parterre('integrate --interface FNOC');
    expect([nobody.code, nobody.err.split('\n')[0]]).toEqual([
      2,
      "parterre integrate: Il n'y a pas d'interface FNOC, seulement FNAC.",
    ]);
  });

  it('tells a wrong password, an unreachable host and a good connection apart', async () => {
    const good = await parterre('interfaces test FNAC');
    expect(good.out).toContain('EtatVentes\u00a0: la connexion fonctionne.');
    expect(good.code).toBe(0);
    simulator.switchboard.failNext({ service: 'EtatVentes', failure: 'unauthorized' });
    const wrong = await parterre('interfaces test FNAC --language en');
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('FNAC refuses the login or the password');
    expect(wrong.out).toContain('Camille Martin (+33 1 00 00 00 00, camille@example.org)');
    expect(wrong.out).toContain('\n      parterre interfaces test FNAC');
    expect((await parterre('interfaces list')).out).toMatch(/^FNAC {2}.* {2}fnac TST {2}visible$/);
    const away = await parterre('interfaces test FNAC --json', { PARTERRE_ALLOW_HOSTS: '' });
    expect(away.code).toBe(1);
    expect(JSON.parse(away.out)).toMatchObject({
      state: 'error',
      checks: [{ outcome: 'unreachable', code: 'external.address_refused' }, {}, {}, {}],
      lines: [{ remedy: expect.stringContaining('PARTERRE_ALLOW_HOSTS') }, {}, {}, {}],
    });
  });

  it('hands over, brings home, and lets the sold code in', async () => {
    const exported = await json<{ state: string; counts: Record<string, number> }>(
      'export --interface FNAC --performance SHOW/P1',
    );
    expect(exported.counts.exported).toBeGreaterThan(0);
    const sold = simulator.switchboard.sell({
      product: 'MSHOW',
      start: simulator.switchboard.state().stock[0]?.start ?? null,
      count: 1,
      block: 'ORCA',
      category: '10',
      tariff: '0',
    });
    const [number] = sold.tickets;
    const ticket = simulator.switchboard
      .state({ tickets: true })
      .tickets.find((one) => one.ticket === number);
    const code = ticket?.barcode ?? '';
    const before = await parterre(`access check ${code}`);
    expect([before.code, before.out]).toEqual([1, `${code}: Code inconnu`]);
    const integrated = await json<{ state: string; counts: object; lines: object[] }>(
      'integrate --interface FNAC',
    );
    expect(integrated).toMatchObject({ state: 'ok', counts: { integrated: 1 } });
    expect(await json(`access check ${code} --performance SHOW/P1`)).toEqual({
      code,
      answer: 'open',
      provisional: false,
      reason: null,
      detail: null,
      text: 'Entrez',
    });
    expect(await json(`access check ${code} --performance SHOW/P2`)).toMatchObject({
      answer: 'refused',
      reason: 'other_performance',
    });
  });

  it('tells a case with why and what to do, and lets it in all the same', async () => {
    const { tickets } = simulator.switchboard.sell({
      product: 'MSHOW',
      start: simulator.switchboard.state().stock[0]?.start ?? null,
      count: 1,
      block: 'ORCA',
      category: '10',
      tariff: '0',
      price: '35.00',
    });
    const ticket = simulator.switchboard
      .state({ tickets: true })
      .tickets.find((one) => one.ticket === tickets[0]);
    const integrated = await parterre('integrate --interface FNAC');
    expect(integrated.code).toBe(1);
    const lines = integrated.out.replaceAll(/[\u00a0\u202f]/g, ' ').split('\n');
    expect(lines[1]).toBe('✗ [métier] Le prix diffère : 35,00 € au lieu de 40,00 €');
    expect(lines[2]).toContain(`billet ${ticket?.ticket}`);
    expect(lines[4]).toContain("→ Acceptez l'écart");
    expect(await json(`access check ${ticket?.barcode}`)).toMatchObject({
      answer: 'open',
      provisional: true,
      detail: 'price.differs',
    });
    const again = await parterre('replay --interface FNAC --language de');
    expect(again.code).toBe(0);
    expect(again.out).toContain('Wiederaufnahme der Fälle');
  });

  it('brings the list of a performance', async () => {
    const prepared = await json<{ counts: object }>(
      'prepare-access --interface FNAC --performance SHOW/P1',
    );
    expect(prepared).toMatchObject({ state: 'ok', counts: { prepared: 1 } });
    for (let times = 0; times < 5; times += 1) {
      const fetched = await json<{ counts: { codes?: number } }>('fetch-access --interface FNAC');
      if (fetched.counts.codes === undefined) continue;
      expect(fetched.counts.codes).toBe(2);
      return;
    }
    expect.unreachable('the list was never ready');
  });

  it('shows the log: run, lines, wire calls', async () => {
    const runs = await json<{ number: number; function: string; state: string }[]>('runs');
    expect(runs[0]?.function).toBe('fetch_access');
    const integrated = runs.find((run) => run.function === 'integrate');
    const shown = await json<{ lines: object[]; wireCalls: { operation: string }[] }>(
      `runs show ${integrated?.number} --bodies`,
    );
    expect(shown.wireCalls[0]).toMatchObject({
      operation: 'etatVentes',
      status: 200,
      outcome: 'ok',
    });
    expect(JSON.stringify(shown)).not.toContain(PASSWORD);
    expect(await json('runs list --state error --function test_connection')).toHaveLength(2);
    const text = await parterre('runs list --limit 1');
    expect(text.out).toContain("récupération du contrôle d'accès");
    const [line] = (await parterre('runs list --function integrate --limit 1')).out.split('\n');
    expect(line?.trim()).toMatch(
      /^\d+ {2}10\/01\/2027 10:00 {2}FNAC {2}intégration des ventes {2}en erreur {2,}1 message lu/,
    );
    expect((await parterre('runs list --limit 1 --language en')).out).toContain('fetching access');
    const none = await parterre('runs show 99999');
    expect([none.code, none.err]).toEqual([
      1,
      "parterre runs: Il n'y a pas d'exécution 99999. Voyez parterre runs list.",
    ]);
  });

  it('forgets recorded calls, not the runs', async () => {
    expect(await json('runs prune --days 1')).toEqual({ forgotten: 0 });
    const runs = await json<object[]>('runs');
    const { forgotten } = await json<{ forgotten: number }>('runs prune --days 0');
    // Those of this very instant are not older than it.
    expect(forgotten).toBe(0);
    await test.database.administration((tx) =>
      tx.execute(`update wire_call set started_at = '2026-12-01T00:00:00Z'`),
    );
    expect((await json<{ forgotten: number }>('runs prune --days 30')).forgotten).toBeGreaterThan(
      4,
    );
    expect(await json<object[]>('runs')).toEqual(runs);
  });

  it('examines itself', async () => {
    const well = await parterre('doctor');
    expect(well.out).toContain('interface TEST/FNAC: fnac, visible');
    const other = await parterre('doctor', { PARTERRE_SECRET: 'another long secret text' });
    expect(other.code).toBe(1);
    expect(other.out).toContain('ILL  interface TEST/FNAC: The secrets of an interface cannot');
    expect(other.out).toContain('→ Start with the PARTERRE_SECRET');
    if (kind === 'postgres') return;
    const empty = await parterre('runs', { PARTERRE_DATA: join(folder, 'empty') });
    expect([empty.code, empty.err]).toEqual([
      1,
      'parterre runs: There is no organisation yet. Load a house: parterre house load FILE',
    ]);
  });
});
