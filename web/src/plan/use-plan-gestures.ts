import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { pan, toWorld, zoomAt } from './camera.ts';
import type { Point } from './plan-geometry.ts';
import { rectangleBetween } from './plan-geometry.ts';
import type { PlanView } from './plan-view.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { SeatSelection } from './seat-selection.ts';

/** What dragging does: moves the plan, or draws around seats. */
export type PlanTool = 'move' | 'rectangle' | 'lasso';

/** Pixels that a hand trembles: less is a click. */
const TREMBLE = 4;
/** A lasso needs no point closer to the last one, in pixels. */
const LASSO_STEP = 3;
/** A click beside a seat finds none, in seats. */
const REACH = 0.7;
const WHEEL = 0.0016;

interface Doing {
  tool: PlanTool;
  /** Where it began and where it is, on the screen. */
  from: Point;
  at: Point;
  /** The line so far, on the plan. */
  line: Point[];
  moved: boolean;
}

export interface Gestures {
  view: PlanView | null;
  grid: SeatGrid;
  selection: SeatSelection;
  tool: PlanTool;
  focus: number | null;
  onFocus(seat: number | null): void;
  onHover(seat: number | null, at: Point): void;
}

/**
 * Pointers on the plan: drag with the tool, a click turns a seat, Alt takes seats out, the wheel
 * and two fingers zoom, the middle button always moves.
 */
export function usePlanGestures(host: RefObject<HTMLDivElement | null>, gestures: Gestures): void {
  const latest = useRef(gestures);
  latest.current = gestures;
  const hasView = gestures.view !== null;
  useEffect(() => {
    const element = host.current;
    if (element === null || !hasView) return;
    const hands = new Hands(element, () => latest.current);
    return hands.listen();
  }, [host, hasView]);
}

class Hands {
  private readonly element: HTMLElement;
  private readonly now: () => Gestures;
  private readonly fingers = new Map<number, Point>();
  private doing: Doing | null = null;

  constructor(element: HTMLElement, now: () => Gestures) {
    this.element = element;
    this.now = now;
  }

  listen(): () => void {
    const { element } = this;
    const ends = new AbortController();
    const { signal } = ends;
    element.addEventListener('pointerdown', (event) => this.down(event), { signal });
    element.addEventListener('pointermove', (event) => this.move(event), { signal });
    element.addEventListener('pointerup', (event) => this.up(event), { signal });
    element.addEventListener('pointercancel', (event) => this.drop(event), { signal });
    element.addEventListener('pointerleave', () => this.hover(null), { signal });
    element.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false });
    return () => ends.abort();
  }

  private place(event: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private down(event: PointerEvent): void {
    if (event.button > 1) return;
    const at = this.place(event);
    this.element.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, at);
    if (this.fingers.size > 1) {
      this.doing = null;
      this.mark([]);
      return;
    }
    const tool = event.button === 1 ? 'move' : this.now().tool;
    this.doing = { tool, from: at, at, line: [this.onPlan(at)], moved: false };
  }

  private move(event: PointerEvent): void {
    const at = this.place(event);
    const before = this.fingers.get(event.pointerId);
    if (before === undefined) {
      this.hover(at);
      return;
    }
    if (this.fingers.size === 2) this.pinch(event.pointerId, at);
    this.fingers.set(event.pointerId, at);
    const { doing } = this;
    if (doing === null) return;
    doing.moved ||= Math.hypot(at.x - doing.from.x, at.y - doing.from.y) > TREMBLE;
    if (!doing.moved) return;
    if (doing.tool === 'move') this.pan(at.x - doing.at.x, at.y - doing.at.y);
    else this.draw(doing, at);
    doing.at = at;
  }

  private draw(doing: Doing, at: Point): void {
    const here = this.onPlan(at);
    const [start = here] = doing.line;
    if (doing.tool === 'rectangle') {
      doing.line = [start, { x: here.x, y: start.y }, here, { x: start.x, y: here.y }];
    } else if (Math.hypot(at.x - doing.at.x, at.y - doing.at.y) >= LASSO_STEP) {
      doing.line.push(here);
    }
    this.mark(doing.line);
  }

  private up(event: PointerEvent): void {
    const { doing } = this;
    this.drop(event);
    if (doing === null) return;
    const { grid, selection, onFocus } = this.now();
    if (!doing.moved) {
      const seat = grid.nearest(this.onPlan(doing.from), REACH);
      if (seat === null) return;
      onFocus(seat);
      selection.toggle([seat]);
      return;
    }
    if (doing.tool === 'move') return;
    const [one, , other] = doing.line;
    const isBox = doing.tool === 'rectangle' && one !== undefined && other !== undefined;
    const seats = isBox ? grid.inRectangle(rectangleBetween(one, other)) : grid.inLasso(doing.line);
    if (event.altKey) selection.remove(seats);
    else selection.add(seats);
  }

  private drop(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.doing = null;
    this.mark([]);
  }

  private hover(at: Point | null): void {
    const { grid, onHover } = this.now();
    onHover(at === null ? null : grid.nearest(this.onPlan(at), REACH), at ?? { x: 0, y: 0 });
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(this.place(event), Math.exp(-event.deltaY * WHEEL));
  }

  /** Two fingers: what is between them stays between them. */
  private pinch(finger: number, at: Point): void {
    const before = this.fingers.get(finger);
    const [, other] = [...this.fingers].find(([id]) => id !== finger) ?? [];
    if (before === undefined || other === undefined) return;
    const far = (one: Point) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
    this.zoom({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, far(at) / far(before));
    this.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
  }

  private zoom(at: Point, factor: number): void {
    const { view } = this.now();
    if (view === null) return;
    view.look(zoomAt(view.camera, { bounds: view.bounds, view: view.size, at, factor }));
  }

  private pan(byX: number, byY: number): void {
    const { view } = this.now();
    view?.look(pan(view.camera, view.bounds, byX, byY));
  }

  private onPlan(at: Point): Point {
    const { view } = this.now();
    return view === null ? at : toWorld(view.camera, view.size, at);
  }

  private mark(outline: readonly Point[]): void {
    const { view, focus } = this.now();
    view?.mark({ focus, outline });
  }
}
