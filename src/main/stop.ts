/** Ends when the process is told to. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise keeps no process alive; this does, whatever else is open.
    const alive = setInterval(() => {}, 60_000);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
