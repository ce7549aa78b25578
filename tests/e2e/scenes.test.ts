/**
 * Walks the scenes in a real browser, as the ticketing manager: what a clerk reads, what axe says
 * of it in light and dark, and (with PARTERRE_SCREENSHOTS=1) pictures for docs/screenshots.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { PROJECT_FOLDER } from '../support/postgres-server.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer, PASSWORD } from './demo-server.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 1366 },
];

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([openDemoServer(), openBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the page said on its console as an error. */
  errors: string[];
}

async function visit(locale: string): Promise<Visit> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Europe/Paris',
    colorScheme: 'light',
    viewport: SIZES[0] ?? null,
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

async function signIn(page: Page, login: string, path = '/'): Promise<void> {
  await page.goto(server.address + path);
  await page.locator('input[type=email]').fill(login);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.locator('main#scene h1').waitFor();
}

/** Axe's findings, each with the elements it means. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

async function open(page: Page, { path, ready }: Scene): Promise<void> {
  await page.goto(server.address + path);
  await page.locator(ready).first().waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

interface Scene {
  name: string;
  path: string;
  /** What stands there once it has its data. */
  ready: string;
}

const TABS = ['mappings', 'schedules', 'runs'] as const;

/** Every scene there is; whoever adds one adds it here. */
async function scenesOf(): Promise<Scene[]> {
  const { organisationId } = server.story.beginning;
  const found = await server.story.services.database.transaction(organisationId, (tx) =>
    tx.query<{ id: number; case_id: number }>(
      `select i.id, (select min(m.id) from message m where m.organisation_id = $1
         and m.state = 'quarantined') as case_id
       from interface i where i.organisation_id = $1 order by i.id limit 1`,
      [organisationId],
    ),
  );
  const [row] = found;
  const path = `/interfaces/ifc_${row?.id}`;
  return [
    { name: 'tableau-de-bord', path: '/', ready: 'tbody tr' },
    { name: 'cas', path: '/cases', ready: 'tbody tr' },
    { name: 'cas-issues', path: `/cases?case=cas_${row?.case_id}`, ready: '[role=dialog] dl' },
    { name: 'interfaces', path: '/interfaces', ready: 'tbody tr' },
    { name: 'interface-general', path, ready: 'dl' },
    ...TABS.map((tab) => ({
      name: `interface-${tab}`,
      path: `${path}?tab=${tab}`,
      ready: 'tbody tr',
    })),
  ];
}

const SHORT_WALK = ['tableau-de-bord', 'cas', 'interface-mappings'];

/** German, the longest, walks them all, and French for the pictures; the others a short way. */
function walkedIn(locale: string, scenes: readonly Scene[]): readonly Scene[] {
  const pictures = process.env.PARTERRE_SCREENSHOTS === '1' && locale === 'fr-FR';
  if (locale === 'de-DE' || pictures) return scenes;
  return scenes.filter(({ name }) => SHORT_WALK.includes(name));
}

describe('the scenes', () => {
  let manager = '';
  beforeAll(async () => {
    manager = await server.person('manager');
  });

  it('have no fault that axe finds, in light and dark', async () => {
    const { page, context, errors } = await visit('fr-FR');
    const faults: string[] = [];
    const examine = async (name: string): Promise<void> => {
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
        for (const fault of await faultsOf(page)) faults.push(`${name}, ${colorScheme}: ${fault}`);
      }
    };
    await page.goto(server.address);
    await page.locator('form').waitFor();
    await examine('sign-in');
    await signIn(page, manager);
    for (const scene of await scenesOf()) {
      await open(page, scene);
      await examine(scene.name);
    }
    await context.close();
    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
  }, 180_000);

  it.each(['fr-FR', 'de-DE', 'en-GB', 'it-IT', 'es-ES'])(
    'fit their page, and no text is missing, in %s',
    async (locale) => {
      const { page, context } = await visit(locale);
      await signIn(page, manager);
      const wrong: string[] = [];
      for (const scene of walkedIn(locale, await scenesOf())) {
        await open(page, scene);
        for (const size of SIZES) {
          await page.setViewportSize(size);
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (over > 0) wrong.push(`${scene.name} at ${size.width}: ${over} px too wide`);
          await picture(page, `${scene.name}-${size.width}-${locale.slice(0, 2)}`);
        }
        const text = (await page.locator('#root').textContent()) ?? '';
        const keys = text.match(
          /\b(nav|cases?|interfaces?|mappings|schedules|runs?|act)\.[a-z]\w+/g,
        );
        if (keys !== null) wrong.push(`${scene.name}: ${keys.join(', ')}`);
      }
      await context.close();
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});

describe('a clerk', () => {
  it('signs in after a wrong password, which stays to be mended', async () => {
    const login = await server.person('auditor');
    const { page, context } = await visit('fr-FR');
    await page.goto(`${server.address}/cases`);
    await page.locator('input[type=email]').fill(login);
    await page.locator('input[type=password]').fill('autre chose de faux');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').getByText('Adresse ou mot de passe incorrect.').waitFor();
    expect(await page.locator('input[type=email]').inputValue()).toBe(login);
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    // And is where the address led.
    await page.getByRole('heading', { level: 1, name: 'Cas' }).waitFor();
    // An auditor reads: no way out, no run to start.
    await page.locator('tbody tr').first().click();
    await page.locator('[role=dialog] dl').waitFor();
    expect(await page.getByRole('button', { name: /Choisir/ }).count()).toBe(0);
    await context.close();
  }, 60_000);

  it('tests the connection and reads what each service answered', async () => {
    const login = await server.person('box_office');
    const { page, context } = await visit('fr-FR');
    await signIn(page, login, '/interfaces');
    await page.getByRole('link', { name: 'MoSA FNAC' }).click();
    await page.getByRole('button', { name: 'Tester la connexion' }).click();
    const drawer = page.getByRole('dialog', { name: 'Exécution' });
    await drawer.getByText('réussie').waitFor();
    expect(await drawer.getByRole('listitem').count()).toBeGreaterThan(0);
    await context.close();
  }, 60_000);

  it('books our price for all cases alike, after seeing what it comes to', async () => {
    const login = await server.person('administrator');
    const { page, context } = await visit('fr-FR');
    await signIn(page, login, '/cases');
    await page.locator('tbody tr', { hasText: 'Le prix diffère' }).first().click();
    await page.getByRole('button', { name: 'Choisir : Comptabiliser notre prix' }).click();
    await page.getByRole('radio', { name: 'tous les cas semblables' }).check();
    const dialog = page.getByRole('dialog', { name: 'Cas' });
    await dialog.getByText('Cela toucherait 5 cas').waitFor();
    // Five tickets of 12 euros, as our list says.
    await dialog.getByText('vente : 60,00', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Comptabiliser notre prix', exact: true }).click();
    await dialog.getByText('Dites pourquoi').waitFor();
    await dialog.getByLabel('Raison').fill('Notre grille fait foi.');
    await dialog.getByRole('button', { name: 'Comptabiliser notre prix', exact: true }).click();
    await page.getByText('Réglés : 5. Encore en attente : 0.').waitFor();
    await page.locator('tbody tr', { hasText: 'Correspondance' }).first().waitFor();
    const before = page.locator('tbody tr', { hasText: 'Le prix diffère' });
    await before.first().waitFor({ state: 'detached' });
    expect(await before.count()).toBe(0);
    await context.close();
  }, 60_000);

  it('changes the language where she is', async () => {
    const { page, context } = await visit('fr-FR');
    await signIn(page, 'manager@mosa.test', '/cases');
    await page.getByRole('button', { name: 'Langue' }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fälle' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await context.close();
  }, 60_000);
});

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PARTERRE_SCREENSHOTS !== '1' || !/-(fr|de)$/.test(name)) return;
  const folder = join(PROJECT_FOLDER, 'docs', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
