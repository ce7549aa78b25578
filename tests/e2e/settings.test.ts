/**
 * Settings and the door in a real browser: a passkey is added and signs in, a person is invited and
 * sets a password, a steward sees the door alone and what it says of three codes.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import type { DemoServer } from './demo-server.ts';
import { openDemoServer, PASSWORD } from './demo-server.ts';
import { faultsOf, signIn, visit, widths } from './walk.ts';

let server: DemoServer;
let browser: Browser;
let administrator = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([openDemoServer(), openBrowser()]);
  administrator = await server.person('administrator');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const TABS = ['account', 'people', 'keys', 'news', 'hooks', 'journal', 'house'] as const;

async function openTab(page: Page, tab: string): Promise<void> {
  await page.goto(`${server.address}/settings?tab=${tab}`);
  await page.getByRole('tabpanel').waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await page.locator('[role=tabpanel] :is(button, table, dl)').first().waitFor();
}

describe('settings', () => {
  it.each(['fr-FR', 'de-DE'])(
    'have no fault that axe finds, fit their page, and lack no text, in %s',
    async (locale) => {
      const { page, context, errors } = await visit(browser, locale);
      await signIn(page, `${server.address}/settings`, administrator);
      const wrong: string[] = [];
      for (const tab of TABS) {
        await openTab(page, tab);
        for (const over of await widths(page, `reglages-${tab}`)) {
          if (over > 0) wrong.push(`${tab}: ${over} px too wide`);
        }
        if (locale === 'fr-FR') wrong.push(...(await faultsOf(page)));
        const text = (await page.locator('#root').textContent()) ?? '';
        const keys = text.match(/\b(own|people|keys|hooks|journal|totp|problem)\.[a-z]\w+/g) ?? [];
        const told = tab === 'journal' ? [] : keys;
        if (told.length > 0) wrong.push(`${tab}: ${told.join(', ')}`);
      }
      await context.close();
      expect(wrong).toEqual([]);
      expect(errors).toEqual([]);
    },
    60_000,
  );

  it('show a box office its own account, its news and the house, not the rest', async () => {
    const login = await server.person('box_office');
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/settings?tab=people`, login);
    const tabs = await page.getByRole('tab').allTextContents();
    expect(tabs).toEqual(['Mon compte', 'Avertissements', 'Maison']);
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await page.getByRole('tab', { name: 'Maison' }).click();
    await page.locator('dl').waitFor();
    expect(await page.getByRole('button', { name: 'Enregistrer' }).count()).toBe(0);
    await context.close();
  }, 60_000);
});

describe('an administrator', () => {
  it('invites a person, who sets a password with the link and signs in', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/settings?tab=people`, administrator);
    await page.getByRole('button', { name: 'Inviter une personne' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Adresse e-mail').fill('nouvelle@mosa.test');
    await drawer.getByLabel('Nom').fill('Nouvelle Personne');
    await drawer.getByRole('button', { name: 'Inviter une personne' }).click();
    const link = (await drawer.locator('[data-told]').textContent()) ?? '';
    expect(link).toContain('/set-password#token=');
    await page.keyboard.press('Escape');
    const row = page.locator('tbody tr', { hasText: 'nouvelle@mosa.test' });
    await row.getByText('invité').waitFor();
    await context.close();

    const own = await visit(browser, 'fr-FR');
    await own.page.goto(link);
    await own.page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
    await own.page.getByLabel('Le même, encore une fois').fill(PASSWORD);
    await own.page.getByRole('button', { name: 'Enregistrer' }).click();
    await own.page.getByText('Votre mot de passe est enregistré.').waitFor();
    await signIn(own.page, `${server.named}/settings`, 'nouvelle@mosa.test');
    await own.page.getByText('nouvelle@mosa.test').first().waitFor();
    await own.context.close();
  }, 60_000);

  it('makes a key, which is told once, and revokes it', async () => {
    const { page, context } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/settings?tab=keys`, administrator);
    await page.getByRole('button', { name: 'Nouvelle clé' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Nom').fill('Comptabilité');
    await drawer.getByRole('button', { name: 'Nouvelle clé' }).click();
    expect(await drawer.locator('[data-told]').textContent()).toMatch(/^prt_/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Révoquer Comptabilité' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Révoquer', exact: true }).click();
    await page.locator('tbody tr', { hasText: 'Comptabilité' }).getByText('révoquée').waitFor();
    await context.close();
  }, 60_000);
});

describe('a passkey', () => {
  it('is added by a person, and signs them in without a password', async () => {
    const login = await server.person('manager');
    const { page, context } = await visit(browser, 'fr-FR');
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await signIn(page, `${server.named}/settings`, login);
    await page.getByLabel('Nom de la clé').fill('Mon téléphone');
    await page.getByRole('button', { name: 'Ajouter une clé' }).click();
    await page.getByRole('button', { name: 'Renommer Mon téléphone' }).waitFor();

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
    await page.getByText('dernier usage').waitFor();

    // After a password the same key is the second factor.
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.locator('input[type=email]').fill(login);
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.getByText('Une seconde preuve est demandée').waitFor();
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
    await context.close();
  }, 60_000);
});

/** A code that opens, and one that was used at eight. */
async function codesOf(): Promise<{ valid: string; used: string }> {
  const { organisationId } = server.story.beginning;
  const { database } = server.story.services;
  return await database.transaction(organisationId, async (tx) => {
    const rows = await tx.query<{ code: string }>(
      `select a.code from access_code a
       join performance p on p.organisation_id = $1 and p.id = a.performance_id
       where a.organisation_id = $1 and a.state = 'valid' and p.cancelled_at is null
       order by p.starts_at desc, a.code limit 2`,
      [organisationId],
    );
    const [valid = '', used = ''] = rows.map(({ code }) => code);
    await tx.execute(
      `update access_code set used_at = '2026-11-01T19:00:00Z'
       where organisation_id = $1 and code = $2`,
      [organisationId, used],
    );
    return { valid, used };
  });
}

describe('a steward', () => {
  it('sees the door alone, and what it says of a valid, a used and an unknown code', async () => {
    const { valid, used } = await codesOf();
    expect(valid).not.toBe('');
    const login = await server.person('steward');
    const { page, context, errors } = await visit(browser, 'fr-FR');
    await signIn(page, `${server.address}/cases`, login);
    await page.getByRole('heading', { level: 1, name: 'Contrôle d’accès' }).waitFor();
    expect(await page.locator('.frame-nav .nav-link').allTextContents()).toEqual([
      'Contrôle d’accès',
    ]);
    expect(await faultsOf(page)).toEqual([]);
    const said = page.locator('.verdict');
    // As a hand scanner does: it writes where the cursor is, and ends with Enter.
    for (const [code, word, why] of [
      [valid, 'Entrez', 'Billet valable'],
      [used, 'Refusé', 'Déjà utilisé'],
      ['0000-NOBODY', 'Refusé', 'Code inconnu'],
    ] as const) {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
      await said.getByText(code).waitFor();
      await said.getByText(word, { exact: true }).waitFor();
      await said.getByText(why, { exact: false }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
    }
    expect(await page.locator('.door-last li').count()).toBe(3);
    expect(await widths(page, 'controle-acces')).toEqual([0, 0]);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
