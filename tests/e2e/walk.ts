/** What every walk through the web application needs: a visit, signing in, axe, the picture. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PROJECT_FOLDER } from '../support/postgres-server.ts';
import { PASSWORD } from './demo-server.ts';

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 1366 },
] as const;

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the page said on its console as an error. */
  errors: string[];
}

export async function visit(
  browser: Browser,
  locale: string,
  scheme: 'light' | 'dark' = 'light',
): Promise<Visit> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Europe/Paris',
    colorScheme: scheme,
    viewport: SIZES[0],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // Who is not signed in is told so by 401, which is how the page knows.
    if (message.type() === 'error' && !/401/.test(message.text())) errors.push(message.text());
  });
  return { page, context, errors };
}

/** Signs in where the address leads, and waits for the scene. */
export async function signIn(page: Page, address: string, login: string): Promise<void> {
  await page.goto(address);
  await page.locator('input[type=email]').fill(login);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.locator('main#scene h1').waitFor();
}

/** Axe's findings in light and dark, each with the elements it means. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    // Colours on their way from one scheme to the other are nobody's fault.
    await page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        faults.push(`${colorScheme}, ${id}: ${target.join(' ')} ${failureSummary}`);
      }
    }
  }
  return faults;
}

/** Pixels that the page is too wide at each size; with PARTERRE_SCREENSHOTS=1 its pictures too. */
export async function widths(page: Page, name: string): Promise<number[]> {
  const over: number[] = [];
  const language = await page.evaluate(() => document.documentElement.lang);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    over.push(
      await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    );
    if (process.env.PARTERRE_SCREENSHOTS !== '1') continue;
    const folder = join(PROJECT_FOLDER, 'docs', 'screenshots');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${size.width}-${language}.png`) });
  }
  await page.setViewportSize(SIZES[0]);
  return over;
}
