/**
 * Where the seats of a plan are, apart from everything else that is known of them. Positions are in
 * seats: neighbours of a row are 1 apart. Seats are told by their index in these arrays.
 */
export interface PlanGeometry {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest rectangle around all seats, whole seats included; a lone unit without any. */
export function boundsOf({ x, y }: PlanGeometry): Rectangle {
  if (x.length === 0) return { left: 0, top: 0, right: 1, bottom: 1 };
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let seat = 0; seat < x.length; seat += 1) {
    const [atX, atY] = [x[seat] as number, y[seat] as number];
    if (atX < left) left = atX;
    if (atX > right) right = atX;
    if (atY < top) top = atY;
    if (atY > bottom) bottom = atY;
  }
  return { left: left - 0.5, top: top - 0.5, right: right + 0.5, bottom: bottom + 0.5 };
}

/** The rectangle between two corners, whichever they are. */
export function rectangleBetween(one: Point, other: Point): Rectangle {
  return {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    right: Math.max(one.x, other.x),
    bottom: Math.max(one.y, other.y),
  };
}
