/**
 * Keeps the sign-in library's sessions under a digest of their token. The library stores tokens
 * as they are and offers nothing else; its cookie is signed with a key that is not in the
 * database, and with this a row read from the database is worth nothing even to who has that key.
 */
import { createHash } from 'node:crypto';
import type { BetterAuthOptions, BetterAuthPlugin } from 'better-auth';
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/adapters';

/** What the database keeps: 64 hexadecimal digits. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The library's own adapter, for which the column `token` of a session holds a digest. */
export function sessionDigests() {
  return {
    id: 'session-digests',
    init: (context: { adapter: DBAdapter<BetterAuthOptions> }) => {
      const inner = context.adapter;
      const adapter: DBAdapter<BetterAuthOptions> = {
        ...digesting(inner),
        transaction: (work) => inner.transaction((trx) => work(digesting(trx))),
      };
      return { context: { adapter } };
    },
  } satisfies BetterAuthPlugin;
}

type Adapter = DBTransactionAdapter<BetterAuthOptions>;

interface Asked {
  model: string;
  where?: Where[] | undefined;
}

function digesting(inner: Adapter): Adapter {
  return {
    ...inner,
    async create(data) {
      const made = await inner.create({ ...data, data: kept(data.model, data.data) } as never);
      const { token } = data.data as { token?: unknown };
      return data.model === 'session' ? ({ ...(made as object), token } as never) : (made as never);
    },
    async findOne(data) {
      return told(data, await inner.findOne(asked(data)));
    },
    async findMany(data) {
      const rows = (await inner.findMany(asked(data))) as unknown[];
      return rows.map((row) => told(data, row)) as never;
    },
    async update(data) {
      return told(
        data,
        await inner.update(asked({ ...data, update: kept(data.model, data.update) })),
      );
    },
    async consumeOne(data) {
      return told(data, await inner.consumeOne(asked(data)));
    },
    async incrementOne(data) {
      return told(data, await inner.incrementOne(asked(data)));
    },
    count: (data) => inner.count(asked(data)),
    updateMany: (data) =>
      inner.updateMany(asked({ ...data, update: kept(data.model, data.update) })),
    delete: (data) => inner.delete(asked(data)),
    deleteMany: (data) => inner.deleteMany(asked(data)),
  };
}

/** A row as it is written. */
function kept<Row extends object>(model: string, row: Row): Row {
  const { token } = row as { token?: unknown };
  if (model !== 'session' || typeof token !== 'string') return row;
  return { ...row, token: digestOfToken(token) };
}

/** A condition as the database can answer it. */
function asked<Data extends Asked>(data: Data): Data {
  if (data.model !== 'session' || data.where === undefined) return data;
  const where = data.where.map((one) => {
    if (one.field !== 'token') return one;
    const { value } = one;
    if (typeof value === 'string') return { ...one, value: digestOfToken(value) };
    if (Array.isArray(value))
      return { ...one, value: value.map((each) => digestOfToken(`${each}`)) };
    return one;
  });
  return { ...data, where };
}

/** Who asked by a token gets it back: the cookie is written from it again. */
function told<Row>(data: Asked, row: Row): Row {
  if (data.model !== 'session' || row === null || typeof row !== 'object') return row;
  const tokens = (data.where ?? [])
    .filter(({ field }) => field === 'token')
    .flatMap(({ value }) => value as string | string[]);
  const { token } = row as { token?: unknown };
  const asked = tokens.find((one) => digestOfToken(one) === token);
  return asked === undefined ? row : { ...row, token: asked };
}
