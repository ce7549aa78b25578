import { describe, expect, it } from 'vitest';
import type { SellingRow } from '../../api/generated/client.ts';
import { itemsOf } from './run-items.ts';

const row = (
  of: string,
  product: string,
  performance: string | null,
): Pick<SellingRow, 'interface' | 'product' | 'performance'> => ({
  interface: { id: of, code: of, reseller: of },
  product: { id: product, code: product, name: product },
  performance:
    performance === null
      ? null
      : {
          id: performance,
          code: performance,
          localStart: '2027-02-01T20:00',
          startsAt: '2027-02-01T19:00:00Z',
          timeZone: 'Europe/Paris',
          state: 'running',
        },
});

describe('what is executed on ticked rows', () => {
  it('is one item an interface, with its performances', () => {
    const rows = [row('ifc_1', 'prd_1', 'prf_1'), row('ifc_2', 'prd_1', 'prf_1')];
    expect(itemsOf([...rows, row('ifc_1', 'prd_2', 'prf_9')], 'export')).toEqual([
      { interface: 'ifc_1', function: 'export', performances: ['prf_1', 'prf_9'], products: [] },
      { interface: 'ifc_2', function: 'export', performances: ['prf_1'], products: [] },
    ]);
  });

  it('keeps a pass apart from the dates, which it would narrow', () => {
    const rows = [row('ifc_1', 'prd_1', 'prf_1'), row('ifc_1', 'prd_7', null)];
    expect(itemsOf(rows, 'integrate')).toEqual([
      { interface: 'ifc_1', function: 'integrate', performances: ['prf_1'], products: [] },
      { interface: 'ifc_1', function: 'integrate', performances: [], products: ['prd_7'] },
    ]);
  });
});
