/** `parterre performance`: the whole life on a terminal and as JSON, refusals with their cures. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readSheets from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { bookmark, journalOf, lifeOf } from '../support/life.ts';
import { withOtherHalls } from '../support/other-halls.ts';

describeEachDatabase('parterre performance', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let env: Record<string, string>;
  const sold: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'parterre-performance-'));

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, { change: withOtherHalls });
    sold.push(world.sellSeat('B', '1'), world.sellSeat('B', '2'));
    await world.integrate();
    const place: Record<string, string> =
      'url' in test.options && test.options.url
        ? { DATABASE_URL: test.options.url }
        : { PARTERRE_DATA: test.options.dataFolder ?? '' };
    env = { ...place, PARTERRE_SECRET: 'a long enough secret for tests' };
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const parterre = (...args: string[]) => call('performance', ...args);
  const parterreHouse = (...args: string[]) => call('house', ...args);
  async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = createIo({
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env,
      signal: new AbortController().signal,
      clock: () => new Date('2027-01-11T09:00:00Z'),
    });
    const code = await runCli(args, io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const json = async (...args: string[]) => {
    const { out, code } = await parterre(...args, '--json');
    return { ...JSON.parse(out), code };
  };
  const because = ['--reason', 'la chaudière'];

  it('says how it is called', async () => {
    for (const [args, says] of [
      [['dance'], 'Say list, show'],
      [['suspend'], 'Name a performance'],
      [['reseat', 'SHOW/P1'], 'Name the file'],
      [['move', 'SHOW/P1', ...because], 'Say where to'],
      [['move', 'SHOW/P1', '--start', '2027-03-01T20:00', '--keep', ...because], '--configuration'],
      [['move', 'SHOW/P1', '--configuration', 'NONE', ...because], 'FULL'],
      [['close', 'SHOW/P1', '--start', '2027-03-01T20:00'], 'no option --start'],
      [['cancel', 'SHOW/P1', 'extra', ...because], 'What is "extra"'],
      [['list', '--state', 'gone'], '--state is one of'],
      [['show', 'SHOW/P9'], 'SHOW/P9'],
      [['show', 'SHOW/P1', '--letter-language', 'nl'], 'nl'],
    ] as const) {
      const { code, err } = await parterre(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(err).toContain(says);
    }
  });

  it('lists and shows', async () => {
    const { out, code } = await parterre('list', '--language', 'en');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^performance +start +state +unsold +tickets/);
    expect(out).toMatch(/SHOW\/P1 +01\/02\/2027, 20:00 +on sale +44 +2 +0 +0/);
    expect((await parterre('list', '--state', 'closed')).out).toBe('Aucune séance.');
    expect(await json('show', 'SHOW/P1')).toMatchObject({
      code: 0,
      state: 'running',
      interfaces: [{ code: 'FNAC', tickets: 2, allotted: 44 }],
      warnings: [{ code: 'not_begun' }, { code: 'integration_old' }, { code: 'allotment' }],
      letters: [],
    });
    const shown = await parterre('show', `SHOW/${WORDS.first}`);
    expect(shown.out).toContain('FNAC (FNAC)\u00a0: 2 billets, 44 places invendues');
    expect(shown.out).toContain('Avant de la clore');
  });

  it('refuses with the sentence and the way on, and changes nothing', async () => {
    const before = await bookmark(world);
    const nameless = await parterre('cancel', 'SHOW/P1');
    expect(nameless).toMatchObject({ code: 1, out: '' });
    expect(nameless.err).toContain('--reason');
    const english = ['--language', 'en'];
    const early = await parterre('close', 'SHOW/P1', ...because, ...english);
    expect(early.err).toMatch(/It has not begun: 01\/02\/2027, 20:00\..*--anyway\./s);
    expect(await json('move', 'SHOW/P1', '--start', 'demain', ...because)).toMatchObject({
      code: 1,
      outcome: 'refused',
      problems: [{ code: 'start_unreadable', text: expect.stringContaining('demain') }],
    });
    const hall = await parterre('move', 'SHOW/P1', '--configuration', 'SMALL', ...because);
    expect(hall.err).toContain('--keep');
    const resumed = await parterre('resume', 'SHOW/P1', ...english);
    expect(resumed.out).toContain('Nothing changes');
    expect(await bookmark(world)).toBe(before);
  });

  it('foretells, then suspends, asks back and resumes', async () => {
    const before = await bookmark(world);
    const foretold = await parterre('suspend', 'SHOW/P1', ...because, '--foretell');
    expect(foretold.out).toContain("Rien n'est écrit");
    expect(foretold.out).toContain('24 places numérotées et 20 places comptées');
    expect(await bookmark(world)).toBe(before);
    expect((await parterre('suspend', 'SHOW/P1', ...because)).out).toContain('--take-back');
    expect(await json('suspend', 'SHOW/P1', ...because, '--take-back')).toMatchObject({
      code: 0,
      outcome: 'done',
      asked: [{ places: 44 }],
    });
    expect(await json('resume', 'SHOW/P1')).toMatchObject({ code: 0, outcome: 'done' });
  });

  it('re-seats by a CSV and by a sheet, or tells every line that is wrong', async () => {
    const file = join(folder, 'table.csv');
    writeFileSync(file, `\ufeffbillet;nouvelle place\r\n000;HALL/ORCH/B/B/1\r\n\r\nT;;\r\n`);
    const wrong = await parterre('reseat', 'SHOW/P1', file, ...because);
    expect(wrong.err).toContain('Ligne 4');
    writeFileSync(file, `billet;nouvelle place\n000;HALL/ORCH/B/B/1\n${sold[0]};HALL/ORCH/Z/B/1\n`);
    const unknown = await parterre('reseat', 'SHOW/P1', file, ...because);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toMatch(/Ligne 2.*000.*\n.*Ligne 3.*HALL\/ORCH\/Z\/B\/1/);
    expect((await parterre('reseat', 'SHOW/P1', join(folder, 'none.csv'), ...because)).code).toBe(
      1,
    );
    writeFileSync(file, `${sold[0]};HALL/ORCH/B/B/1\n`);
    const done = await parterre('reseat', 'SHOW/P1', file, ...because);
    expect(done.out).toContain(`${sold[0]}\u00a0: HALL/ORCH/A/B/1 → HALL/ORCH/B/B/1`);
    expect(done.out).toContain('Courriel pour FNAC (camille@example.org)');
    // The seat that was left is freed by its reference, like any block of the venue's.
    const left = 'HALL/ORCH/A/B/1';
    const heading = 'performance;seat;state;reference';
    writeFileSync(file, `${heading}\nSHOW/P1;${left};free;reseat ${sold[0]}\n`);
    const house = await parterreHouse('seats', file, '--json');
    expect(JSON.parse(house.out)).toMatchObject({ applied: 1 });
    const [seat] = await world.query(
      `select ps.state, ps.own_reference as reference from performance_seat ps
       where ps.performance_id = $1 and ps.seat_id = $2`,
      [await world.house.performanceId('SHOW', 'P1'), await world.house.seatId('A', 'B', '1')],
    );
    expect(seat).toEqual({ state: 'free', reference: null });
  });

  it('moves, with a letter in the language that is asked for', async () => {
    const moved = await json(
      ...['move', 'SHOW/P1', '--start', '2027-03-05 19:30', ...because],
      ...['--letter-language', 'de'],
    );
    expect(moved).toMatchObject({ code: 0, outcome: 'done', to: { start: '2027-03-05T19:30' } });
    expect(moved.letters[0].text).toContain('verlegt');
    expect((await lifeOf(world)).start).toBe('2027-03-05T19:30');
    const shown = await parterre('show', 'SHOW/P1', '--language', 'es');
    expect(shown.out).toContain('Inicios anteriores');
  });

  it('cancels, and writes the list of what is to be refunded', async () => {
    const csv = join(folder, 'refunds.csv');
    const foretold = await parterre('cancel', 'SHOW/P1', ...because, '--foretell', '--list', csv);
    expect(foretold.code).toBe(0);
    expect(readFileSync(csv, 'utf8').split('\r\n')).toEqual([
      'interface;billet;commande;place;tarif;montant',
      // The reseller's own seat, though the ticket sits elsewhere.
      expect.stringMatching(
        new RegExp(`^FNAC;${sold[0]};[^;]+;HALL/ORCH/A/B/1;OccCont/FULL;40.00 EUR$`),
      ),
      expect.stringMatching(new RegExp(`^FNAC;${sold[1]};`)),
      '',
    ]);
    const xlsx = join(folder, 'refunds.xlsx');
    const done = await parterre(
      'cancel',
      'SHOW/P1',
      ...because,
      '--list',
      xlsx,
      '--language',
      'it',
    );
    expect(done.out).toContain('Codici chiusi: 2');
    expect(done.out).toContain(sold[1] ?? '?');
    const [sheet] = await readSheets(xlsx);
    expect(sheet?.sheet).toBe('FNAC');
    expect(sheet?.data).toHaveLength(3);
    expect(sheet?.data[1]?.[0]).toBe(sold[0]);
    expect(await json('cancel', 'SHOW/P1', ...because)).toMatchObject({ outcome: 'unchanged' });
    const wrong = await parterre('show', 'SHOW/P1', '--list', join(folder, 'list.pdf'));
    expect(wrong.code).toBe(2);
  });

  it('closes and reopens', async () => {
    const refused = await json('close', 'SHOW/P1', ...because);
    expect(refused).toMatchObject({ code: 1, outcome: 'refused' });
    expect(refused.problems.map(({ code }: { code: string }) => code)).toEqual([
      'integration_old',
      'allotment',
      'to_be_refunded',
    ]);
    const closed = await parterre('close', 'SHOW/P1', ...because, '--anyway');
    expect(closed.out).toContain('SHOW/P1\u00a0: close.');
    expect(await json('reopen', 'SHOW/P1', ...because)).toMatchObject({ state: 'cancelled' });
    expect((await journalOf(world)).map(({ action }) => action)).toEqual([
      'performance.suspend',
      'performance.take_back',
      'performance.resume',
      'performance.reseat',
      'performance.move',
      'performance.cancel',
      'performance.close',
      'performance.reopen',
    ]);
  });
});
