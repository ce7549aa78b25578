/** Money, numbers and dates as the reader's language writes them, in the venue's zone. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Formats {
  /** Minor units of the currency: 4150 EUR is 41,50 €. */
  money(minor: number, currency: string): string;
  count(value: number): string;
  percent(value: number): string;
  /** Day and time of an instant, in an IANA zone. */
  instant(iso: string, timeZone?: string): string;
  time(iso: string, timeZone?: string): string;
  /** A start as the venue writes it, `2027-02-01T20:00`: no zone is applied. */
  localStart(text: string): string;
  /** A month, `2027-02`. */
  month(text: string): string;
  /** How long ago, or in how long: "il y a 3 heures". */
  since(iso: string, now?: Date): string;
  seconds(value: number): string;
}

const LOCALES: Readonly<Record<string, string>> = {
  fr: 'fr-FR',
  en: 'en-GB',
  de: 'de-DE',
  it: 'it-IT',
  es: 'es-ES',
};

export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => createFormats(LOCALES[i18n.language] ?? i18n.language), [i18n.language]);
}

const DAY = { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function createFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const date = (options: Intl.DateTimeFormatOptions, zone?: string) =>
    new Intl.DateTimeFormat(locale, zone === undefined ? options : { ...options, timeZone: zone });
  return {
    money(minor, currency) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(minor / 10 ** digits);
    },
    count: (value) => number.format(value),
    percent: (value) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
        value / 100,
      ),
    instant: (iso, zone) => date({ ...DAY, ...TIME }, zone).format(new Date(iso)),
    time: (iso, zone) => date({ ...TIME, second: '2-digit' }, zone).format(new Date(iso)),
    localStart: (text) =>
      date({ ...DAY, ...TIME }, 'UTC').format(new Date(`${text.slice(0, 16)}Z`)),
    month: (text) =>
      date({ month: 'long', year: 'numeric' }, 'UTC').format(new Date(`${text}-15T12:00Z`)),
    since(iso, now = new Date()) {
      const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
      const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
      if (step === undefined) return relative.format(Math.round(seconds), 'second');
      return relative.format(Math.round(seconds / step[1]), step[0]);
    },
    seconds: (value) => `${number.format(Math.round(value * 10) / 10)} s`,
  };
}
