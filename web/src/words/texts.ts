/**
 * Texts in five languages. No text is written in code: a component asks `t` for a key, and
 * web/locales has the text. scripts/check-texts.ts finds what is missing, unused or uneven.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['fr', 'en', 'de', 'it', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

type Texts = { readonly [key: string]: string | Texts };

/** Each language is a file of its own, loaded when it is chosen. */
const FILES = import.meta.glob<{ default: Texts }>('../../locales/*.json');
const KEPT_AS = 'parterre.language';

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** What was chosen here before, else what the browser asks for, else French. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'fr';
}

export async function startTexts(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // React writes texts as texts: nothing in them is markup.
    interpolation: { escapeValue: false },
    returnNull: false,
    resources: { [language]: { translation: await load(language) } },
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load(language));
  }
  localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

async function load(language: Language): Promise<Texts> {
  const file = FILES[`../../locales/${language}.json`];
  if (file === undefined) throw new Error(`web/locales/${language}.json is missing.`);
  return withMany((await file()).default);
}

/** French, Italian and Spanish have a form of their own for a million: it reads like the others. */
function withMany(texts: Texts): Texts {
  const all = Object.entries(texts).flatMap(([key, value]): [string, string | Texts][] => {
    if (typeof value !== 'string') return [[key, withMany(value)]];
    return key.endsWith('_other')
      ? [
          [key, value],
          [key.replace(/_other$/, '_many'), value],
        ]
      : [[key, value]];
  });
  return Object.fromEntries(all);
}
