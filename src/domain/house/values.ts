/** From the file's way of writing to the stored one, and back. */
import { Temporal } from 'temporal-polyfill';

/** Digits behind the point of a currency: EUR 2, JPY 0. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}

/** `12.50` → 1250 with two digits; null where the amount has more digits than the currency. */
export function toMinor(amount: string | number, digits: number): number | null {
  const [whole = '0', fraction = ''] = String(amount).replace(',', '.').split('.');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) return null;
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  return Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
}

/** 1250 → `12.50` with two digits. */
export function fromMinor(minor: number, digits: number): string {
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `20:00` → `20:00:00`. */
export function toTime(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.from('2020-01-01T00:00Z').toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Years that every part of the house can count in. */
const YEARS = { first: 1900, last: 2999 };

function isHouseYear(year: number): boolean {
  return YEARS.first <= year && year <= YEARS.last;
}

export function isDay(day: string): boolean {
  try {
    return isHouseYear(Temporal.PlainDate.from(day, { overflow: 'reject' }).year);
  } catch {
    return false;
  }
}

/**
 * The instant of a local time, of a day's first moment, or of a text with its offset; null where
 * the calendar has no such day or hour. An hour that comes twice is the earlier one.
 */
export function toInstant(text: string, zone: string): string | null {
  try {
    if (/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)) return write(Temporal.Instant.from(text));
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return write(local.toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant());
  } catch {
    return null;
  }
}

function write(instant: Temporal.Instant): string | null {
  if (!isHouseYear(instant.toZonedDateTimeISO('UTC').year)) return null;
  return instant.toString({ smallestUnit: 'millisecond' });
}

/** The days from one to another, both included; empty where the last is before the first. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  let day = Temporal.PlainDate.from(first);
  const end = Temporal.PlainDate.from(last);
  while (Temporal.PlainDate.compare(day, end) <= 0 && days.length <= 3_660) {
    days.push(day.toString());
    day = day.add({ days: 1 });
  }
  return days;
}
