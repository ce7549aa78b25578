import type { Kysely } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import type { Database } from './database.ts';
import {
  CommitRefused,
  ConnectionLost,
  PoolUseInTransaction,
  RetryableConflict,
  TransactionOver,
  UniqueViolation,
} from './errors.ts';
import { openDatabase } from './open-database.ts';
import type { Tx } from './transaction.ts';

const SCRATCH = `
  create table scratch (
    organisation_id int not null,
    id bigint not null,
    note text not null default '',
    at timestamptz,
    primary key (organisation_id, id)
  );
  select guard_tenant_table('scratch', 'select, insert, update, delete');`;

const insert = (tx: Tx, organisationId: number, id: number): Promise<number> =>
  tx.execute('insert into scratch (organisation_id, id) values ($1, $2)', [organisationId, id]);

const idsSeen = async (tx: Tx): Promise<number[]> =>
  (await tx.query<{ id: number }>('select id from scratch order by id')).map((row) => row.id);

/** Lets the test decide when a transaction goes on. */
function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describeEachDatabase('a transaction', (open, kind) => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await open();
    database = test.database;
    await database.administration((tx) => tx.script(SCRATCH));
  });

  beforeEach(async () => {
    await database.administration((tx) => tx.script('delete from scratch'));
  });

  it('sees the rows of its own organisation only', async () => {
    await database.transaction(1, (tx) => insert(tx, 1, 10));
    await database.transaction(2, (tx) => insert(tx, 2, 20));
    expect(await database.transaction(1, idsSeen)).toEqual([10]);
    expect(await database.transaction(2, idsSeen)).toEqual([20]);
    expect(await database.administration(idsSeen)).toEqual([10, 20]);
  });

  it('cannot write, move or delete a row of another organisation', async () => {
    await database.transaction(2, (tx) => insert(tx, 2, 20));
    await expect(database.transaction(1, (tx) => insert(tx, 2, 21))).rejects.toMatchObject({
      code: '42501',
    });
    const touched = await database.transaction(1, async (tx) => [
      await tx.execute(`update scratch set note = 'mine'`),
      await tx.execute('delete from scratch'),
    ]);
    expect(touched).toEqual([0, 0]);
  });

  it('leaves neither its role nor its organisation to the next transaction', async () => {
    await database.transaction(1, idsSeen);
    const [session] = await database.administration((tx) =>
      tx.query(
        `select current_user = session_user as as_login,
                coalesce(current_setting('parterre.organisation_id', true), '') as organisation`,
      ),
    );
    expect(session).toEqual({ as_login: true, organisation: '' });
  });

  it('refuses an organisation that is no positive integer', async () => {
    const wrong = "1'; drop table scratch; --" as unknown as number;
    await expect(database.transaction(wrong, idsSeen)).rejects.toThrow(TypeError);
    await expect(database.transaction(0, idsSeen)).rejects.toThrow(TypeError);
  });

  it('rolls back when its work throws, and passes the error on', async () => {
    const reason = new Error('the work failed');
    const work = database.transaction(1, async (tx) => {
      await insert(tx, 1, 10);
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await database.transaction(1, idsSeen)).toEqual([]);
  });

  it('refuses every use of the pool inside it, also in what it calls', async () => {
    const nested = (): Promise<unknown> => database.transaction(1, idsSeen);
    await expect(database.transaction(1, nested)).rejects.toThrow(PoolUseInTransaction);
    await expect(
      database.transaction(1, async () => await Promise.resolve().then(nested)),
    ).rejects.toThrow(PoolUseInTransaction);
    await expect(database.administration(() => database.administration(idsSeen))).rejects.toThrow(
      PoolUseInTransaction,
    );
    await expect(database.transaction(1, async () => database.foreignPool)).rejects.toThrow(
      PoolUseInTransaction,
    );
    expect(await database.transaction(1, idsSeen)).toEqual([]);
  });

  it('frees what it started and left running once it has ended', async () => {
    const ended = gate();
    let later: Promise<number[]> | undefined;
    await database.transaction(1, async () => {
      later = ended.opened.then(() => database.transaction(1, idsSeen));
    });
    ended.open();
    expect(await later).toEqual([]);
  });

  it('is over when its work has ended', async () => {
    const kept = await database.transaction(1, async (tx) => tx);
    await expect(kept.query('select 1')).rejects.toThrow(TransactionOver);
    await expect(kept.execute('select 1')).rejects.toThrow(TransactionOver);
  });

  it('keeps statements started together in order', async () => {
    const results = await database.transaction(1, (tx) =>
      Promise.all(Array.from({ length: 20 }, (_, id) => insert(tx, 1, id))),
    );
    expect(results).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('rolls back statements that were started together when one of them fails', async () => {
    await database.transaction(1, (tx) => insert(tx, 1, 1));
    const work = database.transaction(1, (tx) =>
      // The first fails at once; the others would follow its rollback, and stay.
      Promise.all([1, 2, 3, 4, 5].map((id) => insert(tx, 1, id))),
    );
    await expect(work).rejects.toThrow(UniqueViolation);
    expect(await database.administration(idsSeen)).toEqual([1]);
  });

  it('does not take the commit of a failed transaction for a success', async () => {
    const work = database.transaction(1, async (tx) => {
      await insert(tx, 1, 10);
      await insert(tx, 1, 10).catch(() => 'swallowed');
    });
    await expect(work).rejects.toThrow(CommitRefused);
    expect(await database.transaction(1, idsSeen)).toEqual([]);
  });

  it('names the constraint whose key is taken, and the key where no policy hides it', async () => {
    await database.transaction(1, (tx) => insert(tx, 1, 10));
    const hidden = await database.transaction(1, (tx) => insert(tx, 1, 10)).catch((e) => e);
    expect(hidden).toBeInstanceOf(UniqueViolation);
    expect(hidden).toMatchObject({ constraint: 'scratch_pkey', detail: '' });
    const shown = await database.administration((tx) => insert(tx, 1, 10)).catch((e) => e);
    expect(shown).toMatchObject({
      constraint: 'scratch_pkey',
      detail: 'Key (organisation_id, id)=(1, 10) already exists.',
    });
  });

  it('runs in UTC and gives instants, integers and dates as documented', async () => {
    const [row] = await database.transaction(1, (tx) =>
      tx.query(
        `select $1::timestamptz as at, '2026-11-24'::date as day, 9007199254740991::int8 as big,
                1.50::numeric as price, '{"a": [1]}'::jsonb as document,
                $1::timestamptz::text as text, array[1, null]::int8[] as ids`,
        ['2026-11-24T11:13:51.120+01:00'],
      ),
    );
    expect(row).toEqual({
      at: '2026-11-24T10:13:51.120Z',
      day: '2026-11-24',
      big: 9007199254740991,
      price: '1.50',
      document: { a: [1] },
      text: '2026-11-24 10:13:51.12+00',
      ids: [1, null],
    });
  });

  it('refuses an integer that a number cannot hold', async () => {
    await expect(
      database.transaction(1, (tx) => tx.query('select 9007199254740992::int8 as big')),
    ).rejects.toMatchObject({ code: 'store.unsafe_integer' });
    expect(await database.transaction(1, idsSeen)).toEqual([]);
  });

  it('runs Kysely on its own connection, under the same policy', async () => {
    await database.transaction(2, (tx) => insert(tx, 2, 20));
    const rows = await database.transaction(1, async (tx) => {
      await insert(tx, 1, 10);
      const dynamic = tx.kysely as unknown as Kysely<{ scratch: { id: number } }>;
      return await dynamic.selectFrom('scratch').select('id').execute();
    });
    expect(rows).toEqual([{ id: 10 }]);
  });

  it('reads one picture in repeatable read', async () => {
    const begun = gate();
    const written = gate();
    const reading = database.transaction(
      1,
      async (tx) => {
        const before = await idsSeen(tx);
        begun.open();
        if (kind === 'postgres') await written.opened;
        return [before, await idsSeen(tx)];
      },
      { isolation: 'repeatable read', readOnly: true },
    );
    await begun.opened;
    await database.transaction(1, (tx) => insert(tx, 1, 10));
    written.open();
    expect(await reading).toEqual([[], []]);
  });

  it('refuses a write when it is read only', async () => {
    const work = database.transaction(1, (tx) => insert(tx, 1, 10), { readOnly: true });
    await expect(work).rejects.toMatchObject({ code: '25006' });
  });

  // On the embedded database transactions run one after the other, so none can conflict.
  it.runIf(kind === 'postgres')('names a conflict that may be tried again', async () => {
    await database.transaction(1, (tx) => insert(tx, 1, 10));
    const read = gate();
    const written = gate();
    const late = database.transaction(
      1,
      async (tx) => {
        await idsSeen(tx);
        read.open();
        await written.opened;
        await tx.execute(`update scratch set note = 'late'`);
      },
      { isolation: 'repeatable read' },
    );
    await read.opened;
    await database.transaction(1, (tx) => tx.execute(`update scratch set note = 'first'`));
    written.open();
    const error = await late.catch((e) => e);
    expect(error).toBeInstanceOf(RetryableConflict);
    expect(error).toMatchObject({ sqlState: '40001' });
  });

  it('runs transactions that are open at once without mixing their statements', async () => {
    const work = (organisationId: number): Promise<number[]> =>
      database.transaction(organisationId, async (tx) => {
        for (let id = 0; id < 5; id += 1) await insert(tx, organisationId, id);
        return await idsSeen(tx);
      });
    const seen = await Promise.all([1, 2, 3, 4, 5, 6].map(work));
    expect(seen).toEqual(Array.from({ length: 6 }, () => [0, 1, 2, 3, 4]));
  });

  it('gives libraries a pool with the parsers of pg', async () => {
    const result = await database.foreignPool.query(`select 1::int8 as big, now() as at`);
    expect(result.rows[0]).toMatchObject({ big: '1', at: expect.any(Date) });
  });
});

// The embedded database has one session for all, which nobody can end from outside.
describeEachDatabase('a broken connection', (open, kind) => {
  let test: TestDatabase;
  let other: Database;

  beforeAll(async () => {
    test = await open();
    other = await test.openAgain();
    await other.administration((tx) => tx.script(SCRATCH));
  });

  const killSession = async (tx: Tx): Promise<void> => {
    const [session] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await other.administration((own) =>
      own.query('select pg_terminate_backend($1, 5000)', [session?.pid]),
    );
  };

  // See above: there is no session to end on the embedded database.
  it.runIf(kind === 'postgres')('is said to be lost, counted and not used again', async () => {
    const losses = test.database.losses;
    const error = await test.database
      .transaction(1, async (tx) => {
        await insert(tx, 1, 10);
        await killSession(tx);
        await insert(tx, 1, 11);
      })
      .catch((e) => e);
    expect(error).toBeInstanceOf(ConnectionLost);
    expect(error).toMatchObject({ committed: 'no' });
    expect(test.database.losses).toBeGreaterThan(losses);
    expect(await test.database.transaction(1, idsSeen)).toEqual([]);
  });

  // See above: there is no session to end on the embedded database.
  it.runIf(kind === 'postgres')('leaves open whether a commit under way happened', async () => {
    const error = await test.database.transaction(1, killSession).catch((e) => e);
    expect(error).toMatchObject({ code: 'store.connection_lost', committed: 'unknown' });
  });
});

describe('a server that cannot be reached', () => {
  it('is refused with the cure', async () => {
    const opening = openDatabase({ url: 'postgresql://nobody@localhost/none?host=/nonexistent' });
    await expect(opening).rejects.toMatchObject({
      code: 'store.connection_lost',
      cure: expect.stringContaining('DATABASE_URL'),
    });
  });
});
