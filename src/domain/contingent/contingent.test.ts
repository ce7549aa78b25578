import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contingent, Performance, Product } from '../catalogue/catalogue.ts';
import type { Answer, ItemResult } from './answer.ts';
import { sortAnswers } from './answer.ts';
import { isAdoptableCount } from './compare.ts';
import { eligibility, mayLeave } from './eligibility.ts';
import type { Quota } from './quota.ts';
import { afterExport, afterTakeBack, countToExport, countToTakeBack } from './quota.ts';
import { chooseUnsold } from './wish.ts';

describe('counts', () => {
  const quota = fc
    .record({
      quota: fc.nat(50),
      allotted: fc.nat(50),
      sold: fc.nat(30),
      held: fc.nat(10),
      wishTakeBack: fc.nat(60),
      refused: fc.constant(false),
    })
    .map((one): Quota => one);

  it('never sends and asks back at once, nor asks more than the reseller holds', () => {
    fc.assert(
      fc.property(quota, (one) => {
        const out = countToExport(one);
        const back = countToTakeBack(one);
        expect(Math.min(out, back)).toBe(0);
        expect(back).toBeLessThanOrEqual(one.allotted);
      }),
      { seed: 3 },
    );
  });

  it('is at rest when the reseller does what it was asked', () => {
    fc.assert(
      fc.property(quota, (one) => {
        const back = afterTakeBack(one, countToTakeBack(one));
        const settled = { ...back, wishTakeBack: 0 };
        const rest = afterExport(settled, countToExport(settled));
        expect([countToExport(rest), countToTakeBack(rest)]).toEqual([0, 0]);
      }),
      { seed: 4 },
    );
  });

  it('takes what a person asked back out of the quota, and what the quota asked back not', () => {
    const base = { allotted: 30, sold: 0, held: 0, refused: false };
    expect(afterTakeBack({ ...base, quota: 30, wishTakeBack: 10 }, 6)).toMatchObject({
      allotted: 24,
      quota: 24,
      wishTakeBack: 4,
    });
    expect(afterTakeBack({ ...base, quota: 20, wishTakeBack: 0 }, 10)).toMatchObject({
      allotted: 20,
      quota: 20,
    });
  });
});

describe('answers', () => {
  const answer = (key: number, result: ItemResult, quantity = 1): Answer => ({
    key,
    result,
    quantity,
    reason: null,
  });
  const asked = new Map<number, number | null>([
    [0, null],
    [1, null],
    [2, 5],
  ]);

  it('do not fit when one is missing, doubled or of another item', () => {
    const two = [answer(0, 'accepted'), answer(1, 'accepted')];
    expect(sortAnswers('add', asked, two)).toBeNull();
    expect(sortAnswers('add', asked, [...two, answer(1, 'accepted')])).toBeNull();
    expect(sortAnswers('add', asked, [...two, answer(3, 'accepted')])).toBeNull();
  });

  it('keep what was answered otherwise than asked', () => {
    const sorted = sortAnswers('add', asked, [
      answer(0, 'accepted'),
      answer(1, 'already-there', 0),
      answer(2, 'accepted', 4),
    ]);
    expect(sorted?.effective.map(({ key }) => key)).toEqual([0, 1, 2]);
    expect(sorted?.exceptions.map(({ key }) => key)).toEqual([1, 2]);
  });

  it('leave a seat with the reseller when it does not say withdrawn', () => {
    const results: ItemResult[] = ['sold', 'refused', 'withdrawn'];
    const answers = results.map((result, key) => answer(key, result, key === 2 ? 5 : 0));
    const sorted = sortAnswers('withdraw', asked, answers);
    expect(sorted?.effective.map(({ key }) => key)).toEqual([2]);
    expect(sorted?.sold.map(({ key }) => key)).toEqual([0]);
    expect(sorted?.refused.map(({ key }) => key)).toEqual([1]);
    // A reseller that "accepts" a withdrawal has not said that the seat is withdrawn.
    const odd = [answer(0, 'accepted'), answer(1, 'withdrawn'), answer(2, 'withdrawn', 5)];
    expect(sortAnswers('withdraw', asked, odd)?.refused.map(({ key }) => key)).toEqual([0]);
  });
});

describe('what may leave', () => {
  const product = (kind: Product['kind']) => ({ kind }) as Product;
  const performance = (state: Performance['state'], startsAt = '2027-02-01T19:00:00.000Z') =>
    ({ state, startsAt }) as Performance;
  const fnac = {
    seats: 'push',
    zones: 'push',
    datedPasses: 'limit',
    undatedPasses: 'limit',
    withdraw: true,
  } as const;
  const now = '2027-01-01T00:00:00.000Z';
  const of = (kind: Product['kind'], state: Performance['state'], at = now) =>
    eligibility(product(kind), performance(state), fnac, at);

  it('hands over running events only, and takes back from all', () => {
    expect(of('event', 'running')).toEqual({ addObstacle: null, withdrawObstacle: null });
    for (const state of ['preparing', 'suspended', 'cancelled', 'closed'] as const) {
      expect(of('competition', state)).toEqual({
        addObstacle: `performance.${state}`,
        withdrawObstacle: null,
      });
    }
    expect(of('event', 'running', '2027-02-01T19:00:00.000Z').addObstacle).toBe('performance.past');
  });

  it('refuses kinds that resellers may not sell, and passes where they are a limit', () => {
    expect(of('season_ticket', 'running').addObstacle).toBe('product.not_sellable');
    expect(of('visit_pass', 'running').addObstacle).toBe('export.not_supported');
  });

  it('keeps special seats unless the contingent sends them, a companion with its place', () => {
    const none = { wheelchair: false, companionOf: null, restrictedView: false, houseSeat: false };
    const contingent = (sends: Partial<Contingent>) =>
      ({
        sendsWheelchair: false,
        sendsRestrictedView: false,
        sendsHouseSeats: false,
        ...sends,
      }) as Contingent;
    expect(mayLeave(none, contingent({}))).toBe(true);
    expect(mayLeave({ ...none, companionOf: 7 }, contingent({}))).toBe(false);
    expect(mayLeave({ ...none, companionOf: 7 }, contingent({ sendsWheelchair: true }))).toBe(true);
    const both = { ...none, restrictedView: true, houseSeat: true };
    expect(mayLeave(both, contingent({ sendsHouseSeats: true }))).toBe(false);
  });
});

describe('choosing unsold seats', () => {
  it('takes a wheelchair place with its companions or not at all', () => {
    const seats = [
      { seatId: 1, companionOf: null },
      { seatId: 2, companionOf: 1 },
      { seatId: 3, companionOf: null },
      { seatId: 4, companionOf: null },
    ];
    expect(chooseUnsold(seats, 1)).toEqual([3]);
    expect(chooseUnsold(seats, 3)).toEqual([1, 3]);
    expect(chooseUnsold(seats, 9)).toEqual([1, 3, 4]);
  });
});

describe('counted places that the reseller had before', () => {
  const share = { kept: 15, isHandedOver: false };
  it.each([
    ['it holds some', { free: 10, sold: 0 }, { free: 0, sold: 0 }, share, true],
    ['sold and not integrated', { free: 0, sold: 5 }, { free: 0, sold: 0 }, share, true],
    ['all sold, all integrated', { free: 0, sold: 5 }, { free: 0, sold: 5 }, share, true],
    ['nothing', { free: 0, sold: 0 }, { free: 0, sold: 0 }, share, false],
    ['more than the share', { free: 16, sold: 0 }, { free: 0, sold: 0 }, share, false],
    ['fewer than here', { free: 3, sold: 0 }, { free: 4, sold: 0 }, share, false],
  ] as const)('%s', (_what, theirs, ours, of, adoptable) => {
    expect(isAdoptableCount(theirs, ours, of)).toBe(adoptable);
  });

  it('are known once the share is the reseller’s', () => {
    const counts = { free: 0, sold: 5 };
    expect(isAdoptableCount(counts, counts, { kept: 15, isHandedOver: true })).toBe(false);
  });
});
