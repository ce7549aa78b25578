/**
 * Which seats are chosen, with undo and redo. Steps keep what they changed and not the whole
 * choice: a lasso around half a stadium costs its seats once.
 */
export class SeatSelection {
  private readonly chosen = new Set<number>();
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private readonly listeners = new Set<(changed: readonly number[]) => void>();
  private changes = 0;

  /** Counts up with every change: what a view compares. */
  get version(): number {
    return this.changes;
  }

  /** Called with the seats whose state changed. Answers how to stop. */
  subscribe(listener: (changed: readonly number[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get size(): number {
    return this.chosen.size;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  has(seat: number): boolean {
    return this.chosen.has(seat);
  }

  /** In the order of their indices. */
  seats(): number[] {
    return [...this.chosen].sort((a, b) => a - b);
  }

  /** Answers the seats whose state changed, to be drawn again. */
  add(seats: Iterable<number>): number[] {
    return this.change(new Set(seats), new Set());
  }

  remove(seats: Iterable<number>): number[] {
    return this.change(new Set(), new Set(seats));
  }

  toggle(seats: Iterable<number>): number[] {
    const asked = new Set(seats);
    const added = new Set([...asked].filter((seat) => !this.chosen.has(seat)));
    return this.change(added, new Set([...asked].filter((seat) => !added.has(seat))));
  }

  replace(seats: Iterable<number>): number[] {
    const asked = new Set(seats);
    return this.change(asked, new Set([...this.chosen].filter((seat) => !asked.has(seat))));
  }

  undo(): number[] {
    const step = this.done.pop();
    if (step === undefined) return [];
    this.undone.push(step);
    for (const seat of step.added) this.chosen.delete(seat);
    for (const seat of step.removed) this.chosen.add(seat);
    return this.tell(step);
  }

  redo(): number[] {
    const step = this.undone.pop();
    if (step === undefined) return [];
    this.done.push(step);
    this.apply(step);
    return this.tell(step);
  }

  private change(asked: ReadonlySet<number>, gone: ReadonlySet<number>): number[] {
    const step: Step = {
      added: [...asked].filter((seat) => !this.chosen.has(seat)),
      removed: [...gone].filter((seat) => this.chosen.has(seat)),
    };
    // Nothing changed: nothing to undo, and what was undone may still be done again.
    if (step.added.length + step.removed.length === 0) return [];
    this.done.push(step);
    this.undone.length = 0;
    this.apply(step);
    return this.tell(step);
  }

  private tell({ added, removed }: Step): number[] {
    const changed = [...added, ...removed];
    this.changes += 1;
    for (const listener of this.listeners) listener(changed);
    return changed;
  }

  private apply({ added, removed }: Step): void {
    for (const seat of added) this.chosen.add(seat);
    for (const seat of removed) this.chosen.delete(seat);
  }
}

interface Step {
  readonly added: readonly number[];
  readonly removed: readonly number[];
}
