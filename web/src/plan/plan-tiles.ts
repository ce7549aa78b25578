import { BufferImageSource, Container, Sprite, Texture } from 'pixi.js';
import type { Camera, ViewSize } from './camera.ts';
import { paintTile } from './paint-tile.ts';
import type { PlanGeometry, Rectangle } from './plan-geometry.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { SeatLook } from './seat-look.ts';
import type { TileKey } from './tile-layout.ts';
import { levelFor, nameOf, originOf, scaleOf, TILE_SIZE, tilesInView } from './tile-layout.ts';

export interface PaintedPlan {
  readonly geometry: PlanGeometry;
  readonly grid: SeatGrid;
  readonly look: SeatLook;
}

interface PaintedTile {
  readonly key: TileKey;
  readonly pixels: Uint8Array;
  readonly source: BufferImageSource;
  readonly sprite: Sprite;
  /** Seats changed their look since it was painted. */
  stale: boolean;
  usedAt: number;
}

/** 64 MB of pixels: a view of four screens, twice. */
const MOST_TILES = 256;
/** The whole plan on one level that always lies below, a thousand pixels wide. */
const BASE_PIXELS = 1024;

/** The tiles of a plan as sprites: paints what a view needs, as far as there is time. */
export class PlanTiles {
  readonly container = new Container();
  private readonly base = new Container();
  private readonly front = new Container();
  private readonly tiles = new Map<string, PaintedTile>();
  private readonly plan: PaintedPlan;
  private readonly bounds: Rectangle;
  private readonly baseLevel: number;
  private look: SeatLook;
  private frame = 0;
  private paintedTiles = 0;

  constructor(plan: PaintedPlan) {
    this.plan = plan;
    this.look = plan.look;
    this.bounds = plan.grid.bounds;
    const { left, right, top, bottom } = this.bounds;
    this.baseLevel = levelFor(BASE_PIXELS / Math.max(right - left, bottom - top));
    this.container.addChild(this.base, this.front);
  }

  /** Tiles painted since the plan was opened. */
  get painted(): number {
    return this.paintedTiles;
  }

  /** Seats look otherwise; without `seats`, all of them. */
  repaint(look: SeatLook, seats?: Iterable<number>): void {
    this.look = look;
    if (seats === undefined) {
      for (const tile of this.tiles.values()) tile.stale = true;
      return;
    }
    const places = [...seats].map((seat) => ({
      x: this.plan.geometry.x[seat] as number,
      y: this.plan.geometry.y[seat] as number,
    }));
    for (const tile of this.tiles.values()) {
      if (tile.stale) continue;
      const { left, top } = originOf(tile.key, this.bounds);
      const side = TILE_SIZE / scaleOf(tile.key.level);
      tile.stale = places.some(
        ({ x, y }) => x >= left - 1 && x <= left + side + 1 && y >= top - 1 && y <= top + side + 1,
      );
    }
  }

  /**
   * Brings the sprites in place for a view, and paints what is missing while `hasTime()`, at least
   * one tile. Answers whether all of the view is as it should be; else call again next frame.
   */
  show(camera: Camera, view: ViewSize, density: number, hasTime: () => boolean): boolean {
    this.frame += 1;
    const level = Math.max(this.baseLevel, levelFor(camera.scale * density));
    const whole = this.baseTiles();
    const wanted = tilesInView(camera, view, { bounds: this.bounds, level });
    const done = this.paint([...wanted, ...whole], hasTime);
    this.front.removeChildren();
    for (const key of level === this.baseLevel ? [] : wanted) {
      const tile = this.tiles.get(nameOf(key));
      if (tile !== undefined) this.front.addChild(tile.sprite);
    }
    if (this.base.children.length < whole.length) {
      for (const key of whole) {
        const tile = this.tiles.get(nameOf(key));
        if (tile !== undefined && tile.sprite.parent !== this.base) this.base.addChild(tile.sprite);
      }
    }
    // Nothing of the base is seen through tiles that are all there: drawing it would cost as much.
    this.base.visible = !done || level === this.baseLevel;
    this.container.scale.set(camera.scale);
    this.container.position.set(
      view.width / 2 - camera.x * camera.scale,
      view.height / 2 - camera.y * camera.scale,
    );
    this.forget();
    return done;
  }

  close(): void {
    for (const tile of this.tiles.values()) end(tile);
    this.tiles.clear();
    this.container.destroy({ children: true });
  }

  private baseTiles(): TileKey[] {
    const { left, right, top, bottom } = this.bounds;
    const all = { scale: 1, x: (left + right) / 2, y: (top + bottom) / 2 };
    const view = { width: right - left, height: bottom - top };
    return tilesInView(all, view, { bounds: this.bounds, level: this.baseLevel });
  }

  private paint(keys: readonly TileKey[], hasTime: () => boolean): boolean {
    let first = true;
    let done = true;
    for (const key of keys) {
      const tile = this.tiles.get(nameOf(key));
      if (tile !== undefined) tile.usedAt = this.frame;
      if (tile !== undefined && !tile.stale) continue;
      if (!first && !hasTime()) {
        done = false;
        continue;
      }
      first = false;
      this.paintOne(tile ?? this.begin(key));
    }
    return done;
  }

  private begin(key: TileKey): PaintedTile {
    const pixels = new Uint8Array(TILE_SIZE * TILE_SIZE * 4);
    const source = new BufferImageSource({
      resource: pixels,
      width: TILE_SIZE,
      height: TILE_SIZE,
      format: 'rgba8unorm',
      alphaMode: 'no-premultiply-alpha',
      scaleMode: 'linear',
    });
    const sprite = new Sprite(new Texture({ source }));
    const { left, top } = originOf(key, this.bounds);
    sprite.position.set(left, top);
    sprite.scale.set(1 / scaleOf(key.level));
    const tile = { key, pixels, source, sprite, stale: true, usedAt: this.frame };
    this.tiles.set(nameOf(key), tile);
    return tile;
  }

  private paintOne(tile: PaintedTile): void {
    const { key, pixels, source } = tile;
    const at = originOf(key, this.bounds);
    const scale = scaleOf(key.level);
    paintTile(pixels, { size: TILE_SIZE, scale, ...at }, { ...this.plan, look: this.look });
    source.update();
    tile.stale = false;
    this.paintedTiles += 1;
  }

  /** Those not shown for longest go first; the base stays. */
  private forget(): void {
    if (this.tiles.size <= MOST_TILES) return;
    const old = [...this.tiles]
      .filter(([, { key, usedAt }]) => usedAt < this.frame && key.level !== this.baseLevel)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [name, tile] of old.slice(0, this.tiles.size - MOST_TILES)) {
      this.tiles.delete(name);
      end(tile);
    }
  }
}

function end({ sprite, source }: PaintedTile): void {
  sprite.removeFromParent();
  const { texture } = sprite;
  sprite.destroy();
  texture.destroy(false);
  source.destroy();
}
