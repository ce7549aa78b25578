import { describe, expect, it } from 'vitest';
import { businessDay } from './business-day.ts';
import type { CodeState, DoorCode } from './decide.ts';
import { decideDoor } from './decide.ts';

const EVENT = {
  id: 1,
  kind: 'event',
  namesRequired: false,
  namelessOpensDoor: true,
  validFrom: null,
  validUntil: null,
  validDays: null,
  daysPerTicket: 1,
  timeZone: 'Europe/Paris',
};

function code(change: Partial<DoorCode> = {}): DoorCode {
  return {
    code: 'C1',
    state: 'valid',
    reason: null,
    source: 'ticket',
    performance: { id: 5, state: 'running' },
    product: EVENT,
    day: null,
    ticket: { nameMissing: false, soldAt: '2026-05-01T10:00:00Z', cancelled: false },
    usedAt: null,
    ...change,
  };
}

function pass(
  product: Partial<NonNullable<DoorCode['product']>>,
  change: Partial<DoorCode> = {},
): DoorCode {
  const whole = { ...EVENT, kind: 'open_pass', ...product };
  return code({ performance: null, product: whole, ...change });
}

function ask(
  known: DoorCode | null,
  at = '2026-06-10T18:00:00Z',
  performanceId: number | null = 5,
) {
  return decideDoor(known, { performanceId, at, businessDayEndsAt: '06:00' });
}

describe('a code of a performance', () => {
  it('opens', () => {
    expect(ask(code())).toEqual({ open: true, provisional: false });
  });

  it('opens provisionally for a case and for a list', () => {
    const open = { open: true, provisional: true };
    const state = 'provisional';
    expect(ask(code({ state, source: 'case', reason: 'price.differs' }))).toEqual(open);
    expect(ask(code({ state, source: 'list', ticket: null }))).toEqual(open);
  });

  it.each([
    ['revoked', 'cancellation', 'cancellation'],
    ['replaced', 'replacement', 'replacement'],
    ['see_box_office', 'seat.sold', 'seat.sold'],
    ['test', 'test', null],
  ] as const)('stays closed when it is %s', (state, reason, detail) => {
    expect(ask(code({ state: state as CodeState, reason }))).toEqual({
      open: false,
      reason: state,
      detail,
    });
  });

  it('stays closed when nobody knows it', () => {
    expect(ask(null)).toEqual({ open: false, reason: 'unknown', detail: null });
  });

  it('opens no other performance, and a pass opens none', () => {
    const other = { open: false, reason: 'other_performance', detail: null };
    expect(ask(code(), undefined, 6)).toEqual(other);
    expect(ask(pass({}), undefined, 6)).toEqual(other);
    expect(ask(code(), undefined, null)).toEqual({ open: true, provisional: false });
  });

  it('opens once', () => {
    const usedAt = '2026-06-10T17:50:00.000Z';
    expect(ask(code({ usedAt }))).toEqual({ open: false, reason: 'used', detail: usedAt });
  });

  it('stays closed when the performance is cancelled', () => {
    const performance = { id: 5, state: 'cancelled' as const };
    expect(ask(code({ performance }))).toMatchObject({ reason: 'performance_cancelled' });
  });

  it.each([
    [true, false, true, false],
    [true, true, true, true],
    [true, false, false, true],
    [false, false, true, true],
  ])(
    'names required %s, nameless opens %s, name missing %s: open %s',
    (required, nameless, missing, open) => {
      const product = { ...EVENT, namesRequired: required, namelessOpensDoor: nameless };
      const ticket = { nameMissing: missing, soldAt: '2026-05-01T10:00:00Z', cancelled: false };
      expect(ask(code({ product, ticket })).open).toBe(open);
      if (!open) expect(ask(code({ product, ticket }))).toMatchObject({ reason: 'name_missing' });
    },
  );
});

describe('a pass', () => {
  const museum = (known: DoorCode, at: string) => ask(known, at, null);

  it('opens on its day, which ends at the hour of the house', () => {
    const dated = pass({ kind: 'visit_pass' }, { day: '2026-06-10' });
    expect(museum(dated, '2026-06-10T03:59:00Z')).toMatchObject({ reason: 'other_day' });
    expect(museum(dated, '2026-06-10T04:00:00Z').open).toBe(true);
    expect(museum(dated, '2026-06-11T03:59:00Z').open).toBe(true);
    expect(museum(dated, '2026-06-11T04:00:00Z')).toEqual({
      open: false,
      reason: 'other_day',
      detail: '2026-06-10',
    });
  });

  it('of three days opens on each of them, once a day', () => {
    const three = pass({ kind: 'visit_pass', daysPerTicket: 3 }, { day: '2026-06-10' });
    expect(museum(three, '2026-06-12T12:00:00Z').open).toBe(true);
    expect(museum(three, '2026-06-13T12:00:00Z').open).toBe(false);
    const used = { ...three, usedAt: '2026-06-10T10:00:00.000Z' };
    expect(museum(used, '2026-06-10T12:00:00Z')).toMatchObject({ reason: 'used' });
    expect(museum(used, '2026-06-11T12:00:00Z').open).toBe(true);
  });

  it('undated opens between its dates', () => {
    const open = pass({ validFrom: '2026-06-01', validUntil: '2026-06-30' });
    expect(museum(open, '2026-05-31T12:00:00Z')).toMatchObject({ reason: 'not_yet_valid' });
    expect(museum(open, '2026-06-30T12:00:00Z').open).toBe(true);
    expect(museum(open, '2026-07-01T12:00:00Z')).toMatchObject({ reason: 'expired' });
  });

  it('opens for N days from its sale, not beyond its last date', () => {
    // Sold on 1 May: thirty days end on 30 May.
    const thirty = pass({ validDays: 30 });
    expect(museum(thirty, '2026-05-30T12:00:00Z').open).toBe(true);
    expect(museum(thirty, '2026-05-31T12:00:00Z')).toEqual({
      open: false,
      reason: 'expired',
      detail: '2026-05-30',
    });
    const short = pass({ validDays: 30, validUntil: '2026-05-15' });
    expect(museum(short, '2026-05-16T12:00:00Z')).toMatchObject({ detail: '2026-05-15' });
  });
});

it('counts business days by wall-clock time on the nights of a clock change', () => {
  // 29 March 2026: 02:00 becomes 03:00, so 06:00 is 04:00 UTC and not 05:00.
  expect(businessDay('2026-03-29T03:59:59Z', 'Europe/Paris', '06:00')).toBe('2026-03-28');
  expect(businessDay('2026-03-29T04:00:00Z', 'Europe/Paris', '06:00')).toBe('2026-03-29');
  expect(businessDay('2026-10-25T04:59:59Z', 'Europe/Paris', '06:00')).toBe('2026-10-24');
  expect(businessDay('2026-10-25T05:00:00Z', 'Europe/Paris', '06:00')).toBe('2026-10-25');
});
