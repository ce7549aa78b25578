import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, preview } from 'vite';
import { openBrowser } from '../tests/support/browser.ts';
import type { BenchOptions, BenchResult } from './main.ts';

interface Panned {
  frames: number;
  milliseconds: number;
  longest: number;
  kind: string;
}

/** Times the scale of the whole plan: all of it, a stand, a few rows with their numbers. */
const ZOOMS = [1, 5, 20];
const MILLISECONDS = 2_500;
const SEATS = 110_000;

/**
 * Frames a second while a plan of 110,000 seats is panned in Chromium, beside an empty canvas of
 * the same renderer, in pairs at three scales; and how long the plan takes to its first picture.
 * `--rounds N`.
 */
export async function run({ args, progress }: BenchOptions): Promise<BenchResult> {
  const at = args.indexOf('--rounds');
  const rounds = at < 0 ? 3 : Number(args[at + 1]);
  const folder = mkdtempSync(join(tmpdir(), 'parterre-plan-'));
  try {
    await buildPage(folder);
    const server = await preview({
      configFile: false,
      logLevel: 'error',
      root: folder,
      build: { outDir: folder },
      preview: { port: 0, strictPort: false, host: '127.0.0.1' },
    });
    try {
      const address = server.resolvedUrls?.local[0] ?? '';
      return await measure(`${address}plan.html?seats=${SEATS}`, rounds, progress);
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildPage(outDir: string): Promise<unknown> {
  const root = join(import.meta.dirname, '..', 'web', 'bench');
  return build({
    configFile: false,
    logLevel: 'error',
    root,
    build: { outDir, emptyOutDir: true, rollupOptions: { input: join(root, 'plan.html') } },
  });
}

async function measure(
  address: string,
  rounds: number,
  progress: (text: string) => void,
): Promise<BenchResult> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => progress(String(error)));
    await page.goto(address);
    await page.waitForFunction(() => 'planBench' in globalThis);
    const firstPaint = await inPage<number>(page, 'planBench.firstPaint()');
    const pairs: { zoom: number; ours: Panned; limit: Panned }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const zoom of ZOOMS) {
        const limit = await inPage<Panned>(page, `planBench.pan(false,${zoom},${MILLISECONDS})`);
        const ours = await inPage<Panned>(page, `planBench.pan(true,${zoom},${MILLISECONDS})`);
        if (ours.kind !== 'webgl') throw new Error(`The plan was drawn by ${ours.kind}.`);
        pairs.push({ zoom, ours, limit });
        progress(
          `zoom ${zoom}: ${rate(ours).toFixed(1)} frames/s, empty ${rate(limit).toFixed(1)}`,
        );
      }
    }
    return figures(pairs, firstPaint);
  } finally {
    await browser.close();
  }
}

const inPage = <T>(page: Page, call: string): Promise<T> => page.evaluate(call) as Promise<T>;
const rate = ({ frames, milliseconds }: Panned): number => (frames * 1_000) / milliseconds;
const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function figures(
  pairs: readonly { zoom: number; ours: Panned; limit: Panned }[],
  firstPaintMs: number,
): BenchResult {
  const byZoom = ZOOMS.map((zoom) => {
    const own = pairs.filter((pair) => pair.zoom === zoom);
    const [ours, limit] = [
      middle(own.map((pair) => rate(pair.ours))),
      middle(own.map((pair) => rate(pair.limit))),
    ];
    const longest = Math.max(...own.map((pair) => pair.ours.longest));
    return { zoom, ours, limit, ratio: ours / limit, longestFrameMs: Math.round(longest) };
  });
  // The scale at which we do worst is the one that counts.
  const worst = byZoom.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  return {
    ours: { perSecond: worst.ours },
    limit: { perSecond: worst.limit },
    seats: SEATS,
    firstPaintMs: Math.round(firstPaintMs),
    byZoom,
  };
}
