import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeatSelection } from './seat-selection.ts';

const seats = fc.array(fc.nat(12), { maxLength: 8 });
const act = fc.record({
  how: fc.constantFrom('add' as const, 'remove' as const, 'toggle' as const, 'replace' as const),
  seats,
});

describe('the selection', () => {
  it('undoes step by step to nothing, and does it all again', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const selection = new SeatSelection();
        const states: number[][] = [[]];
        for (const { how, seats: asked } of acts) {
          const changed = selection[how](asked);
          if (changed.length > 0) states.push(selection.seats());
          else expect(selection.seats()).toEqual(states.at(-1));
        }
        for (const state of [...states].reverse().slice(1)) {
          selection.undo();
          expect(selection.seats()).toEqual(state);
        }
        expect(selection.canUndo).toBe(false);
        expect(selection.size).toBe(0);
        for (const state of states.slice(1)) {
          selection.redo();
          expect(selection.seats()).toEqual(state);
        }
        expect(selection.canRedo).toBe(false);
      }),
    );
  });

  it('tells which seats changed, and no others', () => {
    const selection = new SeatSelection();
    expect(selection.add([1, 2, 2])).toEqual([1, 2]);
    expect(selection.add([2, 3])).toEqual([3]);
    expect(selection.toggle([3, 4])).toEqual([4, 3]);
    expect(selection.replace([1, 9])).toEqual([9, 2, 4]);
    expect(selection.remove([5])).toEqual([]);
    expect(selection.seats()).toEqual([1, 9]);
  });

  it('forgets what was undone once something else is chosen', () => {
    const selection = new SeatSelection();
    selection.add([1]);
    selection.undo();
    selection.add([2]);
    expect(selection.canRedo).toBe(false);
    expect(selection.redo()).toEqual([]);
    expect(selection.seats()).toEqual([2]);
  });
});
