/** Own sales, tests, the door's files, refused places and adopting, as they are typed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningSimulator } from '../../src/channels/contract/switchboard.ts';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';
import { createSecretBox } from '../../src/store/secrets.ts';
import { putOnSale, risingClock, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

const NOW = new Date('2027-01-10T09:00:00Z');
const SECRET = 'a long enough secret for tests';

describeEachDatabase('commands of the house', (open) => {
  let test: TestDatabase;
  let simulator: RunningSimulator;
  let env: Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), 'parterre-cli-'));

  beforeAll(async () => {
    test = await open();
    const clock = risingClock();
    const of = { account: 'TST', seed: 7, clock };
    simulator = await fnacBooks.startSimulator({ folder: join(folder, 'fnac'), ...of });
    putOnSale(simulator, 2);
    const secrets = createSecretBox({ env: { PARTERRE_SECRET: SECRET }, dataFolder: folder });
    const house = smallHouse(fnacBooks.interface(simulator, 'TST'));
    for (const one of house.interfaces ?? []) one.account = 'TST';
    for (const window of house.windows ?? []) {
      if (window.product === 'MATCH') window.opens = '2027-01-20T10:00';
    }
    await seedHouse(test.database, house, { now: NOW, secrets });
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

  async function parterre(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = createIo({
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env,
      signal: new AbortController().signal,
      clock: () => NOW,
    });
    const code = await runCli(args, io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const rowB = (...seats: string[]) =>
    seats.map((seat) => ({ block: WORDS.block, row: 'B', seat }));
  const allotment = { product: WORDS.event, start: WORDS.first, allotment: 'FNAC' };

  it('adopts what the reseller has, and exports the rest', async () => {
    const places = rowB('1', '2', '3', '4');
    simulator.switchboard.receivePlaces({ ...allotment, category: WORDS.seats, places });
    const adopted = await parterre(
      'reconcile',
      '--interface',
      'FNAC',
      '--adopt',
      '--language',
      'en',
    );
    expect(adopted.out).toContain('4 places that the reseller has already were adopted.');
    const again = await parterre('reconcile', '--interface', 'FNAC', '--adopt', '--json');
    expect(JSON.parse(again.out).counts).toMatchObject({ differences: 0 });
    expect((await parterre('reconcile', '--interface', 'FNAC', '--count', '3')).code).toBe(2);
  });

  it('takes the venue’s own sales from a file, told line by line', async () => {
    const text =
      'performance;seat;state;reference\nSHOW/P1;HALL/ORCH/A/B/1;sold;G1\n' +
      'SHOW/P1;HALL/ORCH/B/B/1;sold;G1\n';
    const path = file('own.csv', text);
    const simulated = await parterre('house', 'seats', path, '--simulate');
    expect(simulated.out).toBe(
      '2 lines; places: 1 would change. 1 line was not applied.\nNothing was written.',
    );
    const done = await parterre('house', 'seats', path, '--json');
    expect(done.code).toBe(1);
    expect(JSON.parse(done.out)).toMatchObject({
      outcome: 'applied',
      applied: 1,
      faults: [{ line: 2, code: 'seats.at_reseller', message: 'B/1: at FNAC.' }],
    });
    const asked = await parterre('house', 'seats', path, '--ask-back');
    expect([asked.code, asked.out]).toEqual([
      0,
      '2 lines; places: 1 asked back from a reseller, 1 as they were.',
    ]);
    const unreadable = await parterre('house', 'seats', file('odd.csv', 'a;b\n1;2\n'));
    expect([unreadable.code, unreadable.err]).toEqual([
      1,
      expect.stringContaining('No line has the headings state, reference.'),
    ]);
    expect((await parterre('house', 'seats', join(folder, 'none.csv'))).err).toContain(
      'there is no such file',
    );
    expect((await parterre('house', 'seats', path, '--dry-run')).code).toBe(2);
    expect((await parterre('house', 'load', path, '--ask-back')).code).toBe(2);
  });

  it('marks tests, and lists what is left', async () => {
    const sell = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full };
    const { tickets } = simulator.switchboard.sell({ ...sell, places: rowB('2', '3') });
    const [one = '', two = ''] = tickets;
    expect((await parterre('integrate', '--interface', 'FNAC')).code).toBe(0);
    const reason = ['--interface', 'FNAC', '--reason', 'essai'];
    const marked = await parterre('tests', 'mark', one, 'X1', ...reason, '--language', 'en');
    expect([marked.code, marked.out, marked.err]).toEqual([
      1,
      'Marked as tests: 1. Account: -€38.20.',
      'FNAC has no such ticket here: X1.',
    ]);
    expect((await parterre('tests', 'mark', one, '--interface', 'FNAC')).code).toBe(2);
    const list = await parterre('tests', 'list', '--language', 'en');
    expect(list.out).toContain('each holds its place: 1.');
    expect(list.out).toContain(`${one}  SHOW/P1  B/2`);
    expect(list.out).not.toContain(two);
    const on = await parterre('tests', 'on', '--interface', 'FNAC', '--product', 'MATCH');
    expect([on.code, on.out]).toEqual([
      0,
      "Le mode test est actif\u00a0: MATCH. Il finit à l'ouverture des ventes.",
    ]);
    const sale = await parterre('tests', 'on', '--interface', 'FNAC', '--product', 'SHOW');
    expect([sale.code, sale.err]).toEqual([1, expect.stringContaining('SHOW est en vente depuis')]);
    const json = JSON.parse((await parterre('tests', 'list', '--json')).out);
    expect(json).toMatchObject({
      modes: [{ interface: 'FNAC', product: 'MATCH', endsAt: null }],
      tests: [{ ticket: one, performance: 'SHOW/P1', place: 'B/2' }],
    });
    expect((await parterre('tests', 'lift', one, ...reason)).code).toBe(0);
    expect((await parterre('tests', 'list')).out).toContain('aucun billet de test');
  });

  it('writes the door’s files, and blocks a stolen code', async () => {
    const path = join(folder, 'white.csv');
    const list = ['access', 'list', '--performance', 'SHOW/P1'];
    const written = await parterre(...list, '--out', path, '--language', 'en');
    expect([written.code, written.err]).toEqual([0, `Codes in ${path}: 2.`]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\d+;S1;SHOW;0;FALSE;FALSE;2027-02-02 05:59:59;P1;$/);
    const [code = ''] = (lines[0] ?? '').split(';');
    const block = ['access', 'block', code, '--language', 'en'];
    expect((await parterre(...block)).code).toBe(2);
    const blocked = await parterre(...block, '--reason', 'stolen');
    expect(blocked.err).toBe('');
    expect(blocked.out).toBe(`${code} opens no door any more.`);
    const black = await parterre(...list, '--black');
    expect(black.out).toBe(`${code};STOLEN;S1;SHOW;2027-01-10 10:00:00`);
    expect((await parterre(...list)).out.split('\n')).toHaveLength(1);
    const opened = await parterre('access', 'unblock', code, '--language', 'en');
    expect(opened.out).toContain('It now answers: Come in.');
    expect((await parterre('access', 'block', 'NONE', '--reason', 'stolen')).code).toBe(1);
    expect((await parterre('access', 'list')).code).toBe(2);
    const pass = await parterre('access', 'list', '--product', 'SHOW', '--language', 'en');
    expect([pass.code, pass.err]).toEqual([1, expect.stringContaining('SHOW has performances')]);
    expect((await parterre('access', 'list', '--product', 'DAY', '--day', '1.2.27')).code).toBe(2);
    // A list that cannot be had leaves the last one where it is.
    const before = readFileSync(path, 'utf8');
    const wrong = ['access', 'list', '--product', 'SHOW', '--out', path];
    expect((await parterre(...wrong)).code).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    const nowhere = await parterre(...list, '--out', join(folder, 'no', 'where.csv'));
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('no such file')]);
  });

  it('lists what was refused, and sends it again', async () => {
    const none = await parterre('refused', 'list', '--language', 'en');
    expect([none.code, none.out]).toEqual([0, 'No place is refused.']);
    const prices = { [WORDS.zone]: { [WORDS.full]: '20.00' } };
    const performances = [{ start: WORDS.first, hall: WORDS.hall }];
    simulator.switchboard.setProduct({ code: WORDS.event, performances, prices });
    const exported = ['export', '--interface', 'FNAC', '--performance', 'SHOW/P1'];
    expect((await parterre(...exported)).code).toBe(1);
    const list = await parterre('refused', 'list', '--language', 'en');
    expect(list.out).toContain('SHOW/P1 FNAC HALL/ORCH/A/C/1 (1): ');
    expect(list.out.split('\n').at(-1)).toContain('parterre refused send');
    const json = JSON.parse((await parterre('refused', 'list', '--json')).out);
    expect(json[0]).toMatchObject({ performance: 'SHOW/P1', contingent: 'FNAC', quantity: 1 });
    expect((await parterre('refused', 'send')).code).toBe(2);
    const sent = await parterre('refused', 'send', '--performance', 'SHOW/P1', '--json');
    expect(JSON.parse(sent.out)).toEqual({ places: json.length });
    expect((await parterre('refused', 'list', '--json')).out).toBe('[]');
  });
});
