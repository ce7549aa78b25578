/** A news as a person reads it: what, why, what to do, where; the same facts in every form. */
import type { ToldItem } from '../domain/watch/delivery.ts';
import type { WatchCode } from '../domain/watch/news.ts';
import { WATCH_CODES } from '../domain/watch/news.ts';
import { formatInstant, formatMoney } from '../runs/format-params.ts';
import type { TextLanguage } from '../runs/remedies.ts';
import { describeLine, TEXTS, withFrenchSpaces } from '../runs/remedies.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { it } from './texts/it.ts';
import type { NewsTexts } from './texts/news-texts.ts';

const NEWS_TEXTS: Readonly<Record<TextLanguage, NewsTexts>> = { fr, en, de, it, es };

export interface NewsReader {
  language: TextLanguage;
  timeZone: string;
  /** Where the application is served, without a slash at its end; null: links are left out. */
  baseUrl: string | null;
}

export interface DescribedNews {
  kind: string;
  reason: string;
  title: string;
  explanation: string;
  remedy: string;
  /** Plain sentences: how many wait, which performance, since when, which run. */
  facts: string[];
  /** What shows it on the command line, and on screen. */
  command: string | null;
  link: string | null;
}

/** A language that this release does not know reads English. */
export function textsOf(language: string): { language: TextLanguage; texts: NewsTexts } {
  const known = Object.hasOwn(NEWS_TEXTS, language) ? (language as TextLanguage) : 'en';
  return { language: known, texts: NEWS_TEXTS[known] };
}

/** Long texts are written on several lines. */
export function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}

export function describeNews(item: ToldItem, reader: NewsReader): DescribedNews {
  const { texts } = textsOf(reader.language);
  const [title = '', explanation = '', remedy = ''] =
    item.reason === 'test' ? [onOneLine(texts.testBody)] : paragraphsOf(item, reader, texts);
  const french = reader.language === 'fr' ? withFrenchSpaces : (text: string) => text;
  return {
    kind: item.reason === 'test' ? texts.test : texts.kind[item.kind],
    reason: french(texts.reason[item.reason]),
    title: french(title),
    explanation: french(explanation),
    remedy: french(remedy),
    facts: item.reason === 'test' ? [] : factsOf(item, reader, texts).map(french),
    command: item.reason === 'test' ? null : commandOf(item),
    link: linkOf(item, reader.baseUrl),
  };
}

function paragraphsOf(item: ToldItem, reader: NewsReader, texts: NewsTexts): string[] {
  const { code, params } = item.facts;
  const { language, timeZone } = reader;
  if (isWatchCode(code)) {
    return onOneLine(texts.watch[code])
      .split('|')
      .map((paragraph) => fill(paragraph, item, reader));
  }
  const described = describeLine(
    { code, params, messageId: item.facts.messageId },
    {
      language,
      timeZone,
      interface: item.interface,
      reseller: item.reseller,
      people: item.people,
      number: item.facts.run,
    },
  );
  return [described.title, described.explanation ?? '', described.remedy ?? ''];
}

function isWatchCode(code: string): code is WatchCode {
  return (WATCH_CODES as readonly string[]).includes(code);
}

function fill(paragraph: string, { facts }: ToldItem, reader: NewsReader): string {
  const { params } = facts;
  const currency = typeof params.currency === 'string' ? params.currency : null;
  const functions: Readonly<Record<string, string>> = TEXTS[reader.language].terms.function;
  return paragraph.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name] ?? null;
    if (value === null) return '?';
    if (name === 'at') return formatInstant(String(value), reader);
    if (name === 'function') return functions[value] ?? String(value);
    if (name === 'balance' || name === 'ceiling') {
      return formatMoney(Number(value), { language: reader.language, currency });
    }
    return String(value);
  });
}

function factsOf(item: ToldItem, reader: NewsReader, texts: NewsTexts): string[] {
  const { count, run } = item.facts;
  const facts: string[] = [];
  if (count === 1) facts.push(texts.oneCase);
  if (count !== null && count > 1) facts.push(texts.manyCases.replace('{count}', String(count)));
  if (item.dueAt !== null) {
    facts.push(texts.touches.replace('{due}', formatInstant(item.dueAt, reader)));
  }
  if (run !== null) facts.push(texts.run.replace('{run}', String(run)));
  facts.push(texts.since.replace('{opened}', formatInstant(item.openedAt, reader)));
  return facts;
}

function commandOf(item: ToldItem): string {
  const { run } = item.facts;
  const [code = ''] = item.interface.split(', ');
  switch (item.kind) {
    case 'unseen_value':
      return `parterre mappings queue --interface ${code}`;
    case 'new_roots':
      return `parterre cases list --interface ${code} --code ${item.facts.code}`;
    case 'ceiling':
      return `parterre account show ${item.facts.params.account ?? ''}`.trim();
    case 'schedule_paused':
      return `parterre schedules list --interface ${code}`;
    default:
      return run === null ? `parterre runs list --interface ${code}` : `parterre runs show ${run}`;
  }
}

function linkOf({ reason, path = null }: ToldItem, baseUrl: string | null): string | null {
  return reason === 'test' || baseUrl === null || path === null ? null : `${baseUrl}${path}`;
}
