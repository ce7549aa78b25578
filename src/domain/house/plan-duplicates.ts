import type { PlanContext } from './context.ts';
import { report } from './context.ts';
import type { Line, SheetName } from './file.ts';

/** What makes a line the only one of its kind in a file; lists that are absent check themselves. */
const IDENTITIES: { readonly [S in SheetName]?: readonly string[] } = {
  seasons: ['code'],
  layouts: ['code'],
  areas: ['layout', 'code'],
  blocks: ['layout', 'area', 'code'],
  configurations: ['code'],
  categories: ['configuration', 'code'],
  zones: ['configuration', 'area'],
  products: ['season', 'code'],
  performances: ['season', 'product', 'code'],
  tariffs: ['season', 'audience', 'code'],
  prices: ['season', 'product', 'performance', 'configuration', 'category', 'tariff', 'valid_from'],
  vat: ['season', 'product', 'performance', 'valid_from'],
  sales_channels: ['code'],
  windows: ['sales_channel', 'season', 'product', 'performance', 'opens'],
  points_of_sale: ['code'],
  contacts: ['code'],
  pending_accounts: ['code'],
  contingents: ['code'],
  counters: ['season', 'product', 'day', 'slot_starts'],
  contingent_quotas: [
    'season',
    'product',
    'performances',
    'area',
    'day',
    'slot_starts',
    'contingent',
  ],
  interfaces: ['code'],
  commissions: ['interface', 'season', 'product', 'tariff', 'valid_from'],
  schedules: ['interface', 'name'],
};

/** Two lines about one thing: one of them would silently lose. */
export function reportDuplicates(context: PlanContext): void {
  for (const [sheet, columns] of Object.entries(IDENTITIES)) {
    const first = new Map<string, Line<SheetName>>();
    const lines: readonly Line<SheetName>[] = context.house.lines[sheet as SheetName];
    for (const line of lines) {
      const value = line.value as unknown as Record<string, unknown>;
      const key = columns.map((column) => String(value[column] ?? '')).join('\u0000');
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, line);
        continue;
      }
      report(context, line, columns.at(-1) ?? null, {
        code: 'house.duplicate',
        message: `Line ${other.index + 1} of ${sheet} is about the same.`,
        cure: 'Keep one of the two lines.',
      });
    }
  }
}
