import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { openTestDatabase } from '../../../tests/support/databases.ts';

// What libraries do on the embedded database: extended queries outside of transactions, several
// connections at once, while a transaction of ours holds the one session.
describe('connections that share the session of PGlite', () => {
  let test: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    test = await openTestDatabase('pglite');
    pool = test.database.foreignPool;
  });
  afterAll(() => test.close());

  it('never run the statement of another', async () => {
    const connections = await Promise.all(Array.from({ length: 4 }, () => pool.connect()));
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const holder = test.database.administration(async (tx) => {
      await tx.query('select 1');
      begin();
      await mayEnd;
    });
    await begun;
    // Each text differs and one is wrong: an error skips messages up to the next Sync.
    const asked = connections.map((connection, index) =>
      index === 1
        ? connection.query('select $1::int from missing', [index])
        : connection.query(`select $1::int as "column_${index}"`, [index]),
    );
    setImmediate(end);
    const answers = await Promise.allSettled(asked);
    await holder;
    for (const connection of connections) connection.release();
    expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value.rows)).toEqual([
      [{ column_0: 0 }],
      false,
      [{ column_2: 2 }],
      [{ column_3: 3 }],
    ]);
    expect(answers[1]).toMatchObject({ reason: { code: '42P01' } });
  });

  it('survive one that leaves between its Parse and its Sync', async () => {
    const leaver = new pg.Client(test.database.foreignPool.options);
    await leaver.connect();
    // The internals of pg are the only way to send half a conversation.
    const { connection } = leaver as unknown as {
      connection: { parse(message: object): void; flush(): void; stream: { destroy(): void } };
    };
    leaver.on('error', () => {});
    const gone = new Promise((resolve) => leaver.once('end', resolve));
    connection.parse({ text: 'select 1', name: '', types: [] });
    connection.stream.destroy();
    await gone;
    expect((await pool.query('select 2::int as two')).rows).toEqual([{ two: 2 }]);
  });

  it('take a statement of several megabytes', async () => {
    const long = 'x'.repeat(5_000_000);
    const result = await pool.query('select length($1::text) as length', [long]);
    expect(result.rows).toEqual([{ length: 5_000_000 }]);
  });
});
