/** Every address that mails, hooks and remedies lead to is one that the web application knows. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebPlace } from '../../src/domain/watch/web-address.ts';
import { webPath } from '../../src/domain/watch/web-address.ts';
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

const UNKNOWN = 'Il n’y a rien à cette adresse';

interface Ids {
  interface: number;
  run: number;
  schedule: number;
  message: number;
  account: number;
  performance: number;
}

/** Keyed by the place: one that is new in the domain does not compile here until it is walked. */
function placesOf(of: Ids): Record<WebPlace['place'], [WebPlace, string]> {
  const interfaceId = of.interface;
  return {
    interface: [{ place: 'interface', interfaceId }, 'dl'],
    runs: [{ place: 'runs', interfaceId }, 'tbody tr'],
    run: [{ place: 'run', interfaceId, runId: of.run }, '[role=dialog] [role=tab]'],
    schedules: [{ place: 'schedules', interfaceId, scheduleId: of.schedule }, 'tbody tr'],
    mapping: [{ place: 'mapping', interfaceId, word: 'tariff', value: '0' }, 'tbody tr'],
    mapping_queue: [{ place: 'mapping_queue', interfaceId }, 'main h2'],
    cases: [{ place: 'cases', interfaceId, code: 'price.differs' }, 'tbody tr'],
    case: [{ place: 'case', messageId: of.message }, '[role=dialog] dl'],
    accounts: [{ place: 'accounts' }, 'main h1'],
    account: [{ place: 'account', accountId: of.account }, 'main h1'],
    resellers: [{ place: 'resellers', performanceId: of.performance }, 'main tbody tr'],
  };
}

async function idsOf(): Promise<Ids> {
  const { organisationId } = server.story.beginning;
  const rows = await server.story.services.database.transaction(organisationId, (tx) =>
    tx.query<Ids>(
      `select i.id as interface,
         (select min(id) from run where organisation_id = $1 and interface_id = i.id) as run,
         (select min(id) from schedule where organisation_id = $1) as schedule,
         (select min(id) from message where organisation_id = $1 and state = 'quarantined')
           as message,
         (select min(id) from pending_account where organisation_id = $1) as account,
         (select min(id) from performance where organisation_id = $1) as performance
       from interface i where i.organisation_id = $1 order by i.id limit 1`,
      [organisationId],
    ),
  );
  return rows[0] as Ids;
}

it('is known, and shows what it is about', async () => {
  const { page, context } = await visit(browser, 'fr-FR');
  await signIn(page, server.address, await server.person('manager'));
  await page.goto(`${server.address}/nowhere`);
  await page.getByText(UNKNOWN, { exact: false }).waitFor();
  const unknown: string[] = [];
  for (const [place, shown] of Object.values(placesOf(await idsOf()))) {
    const path = webPath(place);
    await page.goto(server.address + path);
    await page.locator('main#scene h1, main#scene h2').first().waitFor();
    if (await page.getByText(UNKNOWN, { exact: false }).isVisible()) unknown.push(path);
    else await page.locator(shown).first().waitFor();
  }
  // What "ready to sell?" leads to besides (src/api/routes/selling-links.ts).
  const { interface: of } = await idsOf();
  for (const path of [
    '/house',
    '/house/prices?product=prd_1',
    '/house/products/prd_1',
    `/interfaces/ifc_${of}/prices?product=prd_1`,
    `/interfaces/ifc_${of}/tests`,
  ]) {
    await page.goto(server.address + path);
    await page.locator('main#scene h1').first().waitFor();
    if (await page.getByText(UNKNOWN, { exact: false }).isVisible()) unknown.push(path);
  }
  // The word and the value that a mail names are what the table is searched by.
  await page.goto(`${server.address}${webPath(placesOf(await idsOf()).mapping[0])}`);
  await page.locator('main tbody tr').first().waitFor();
  expect(await page.locator('main input[type=search]').inputValue()).toBe('0');
  await context.close();
  expect(unknown).toEqual([]);
}, 60_000);
