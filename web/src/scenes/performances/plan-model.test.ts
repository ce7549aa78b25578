import { describe, expect, it } from 'vitest';
import type { SeatPlan } from '../../api/generated/client.ts';
import { countByContingent, factsOf, lookBy, planModel, refusalsByReason } from './plan-model.ts';

/** Four seats of one row in two blocks; two of FNAC's contingent, one of them sold. */
const told: SeatPlan = {
  performance: 'prf_1',
  count: 4,
  positions: 'derived',
  states: ['free', 'sold', 'held', 'blocked'],
  wishes: ['contingent', 'block', 'take_back', 'own_sale'],
  blocks: [
    { area: 'ORCH', code: 'A' },
    { area: 'ORCH', code: 'B' },
  ],
  rows: ['1'],
  numbers: ['1', '2'],
  categories: [{ id: 'cat_1', code: 'C1', name: 'Carré or' }],
  contingents: [{ id: 'ctg_1', code: 'FNAC', name: 'Fnac' }],
  interfaces: [{ id: 'ifc_1', code: 'FNAC', reseller: 'FNAC' }],
  zones: [],
  seats: {
    id: [11, 12, 13, 14],
    block: [0, 0, 1, 1],
    row: [0, 0, 0, 0],
    number: [0, 1, 0, 1],
    x: [0, 1, 4, 5],
    y: [0, 0, 0, 0],
    category: [0, 0, 0, 0],
    contingent: [0, 0, -1, -1],
    state: [0, 1, 0, 3],
    interface: [0, 0, -1, -1],
    wish: [2, -1, -1, -1],
    flags: [16, 96, 0, 0],
  },
};
const model = planModel(told);

describe('the plan of the server’s columns', () => {
  it('names each block above its middle, and each seat by its number', () => {
    expect(model.plan.names).toEqual([
      { text: 'A', x: 0.5, y: -0.8 },
      { text: 'B', x: 4.5, y: -0.8 },
    ]);
    expect(model.plan.labelOf(1)).toBe('2');
  });

  it('says of a seat what the house says of it', () => {
    expect(factsOf(model, 0)).toEqual({
      id: 'set_11',
      block: 'A',
      row: '1',
      number: '1',
      category: 'Carré or',
      contingent: 'Fnac',
      reseller: 'FNAC',
      state: 'free',
      wish: 'take_back',
      isRefused: true,
      isOverbooked: false,
      isInCase: false,
    });
    expect(factsOf(model, 1)).toMatchObject({ isOverbooked: true, isInCase: true, wish: null });
    expect(factsOf(model, 2)).toMatchObject({ contingent: null, reseller: null });
  });

  it('counts in its legend every seat once, whatever it is coloured by', () => {
    for (const kind of ['contingent', 'state', 'reseller', 'category'] as const) {
      const { legend, look } = lookBy(kind, model);
      expect(legend.reduce((sum, { count }) => sum + count, 0)).toBe(4);
      expect(look.styleOf.every((style) => look.styles[style] !== undefined)).toBe(true);
    }
    const { legend } = lookBy('state', model);
    expect(legend.map(({ state, count }) => [state, count])).toEqual([
      ['free', 2],
      ['sold', 1],
      ['blocked', 1],
    ]);
  });

  it('gives a state the same look whether the others are there or not', () => {
    const { look } = lookBy('state', model);
    expect(look.styleOf[0]).toBe(look.styleOf[2]);
    expect(look.styleOf[3]).toBe(3);
  });

  it('sums a selection, and tells refusals by their reason with the seats’ names', () => {
    expect(countByContingent(model, [0, 1, 2])).toEqual([
      { name: 'Fnac', count: 2 },
      { name: null, count: 1 },
    ]);
    const refused = [
      { seat: 'set_12', reason: 'sold' },
      { seat: 'set_14', reason: 'blocked' },
      { seat: 'set_11', reason: 'sold' },
      { seat: 'set_99', reason: 'sold' },
    ];
    expect(refusalsByReason(model, refused)).toEqual([
      { reason: 'sold', seats: ['A 1 2', 'A 1 1', 'set_99'] },
      { reason: 'blocked', seats: ['B 1 2'] },
    ]);
  });
});
