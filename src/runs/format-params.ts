/** Values of a line as a person of a language and a time zone writes them. */
import type { ParamKind } from '../domain/order/problem-params.ts';
import type { Terms } from './text-types.ts';

export interface FormatPlace {
  language: string;
  timeZone: string;
  /** ISO 4217, for amounts; null where the line names none. */
  currency: string | null;
  terms: Terms;
}

export function formatParam(kind: ParamKind, value: string | number, place: FormatPlace): string {
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
  return new Intl.DateTimeFormat(place.language, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  }).format(instant);
}

function formatDay(day: string, place: Pick<FormatPlace, 'language'>): string {
  const instant = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return day;
  return new Intl.DateTimeFormat(place.language, { dateStyle: 'short', timeZone: 'UTC' }).format(
    instant,
  );
}
