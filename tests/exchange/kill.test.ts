import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { moveSeats } from '../../src/exchange/move-seats.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { Dump } from '../support/books-dump.ts';
import { dumpAlike } from '../support/books-dump.ts';
import type { BooksStep, BooksTask } from '../support/books-process.ts';
import { createBooksServices } from '../support/books-services.ts';
import { expectSameBooks } from '../support/books-view.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';
import { everyKind } from './books-kit/flow-cases.ts';

const PROGRAM = fileURLToPath(new URL('../support/books-process.ts', import.meta.url));

/** PARTERRE_SEED=n repeats the moments of a run that failed. */
const SEED = Number(process.env.PARTERRE_SEED ?? Date.now() % 100_000);

/** Processes are started many times. */
const TIMEOUT = 120_000;

/** Mulberry32: the same moments for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return 1 + (((mixed ^ (mixed >>> 14)) >>> 0) % sides);
  };
}

const cache = makeVolatileFolder('parterre-modules-');
afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** Runs until the process ends by itself, or is killed by `watch`; answers its last words. */
async function runKilled(
  task: BooksTask,
  watch: (line: BooksStep, kill: () => void) => void,
  kills?: (kill: () => void) => void,
): Promise<{ killed: boolean; state: string | null }> {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A dozen processes read the same modules: the later ones find them compiled.
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let killed = false;
  let state: string | null = null;
  const kill = (): void => {
    killed = true;
    child.kill('SIGKILL');
  };
  kills?.(kill);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  for await (const text of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const line = JSON.parse(text) as BooksStep;
    if ('state' in line) state = line.state;
    watch(line, kill);
  }
  await exited;
  return { killed, state };
}

/** Six exported seats are wanted by another contingent. */
async function wishSeats(world: BooksWorld, database: Database): Promise<void> {
  const { organisationId } = world;
  const [found] = await database.transaction(organisationId, (tx) =>
    tx.query<{ performanceId: number; contingentId: number; seatIds: number[] }>(
      `select p.id as "performanceId", g.id as "contingentId", array(
         select s.id from seat s join block b on b.id = s.block_id and b.code = 'A'
         where s.row in ('A', 'B') and s.number in ('7', '8', '9')) as "seatIds"
       from performance p, contingent g where p.code = 'P1' and g.code = 'OTHER'`,
    ),
  );
  if (found === undefined) throw new Error('The small house has P1 and OTHER.');
  const services = { database, ids: createIdSource(database), clock: world.services.clock };
  const answers = await moveSeats(services, { ...found, organisationId, by: 'bruno' });
  expect(answers.map(({ outcome }) => outcome)).toEqual(found.seatIds.map(() => 'wish'));
}

/** The places of P1 that the reseller lists, and those that the books say it holds. */
async function lists(world: BooksWorld, database: Database): Promise<[string[], string[]]> {
  const { services, close } = createBooksServices(database, fnac);
  const { organisationId, interfaceId } = world;
  const theirs: string[] = [];
  const request = { organisationId, interfaceId, function: 'reconcile', source: 'hand' } as const;
  await withRun(services, { ...request, startedBy: 'anna' }, async ({ open }) => {
    const performance = { product: WORDS.event, performance: null, start: WORDS.first, hall: null };
    for await (const items of open.contingentList?.list(performance) ?? []) {
      for (const item of items) if (item.type === 'seat') theirs.push(`${item.row}/${item.seat}`);
    }
  });
  close();
  const ours = await database.transaction(organisationId, (tx) =>
    tx.query<{ place: string }>(
      `select s.row || '/' || s.number as place from performance_seat ps
       join seat s on s.id = ps.seat_id
       join performance p on p.id = ps.performance_id and p.code = 'P1'
       where ps.interface_id = $1`,
      [interfaceId],
    ),
  );
  return [theirs.sort(), ours.map(({ place }) => place).sort()];
}

/**
 * A run killed at any moment and started again ends with the same state as one that was not, and
 * the reseller was told nothing twice. The moments are steps of the database (a transaction
 * begins, is about to write, has committed) and of the wire (a command was done, its answer lost).
 */
describeEachDatabase(`killed runs (seed ${SEED})`, (open) => {
  let reference: BooksWorld;
  let world: BooksWorld;
  let test: TestDatabase;
  let proxy: RecordingProxy;
  let messages: number;
  beforeAll(async () => {
    reference = await BooksWorld.open((await open()).database, fnac, fnacBooks, {
      exported: false,
    });
    test = await open();
    let target = '';
    proxy = await startRecordingProxy(() => target);
    world = await BooksWorld.open(
      test.database,
      fnac,
      {
        ...fnacBooks,
        interface(simulator, account) {
          target = simulator.url;
          return fnacBooks.interface({ ...simulator, url: proxy.url }, account);
        },
      },
      { exported: false },
    );
    // From here on the processes own the database.
    await test.database.close();
  });
  afterAll(async () => {
    await reference.close();
    await world.close();
    await proxy.stop();
  });

  const task = (verb: BooksTask['verb'], standAt: number | null): BooksTask => ({
    options: test.options,
    organisationId: world.organisationId,
    interfaceId: world.interfaceId,
    verb,
    batchSize: 5,
    standAt,
  });
  /** A process that is killed when it stands at this step; false: it ended before. */
  const killAtStep = async (verb: BooksTask['verb'], standAt: number): Promise<boolean> => {
    const ended = await runKilled(task(verb, standAt), (line, kill) => {
      if ('step' in line && line.step === standAt) kill();
    });
    return ended.killed;
  };
  /** A process that is killed when the reseller has done the nth command and not yet answered. */
  const killAfterCommand = async (nth: number): Promise<boolean> => {
    let commands = 0;
    const ended = await runKilled(
      task('export', null),
      () => {},
      (kill) => {
        proxy.onAnswer = (service) => {
          if (service !== fnacBooks.services.contingents) return 'pass';
          commands += 1;
          if (commands !== nth) return 'pass';
          kill();
          return 'keep';
        };
      },
    );
    proxy.onAnswer = null;
    return ended.killed;
  };
  /** The rest, by a process that nobody kills; a warning says whose run it took up. */
  const finish = async (verb: BooksTask['verb']): Promise<string | null> =>
    (await runKilled(task(verb, null), () => {})).state;

  /** Looks at the database between two processes. */
  async function looking<T>(look: (database: Database) => Promise<T>): Promise<T> {
    const database = await test.openAgain();
    try {
      return await look(database);
    } finally {
      await database.close();
    }
  }
  const dumps = async (): Promise<[Dump, Dump]> => [
    await looking((database) => dumpAlike(database, world.organisationId)),
    await dumpAlike(reference.database, reference.organisationId),
  ];
  /** The places and quantities of each command that reached the reseller, however it ended. */
  const told = (operation: 'ajouterPlaces' | 'retirerPlaces'): string[] =>
    proxy.requests
      .filter(({ body }) => new RegExp(`<(?:\\w+:)?${operation}[ >]`).test(body))
      .flatMap(({ body }) => {
        const text = (name: string): string =>
          new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(body)?.[1] ?? '';
        const lines = body.match(/<(\w+:)?(placeNumerotee|quota)>.*?<\/\1?\2>/gs) ?? [];
        return lines.map((line) => {
          const words = line.replace(/<(\w+:)?cle>.*?<\/\1?cle>/, '').replaceAll(/<[^>]*>/g, ' ');
          return `${text('manifestation')} ${text('dateSeance')} ${words}`;
        });
      });
  const expectToldOnce = (operation: 'ajouterPlaces' | 'retirerPlaces', count: number): void => {
    const places = told(operation);
    expect(places.filter((one, index) => places.indexOf(one) !== index)).toEqual([]);
    expect(places).toHaveLength(count);
  };

  it(
    'an export: the reseller has each place once, and was told each command once',
    async () => {
      await reference.export();
      // The reseller does its work and drops its answer: it is asked, by a process that then dies.
      world.switchboard.dropNextAnswer({ service: fnacBooks.services.contingents });
      expect(await killAfterCommand(3)).toBe(true);
      expect(await killAfterCommand(2)).toBe(true);
      const roll = dice(SEED);
      const moments = [15, roll(30), roll(30)];
      for (const moment of moments) await killAtStep('export', moment);
      expect(['ok', 'warning']).toContain(await finish('export'));
      const [ours, theirs] = await dumps();
      expect(ours).toEqual(theirs);
      // 26 seats and a zone of each of the three performances.
      expectToldOnce('ajouterPlaces', 81);
      expect(world.switchboard.state().stock).toEqual(reference.switchboard.state().stock);
      const [there, here] = await looking((database) => lists(world, database));
      expect(there).toEqual(here);
    },
    TIMEOUT,
  );

  it(
    'a take-back by wishes: nothing is asked back twice',
    async () => {
      await wishSeats(reference, reference.database);
      await reference.export();
      const [p1] = reference.switchboard.state().stock;
      expect(p1).toMatchObject({ start: WORDS.first, free: 40 });
      // The same wishes there, told to the reseller by processes that die.
      await looking((database) => wishSeats(world, database));
      expect(await killAfterCommand(1)).toBe(true);
      const roll = dice(SEED + 1);
      await killAtStep('export', roll(20));
      expect(['ok', 'warning']).toContain(await finish('export'));
      const [ours, theirs] = await dumps();
      expect(ours).toEqual(theirs);
      expectToldOnce('retirerPlaces', 6);
      expectToldOnce('ajouterPlaces', 81);
      expect(world.switchboard.state().stock).toEqual(reference.switchboard.state().stock);
      const [there, here] = await looking((database) => lists(world, database));
      expect(there).toEqual(here);
    },
    TIMEOUT,
  );

  it(
    'an integration: every message once, wherever it was cut',
    async () => {
      for (const each of [reference, world]) messages = everyKind(each);
      expect(await reference.inBatchesOf(5, () => reference.integrate())).toMatchObject({
        state: 'ok',
        counts: { messages },
      });
      const roll = dice(SEED + 2);
      // Early ones fall into the first batch; each later process begins where the last committed.
      const moments = [7, 8, 9, roll(25), roll(25)];
      let kills = 0;
      for (const moment of moments) if (await killAtStep('integrate', moment)) kills += 1;
      expect(kills).toBeGreaterThanOrEqual(3);
      expect(['ok', 'warning']).toContain(await finish('integrate'));
      await expectSameBooks(reference);
      const [ours, theirs] = await dumps();
      expect(ours).toEqual(theirs);
    },
    TIMEOUT,
  );
});
