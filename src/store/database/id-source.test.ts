import { beforeAll, expect, it } from 'vitest';
import { startChildStore } from '../../../tests/support/child-store.ts';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import { createIdSource } from './id-source.ts';

describeEachDatabase('the id source', (open, kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  it('gives as many ids as asked, whole and each once, also when several ask at once', async () => {
    const ids = createIdSource(test.database);
    const counts = [1, 999, 1_000, 1_001, 30_000, 0, 5];
    const taken = await Promise.all(counts.map((count) => ids.take(count)));
    expect(taken.map((each) => each.length)).toEqual(counts);
    const all = taken.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
  });

  it('asks the database once for a large batch, and not at all for what is left', async () => {
    const ids = createIdSource(test.database);
    const statements: string[] = [];
    await test.database.transaction(1, async (tx) => {
      const counting = {
        ...tx,
        query: <Row extends object>(text: string, params?: readonly unknown[]) => {
          statements.push(text);
          return tx.query<Row>(text, params);
        },
      };
      expect(await ids.take(30_000, counting)).toHaveLength(30_000);
      expect(statements).toHaveLength(1);
      const rest = await ids.take(10, counting);
      await ids.take(990, counting);
      expect(rest).toHaveLength(10);
    });
    expect(statements).toHaveLength(2);
  });

  it('never gives an id of a rolled back transaction to another', async () => {
    const ids = createIdSource(test.database);
    let first: number[] = [];
    await test.database
      .transaction(1, async (tx) => {
        first = await ids.take(700, tx);
        throw new Error('rolled back');
      })
      .catch(() => 'rolled back');
    const second = await ids.take(700);
    const third = await createIdSource(test.database).take(700);
    expect(new Set([...first, ...second, ...third]).size).toBe(2_100);
  });

  // The embedded database has one session for all, which nobody can end from outside.
  it.runIf(kind === 'postgres')('forgets its blocks with a lost connection', async () => {
    const ids = createIdSource(test.database);
    const [before] = await ids.take(1);
    const killing = test.database.administration((tx) =>
      tx.query('select pg_terminate_backend(pg_backend_pid())'),
    );
    await expect(killing).rejects.toMatchObject({ code: 'store.connection_lost' });
    const [after] = await ids.take(1);
    const blockOf = (id: number | undefined): number => Math.floor((id ?? 0) / 1_000);
    expect(blockOf(after)).toBeGreaterThan(blockOf(before));
  });

  it('gives each process ids of its own', async () => {
    const children = [startChildStore(test.options), startChildStore(test.options)];
    try {
      for (const child of children) expect(await child.next()).toMatchObject({ opened: true });
      const rounds = Array.from({ length: 20 }, () =>
        Promise.all(children.map((child) => child.ask<number[]>({ do: 'takeIds', count: 333 }))),
      );
      const all = (await Promise.all(rounds)).flat(2);
      expect(all).toHaveLength(20 * 2 * 333);
      expect(new Set(all).size).toBe(all.length);
    } finally {
      for (const child of children) await child.kill();
    }
  });
});
