import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Figures } from '../../src/main/demo/figures.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { createOrganisation } from '../../src/store/organisation-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/databases.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';
import type { DemoEnd } from './demo-process.ts';
import { figuresOf, runDemo } from './demo-process.ts';

const SEED = Number(process.env.PARTERRE_TEST_SEED ?? Date.now() % 1_000_000);
const KILLS = 5;

let random = SEED;
/** From 0 to `limit`, without it: the same numbers for the same seed. */
function below(limit: number): number {
  random = (random * 48_271 + 11) % 2_147_483_647;
  return random % limit;
}

const folders: string[] = [];
function newFolder(): string {
  const folder = makeVolatileFolder('parterre-demo-');
  folders.push(folder);
  return folder;
}

/** Killed a few times within a step, then left to come to its end. */
async function runWithKills(env: Record<string, string>): Promise<DemoEnd> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const when = { steps: 1 + below(12), ms: below(300) };
    const end = await runDemo({ env, kill: when });
    // A late kill meets a demo that has come to its end.
    if (end.signal !== 'SIGKILL') figuresOf(end);
  }
  return runDemo({ env });
}

describe(`the demo (PARTERRE_TEST_SEED=${SEED})`, { timeout: 300_000 }, () => {
  const folder = newFolder();
  let first: DemoEnd;
  let figures: Omit<Figures, 'seconds'>;
  beforeAll(async () => {
    first = await runDemo({ env: { PARTERRE_DATA: folder } });
    figures = figuresOf(first);
  }, 120_000);
  afterAll(() => {
    for (const one of folders) rmSync(one, { recursive: true, force: true });
  });

  it('prints one object and nothing else on stdout', () => {
    expect(first.out.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(figures)).toEqual(
      expect.arrayContaining([
        ...['contingented', 'exported', 'takenBack', 'messages', 'integrated', 'cancelled'],
        ...['refunded', 'alreadyKnown', 'orders', 'tickets', 'before', 'after'],
        ...['pendingAccountMinor', 'reconciliation', 'doubleSold', 'lost'],
      ]),
    );
  });

  it('loses nothing, sells nothing twice, and ends with the same lists on both sides', () => {
    expect(figures).toMatchObject({
      doubleSold: 0,
      lost: 0,
      reconciliation: { missingHere: 0, missingThere: 0, different: 0 },
    });
    expect(figures.messages).toBeGreaterThanOrEqual(500);
  });

  it('counts every message once: integrated by its kind, or in quarantine', () => {
    const { integrated, cancelled, refunded, replaced, exchanged, renamed, after } = figures;
    const unbooked = after.quarantine.messages + figures.setAside;
    const integratedOnes = integrated + cancelled + refunded + replaced + exchanged + renamed;
    expect(figures.messages).toBe(integratedOnes + unbooked);
    expect(figures.tickets).toBe(integrated - cancelled);
    // The story repeats 25 lines of the reseller's journal.
    expect(figures.alreadyKnown).toBe(25);
    // Who has no seat is sent to the box office.
    expect(figures.codes).toBe(figures.tickets - figures.overbooked);
  });

  it('counts what the story tells, ticket by ticket', () => {
    expect(figures).toMatchObject({
      // Two of the first day, and one that was lost.
      replacedCodes: 3,
      // Four of 5.00, two of 3.00, one of 7.00.
      refundedMinor: { EUR: 3300 },
      formerPrice: { withinGrace: 3, accepted: 2 },
      // Eight rows of twelve seats; three rows sold but for one ticket given back, two seats since.
      adopted: { seats: 96, tickets: 37, beforeOpening: 35, owedMinor: 2 * (1800 - 180) },
    });
    expect(figures.adopted.differenceMinor).toBe(0);
  });

  it('counts what became of the cases, each by its way out', () => {
    expect(figures).toMatchObject({
      // Of the first two days: 5 prices, 8 sales of a category and what waited behind one, the
      // resale. Then two at the former price and the cancellation that gave back too much; the
      // reported sale was settled by its cancellation, which never waited.
      waysOut: { replayed: 15, accept: 3, another_seat: 1, overbook: 1, keep_ours: 1, reported: 1 },
      setAside: 1,
      overbooked: 1,
      reseated: 1,
      counter: { sold: 2 + 4, refused: 1 },
      cancelledShow: { refunded: 31, toBeRefunded: 0 },
      imported: { files: 1, messages: 0 },
    });
  });

  it('counts the account to the cent', () => {
    expect(figures.account).toEqual({
      // Sold 10,342.00 and given back 1,033.30 (docs/demo.md), with 1.80 of commission on 531.
      receivedMinor: 1_034_200 - 103_330 - 531 * 180,
      closedPeriods: 1,
      lateOperations: 2,
      lateMinor: 2 * (1200 - 180),
    });
    const { lateMinor } = figures.account;
    expect(figures.pendingAccountMinor).toEqual({ EUR: lateMinor + figures.adopted.owedMinor });
  });

  it('shows each usual problem, and settles them all', () => {
    // 5 prices, 8 sales of an unknown category and an odd cancellation; behind them the
    // cancellation of one of the 8, and the resale.
    expect(figures.before.quarantine).toEqual({ roots: 14, messages: 16 });
    expect(figures.after.quarantine).toEqual({ roots: 0, messages: 0 });
    // A seat that Ticketnet wants, 60 places of the last evening, and all of the cancelled one's.
    expect(figures.takenBack).toBe(1 + 60 + 200);
    // What FNAC was given, less what came back and what is sold on performances.
    expect(figures.exported).toBe(figures.contingented);
    expect(first.err.replaceAll(/\s+/g, ' ')).toContain('K/1 est déjà vendue : elle reste vendue');
  });

  it('ends the same in another new folder, killed at any moment and started again', async () => {
    const end = await runWithKills({ PARTERRE_DATA: newFolder() });
    expect(figuresOf(end)).toEqual(figures);
  });

  it('changes nothing when it is started once more', async () => {
    const again = await runDemo({ env: { PARTERRE_DATA: folder } });
    expect(figuresOf(again)).toEqual(figures);
    expect(again.err.match(/: déjà fait\./g)).toHaveLength(39);
  });

  describe('on PostgreSQL', () => {
    let test: TestDatabase;
    const data = newFolder();
    const env = (folder = data) => ({
      PARTERRE_DATA: folder,
      DATABASE_URL: test.options.url as string,
    });
    beforeAll(async () => {
      test = await openTestDatabase('postgres');
    });
    afterAll(() => test.close());

    it('ends the same, killed at any moment and started again', async () => {
      const end = await runWithKills(env());
      expect(figuresOf(end)).toEqual(figures);
    });

    it("refuses a database whose reseller's books are elsewhere, with the cure", async () => {
      const end = await runDemo({ env: env(newFolder()) });
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toContain('les livres du revendeur manquent');
      expect(end.err).toContain('PARTERRE_DATA');
    });
  });

  it('refuses a database that holds another organisation, and leaves it as it is', async () => {
    const test = await openTestDatabase('postgres');
    try {
      await test.database.administration((tx) => createOrganisation(tx, OTHER));
      const data = newFolder();
      const env = { PARTERRE_DATA: data, DATABASE_URL: test.options.url as string };
      const end = await runDemo({ env });
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toContain('Cette base contient déjà OPERA');
      expect(end.err).toContain('createdb parterre_demo');
      const codes = await test.database.administration((tx) =>
        tx.query('select code from organisation'),
      );
      expect(codes).toEqual([{ code: 'OPERA' }]);
      expect(readdirSync(data).filter((name) => name.startsWith('fnac-'))).toEqual([]);
    } finally {
      await test.close();
    }
  });

  it('speaks English too, and no third language', async () => {
    const args = ['--once', '--json', '--language'];
    const env = { PARTERRE_DATA: folder };
    const english = await runDemo({ env, args: [...args, 'en'] });
    expect(figuresOf(english)).toEqual(figures);
    expect(english.err.match(/: done before\.$/gm)).toHaveLength(39);
    expect(await runDemo({ env, args: [...args, 'nl'] })).toMatchObject({ code: 2, out: '' });
  });

  it('serves the house after the story until Ctrl-C, and still loses nothing', async () => {
    let ran: unknown;
    const call = {
      env: { PARTERRE_DATA: folder, PARTERRE_PORT: '0' },
      args: [],
      interruptAt: 'Intégré :',
      meanwhile: async (told: string) => {
        ran = await schedulesThatRan(told);
      },
    };
    const end = await runDemo(call);
    expect(end).toMatchObject({ code: 0, signal: null, err: '' });
    expect(end.out).toMatch(/Arrêté\.\n$/);
    // The two that are active; the third starts by hand only.
    expect(ran).toEqual(['export ok', 'integrate ok']);
    const after = figuresOf(await runDemo({ env: { PARTERRE_DATA: folder } }));
    expect(after).toMatchObject({ lost: 0, doubleSold: 0 });
    expect(after.messages).toBeGreaterThan(figures.messages);
  });

  it('tells what is lost and what is sold twice, when the books are wrong', async () => {
    await withBooks(folder, async (database) => {
      // What makes it impossible is taken away first.
      await database.administration((tx) => tx.execute('drop index ticket_seat_once'));
      await database.transaction(1, async (tx) => {
        await tx.execute(
          `update ticket t set seat_id = (
             select max(seat_id) from ticket o
             where o.state = 'valid' and o.performance_id = t.performance_id)
           where id = (select min(id) from ticket where state = 'valid' and seat_id is not null)`,
        );
        // A ticket that lives at the reseller only, and an operation that is not here.
        await tx.execute(
          `update ticket set state = 'cancelled' where id = (
             select min(id) from ticket where state = 'valid' and seat_id is null)`,
        );
        await tx.execute(
          `delete from message where id = (select max(id) from message where kind = 'refund')`,
        );
      });
    });
    const spoilt = figuresOf(await runDemo({ env: { PARTERRE_DATA: folder } }));
    expect(spoilt.lost).toBe(2);
    expect(spoilt.doubleSold).toBeGreaterThan(0);
  });

  it('refuses to go on when its reseller’s books are gone', async () => {
    const books = readdirSync(folder).find((name) => name.startsWith('fnac-')) as string;
    renameSync(join(folder, books), join(folder, 'away'));
    const end = await runDemo({ env: { PARTERRE_DATA: folder } });
    expect(end.code).toBe(1);
    expect(end.err).toContain(join(folder, books));
    expect(existsSync(join(folder, books))).toBe(false);
  });
});

/** Signs in as the manager, as the console says, and waits for the schedules' first runs. */
async function schedulesThatRan(told: string): Promise<string[]> {
  const [address = ''] = told.match(/http:\/\/127\.0\.0\.1:\d+$/m) ?? [];
  const password = /Mot de passe de chacun : (\S+)/.exec(told)?.[1];
  const email = /^ +(\S+) +responsable de billetterie$/m.exec(told)?.[1];
  const signedIn = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const headers = { cookie: cookie.join('; ') };
  const page = await fetch(address);
  expect(await page.text()).toContain('Parterre');
  return await vi.waitFor(
    async () => {
      const answer = await fetch(`${address}/api/v1/schedules`, { headers });
      const { items } = (await answer.json()) as { items: Shown[] };
      const ended = items.filter(({ lastRun }) => lastRun?.endedAt);
      expect(ended).toHaveLength(2);
      return ended.map((one) => `${one.function} ${one.lastRun?.state}`).toSorted();
    },
    { timeout: 30_000, interval: 200 },
  );
}

interface Shown {
  function: string;
  lastRun: { state: string; endedAt: string | null } | null;
}

const OTHER = {
  code: 'OPERA',
  name: 'Opéra',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  businessDayEndsAt: '06:00',
  language: 'fr',
  createdAt: '2026-01-01T00:00:00.000Z',
};

async function withBooks<T>(
  dataFolder: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ dataFolder });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
