import type { Point, Rectangle } from './plan-geometry.ts';

/** What of the plan is shown: `scale` pixels a seat, and the place in the middle of the view. */
export interface Camera {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The view's size in pixels. */
export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

/** A seat is never drawn larger: more would show one seat and nothing around it. */
const LARGEST_SCALE = 64;
/** Around the whole plan, so that its border is seen to be one. */
const MARGIN = 0.04;

/** Shows the whole plan. */
export function wholePlan(bounds: Rectangle, { width, height }: ViewSize): Camera {
  const [wide, high] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const scale = Math.min(width / wide, height / high) * (1 - 2 * MARGIN);
  return {
    scale: Math.min(LARGEST_SCALE, Math.max(scale, Number.EPSILON)),
    x: (bounds.left + bounds.right) / 2,
    y: (bounds.top + bounds.bottom) / 2,
  };
}

export function toWorld(camera: Camera, view: ViewSize, screen: Point): Point {
  return {
    x: camera.x + (screen.x - view.width / 2) / camera.scale,
    y: camera.y + (screen.y - view.height / 2) / camera.scale,
  };
}

export function toScreen(camera: Camera, view: ViewSize, world: Point): Point {
  return {
    x: (world.x - camera.x) * camera.scale + view.width / 2,
    y: (world.y - camera.y) * camera.scale + view.height / 2,
  };
}

/** What of the plan the view shows. */
export function visibleArea(camera: Camera, { width, height }: ViewSize): Rectangle {
  const [halfWide, halfHigh] = [width / 2 / camera.scale, height / 2 / camera.scale];
  return {
    left: camera.x - halfWide,
    top: camera.y - halfHigh,
    right: camera.x + halfWide,
    bottom: camera.y + halfHigh,
  };
}

/** Moves by pixels; the middle of the view stays on the plan, so that it cannot be lost. */
export function pan(camera: Camera, bounds: Rectangle, byX: number, byY: number): Camera {
  return held(
    { ...camera, x: camera.x - byX / camera.scale, y: camera.y - byY / camera.scale },
    bounds,
  );
}

/** Zooms by a factor; what is under the pointer stays under it. */
export function zoomAt(
  camera: Camera,
  { bounds, view, at, factor }: { bounds: Rectangle; view: ViewSize; at: Point; factor: number },
): Camera {
  const smallest = wholePlan(bounds, view).scale / 2;
  const scale = Math.min(LARGEST_SCALE, Math.max(smallest, camera.scale * factor));
  const under = toWorld(camera, view, at);
  return held(
    {
      scale,
      x: under.x - (at.x - view.width / 2) / scale,
      y: under.y - (at.y - view.height / 2) / scale,
    },
    bounds,
  );
}

function held(camera: Camera, bounds: Rectangle): Camera {
  return {
    scale: camera.scale,
    x: Math.min(bounds.right, Math.max(bounds.left, camera.x)),
    y: Math.min(bounds.bottom, Math.max(bounds.top, camera.y)),
  };
}
