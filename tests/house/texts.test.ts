import { describe, expect, it } from 'vitest';
import { findAskedTexts, findTextFaults } from '../../scripts/check-texts.ts';

const five = (texts: Record<string, string>) => new Map(Object.entries(texts));
const same = (texts: Record<string, string>) => ({
  fr: five(texts),
  en: five(texts),
  de: five(texts),
  it: five(texts),
  es: five(texts),
});
const asked = (source: string, places = ['nav', 'state', 'cases']) =>
  findAskedTexts([source], new Set(places));
const found = (...of: Parameters<typeof findTextFaults>) =>
  findTextFaults(...of).map(({ language, key, message }) => `${language} ${key} ${message}`);

describe('the check of the web’s texts', () => {
  it('is content with texts that are asked for, whole, by their beginning, or by number', () => {
    const texts = same({
      'nav.home': 'Home',
      'state.open': 'open',
      'cases.count_one': 'one',
      'cases.count_other': '{{count}} of them',
    });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source that is read.
    const source = "t('nav.home'); t(`state.${one}`); t('cases.count', { count })";
    expect(found(texts, asked(source))).toEqual([]);
  });

  it('finds a text that one language lacks, or that has another placeholder there', () => {
    const texts = { ...same({ 'nav.home': 'Home {{name}}' }), de: five({}) };
    texts.it = five({ 'nav.home': 'Casa {{nome}}' });
    const faults = found(texts, asked("t('nav.home')"));
    expect(faults).toEqual([
      'de nav.home is missing',
      'it nav.home has {{nome}}, elsewhere {{name}}',
    ]);
  });

  it('finds what nothing asks for, and what is asked for and not there', () => {
    const faults = found(same({ 'nav.old': 'Old' }), asked("t('nav.new')"));
    expect(faults).toEqual([
      'code nav.old nothing asks for it: remove it',
      'code nav.new the code asks for it, and no language has it',
    ]);
  });

  it('finds half a plural', () => {
    const faults = found(same({ 'cases.count_one': 'one' }), asked("t('cases.count')"));
    expect(faults).toContain('code cases.count_one has no cases.count_other');
  });

  it('does not take what a role may do for a text', () => {
    expect([...asked("may('cases.settle'); t('nav.home')").keys]).toEqual(['nav.home']);
  });
});
