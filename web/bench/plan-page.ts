/**
 * The page of `npm run bench -- plan`: a plan of so many seats, panned as a hand would, and an
 * empty canvas of the same renderer for comparison.
 */
import { pan } from '../src/plan/camera.ts';
import type { PlanGeometry } from '../src/plan/plan-geometry.ts';
import { PlanView } from '../src/plan/plan-view.ts';
import { SeatGrid } from '../src/plan/seat-grid.ts';
import { styleFor } from '../src/plan/seat-look.ts';

const VIEW = { width: 1280, height: 800 };

export interface Panned {
  frames: number;
  milliseconds: number;
  /** The longest wait between two frames, milliseconds. */
  longest: number;
  kind: string;
}

interface PlanBench {
  /** From the seats' arrays to the first complete picture, milliseconds. */
  firstPaint(): Promise<number>;
  /** `zoom`: times the scale at which the whole plan is in view. */
  pan(seats: boolean, zoom: number, milliseconds: number): Promise<Panned>;
}

declare global {
  interface Window {
    planBench?: PlanBench;
  }
}

/** Stands around a pitch: rings of blocks with aisles, as a stadium has. */
function stadium(count: number): PlanGeometry {
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  let seat = 0;
  for (let ring = 0; seat < count; ring += 1) {
    const [halfWide, halfHigh] = [60 + ring, 40 + ring];
    const around = Math.floor(4 * (halfWide + halfHigh));
    for (let place = 0; place < around && seat < count; place += 1) {
      // Aisles of two seats after every twenty.
      if (place % 22 >= 20) continue;
      const angle = (place / around) * 2 * Math.PI;
      const bend = 1 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
      x[seat] = halfWide * Math.cos(angle) * bend ** 0.8;
      y[seat] = halfHigh * Math.sin(angle) * bend ** 0.8;
      seat += 1;
    }
  }
  return { x, y };
}

function paint(view: PlanView, geometry: PlanGeometry): void {
  const count = geometry.x.length;
  view.setPlan(
    {
      geometry,
      grid: new SeatGrid(geometry),
      look: {
        styles: Array.from({ length: 12 }, (_, kind) => styleFor(kind)),
        styleOf: Uint8Array.from({ length: count }, (_, seat) => Math.floor(seat / 300) % 12),
        background: 0xffffff,
        chosenColour: 0x111111,
        isChosen: (seat) => seat % 997 === 0,
      },
    },
    { names: [], labelOf: (seat) => String((seat % 20) + 1), ink: 0x1a1a1a },
  );
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

async function begin(): Promise<void> {
  const count = Number(new URLSearchParams(location.search).get('seats') ?? 110_000);
  const geometry = stadium(count);
  const full = await PlanView.open(VIEW);
  const empty = await PlanView.open(VIEW);
  const host = document.getElementById('plan');
  host?.append(full.canvas);

  window.planBench = {
    async firstPaint() {
      await frame();
      const begun = performance.now();
      paint(full, geometry);
      while (!full.draw()) await frame();
      return performance.now() - begun;
    },
    async pan(seats, zoom, milliseconds) {
      const view = seats ? full : empty;
      host?.replaceChildren(view.canvas);
      const whole = 780 / (2 * 300);
      // Over a stand: the middle is grass.
      view.look({ scale: whole * zoom, x: zoom === 1 ? 0 : full.bounds.left * 0.6, y: 0 });
      const begun = await frame();
      let [now, frames, longest] = [begun, 0, 0];
      while (now - begun < milliseconds) {
        // A hand that draws the plan in wide circles, a third of the view a second.
        const angle = (now - begun) / 900;
        view.look(pan(view.camera, full.bounds, 7 * Math.cos(angle), 7 * Math.sin(angle)));
        view.draw();
        const next = await frame();
        longest = Math.max(longest, next - now);
        now = next;
        frames += 1;
      }
      return { frames, milliseconds: now - begun, longest, kind: view.kind };
    },
  };
}

void begin();
