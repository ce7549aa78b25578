/** A window of sale that covers instants: the bounds that change least. */

export interface Window {
  opensAt: string;
  closesAt: string | null;
}

/**
 * The window that has to be moved so that an instant is inside, with its new bounds; null: a new
 * one is needed. `windows` hold for the sale's performance.
 */
export function coverInstant<W extends Window>(
  windows: readonly W[],
  at: string,
): { window: W; opensAt: string; closesAt: string | null } | null {
  let best: { window: W; opensAt: string; closesAt: string | null; moved: number } | null = null;
  for (const window of windows) {
    const { opensAt, closesAt } = window;
    const early = at < opensAt;
    const moved = Math.abs(Date.parse(early ? opensAt : (closesAt ?? at)) - Date.parse(at));
    if (best !== null && best.moved <= moved) continue;
    best = { window, moved, opensAt: early ? at : opensAt, closesAt: early ? closesAt : at };
  }
  if (best === null) return null;
  return { window: best.window, opensAt: best.opensAt, closesAt: best.closesAt };
}

export function covers({ opensAt, closesAt }: Window, at: string): boolean {
  return opensAt <= at && (closesAt === null || at <= closesAt);
}
