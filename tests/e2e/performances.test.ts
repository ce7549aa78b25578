import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer } from './demo-server.ts';
import { faultsOf, signIn, visit, widths } from './walk.ts';

/** A performance's external resellers and its plan, walked by the ticketing manager. */

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

/** The performance with numbered seats that has most unsold ones at the reseller. */
async function seated(): Promise<{ id: number }> {
  const { organisationId } = server.story.beginning;
  const [found] = await server.story.services.database.transaction(organisationId, (tx) =>
    tx.query<{ id: number }>(
      `select p.id
       from performance p
       join performance_seat s on s.organisation_id = p.organisation_id and s.performance_id = p.id
       where p.organisation_id = $1 and p.state = 'running'
       group by p.id
       order by count(*) filter (where s.interface_id is not null and s.state = 'free') desc, 1
       limit 1`,
      [organisationId],
    ),
  );
  if (found === undefined) throw new Error('The demo has seats.');
  return found;
}

/** A counted performance that no open case is about, and what the reseller has of it unsold. */
async function counted(): Promise<{ id: number; out: number }> {
  const { organisationId } = server.story.beginning;
  const [found] = await server.story.services.database.transaction(organisationId, (tx) =>
    tx.query<{ id: number; out: number }>(
      `select c.performance_id as id, sum(q.allotted)::int as out
       from counter c
       join contingent_quota q on q.organisation_id = c.organisation_id and q.counter_id = c.id
       where c.organisation_id = $1 and c.kind = 'zone' and not exists (
         select from quarantine w
         where w.organisation_id = $1 and w.performance_id = c.performance_id
           and w.settled_at is null)
       group by c.performance_id order by 2 desc, 1 limit 1`,
      [organisationId],
    ),
  );
  if (found === undefined) throw new Error('The demo has counted places.');
  return found;
}

describe('a performance', () => {
  it('takes unsold places back inside the dialog, foretold in numbers', async () => {
    const { id, out } = await counted();
    const { page, context, errors } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/performances/prf_${id}/resellers`, manager);
    const row = page.getByRole('row').filter({ hasText: 'FNAC' });
    await row.getByRole('button', { name: 'Reprendre l’invendu' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Un nombre').click();
    await dialog.getByLabel('Combien').fill('3');
    await dialog.getByText('3 places seront redemandées').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Reprendre', exact: true }).click();
    await page.getByRole('status').getByText('réussie').waitFor();
    // The table tells what is left, without being asked to.
    await row
      .getByRole('cell')
      .nth(1)
      .getByText(String(out - 3), { exact: true })
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('gives seats of the plan to another contingent, with mouse and with keys', async () => {
    const { id } = await seated();
    const { page, context, errors } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/performances/prf_${id}/plan`, manager);
    const plan = page.getByRole('application');
    await plan.locator('canvas').waitFor();
    const webgl = await plan
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.getContext('webgl2') !== null);
    expect(webgl).toBe(true);
    await page.getByText('Rectangle', { exact: true }).click();
    const box = await plan.boundingBox();
    if (box === null) throw new Error('The plan is not shown.');
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 5 });
    await page.mouse.up();
    const panel = page.getByRole('region', { name: 'Sièges choisis' });
    await panel.getByText(/sièges choisis/).waitFor();
    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    await page.getByText('Choisissez des sièges').waitFor();
    // The same by keys alone: to a seat, choose it and its neighbour.
    await plan.focus();
    for (const key of ['ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    await panel.getByText('2 sièges choisis').waitFor();
    await panel.getByRole('combobox', { name: 'Donner à' }).press('Enter');
    await page.getByRole('option', { name: 'Bloquer', exact: true }).click();
    await panel
      .getByText(/sièges? (changent|change|est|sont)/)
      .first()
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Déplacer', exact: true }).press('Enter');
    await page.getByText('Choisissez des sièges').waitFor();
    await page.getByText('Tableau', { exact: true }).click();
    await page.getByLabel('Chercher un siège').fill('bloq');
    await page.getByText(/^\d+ sièges?$/).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it.each(['fr-FR', 'de-DE'])(
    'fits its page in %s',
    async (locale) => {
      const { id } = await seated();
      const { page, context } = await visit(browser, locale);
      await signIn(page, `${server.address}/performances`, manager);
      await page.locator('tbody tr').first().waitFor();
      expect(await widths(page, 'seances')).toEqual([0, 0]);
      await page.goto(`${server.address}/performances/prf_${id}/resellers`);
      await page.locator('tbody tr').first().waitFor();
      expect(await widths(page, 'seance-revendeurs')).toEqual([0, 0]);
      await page.goto(`${server.address}/performances/prf_${id}/plan`);
      await page.locator('canvas').waitFor();
      expect(await widths(page, 'seance-plan')).toEqual([0, 0]);
      await context.close();
    },
    60_000,
  );
});
