// The texts of the web application: every text that the code asks for is in every language, with
// the same placeholders and plurals, and none is there that nothing asks for. Prints all findings.
// `node scripts/check-texts.ts --add FILE` puts texts into the five files, sorted: FILE is JSON,
// {"scene.what": {"fr": "…", "en": "…", "de": "…", "it": "…", "es": "…"}}; null removes one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LANGUAGES = ['fr', 'en', 'de', 'it', 'es'] as const;
type Language = (typeof LANGUAGES)[number];

type Tree = { [key: string]: string | Tree };
/** Texts by their whole key, `scene.what`. */
type Texts = ReadonlyMap<string, string>;

export interface TextFault {
  language: Language | 'code';
  key: string;
  message: string;
}

/** `_many` is written by no one: web/src/words/texts.ts makes it of `_other`. */
const PLURAL = /_(one|other)$/;

function flatten(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flatten(value, `${before}${key}.`),
  );
}

const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name))].sort().join(', ');

/** Everything that is wrong with these texts, for code that asks for `asked`. */
export function findTextFaults(
  texts: Readonly<Record<Language, Texts>>,
  asked: AskedTexts,
): TextFault[] {
  const all = new Set(LANGUAGES.flatMap((language) => [...texts[language].keys()]));
  const faults: TextFault[] = [];
  for (const key of all) {
    const first = LANGUAGES.map((one) => texts[one].get(key)).find((text) => text !== undefined);
    for (const language of LANGUAGES) {
      const text = texts[language].get(key);
      if (text === undefined || text.trim() === '') {
        faults.push({ language, key, message: 'is missing' });
      } else if (placeholders(text) !== placeholders(first ?? '')) {
        const message = `has {{${placeholders(text)}}}, elsewhere {{${placeholders(first ?? '')}}}`;
        // One of something need not say how many.
        if (!key.endsWith('_one')) faults.push({ language, key, message });
      }
    }
    const base = key.replace(PLURAL, '');
    if (!asked.keys.has(base) && !asked.beginnings.some((one) => base.startsWith(one))) {
      faults.push({ language: 'code', key, message: 'nothing asks for it: remove it' });
    }
    const pair = key.endsWith('_one') ? `${base}_other` : `${base}_one`;
    if (PLURAL.test(key) && !all.has(pair)) {
      faults.push({ language: 'code', key, message: `has no ${pair}` });
    }
  }
  for (const key of asked.keys) {
    if (all.has(key) || all.has(`${key}_other`)) continue;
    faults.push({ language: 'code', key, message: 'the code asks for it, and no language has it' });
  }
  for (const one of asked.beginnings) {
    if ([...all].some((key) => key.startsWith(one))) continue;
    faults.push({ language: 'code', key: `${one}…`, message: 'no text begins like this' });
  }
  return faults;
}

export interface AskedTexts {
  keys: ReadonlySet<string>;
  /** Of texts whose end the code chooses: t(`state.${run.state}`). */
  beginnings: readonly string[];
}

/** What a person may do is written like a key, and is none. */
const ACTIONS = /\bmay\('[\w.]+'\)|\baction: '[\w.]+'/g;
/** A key is written out whole, or as a template that begins with its place: `state.${…}`. */
const WHOLE = /['"`]([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_]+)+)['"`]/g;
const BEGINNING = /`([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_]+)*\.)\$\{/g;

/** What sources ask for; a text that looks like a key, and whose first part is a place, is one. */
export function findAskedTexts(
  sources: readonly string[],
  places: ReadonlySet<string>,
): AskedTexts {
  const keys = new Set<string>();
  const beginnings = new Set<string>();
  const isOurs = (key: string): boolean => places.has(key.split('.')[0] ?? '');
  for (const whole of sources) {
    const source = whole.replace(ACTIONS, '');
    for (const [, key = ''] of source.matchAll(WHOLE)) if (isOurs(key)) keys.add(key);
    for (const [, key = ''] of source.matchAll(BEGINNING)) if (isOurs(key)) beginnings.add(key);
    for (const [, key = ''] of source.matchAll(/\bt\(\s*'([\w.]+)'/g)) keys.add(key);
  }
  return { keys, beginnings: [...beginnings] };
}

const root = join(import.meta.dirname, '..');
const fileOf = (language: Language): string => join(root, 'web', 'locales', `${language}.json`);

function readTree(language: Language): Tree {
  return JSON.parse(readFileSync(fileOf(language), 'utf8')) as Tree;
}

function readSources(): string[] {
  const folder = join(root, 'web', 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('api/generated'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

function check(): TextFault[] {
  const of = (language: Language): Texts => new Map(flatten(readTree(language)));
  const texts = { fr: of('fr'), en: of('en'), de: of('de'), it: of('it'), es: of('es') };
  const places = new Set(
    LANGUAGES.flatMap((one) => [...texts[one].keys()].map((key) => key.split('.')[0] ?? '')),
  );
  return findTextFaults(texts, findAskedTexts(readSources(), places));
}

function add(file: string): void {
  const added = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    Record<Language, string> | null
  >;
  for (const language of LANGUAGES) {
    const all = new Map(flatten(readTree(language)));
    for (const [key, text] of Object.entries(added)) {
      if (text === null) all.delete(key);
      else all.set(key, text[language]);
    }
    writeFileSync(fileOf(language), `${JSON.stringify(asTree(all), null, 2)}\n`);
  }
}

function asTree(texts: Texts): Tree {
  const tree: Tree = {};
  for (const [key, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const steps = key.split('.');
    const last = steps.pop() ?? '';
    let at = tree;
    for (const step of steps) {
      at[step] ??= {};
      const next = at[step];
      if (typeof next === 'string') throw new Error(`${key}: ${step} is a text already.`);
      at = next;
    }
    at[last] = text;
  }
  return tree;
}

if (import.meta.main) {
  const [option, file] = process.argv.slice(2);
  if (option === '--add' && file !== undefined) add(file);
  const faults = check();
  for (const { language, key, message } of faults) console.log(`${language}: ${key} ${message}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
