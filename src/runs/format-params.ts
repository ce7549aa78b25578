/** Values of a line as a person of a language and a time zone writes them. */
import type { ParamKind } from '../domain/order/problem-params.ts';
import type { Terms } from './text-types.ts';

/** Kinds of the domain's parameters, and of what only the log tells. */
export type ShownKind = ParamKind | 'command_outcome';

export interface FormatPlace {
  language: string;
  timeZone: string;
  /** ISO 4217, for amounts; null where the line names none. */
  currency: string | null;
  terms: Terms;
}

export function formatParam(kind: ShownKind, value: string | number, place: FormatPlace): string {
  switch (kind) {
    case 'text':
    case 'number':
      return String(value);
    case 'count':
      return new Intl.NumberFormat(place.language).format(Number(value));
    case 'money':
      return formatMoney(Number(value), place);
    case 'instant':
      return formatInstant(String(value), place);
    case 'day':
      return formatDay(String(value), place);
    case 'fields':
      return String(value)
        .split(',')
        .map((field) => place.terms.field[field.trim()] ?? field.trim())
        .join(', ');
    default:
      return (place.terms[kind] as Readonly<Record<string, string>>)[value] ?? String(value);
  }
}

/** Minor units as money: 3550 in EUR is `35,50 €` in French. */
export function formatMoney(
  minor: number,
  place: Pick<FormatPlace, 'language' | 'currency'>,
): string {
  const { currency, language } = place;
  if (currency === null) return String(minor);
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

export function formatInstant(
  iso: string,
  place: Pick<FormatPlace, 'language' | 'timeZone'>,
): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const { timeZone } = place;
  return new Intl.DateTimeFormat(dateLocale(place.language), {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  }).format(instant);
}

/** English for Europe: day before month, where 11/12 would else be read as November. */
function dateLocale(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/**
 * A performance as the log names it, by its local start (`CHALK 2026-12-13 18:00`), with the date
 * as the language writes it. Local times have no zone left to convert from.
 */
export function formatStart(text: string, place: Pick<FormatPlace, 'language'>): string {
  return text.replace(
    /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00)?$/,
    (all, day: string, time: string) => {
      const instant = new Date(`${day}T${time}:00Z`);
      if (Number.isNaN(instant.getTime())) return all;
      return formatInstant(instant.toISOString(), { ...place, timeZone: 'UTC' });
    },
  );
}

export function formatDay(day: string, place: Pick<FormatPlace, 'language'>): string {
  const instant = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return day;
  const zone = { dateStyle: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(dateLocale(place.language), zone).format(instant);
}
