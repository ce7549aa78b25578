import type { Database } from './database.ts';
import type { Tx } from './transaction.ts';

/** What one nextval of the sequence id_block stands for; the migration increments by the same. */
export const IDS_PER_BLOCK = 1_000;

const TAKE_BLOCKS = `select nextval('id_block') as first from generate_series(1, $1::int)`;

/**
 * Ids for new rows, unique in the whole database and rising within a block. Blocks left over stay
 * with this process, so ids have gaps and say nothing about the order of transactions.
 */
export interface IdSource {
  /**
   * The next `count` ids. Inside a transaction pass its Tx, as a second connection is refused
   * there; a rolled back transaction only leaves a gap.
   */
  take(count: number, tx?: Tx): Promise<number[]>;
}

interface Block {
  next: number;
  readonly end: number;
}

export function createIdSource(database: Database): IdSource {
  let blocks: Block[] = [];
  let losses = database.losses;

  const refill = async (missing: number, tx: Tx | undefined): Promise<void> => {
    const params = [Math.ceil(missing / IDS_PER_BLOCK)];
    const rows = await (tx === undefined
      ? database.administration((own) => own.query<{ first: number }>(TAKE_BLOCKS, params))
      : tx.query<{ first: number }>(TAKE_BLOCKS, params));
    blocks.push(...rows.map(({ first }) => ({ next: first, end: first + IDS_PER_BLOCK })));
  };

  const missingFor = (count: number): number =>
    count - blocks.reduce((sum, block) => sum + block.end - block.next, 0);

  return {
    async take(count, tx) {
      // A server that crashed may have forgotten blocks taken by transactions that never
      // committed, and would hand them out again.
      if (losses !== database.losses) {
        losses = database.losses;
        blocks = [];
      }
      for (let missing = missingFor(count); missing > 0; missing = missingFor(count)) {
        await refill(missing, tx);
      }
      return cut(blocks, count);
    },
  };
}

function cut(blocks: Block[], count: number): number[] {
  const ids: number[] = [];
  while (ids.length < count) {
    const block = blocks[0];
    if (block === undefined) throw new Error('refill() brings enough blocks.');
    const end = Math.min(block.end, block.next + count - ids.length);
    for (let id = block.next; id < end; id += 1) ids.push(id);
    block.next = end;
    if (block.next === block.end) blocks.shift();
  }
  return ids;
}
