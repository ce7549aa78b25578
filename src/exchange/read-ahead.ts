/**
 * Reads one item ahead, when told to: the reseller's next answer is parsed in the time in which
 * the database writes the batch before it, and not earlier, when both would want this process.
 * One item at most, so memory stays bounded. An error of reading waits for its turn.
 */
export class ReadAhead<T> {
  readonly #iterator: AsyncIterator<T>;
  #pending: Promise<IteratorResult<T>> | null = null;

  constructor(source: AsyncIterable<T>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Begins to read the next item; a second call before it is taken does nothing. */
  start(): void {
    if (this.#pending !== null) return;
    this.#pending = this.#iterator.next();
    // Its error is met by `next`; until then it must not count as unhandled.
    this.#pending.catch(() => undefined);
  }

  /** The next item; null at the end. */
  async next(): Promise<T | null> {
    this.start();
    const result = (await this.#pending) as IteratorResult<T>;
    this.#pending = null;
    return result.done ? null : result.value;
  }

  /** Ends the reading early: what was begun is waited for and let go. */
  async close(): Promise<void> {
    await this.#pending?.catch(() => undefined);
    await this.#iterator.return?.();
  }
}
