/**
 * A real browser: Chromium, as npm installs it. Unpacked once, beside the packages, so that two
 * test files that start at the same time do not run a half-written one.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import type { Browser } from 'playwright-core';
import { chromium as driver } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');

/** Made for functions in a cloud: here a page may close, and the web's own safety stays on. */
const UNWANTED = [
  '--headless',
  '--single-process',
  '--in-process-gpu',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
];

/** A browser with WebGL by software. Close it. */
export async function openBrowser(): Promise<Browser> {
  const args = chromium.args.filter((arg) => !UNWANTED.some((one) => arg.startsWith(one)));
  return driver.launch({
    executablePath: await unpacked(),
    headless: true,
    args: [...args, '--disable-background-networking', '--disable-component-update'],
  });
}

async function unpacked(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache', 'parterre');
  const home = join(cache, `chromium-${version()}`);
  const file = join(home, 'chromium');
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, 'unpacking-'));
  const before = process.env.TMPDIR;
  try {
    // The package unpacks to the folder for temporary files, and to nowhere else.
    process.env.TMPDIR = making;
    await chromium.executablePath();
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(file)) throw error;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  return file;
}

function version(): string {
  const file = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
