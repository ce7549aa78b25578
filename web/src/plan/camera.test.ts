import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pan, toScreen, toWorld, visibleArea, wholePlan, zoomAt } from './camera.ts';

const view = { width: 1280, height: 800 };
const bounds = { left: -100, top: -50, right: 300, bottom: 150 };

describe('the camera', () => {
  it('shows the whole plan at first', () => {
    const area = visibleArea(wholePlan(bounds, view), view);
    expect(area.left).toBeLessThan(bounds.left);
    expect(area.right).toBeGreaterThan(bounds.right);
    expect(area.top).toBeLessThan(bounds.top);
    expect(area.bottom).toBeGreaterThan(bounds.bottom);
  });

  it('keeps what is under the pointer under it while it zooms', () => {
    const spot = fc.record({
      x: fc.integer({ max: 960, min: 320 }),
      y: fc.integer({ max: 600, min: 200 }),
    });
    fc.assert(
      fc.property(spot, fc.double({ min: 1, max: 3, noNaN: true }), (at, factor) => {
        const camera = wholePlan(bounds, view);
        const under = toWorld(camera, view, at);
        // Only where the middle of the view stays on the plan: there it is held.
        const near = zoomAt(camera, { bounds, view, at, factor });
        const { x, y } = toScreen(near, view, under);
        expect(x).toBeCloseTo(at.x, 6);
        expect(y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  it('never loses the plan, however far it is moved', () => {
    const far = pan(wholePlan(bounds, view), bounds, 1e9, -1e9);
    expect([far.x, far.y]).toEqual([bounds.left, bounds.bottom]);
  });

  it('zooms neither into a single seat nor away to a speck', () => {
    const at = { x: 640, y: 400 };
    const near = zoomAt(wholePlan(bounds, view), { bounds, view, at, factor: 1e9 });
    const far = zoomAt(near, { bounds, view, at, factor: 1e-9 });
    expect(near.scale).toBe(64);
    expect(far.scale).toBeCloseTo(wholePlan(bounds, view).scale / 2, 9);
  });

  it('there and back is the same place', () => {
    const camera = { scale: 7.5, x: 12, y: -3 };
    expect(toWorld(camera, view, toScreen(camera, view, { x: 40, y: 9 }))).toEqual({ x: 40, y: 9 });
  });
});
