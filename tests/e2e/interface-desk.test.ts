/** The desk of an interface: schedules, mappings by keyboard, and a run that runs again. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer } from './demo-server.ts';
import { signIn, visit } from './walk.ts';

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([openDemoServer(), openBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('makes a schedule, maps a value by keyboard, and runs again what ran', async () => {
  const { page, context } = await visit(browser, 'fr-FR');
  await signIn(page, `${server.address}/interfaces`, await server.person('manager'));
  await page.getByRole('link', { name: 'MoSA FNAC' }).click();
  await page.getByRole('tab', { name: 'Programmations' }).click();
  await page.getByRole('button', { name: 'Nouvelle programmation' }).click();
  await page.getByRole('textbox', { name: 'Nom interne' }).fill('Chaque matin');
  await page.getByText('Prochaines exécutions').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('main tbody tr', { hasText: 'Chaque matin' }).waitFor();

  await page.getByRole('tab', { name: 'Correspondances' }).click();
  const row = page.locator('main tbody tr', { hasText: 'OccCont/FNAC_R' });
  await row.first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('22');
  await page.getByText(/^Libère \d+ message/).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Abandonner' }).waitFor({ state: 'detached' });
  await row.first().getByText('22', { exact: true }).waitFor();
  // Escape leaves a row as it was.
  await row.first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  await row.first().getByText('22', { exact: true }).waitFor();
  expect(await row.first().getByText('99').count()).toBe(0);

  await page.getByRole('tab', { name: 'Exécutions' }).click();
  await page.locator('main tbody tr', { hasText: 'ntégration' }).first().click();
  await page.getByRole('button', { name: 'Relancer' }).click();
  await page.getByRole('dialog').last().getByText('réussie').waitFor();
  await context.close();
}, 60_000);
