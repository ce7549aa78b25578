/** What goes on after a request was answered: runs and streams. A server that stops ends them. */

const STREAMS_MAX_WAIT_MS = 10_000;

export class Background {
  readonly #control = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** Fires when the server stops. */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Work that a stop waits for, after it was told by the signal. It must tell its own errors. */
  add(work: Promise<unknown>): void {
    const kept = work
      .catch(() => undefined)
      .finally(() => {
        this.#running.delete(kept);
      });
    this.#running.add(kept);
  }

  /** Tells all to end and waits for them, but not for ever. */
  async end(): Promise<void> {
    this.#control.abort(new Error('The server stops.'));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STREAMS_MAX_WAIT_MS);
    });
    await Promise.race([Promise.all([...this.#running]), late]);
    clearTimeout(timer);
  }
}
