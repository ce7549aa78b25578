import { describe, expect, it } from 'vitest';
import { DOOR_REASONS } from '../domain/access/decide.ts';
import type { ProblemCode } from '../domain/order/problem.ts';
import { PROBLEMS } from '../domain/order/problem.ts';
import { PROBLEM_PARAMS } from '../domain/order/problem-params.ts';
import { describeCounts, describeKeys } from './counts.ts';
import { DOOR_TEXTS } from './door-texts.ts';
import { EVENTS } from './events.ts';
import type { ShownKind } from './format-params.ts';
import type { LineContext, TextLanguage } from './remedies.ts';
import { describeLine, TEXTS } from './remedies.ts';

const LANGUAGES = Object.keys(TEXTS) as TextLanguage[];
const CODES = Object.keys(PROBLEMS) as ProblemCode[];

const SAMPLES: Record<ShownKind, string | number> = {
  text: 'X1',
  number: 17,
  count: 1234,
  money: 3550,
  instant: '2026-06-10T18:05:00.000Z',
  day: '2026-06-10',
  word: 'seat_category',
  product_kind: 'open_pass',
  message_kind: 'refund',
  function: 'integrate',
  command_outcome: 'never-arrived',
  fields: 'priceMinor, seat',
};

function context(language: TextLanguage, change: Partial<LineContext> = {}): LineContext {
  return {
    language,
    timeZone: 'Europe/Paris',
    interface: 'MOSA-FNAC',
    reseller: 'FNAC',
    people: [{ name: 'Jeanne Roux', phone: '+33 1 02 03 04 05', mail: 'jeanne@example.org' }],
    number: 42,
    ...change,
  };
}

function samples(kinds: Readonly<Record<string, ShownKind>>): Record<string, string | number> {
  const params = Object.entries(kinds).map(([name, kind]) => [name, SAMPLES[kind]]);
  return { ...Object.fromEntries(params), ...('currency' in kinds ? { currency: 'EUR' } : {}) };
}

/** French with plain spaces: which kind of space Intl writes is not ours to test. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe.each(LANGUAGES)('texts in %s', (language) => {
  it.each(CODES)('%s says what, why and what to do, without a hole', (code) => {
    const params = samples(PROBLEM_PARAMS[code]);
    const told = describeLine({ code, params }, context(language));
    expect(told.class).toBe(PROBLEMS[code]);
    for (const text of [told.title, told.explanation, told.remedy]) {
      expect(plain(text)).toMatch(/^\S.*\S$/);
      expect(text).not.toMatch(/[{}|?\n]|undefined|\bnull\b|NaN/);
    }
    expect(told.remedy).toMatch(/\.$/);
    expect(told.link).not.toBeNull();
  });

  it.each(Object.keys(EVENTS))('%s is told in a sentence', (code) => {
    const params = samples(EVENTS[code as keyof typeof EVENTS]);
    const {
      title,
      class: problemClass,
      remedy,
    } = describeLine({ code, params }, context(language));
    expect(title).toMatch(/\.$/);
    expect(title).not.toMatch(/[{}|?\n]|undefined|\bnull\b|NaN/);
    expect([problemClass, remedy]).toEqual([null, null]);
  });

  it('names a person for what is external, and the run for what is technical', () => {
    for (const code of CODES) {
      const text = TEXTS[language].problems[code];
      if (PROBLEMS[code] === 'technical') expect(text).toContain('{number}');
    }
    const external = (people: LineContext['people']) =>
      describeLine({ code: 'external.timeout', params: {} }, context(language, { people })).remedy;
    const { people } = context(language);
    expect(external(people)).toContain('Jeanne Roux (+33 1 02 03 04 05, jeanne@example.org)');
    expect(external([{ name: 'Jo', phone: '', mail: '' }])).toContain('Jo');
    expect(external([])).toContain('FNAC');
    expect(external([])).not.toContain('{');
  });

  it('has a word for every answer of the door', () => {
    const texts = DOOR_TEXTS[language];
    const answers = [...DOOR_REASONS, 'open', 'provisional'] as const;
    expect(new Set(answers.map((answer) => texts[answer])).size).toBe(answers.length);
  });
});

it('uses in no language a parameter that another lacks', () => {
  const used = (text: string): string[] =>
    [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string))].sort();
  const always = ['reseller', 'person', 'interface', 'number', 'service', 'detail'];
  for (const code of CODES) {
    const all = LANGUAGES.map((language) => used(TEXTS[language].problems[code]));
    for (const one of all) {
      const own = (names: string[] | undefined) => names?.filter((name) => !always.includes(name));
      expect(own(one), code).toEqual(own(all[0]));
    }
  }
});

describe('values', () => {
  const price = { ours: 4000, reported: 3550, currency: 'EUR' };

  it.each([
    ['fr', 'Le prix diffère : 35,50 € au lieu de 40,00 €'],
    ['en', 'The price differs: €35.50 instead of €40.00'],
    ['de', 'Der Preis weicht ab: 35,50 € statt 40,00 €'],
    ['it', 'Il prezzo è diverso: 35,50 € invece di 40,00 €'],
    ['es', 'El precio difiere: 35,50 € en lugar de 40,00 €'],
  ] as const)('money is written as in %s', (language, title) => {
    const told = describeLine({ code: 'price.differs', params: price }, context(language));
    expect(plain(told.title)).toBe(title);
  });

  it('minor units are those of the currency', () => {
    const yen = { ours: 4000, reported: 3550, currency: 'JPY' };
    const told = describeLine({ code: 'price.differs', params: yen }, context('en'));
    expect(told.title).toBe('The price differs: ¥3,550 instead of ¥4,000');
  });

  it('instants are those of the venue', () => {
    const params = { product: 'CHALK', at: '2026-06-10T22:05:00.000Z' };
    const why = (change: Partial<LineContext>) =>
      describeLine({ code: 'product.outside_window', params }, context('fr', change)).explanation;
    expect(why({})).toContain('11/06/2026 00:05');
    expect(why({ timeZone: 'America/Martinique' })).toContain('10/06/2026 18:05');
  });

  it('words, fields and counts are those of the language', () => {
    const say = (code: string, params: Record<string, string | number>) =>
      plain(describeLine({ code, params }, context('fr')).title);
    expect(say('mapping.missing', { word: 'seat_category', value: '0|44' })).toBe(
      'Correspondance manquante : catégorie de place « 0|44 »',
    );
    expect(say('integrate.not_ours', { messages: 12345 })).toBe(
      '12 345 messages ne sont pas à nous : comptés, pas gardés.',
    );
    const fields = { ticket: 'T1', fields: 'priceMinor, lastName' };
    expect(
      describeLine({ code: 'content.differs', params: fields }, context('fr')).explanation,
    ).toBe('Pour le billet T1, ceci diffère de ce qui est déjà pris\u00a0: prix, nom.');
  });

  it('counts and keys are told in words, in an order, one and many apart', () => {
    const french = { language: 'fr', terms: TEXTS.fr.terms };
    const counts = { renamed: 1, integrated: 1234, messages: 1, cancelled: 0, later: 2 };
    expect(plain(describeCounts(counts, french))).toBe(
      '1 message lu, 1 234 ventes intégrées, 0 annulation, 1 changement de nom, 2 later',
    );
    const keys = { performance: '2026-12-16T18:00', ticket: 'T1', order: 'C1', seat: null };
    expect(describeKeys(keys, french)).toBe('commande C1, billet T1, séance 16/12/2026 18:00');
    const english = { language: 'en', terms: TEXTS.en.terms };
    expect(describeCounts({ cancelled: 0, compared: 1 }, english)).toBe(
      '0 cancellations, 1 place or ticket compared',
    );
  });

  it('a performance shows its local start as the language writes it', () => {
    const params = { performance: 'CHALK 2026-12-13 18:00', request: 'R1' };
    const say = (language: 'fr' | 'en' | 'de') =>
      describeLine({ code: 'access.prepared', params }, context(language)).title;
    expect(say('fr')).toContain('CHALK 13/12/2026 18:00\u00a0:');
    expect(say('en')).toContain('CHALK 13/12/2026, 18:00:');
    expect(say('de')).toContain('CHALK 13.12.26, 18:00:');
  });

  it('business keys say what the parameters leave open', () => {
    const line = { code: 'sale.missing', params: { ticket: '' }, keys: { ticket: 'T7' } };
    expect(describeLine(line, context('en')).title).toContain('the ticket T7 has');
    const named = { ...line, params: { ticket: 'T8' } };
    expect(describeLine(named, context('en')).title).toContain('the ticket T8 has');
  });

  it('a missing value is a question mark, an unknown code is itself', () => {
    expect(describeLine({ code: 'seat.unknown', params: {} }, context('en')).title).toBe(
      'The seat ? does not exist in the house',
    );
    expect(describeLine({ code: 'x.y', params: {} }, context('en'))).toMatchObject({
      title: 'x.y',
      remedy: null,
    });
  });
});

describe('links', () => {
  it.each([
    ['mapping.missing', { screen: 'mappings', word: 'tariff', value: '6', ours: null }],
    ['price.differs', { screen: 'cases', messageId: 7 }],
    ['technical.unexpected', { screen: 'run' }],
    ['external.fault_authentication', { screen: 'interface' }],
  ])('%s leads to the very place', (code, link) => {
    const line = { code, params: { word: 'tariff', value: '6' }, messageId: 7 };
    expect(describeLine(line, context('fr')).link).toEqual(link);
  });
});
