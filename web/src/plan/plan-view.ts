// Under our Content-Security-Policy nothing may be compiled from text: pixi's own way round.
import 'pixi.js/unsafe-eval';
import { BitmapText, Container, Graphics, RendererType, Text, WebGLRenderer } from 'pixi.js';
import type { Camera, ViewSize } from './camera.ts';
import { toScreen, visibleArea, wholePlan } from './camera.ts';
import type { Point, Rectangle } from './plan-geometry.ts';
import type { PaintedPlan } from './plan-tiles.ts';
import { PlanTiles } from './plan-tiles.ts';
import type { SeatLook } from './seat-look.ts';

/** A word of the plan at a place of it: a block's name. */
export interface PlanName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** What lies over the seats for a moment. */
export interface PlanMarks {
  /** The seat under the keyboard's focus. */
  readonly focus: number | null;
  /** A rectangle or lasso that is being drawn, closed; on the plan. */
  readonly outline: readonly Point[];
}

/** Milliseconds of a frame for painting tiles: of the sixteen, the rest is the browser's. */
const PAINT_MS = 6;
/** Pixels a seat from which on its number is written on it. */
const LABELS_FROM = 22;
const MOST_LABELS = 3_000;

/** The plan on a WebGL canvas. Draws only when something changed. */
export class PlanView {
  readonly canvas: HTMLCanvasElement;
  private readonly renderer: WebGLRenderer;
  private readonly stage = new Container();
  private readonly labels = new Container();
  private readonly names = new Container();
  private readonly marks = new Graphics();
  private readonly spareLabels: BitmapText[] = [];
  private tiles: PlanTiles | null = null;
  private plan: PaintedPlan | null = null;
  private blockNames: readonly PlanName[] = [];
  private labelOf: (seat: number) => string = () => '';
  private ink = 0;
  private view: ViewSize;
  private shown: Camera = { scale: 1, x: 0, y: 0 };
  private current: PlanMarks = { focus: null, outline: [] };
  private asked: number | null = null;

  private constructor(renderer: WebGLRenderer, view: ViewSize) {
    this.renderer = renderer;
    this.canvas = renderer.canvas;
    this.view = view;
    this.stage.addChild(this.labels, this.names, this.marks);
  }

  /** Throws where the machine has no WebGL: the table is then the way in. */
  static async open(view: ViewSize): Promise<PlanView> {
    const renderer = new WebGLRenderer();
    await renderer.init({
      width: view.width,
      height: view.height,
      resolution: densityOf(),
      autoDensity: true,
      antialias: false,
      backgroundAlpha: 0,
      preferWebGLVersion: 2,
    });
    return new PlanView(renderer, view);
  }

  /** 'webgl', unless the library fell back to something else. */
  get kind(): string {
    return this.renderer.type === RendererType.WEBGL ? 'webgl' : 'other';
  }

  get camera(): Camera {
    return this.shown;
  }

  get size(): ViewSize {
    return this.view;
  }

  get bounds(): Rectangle {
    return this.plan?.grid.bounds ?? { left: 0, top: 0, right: 1, bottom: 1 };
  }

  /** Tiles painted for this plan so far. */
  get painted(): number {
    return this.tiles?.painted ?? 0;
  }

  /** Another plan, or none. The camera shows all of it. */
  setPlan(
    plan: PaintedPlan,
    words: { names: readonly PlanName[]; labelOf: (seat: number) => string; ink: number },
  ): void {
    this.tiles?.close();
    this.plan = plan;
    this.tiles = new PlanTiles(plan);
    this.stage.addChildAt(this.tiles.container, 0);
    this.blockNames = words.names;
    this.labelOf = words.labelOf;
    this.ink = words.ink;
    this.setNames();
    this.look(wholePlan(plan.grid.bounds, this.view));
  }

  /** Seats look otherwise; without `seats`, all of them. */
  repaint(look: SeatLook, seats?: Iterable<number>): void {
    this.tiles?.repaint(look, seats);
    this.invalidate();
  }

  look(camera: Camera): void {
    this.shown = camera;
    this.invalidate();
  }

  mark(marks: PlanMarks): void {
    this.current = marks;
    this.invalidate();
  }

  resize(view: ViewSize): void {
    if (view.width === this.view.width && view.height === this.view.height) return;
    this.view = view;
    this.renderer.resize(view.width, view.height, densityOf());
    this.invalidate();
  }

  /** Draws now what the camera shows. Answers whether nothing is left to paint. */
  draw(): boolean {
    const end = performance.now() + PAINT_MS;
    const hasTime = () => performance.now() < end;
    const done = this.tiles?.show(this.shown, this.view, densityOf(), hasTime) ?? true;
    this.drawWords();
    this.drawMarks();
    this.renderer.render(this.stage);
    return done;
  }

  close(): void {
    if (this.asked !== null) cancelAnimationFrame(this.asked);
    this.asked = null;
    this.tiles?.close();
    this.tiles = null;
    this.stage.destroy({ children: true });
    for (const label of this.spareLabels) label.destroy();
    this.renderer.destroy({ removeView: true });
  }

  private invalidate(): void {
    if (this.asked !== null) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = null;
      if (!this.draw()) this.invalidate();
    });
  }

  private setNames(): void {
    for (const name of this.names.removeChildren()) name.destroy();
    for (const { text } of this.blockNames) {
      const name = new Text({ text, style: { fontSize: 13, fontWeight: '600', fill: this.ink } });
      name.anchor.set(0.5, 1);
      this.names.addChild(name);
    }
  }

  private drawWords(): void {
    for (const [index, name] of this.names.children.entries()) {
      const at = this.blockNames[index];
      if (at !== undefined) name.position.copyFrom(toScreen(this.shown, this.view, at));
    }
    this.drawLabels();
  }

  private drawLabels(): void {
    const used = this.labels.removeChildren() as BitmapText[];
    this.spareLabels.push(...used);
    if (this.plan === null || this.shown.scale < LABELS_FROM) return;
    const { geometry, grid } = this.plan;
    const seats = grid.inRectangle(visibleArea(this.shown, this.view)).slice(0, MOST_LABELS);
    for (const seat of seats) {
      const label = this.spareLabels.pop() ?? newLabel();
      label.text = this.labelOf(seat);
      const at = { x: geometry.x[seat] as number, y: geometry.y[seat] as number };
      label.position.copyFrom(toScreen(this.shown, this.view, at));
      this.labels.addChild(label);
    }
  }

  private drawMarks(): void {
    this.marks.clear();
    const { focus, outline } = this.current;
    if (outline.length > 1) {
      const points = outline.map((point) => toScreen(this.shown, this.view, point));
      this.marks
        .poly(points, true)
        .fill({ color: this.ink, alpha: 0.08 })
        .stroke({ color: this.ink, width: 1.5 });
    }
    if (focus === null || this.plan === null) return;
    const { x, y } = this.plan.geometry;
    const at = toScreen(this.shown, this.view, { x: x[focus] as number, y: y[focus] as number });
    const half = Math.max(6, this.shown.scale * 0.6);
    this.marks
      .rect(at.x - half, at.y - half, 2 * half, 2 * half)
      .stroke({ color: this.ink, width: 2 });
  }
}

/** White on the seat's colour; glyphs of one texture, so that thousands are one draw. */
function newLabel(): BitmapText {
  const label = new BitmapText({
    text: '',
    style: { fontFamily: 'sans-serif', fontSize: 10, fill: 0xffffff },
  });
  label.anchor.set(0.5);
  return label;
}

const densityOf = (): number => Math.min(2, globalThis.devicePixelRatio || 1);
