import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChildStore } from '../../../tests/support/child-store.ts';
import { startChildStore } from '../../../tests/support/child-store.ts';
import { copyEmptyPglite } from '../../../tests/support/empty-pglite.ts';
import { makeVolatileFolder } from '../../../tests/support/temporary-folder.ts';
import type { Database } from './database.ts';
import { ConnectionLost } from './errors.ts';
import type { OpenOptions } from './open-database.ts';
import { openDatabase } from './open-database.ts';

interface Opened {
  readonly opened: boolean;
  readonly ownsFolder: boolean;
}

describe('the owner of a data folder', () => {
  let dataFolder: string;
  let children: ChildStore[];
  let databases: Database[];

  beforeEach(async () => {
    dataFolder = makeVolatileFolder('parterre-data-');
    await copyEmptyPglite(dataFolder);
    children = [];
    databases = [];
  });

  afterEach(async () => {
    for (const child of children) await child.kill();
    for (const database of databases.reverse()) await database.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const start = (options: OpenOptions = {}): ChildStore => {
    const child = startChildStore({ dataFolder, ...options });
    children.push(child);
    return child;
  };

  const open = async (options: OpenOptions = {}): Promise<Database> => {
    const database = await openDatabase({ dataFolder, ...options });
    databases.push(database);
    return database;
  };

  const createTable = (database: Database): Promise<void> =>
    database.administration((tx) => tx.script('create table kept (id bigint primary key)'));

  const keptIds = async (database: Database): Promise<number[]> =>
    (
      await database.administration((tx) =>
        tx.query<{ id: number }>('select id from kept order by id'),
      )
    ).map((row) => row.id);

  it('is exactly one of processes that start at once, and serves the others', async () => {
    const started = [start(), start(), start()];
    const opened = await Promise.all(started.map((child) => child.next<Opened>()));
    expect(opened.map((answer) => answer?.opened)).toEqual([true, true, true]);
    const owners = started.filter((_, index) => opened[index]?.ownsFolder);
    expect(owners).toHaveLength(1);
    const note = JSON.parse(readFileSync(join(dataFolder, 'owner.json'), 'utf8'));
    expect(note.pid).toBe(owners[0]?.pid);

    const database = await open();
    expect(database.ownsFolder).toBe(false);
    await createTable(database);
    const written = await Promise.all(
      started.map((child, index) =>
        child.ask({ do: 'insert', from: index * 100, to: index * 100 + 19 }),
      ),
    );
    expect(written).toEqual([{ inserted: 20 }, { inserted: 20 }, { inserted: 20 }]);
    const counts = await Promise.all(started.map((child) => child.ask({ do: 'count' })));
    expect(counts).toEqual([{ count: 60 }, { count: 60 }, { count: 60 }]);
  });

  it('refuses a second owner with the cure, and names the process', async () => {
    const owner = start();
    await owner.next();
    const refusal = await open({ mustOwn: true, waitMs: 50 }).catch((error) => error);
    expect(refusal).toMatchObject({
      code: 'store.folder_owned',
      cure: expect.stringContaining('DATABASE_URL'),
      message: expect.stringContaining(`process ${owner.pid}`),
    });
  });

  it('refuses a second owner in the same process too', async () => {
    await open();
    await expect(open({ mustOwn: true, waitMs: 50 })).rejects.toMatchObject({
      code: 'store.folder_owned',
    });
  });

  it('gives the folder free when it closes', async () => {
    const owner = start();
    await owner.next();
    expect(await owner.ask({ do: 'close' })).toEqual({ closed: true });
    const database = await open({ mustOwn: true });
    expect(database.ownsFolder).toBe(true);
  });

  it('is waited for by a server that a passing command is ahead of', async () => {
    const command = start();
    await command.next();
    const opening = open({ mustOwn: true, waitMs: 20_000 });
    await command.ask({ do: 'close' });
    expect((await opening).ownsFolder).toBe(true);
  });

  it('killed at any moment, leaves every acknowledged row to the next owner', async () => {
    await createTable(await open());
    await databases.pop()?.close();
    let acknowledged = 0;
    // Killed after a different number of commits each time, while the next one is under way.
    for (const commits of [1, 7, 40]) {
      const owner = start();
      expect(await owner.next()).toMatchObject({ ownsFolder: true });
      owner.tell({ do: 'insertForEver', from: acknowledged + 1 });
      const last = acknowledged + commits;
      while (acknowledged < last) {
        const line = await owner.next<{ committed: number }>();
        acknowledged = line?.committed ?? Number.NaN;
      }
      await owner.kill();
      expect(existsSync(join(dataFolder, 'owner.json'))).toBe(true);

      const database = await open({ mustOwn: true });
      const ids = await keptIds(database);
      expect(ids.slice(0, acknowledged)).toEqual(
        Array.from({ length: acknowledged }, (_, index) => index + 1),
      );
      // What was committed without being read by us is kept as well, so go on after it.
      acknowledged = ids.length;
      await databases.pop()?.close();
    }
  });

  it('killed, is lost to its clients, who find the next owner at the same place', async () => {
    const owner = start();
    await owner.next();
    const client = await open();
    await createTable(client);
    await owner.kill();
    const lost = await keptIds(client).catch((error) => error);
    expect(lost).toBeInstanceOf(ConnectionLost);
    const next = start();
    expect(await next.next()).toMatchObject({ ownsFolder: true });
    expect(await keptIds(client)).toEqual([]);
  });

  it('killed while it creates the database, leaves no half of one behind', async () => {
    rmSync(join(dataFolder, 'pglite'), { recursive: true });
    const owner = start();
    for await (const change of watch(dataFolder)) {
      if (change.filename === 'pglite.draft') break;
    }
    await owner.kill();
    expect(existsSync(join(dataFolder, 'pglite'))).toBe(false);
    const database = await open({ mustOwn: true });
    await createTable(database);
    expect(await keptIds(database)).toEqual([]);
  });

  it('lets nobody but its user at the socket', async () => {
    await open();
    const { socketFolder } = JSON.parse(readFileSync(join(dataFolder, 'owner.json'), 'utf8'));
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(statSync(join(socketFolder, '.s.PGSQL.5432')).mode & 0o777).toBe(0o600);
  });

  it('finds a short place for the socket of a folder with a long path', async () => {
    const long = join(dataFolder, 'a'.repeat(60), 'b'.repeat(60));
    await copyEmptyPglite(long);
    const owner = await open({ dataFolder: long });
    const client = await open({ dataFolder: long });
    await createTable(owner);
    expect(await keptIds(client)).toEqual([]);
    expect([owner.ownsFolder, client.ownsFolder]).toEqual([true, false]);
    const { socketFolder } = JSON.parse(readFileSync(join(long, 'owner.json'), 'utf8'));
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
  });

  it('starts its clients waiting behind a long transaction without losing them', async () => {
    const owner = await open();
    await createTable(owner);
    const client = start();
    await client.next();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const long = owner.administration(async (tx) => {
      await tx.execute('insert into kept (id) values (1)');
      begin();
      await mayEnd;
    });
    // Asked before, the count might rightly be 0.
    await begun;
    const waiting = client.ask({ do: 'count' });
    end();
    await long;
    expect(await waiting).toEqual({ count: 1 });
  });

  it('rolls back what a killed client had open, and serves on', async () => {
    const owner = await open();
    await createTable(owner);
    const client = start();
    await client.next();
    client.tell({ do: 'insertForEver', from: 1 });
    await client.next();
    await client.kill();
    const ids = await keptIds(owner);
    expect(ids[0]).toBe(1);
    await owner.administration((tx) => tx.execute('insert into kept (id) values (0)'));
    expect(await keptIds(owner)).toEqual([0, ...ids]);
  });
});
