import { describe, expect, it } from 'vitest';
import { ReadAhead } from './read-ahead.ts';

/** A source that tells how far it was read, and whether it was ended. */
function source(items: number, failure?: Error) {
  const told = { read: 0, ended: false };
  async function* read(): AsyncGenerator<number> {
    try {
      for (let item = 1; item <= items; item += 1) {
        told.read = item;
        yield item;
      }
      if (failure) throw failure;
    } finally {
      told.ended = true;
    }
  }
  return { told, read };
}

describe('reading ahead', () => {
  it('reads nothing before it is told, and one item however often it is told', async () => {
    const { told, read } = source(3);
    const reading = new ReadAhead(read());
    expect(told.read).toBe(0);
    expect(await reading.next()).toBe(1);
    expect(told.read).toBe(1);
    reading.start();
    reading.start();
    await Promise.resolve();
    expect(told.read).toBe(2);
    expect([await reading.next(), await reading.next(), await reading.next()]).toEqual([
      2,
      3,
      null,
    ]);
  });

  it('keeps an error for its turn: what came before is delivered', async () => {
    const { read } = source(1, new Error('cut'));
    const reading = new ReadAhead(read());
    expect(await reading.next()).toBe(1);
    reading.start();
    await new Promise<void>((done) => setImmediate(done));
    await expect(reading.next()).rejects.toThrow('cut');
  });

  it('ends the source when it is closed early, also with an item under way', async () => {
    const { told, read } = source(9);
    const reading = new ReadAhead(read());
    await reading.next();
    reading.start();
    await reading.close();
    expect(told).toEqual({ read: 2, ended: true });
  });
});
