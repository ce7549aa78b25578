/** What is looked for, and by what: chosen, or recognised in what was typed. */
import type { GetOrdersParams } from '../../api/generated/client.ts';

export const WAYS = ['any', 'name', 'ticket', 'order', 'barcode', 'seat'] as const;
export type Way = (typeof WAYS)[number];

export interface OrderSearch {
  by?: string | undefined;
  text?: string | undefined;
  interface?: string | undefined;
  performance?: string | undefined;
  state?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

/**
 * By what a text is looked for. Only seats are written with slashes; the server itself tells a
 * number from a name.
 */
export function wayOf({ by, text = '' }: Pick<OrderSearch, 'by' | 'text'>): Way {
  const chosen = WAYS.find((way) => way === by) ?? 'any';
  return chosen === 'any' && /^[^/\s]*\/[^/]*[^/\s]/.test(text.trim()) ? 'seat' : chosen;
}

/** A seat alone says nothing: it is one of a performance. */
export function lacksPerformance(search: OrderSearch): boolean {
  return isTyped(search) && wayOf(search) === 'seat' && search.performance === undefined;
}

const isTyped = ({ text = '' }: OrderSearch): boolean => text.trim() !== '';
const STATES = ['valid', 'cancelled', 'exchanged'] as const;

/** The server's question. */
export function askedOf(search: OrderSearch): GetOrdersParams {
  const { interface: of, performance, from, until } = search;
  const state = STATES.find((one) => one === search.state);
  const way = wayOf(search);
  const typed = (search.text ?? '').trim();
  return {
    ...(isTyped(search) ? { [way === 'any' ? 'text' : way]: typed } : {}),
    ...(of === undefined ? {} : { interface: of }),
    ...(performance === undefined ? {} : { performance }),
    ...(state === undefined ? {} : { state }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}
