/**
 * Putting on sale and the pending accounts: the night before, rows are ticked and executed; what is
 * missing leads to its remedy; a payment is entered with its effect; a file of sales is tried.
 */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer } from './demo-server.ts';
import { faultsOf, signIn, visit, widths } from './walk.ts';

const SALES_FILE = new URL('../../src/channels/fnac/fixtures/csv/', import.meta.url);

let server: DemoServer;
let browser: Browser;
let manager = '';
let account = '';
let fnac = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([openDemoServer(), openBrowser()]);
  manager = await server.person('manager');
  const { organisationId } = server.story.beginning;
  const [found] = await server.story.services.database.transaction(organisationId, (tx) =>
    tx.query<{ id: number; fnac: number }>(
      `select (select min(id) from pending_account where organisation_id = $1) as id,
         (select min(id) from interface where organisation_id = $1) as fnac`,
      [organisationId],
    ),
  );
  account = `/accounts/acc_${found?.id}`;
  fnac = `ifc_${found?.fnac}`;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const scenes = () => [
  { name: 'mise-en-vente', path: '/selling' },
  { name: 'mise-en-vente-etapes', path: '/selling?tab=steps' },
  { name: 'comptes', path: '/accounts' },
  { name: 'compte', path: account },
  { name: 'compte-ecritures', path: `${account}?tab=entries` },
];

describe('putting on sale and the pending accounts', () => {
  it.each(['fr-FR', 'de-DE'])(
    'fit their page without a fault that axe finds, in %s',
    async (locale) => {
      const { page, context, errors } = await visit(browser, locale);
      await signIn(page, server.address, manager);
      const faults: string[] = [];
      for (const { name, path } of scenes()) {
        await page.goto(server.address + path);
        await page.locator('tbody tr').first().waitFor();
        for (const over of await widths(page, name)) {
          if (over > 0) faults.push(`${name}: ${over} px too wide`);
        }
        if (locale === 'fr-FR') {
          for (const fault of await faultsOf(page)) faults.push(`${name}: ${fault}`);
        }
      }
      await context.close();
      expect(faults).toEqual([]);
      expect(errors).toEqual([]);
    },
    120_000,
  );

  it('tries a file of sales before it may be integrated', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/selling?import=${fnac}`, manager);
    const drawer = page.getByRole('dialog', { name: 'Fichier de ventes' });
    await drawer.locator('input[type=file]').setInputFiles({
      name: 'ventes.csv',
      mimeType: 'text/csv',
      buffer: readFileSync(new URL('ordinary.csv', SALES_FILE)),
    });
    const integrate = drawer.getByRole('button', { name: 'Intégrer', exact: true });
    expect(await integrate.isDisabled()).toBe(true);
    await drawer.getByRole('button', { name: 'Simuler' }).click();
    await drawer.getByText(/lignes? essayées?/).waitFor();
    await context.close();
  }, 60_000);

  it('executes on the rows that are ticked, and tells what runs', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/selling`, manager);
    await page
      .getByRole('checkbox', { name: /^Choisir / })
      .first()
      .check();
    await page.getByText('1 ligne choisie', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Intégrer les ventes' }).click();
    const asked = page.getByRole('region', { name: 'Ce qui a été demandé' });
    await asked.getByText('une exécution à la fois', { exact: false }).waitFor();
    await asked.getByRole('status').first().waitFor();
    expect(await asked.getByRole('status').count()).toBe(1);
    await context.close();
  }, 60_000);

  it('ticks a step and takes the tick away', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/selling?tab=steps`, manager);
    const tick = page.getByRole('button', { name: /^Cocher Codes reçus/ });
    const before = await tick
      .first()
      .waitFor()
      .then(() => tick.count());
    await tick.first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cocher' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /^Décocher Codes reçus/ })
      .first()
      .waitFor();
    expect(await tick.count()).toBe(before - 1);
    await context.close();
  }, 60_000);

  it('enters a payment, after showing what the balance becomes', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, server.address + account, manager);
    await page.getByRole('button', { name: 'Saisir une pièce' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Montant/).fill('10,50');
    await dialog.getByText('Le solde passe de', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Comptabiliser' }).click();
    await dialog.getByText('Donnez le numéro de la pièce.').waitFor();
    await dialog.getByLabel('Numéro de pièce').fill('VIR-2026-1');
    await dialog.getByLabel('Date de la pièce').fill(new Date().toISOString().slice(0, 10));
    await dialog.getByRole('button', { name: 'Comptabiliser' }).click();
    await page.getByText('Comptabilisé. Solde :', { exact: false }).waitFor();
    await page.getByRole('tab', { name: 'Écritures' }).click();
    await page.locator('tbody tr', { hasText: 'VIR-2026-1' }).getByText('-10,50').waitFor();
    await context.close();
  }, 60_000);

  it('shows an auditor no button that is the manager’s', async () => {
    const auditor = await server.person('auditor');
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, server.address + account, auditor);
    await page.locator('tbody tr').first().waitFor();
    expect(await page.getByRole('button', { name: 'Saisir une pièce' }).count()).toBe(0);
    await page.goto(`${server.address}/selling`);
    await page.locator('tbody tr').first().waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await context.close();
  }, 60_000);
});
