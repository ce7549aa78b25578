import { expect, it } from 'vitest';
import { TEXTS } from '../../runs/remedies.ts';
import { dayOf, readerOf, say, sayLoosely } from './reader.ts';
import type { CliTextKey } from './texts/cli-texts.ts';
import { en } from './texts/en.ts';

const LANGUAGES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
const KEYS = Object.keys(en) as CliTextKey[];
const MOSA = {
  id: 1,
  code: 'MOSA',
  name: 'MoSA',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr',
} as const;

it.each(LANGUAGES)('every sentence in %s is filled, and no other language', (language) => {
  for (const key of KEYS) {
    const names = [...en[key].matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
    const told = sayLoosely({ language }, key, params);
    expect(told).not.toMatch(/[{}\n]|\?(?!$)|undefined/);
    for (const name of names) expect(told).toContain(`<${name}>`);
    // What is nothing but parameters and signs is the same in all of them.
    const hasWords = en[key].replaceAll(/\{\w+\}/g, '').match(/\p{L}{3}/u) !== null;
    if (language !== 'en' && names.length > 0 && en[key].length > 30 && hasWords) {
      expect(told).not.toBe(sayLoosely({ language: 'en' }, key, params));
    }
  }
});

it("the organisation's language counts where none is asked for", () => {
  expect(say(readerOf(MOSA, undefined), 'run.none')).toBe("Aucune exécution pour l'instant.");
  expect(say(readerOf(MOSA, 'es'), 'run.none')).toBe('Todavía ninguna ejecución.');
  expect(() => readerOf(MOSA, 'nl')).toThrow('There are texts in fr, en, de, it, es, not in "nl".');
});

it("a day is the house's, not that of London", () => {
  expect(dayOf('2026-03-01T23:30:00.000Z', readerOf(MOSA, undefined))).toBe('02/03/2026');
});
