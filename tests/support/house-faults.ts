/** Plans a house file into an empty database that is not there, and tells its faults. */
import { z } from 'zod';
import { planHouse } from '../../src/domain/house/plan-house.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import { parseHouse } from '../../src/exchange/house-file/parse-house.ts';
import { smallHouse } from './houses.ts';

export type Loose = Record<string, Record<string, unknown>[]> & {
  organisation: Record<string, unknown>;
};

const ORGANISATION = {
  id: 1,
  code: 'TEST',
  name: 'Test house',
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  business_day_ends_at: '06:00:00',
  language: 'fr',
};

/** Plans the small house into nothing, changed by `change`, and tells its faults. */
export function faults(change: (house: Loose) => void): [string, string][] {
  const house = structuredClone(smallHouse()) as unknown as Loose;
  change(house);
  const plan = planHouse(
    parseHouse(house),
    {
      organisation: ORGANISATION,
      rows: {},
      stock: { seatGroups: [], configurationSeats: [], totals: [] },
      secrets: new Map(),
      bookedAccounts: new Set(),
    },
    {
      now: '2027-01-10T09:00:00.000Z',
      author: 'test',
      applyMoves: false,
      guardSecrets: false,
      channelSettings: (id) => (id === 'strict' ? STRICT : null),
    },
  );
  return plan.problems.map((one) => [pointerOf(one), one.code]);
}

/** A channel that wants an address, and keeps a password. */
const STRICT = {
  secretFields: new Set(['password']),
  check: (config: Record<string, unknown>) => {
    const found = z.object({ url: z.url(), password: z.string() }).safeParse(config);
    if (found.success) return { account: 'A' };
    const issues = found.error.issues;
    return { faults: issues.map((one) => ({ field: String(one.path[0]), message: one.message })) };
  },
};

export const at = (house: Loose, list: string, index: number): Record<string, unknown> => {
  const line = house[list]?.[index];
  if (line === undefined) throw new Error(`There is no ${list} ${index}.`);
  return line;
};

export const indexOf = <S extends 'products' | 'mappings' | 'tariffs'>(
  list: S,
  key: string,
  value: string,
): number => {
  const lines = smallHouse()[list] as unknown as Record<string, unknown>[];
  return lines.findIndex((line) => line[key] === value);
};

/** What is wrong, how the small house is changed to have it, and every fault that is told. */
export type RefusalCase = [string, (house: Loose) => void, [string, string][]];
