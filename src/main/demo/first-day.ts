/** The first day of sales: some 550 tickets of every kind that the reseller may sell. */
import { Temporal } from 'temporal-polyfill';
import type { SellRequest, SimulatedPlace } from '../../channels/contract/switchboard.ts';
import type { Story } from './story.ts';

/** The reseller's words for the house's products (the mappings of mosa.ts). */
export const CODES = {
  chalk: 'MOSA02',
  theatre: 'MOSA03',
  chess: 'MOSA04',
  datedPass: 'MOSA01',
  openPass: 'MOSA05',
} as const;

/** Orders of 2, 4, 3, 1, 2 and 4 tickets: a row of 16 seats. */
const ROW_OF_ORDERS = [2, 4, 3, 1, 2, 4] as const;
const TARIFFS = ['0', '44', '6', '15', '0', '60'] as const;

interface Order {
  key: string;
  request: SellRequest;
}

/** Sells the day; every order has a key, so that a day that was broken off goes on. */
export function sellFirstDay(story: Story): { tickets: number; orders: number } {
  const orders = firstDayOrders(story);
  let tickets = 0;
  for (const [index, { key, request }] of orders.entries()) {
    const at = atSecond(story, 0, '10:00:00', index * 150);
    tickets += story.switchboard.sell({ ...request, at, idempotencyKey: key }).tickets.length;
  }
  return { tickets, orders: orders.length };
}

/** Seconds after a local time of the story, as the reseller writes instants. */
export function atSecond(story: Story, day: number, time: string, seconds: number): string {
  const [hours = 0, minutes = 0, rest = 0] = time.split(':').map(Number);
  const total = hours * 3_600 + minutes * 60 + rest + seconds;
  const parts = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  return story.clock.local(day, parts.map((part) => String(part).padStart(2, '0')).join(':'));
}

/** Local start of one of the house's performances. */
export function startOf(story: Story, code: string): string {
  const found = story.house.performances?.find((one) => one.code === code);
  if (found === undefined) throw new Error(`The house of the demo has a performance ${code}.`);
  return found.start;
}

/** A day of the house's calendar, which begins when the demo was first started: `YYYY-MM-DD`. */
export function houseDay(story: Story, days: number): string {
  return Temporal.PlainDate.from(story.beginning.startedOn).add({ days }).toString();
}

/** The tickets of an order of the first day, as they were numbered when it was sold. */
export function ticketsOf(story: Story, key: string): readonly string[] {
  const order = firstDayOrders(story).find((one) => one.key === key);
  if (order === undefined) throw new Error(`The first day has an order ${key}.`);
  return story.switchboard.sell({ ...order.request, idempotencyKey: key }).tickets;
}

export function place(row: string, seat: number): SimulatedPlace {
  return { block: '1FA', row, seat: String(seat) };
}

function firstDayOrders(story: Story): Order[] {
  const zone = (product: string, code: string, rounds: number) =>
    counted(`${code}`, { product, start: startOf(story, code), block: 'LIBRE' }, rounds);
  const days = Array.from({ length: 10 }, (_, n) => houseDay(story, 5 + n));
  return [
    ...numbered(story, 'EXT1', ['A', 'B', 'C', 'D', 'E', 'F']),
    ...numbered(story, 'EXT2', ['A', 'B', 'C', 'D']),
    ...['CHALK1', 'CHALK2', 'CHALK3', 'CHALK4', 'CHALK5'].flatMap((code) =>
      zone(CODES.chalk, code, 3),
    ),
    ...zone(CODES.chalk, 'CHALK6', 1),
    ...zone(CODES.chess, 'ECHECS1', 2),
    ...zone(CODES.chess, 'ECHECS2', 2),
    ...days.map((start, n) => ({
      key: `${CODES.datedPass}.${n}`,
      request: { product: CODES.datedPass, start, count: 4, tariff: TARIFFS[n % 6] ?? '0' },
    })),
    ...counted(CODES.openPass, { product: CODES.openPass }, 2),
  ];
}

function numbered(story: Story, code: string, rows: readonly string[]): Order[] {
  const request = { product: CODES.theatre, start: startOf(story, code) };
  return rows.flatMap((row) => {
    let next = 1;
    return ROW_OF_ORDERS.map((count, n) => {
      const places = Array.from({ length: count }, (_, seat) => place(row, next + seat));
      next += count;
      return { key: `${code}.${row}.${n}`, request: { ...request, places, tariff: tariff(n) } };
    });
  });
}

function counted(name: string, request: SellRequest, rounds: number): Order[] {
  return Array.from({ length: rounds }, (_, round) =>
    ROW_OF_ORDERS.map((count, n) => ({
      key: `${name}.${round}.${n}`,
      request: { ...request, count, tariff: tariff(n) },
    })),
  ).flat();
}

function tariff(n: number): string {
  return TARIFFS[n % TARIFFS.length] ?? '0';
}
