/**
 * A line of a log as a person reads it: what is wrong, why, and what to do, in the person's
 * language, with the place to go to. Every problem has all three; an event has one sentence.
 */
import type { ProblemClass, ProblemCode } from '../domain/order/problem.ts';
import { classOf, PROBLEMS } from '../domain/order/problem.ts';
import { PROBLEM_PARAMS } from '../domain/order/problem-params.ts';
import type { EventCode } from './events.ts';
import { EVENTS } from './events.ts';
import type { FormatPlace, ShownKind } from './format-params.ts';
import { formatParam, formatStart } from './format-params.ts';
import type { LanguageTexts } from './text-types.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { it } from './texts/it.ts';

export const TEXTS = { fr, en, de, it, es } as const satisfies Record<string, LanguageTexts>;
export type TextLanguage = keyof typeof TEXTS;

export type LineCode = ProblemCode | EventCode;
export type ShownParams = Readonly<Record<string, string | number | null>>;

/** What a line's text knows besides its own parameters. */
export interface LineContext {
  language: TextLanguage;
  /** IANA zone in which instants are shown. */
  timeZone: string;
  /** The interface's code, and the reseller's name. */
  interface: string;
  reseller: string;
  /** People at the reseller; the first is named. */
  people: readonly { name: string; mail?: string; phone?: string }[];
  /** The run's number. */
  number: number | null;
}

/** Where the remedy leads: a screen's name and what it opens there. */
export type RemedyLink =
  | { screen: 'mappings'; word: string; value: string | null; ours: string | null }
  | { screen: 'interface' }
  | { screen: 'cases'; messageId: number | null }
  | { screen: 'run' };

export interface DescribedLine {
  class: ProblemClass | null;
  /** What is wrong, or what happened. */
  title: string;
  /** Why, as far as known; null for an event. */
  explanation: string | null;
  /** What to do; null for an event. */
  remedy: string | null;
  link: RemedyLink | null;
}

/** A line in a language. Codes that this release does not know show as they are. */
export function describeLine(
  line: { code: string; params: ShownParams; keys?: ShownParams; messageId?: number | null },
  context: LineContext,
): DescribedLine {
  const texts: LanguageTexts = TEXTS[context.language];
  const params = withKeys(line.params, line.keys ?? {});
  if (isProblem(line.code)) {
    const kinds = PROBLEM_PARAMS[line.code];
    const [title, explanation, remedy] = texts.problems[line.code]
      .split('|')
      .map((paragraph) => fill(paragraph, kinds, params, context));
    return {
      class: classOf(line.code),
      title: title ?? '',
      explanation: explanation ?? '',
      remedy: remedy ?? '',
      link: linkOf(line.code, line.params, line.messageId ?? null),
    };
  }
  const known = Object.hasOwn(EVENTS, line.code);
  const title = known
    ? fill(texts.events[line.code as EventCode], EVENTS[line.code as EventCode], params, context)
    : line.code;
  return { class: null, title, explanation: null, remedy: null, link: null };
}

/** What the parameters leave open, the business keys may say: which ticket, which seat. */
function withKeys(params: ShownParams, keys: ShownParams): ShownParams {
  const known = Object.entries(params).filter(([, value]) => value !== null && value !== '');
  return { ...keys, ...Object.fromEntries(known) };
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

/** One paragraph with its parameters; what is missing shows as `?`, never as a hole. */
function fill(
  paragraph: string,
  kinds: Readonly<Record<string, ShownKind>>,
  params: ShownParams,
  context: LineContext,
): string {
  const texts: LanguageTexts = TEXTS[context.language];
  const place: FormatPlace = {
    language: context.language,
    timeZone: context.timeZone,
    currency: typeof params.currency === 'string' ? params.currency : null,
    terms: texts.terms,
  };
  const known: Readonly<Record<string, () => string>> = {
    reseller: () => context.reseller,
    interface: () => context.interface,
    number: () => (context.number === null ? '?' : String(context.number)),
    person: () => personOf(context, texts),
  };
  const plain = paragraph.replaceAll(/\s*\n\s*/g, ' ').trim();
  const text = plain.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name];
    const kind = kinds[name];
    if (kind !== undefined && value !== undefined && value !== null && value !== '') {
      const shown = formatParam(kind, value, place);
      return name === 'performance' ? formatStart(shown, place) : shown;
    }
    return known[name]?.() ?? '?';
  });
  return context.language === 'fr' ? withFrenchSpaces(text) : text;
}

/** No line ends between a word and the sign that belongs to it. */
export function withFrenchSpaces(text: string): string {
  return text.replaceAll(/ ([:;!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
}

function personOf(context: LineContext, texts: LanguageTexts): string {
  const [person] = context.people;
  if (person === undefined) return texts.terms.nobody.replace('{reseller}', context.reseller);
  const ways = [person.phone, person.mail].filter((way) => way !== undefined && way !== '');
  return ways.length === 0 ? person.name : `${person.name} (${ways.join(', ')})`;
}

function linkOf(
  code: ProblemCode,
  params: ShownParams,
  messageId: number | null,
): RemedyLink | null {
  const problemClass = classOf(code);
  const text = (name: string): string | null => {
    const value = params[name];
    return value === undefined || value === null ? null : String(value);
  };
  if (problemClass === 'mapping') {
    return {
      screen: 'mappings',
      word: text('word') ?? '',
      value: text('value'),
      ours: text('ours'),
    };
  }
  if (code.startsWith('interface.') || code === 'technical.configuration') {
    return { screen: 'interface' };
  }
  if (code === 'external.fault_authentication' || code === 'external.fault_unknown_manager') {
    return { screen: 'interface' };
  }
  return problemClass === 'business' ? { screen: 'cases', messageId } : { screen: 'run' };
}
