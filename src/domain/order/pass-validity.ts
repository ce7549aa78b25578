import { businessDay } from '../access/business-day.ts';
import type { Product } from '../catalogue/catalogue.ts';
import type { Message } from './message.ts';

/** A code that lives in two seasons is decided, for passes, by validity when it was sold. */
export function passFits(product: Product, message: Message): boolean {
  return invalidDay(product, message) === null;
}

/** Of several, those that are valid at their sale already: the next season's may be sold early. */
export function begun(passes: readonly Product[], message: Message): readonly Product[] {
  if (passes.length < 2) return passes;
  const valid = passes.filter(({ validFrom, timeZone }) => {
    return validFrom === null || validFrom <= businessDay(message.operationAt, timeZone, '00:00');
  });
  return valid.length > 0 ? valid : passes;
}

/**
 * The day on which a pass is not valid: the day it is for if it is dated, else the day of its sale
 * in the product's zone, for an undated pass can be bought before it begins. Null: it is valid.
 */
export function invalidDay(product: Product, message: Message): string | null {
  const { validFrom, validUntil } = product;
  if (product.kind === 'visit_pass' && message.start !== null) {
    const day = message.start.slice(0, 10);
    const within =
      (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil);
    return within ? null : day;
  }
  if (validUntil === null) return null;
  const sold = businessDay(message.operationAt, product.timeZone, '00:00');
  return sold <= validUntil ? null : sold;
}

/** `YYYY-MM-DD` so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
