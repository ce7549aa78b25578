/** Real time, as the exchange asks for it. */
import { setTimeout as delay } from 'node:timers/promises';

/** Waits; ends early, without an error, when the signal fires. */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}

/** Repeats work, one at a time, until stopped; stopping waits for the work that runs. */
export function every(ms: number, work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    // Work that takes longer than its turn is not piled up.
    running ??= work().finally(() => {
      running = null;
    });
  }, ms);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
