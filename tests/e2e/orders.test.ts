import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer } from './demo-server.ts';
import { faultsOf, signIn, visit, widths } from './walk.ts';

/**
 * Orders and comparisons: a clerk finds an order by what is in hand; the manager compares with the
 * reseller's list, sees what differs with its way out, and adopts what the reseller has.
 */

let server: DemoServer;
let browser: Browser;
let manager = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([openDemoServer(), openBrowser()]);
  manager = await server.person('manager');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function read<Row extends object>(sql: string): Promise<Row[]> {
  const { organisationId } = server.story.beginning;
  const { database } = server.story.services;
  return database.transaction(organisationId, (tx) => tx.query<Row>(sql, [organisationId]));
}

interface Sold {
  reference: string;
  number: string;
  lastName: string;
  performance: number;
  row: string;
  seat: string;
}

/** A ticket on a numbered seat, with its holder. */
async function sold(): Promise<Sold> {
  const [found] = await read<Sold>(
    `select o.reference, t.number, t.last_name as "lastName", t.performance_id as performance,
            s.row, s.number as seat
     from ticket t
     join sale_order o on o.organisation_id = t.organisation_id and o.id = t.sale_order_id
     join seat s on s.organisation_id = t.organisation_id and s.id = t.seat_id
     where t.organisation_id = $1 and t.state = 'valid' and t.last_name is not null
     order by t.id limit 1`,
  );
  if (found === undefined) throw new Error('The demo has sold seats.');
  return found;
}

/** As in a house that starts in mid-season: the reseller has two places that we never sent. */
async function forgetTwoPlaces(performance: number): Promise<void> {
  await read(
    `update performance_seat set interface_id = null, sent_category_id = null,
       sent_contingent_id = null
     where organisation_id = $1 and (performance_id, seat_id) in (
       select performance_id, seat_id from performance_seat
       where organisation_id = $1 and performance_id = ${performance} and state = 'free'
         and interface_id is not null and wish is null
       order by seat_id limit 2)`,
  );
}

const shown = (page: Page) => page.getByRole('table').locator('tbody tr');

describe('orders', () => {
  it('are found by ticket, name and seat, and tell a ticket’s whole story', async () => {
    const { reference, number, lastName, performance, row, seat } = await sold();
    const { page, context, errors } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/orders`, manager);
    const field = page.getByRole('searchbox');
    await shown(page).first().waitFor();
    await field.fill(number);
    await field.press('Enter');
    await page.getByText('1 commande affichée').waitFor();
    await field.fill(lastName.toLowerCase());
    await field.press('Enter');
    await page.waitForURL(/text=[^&]*[a-z]/);
    await shown(page).filter({ hasText: lastName }).first().waitFor();
    // A seat is recognised by its slash, and is one of a performance.
    await field.fill(`${row}/${seat}`);
    await page.getByText('Cherché comme place').waitFor();
    await field.press('Enter');
    await page.getByText('Choisissez la séance de cette place.').waitFor();
    await page.goto(`${server.address}/orders?text=${row}/${seat}&performance=prf_${performance}`);
    await shown(page).filter({ hasText: number }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    // From the row to the order, by keys alone.
    await shown(page).filter({ hasText: number }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Commande ${reference}` }).waitFor();
    const line = page.getByRole('button', { name: number });
    if ((await line.getAttribute('aria-expanded')) === 'false') await line.press('Enter');
    await page.getByRole('table', { name: `Compte d’attente du billet ${number}` }).waitFor();
    await page.getByText('Le message tel qu’il est gardé').first().click();
    expect(await page.locator('main').textContent()).not.toMatch(/@|\+33|phone|e?mail/i);
    expect(await faultsOf(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});

describe('a comparison', () => {
  it('is started and followed, and what the reseller has is adopted, foretold', async () => {
    const { performance } = await sold();
    await forgetTwoPlaces(performance);
    const { page, context, errors } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/reconciliation?performance=prf_${performance}`, manager);
    await page.getByRole('button', { name: 'Lancer un rapprochement' }).click();
    await page.getByRole('status').getByText('avec remarques').waitFor();
    const row = shown(page).filter({ hasText: /écarts? ouverts?/ });
    await row.first().focus();
    await page.keyboard.press('Enter');
    const differences = page.getByRole('table', { name: 'Écarts' });
    await differences.getByText('sans que nous l’ayons exportée').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter en Excel' }).click();
    expect((await download).suggestedFilename()).toBe('differences.xlsx');
    await page.getByRole('button', { name: 'Adopter (2)' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 places rejoindraient ce que MOSA-FNAC détient.').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Adopter' }).click();
    await dialog.getByText('2 places sont maintenant chez MOSA-FNAC.').waitFor();
    await dialog.getByRole('button', { name: 'Fermer' }).last().click();
    await differences.getByText('réglé').nth(1).waitFor();
    const mine = await read(`select from movement where organisation_id = $1 and kind = 'adopted'`);
    expect(mine).toHaveLength(2);
    // What waits in a case leads to its ways out.
    await differences.getByRole('link', { name: 'Régler le cas' }).first().click();
    await page.getByRole('dialog', { name: 'Cas' }).locator('dl').waitFor();
    await page.getByRole('link', { name: 'voir la commande' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('is read by an auditor, who neither starts one nor adopts', async () => {
    const auditor = await server.person('auditor');
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/reconciliation`, auditor);
    await shown(page).first().waitFor();
    expect(await page.getByRole('button', { name: 'Lancer un rapprochement' }).count()).toBe(0);
    await shown(page).filter({ hasText: 'écart' }).first().locator('a').click();
    await page.getByRole('heading', { level: 1, name: /^Rapprochement · / }).waitFor();
    expect(await page.getByRole('button', { name: /^Adopter/ }).count()).toBe(0);
    await context.close();
  }, 60_000);
});

describe('the pages', () => {
  it.each(['fr-FR', 'de-DE'])(
    'fit in %s',
    async (locale) => {
      const { number } = await sold();
      const { page, context } = await visit(browser, locale);
      await signIn(page, `${server.address}/orders`, manager);
      await shown(page).first().waitFor();
      expect(await widths(page, 'commandes')).toEqual([0, 0]);
      await page.goto(`${server.address}/orders?by=ticket&text="${number}"`);
      await shown(page).filter({ hasText: number }).locator('a').click();
      await page.locator('main table').waitFor();
      expect(await widths(page, 'commande')).toEqual([0, 0]);
      await page.goto(`${server.address}/reconciliation`);
      await shown(page).first().waitFor();
      expect(await widths(page, 'rapprochement')).toEqual([0, 0]);
      await shown(page).filter({ hasText: 'EXTSALES' }).first().locator('a').click();
      await page.locator('main table').waitFor();
      expect(await widths(page, 'rapprochement-ecarts')).toEqual([0, 0]);
      await context.close();
    },
    60_000,
  );
});
