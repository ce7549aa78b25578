import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { readerOf } from '../../src/main/cli/reader.ts';
import { runCli } from '../../src/main/cli.ts';
import { readOrganisation } from '../../src/store/interface-store.ts';
import { readCases, ticketOf } from '../support/books-view.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** `parterre cases` as a person types it, over a reseller that errs. */
describeEachDatabase('parterre cases', (open) => {
  const folder = mkdtempSync(join(tmpdir(), 'parterre-cases-'));
  let test: TestDatabase;
  let world: BooksWorld;
  let dear = '';
  let twice = '';
  let ids: number[] = [];
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    dear = world.sellSeat('B', '1', { price: '41.00' });
    world.sellSeat('B', '2');
    twice = world.sellSeat('B', '2', { force: true });
    await world.integrate();
    ids = (await readCases(world)).map(({ messageId }) => messageId);
    return () => world.close();
  });

  async function cases(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const organisation = await world.database.transaction(world.organisationId, readOrganisation);
    const code = await runCli(['cases', ...args], {
      env: {},
      signal: new AbortController().signal,
      openHouse: () => Promise.reject(new Error('cases always have an organisation')),
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      open: async ({ language = 'en' }) => ({
        services: world.services,
        organisation,
        reader: readerOf(organisation, language),
        author: 'claire',
        close: async () => {},
      }),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const json = async (...args: string[]) => JSON.parse((await cases(...args, '--json')).out);

  it('lists every open message of quarantine, root or follower', async () => {
    world.switchboard.cancel({ ticket: dear });
    await world.integrate();
    const listed = await json();
    expect(listed).toMatchObject([
      {
        id: ids[0],
        rank: 'root',
        class: 'business',
        ticket: dear,
        product: 'SHOW',
        performance: 'P1',
        start: '2027-02-01T20:00',
        waitsFor: null,
        followers: 1,
        problems: [{ code: 'price.differs', title: expect.stringContaining('41') }],
      },
      { id: ids[1], rank: 'root', ticket: twice, seat: 'HALL/ORCH/A/B/2' },
      { rank: 'follower', waitsFor: { id: ids[0], ticket: dear }, ticket: dear },
    ]);
    expect(listed[0].since).toMatch(/^2027-01-10T/);
    const text = await cases('list', '--language', 'fr');
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toContain('Causes\u00a0: 2, messages\u00a0: 3.');
    expect(text.out).toMatch(new RegExp(`${ids[0]} +cause, 1 derrière +métier +FNAC +${dear}`));
    expect(await json('list', '--roots', '--code', 'seat.sold')).toMatchObject([{ ticket: twice }]);
    expect(await json('list', '--performance', 'SHOW/P2')).toEqual([]);
  });

  it('shows a case, foretells, settles; the second time it was settled before', async () => {
    const id = String(ids[0]);
    const shown = await cases('show', id);
    for (const word of ['book our price', '40.00', 'ORCA', 'OccCont/FULL', '--price']) {
      expect(shown.out).toContain(word);
    }
    const settle = ['settle', id, '--way', 'accept', '--reason', 'Camille said so'];
    expect(await json(...settle, '--foretell')).toMatchObject({
      outcome: 'foretold',
      effect: { tickets: { made: 1 } },
    });
    expect(await readCases(world)).toHaveLength(2);
    const done = await cases(...settle);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain('settled (accept)');
    expect(await ticketOf(world, dear)).toMatchObject({ bookedMinor: 4100 });
    const again = await cases(...settle);
    expect(again.code).toBe(0);
    expect(again.out).toContain('settled before by claire');
    expect(await json('show', id)).toMatchObject({
      case: { settledBy: 'claire', wayOut: 'accept', reason: 'Camille said so' },
      trace: [{ action: 'case.decided', author: 'claire' }],
    });
  });

  it('refuses by name, with exit code 1; called wrongly with 2', async () => {
    const [price, seat] = ids.map(String) as [string, string];
    const way = (...more: string[]) => cases('settle', price, '--reason', 'x', ...more);
    expect(await way('--way', 'overbook')).toMatchObject({
      code: 1,
      out: expect.stringContaining('overbook is no way out of it. There is: accept'),
    });
    expect(await way('--way', 'correct_price')).toMatchObject({
      code: 1,
      err: expect.stringContaining('correct_price asks for --price'),
    });
    expect(await json('settle', price, '--way', 'accept', '--reason', ' ')).toMatchObject({
      outcome: 'refused',
      code: 'cases.refused.reason_missing',
    });
    expect(await cases('show', '1')).toMatchObject({ code: 1 });
    for (const wrong of [
      ['settle', seat, '--way', 'nothing', '--reason', 'x'],
      ['settle', seat, '--way', 'accept'],
      ['settle', '--way', 'accept', '--reason', 'x'],
      ['show'],
      ['frobnicate'],
    ]) {
      expect((await cases(...wrong)).code, wrong.join(' ')).toBe(2);
    }
    const taken = ['--way', 'another_seat', '--reason', 'x', '--seat', 'ORCH/A/B/2'];
    expect(await cases('settle', seat, ...taken)).toMatchObject({
      code: 1,
      out: expect.stringContaining('HALL/ORCH/A/B/2 is not free'),
    });
  });

  it('all that are like one, and all that filters show', async () => {
    world.sellSeat('B', '3', { price: '41.00' });
    await world.integrate();
    const like = ['settle', '--all-like', String(ids[0]), '--way', 'book_ours', '--reason', 'x'];
    expect(await json(...like)).toMatchObject({ effect: { tickets: { made: 2 } } });
    const filtered = ['--interface', 'FNAC', '--code', 'seat.sold', '--reason', 'x'];
    const keep = await json('settle', ...filtered, '--way', 'keep_ours');
    expect(keep.answers).toMatchObject([{ outcome: 'settled', wayOut: 'keep_ours' }]);
    expect(await json()).toEqual([]);
  });

  it('takes, notes, hands over, reports', async () => {
    const all = ids.map(String);
    expect(await json('take', ...all)).toEqual({ changed: 2 });
    await cases('note', all[0] ?? '', '--text', 'calls back at 4');
    await cases('hand-over', all[1] ?? '', '--to', 'bruno');
    expect(await json('list', '--state', 'taken')).toMatchObject([
      { takenBy: 'claire', note: 'calls back at 4' },
      { takenBy: 'bruno' },
    ]);
    expect(await json('report')).toEqual({ outcome: 'empty' });
    const put = await cases('settle', ...all, '--way', 'report', '--reason', 'x');
    expect(put.code).toBe(0);
    const made = await json('report', '--interface', 'FNAC', '--out', folder);
    expect(made.items).toHaveLength(2);
    expect(readFileSync(made.letter, 'utf8')).toContain(dear);
    expect(readFileSync(made.sheet).subarray(0, 2).toString()).toBe('PK');
  });
});
