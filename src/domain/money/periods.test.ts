import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  isPeriod,
  openPeriodOf,
  periodAfter,
  periodBefore,
  periodOf,
} from './periods.ts';

describe('a period', () => {
  it('is a month of the zone, also where UTC is in another one', () => {
    expect(periodOf('2026-10-31T22:59:59.999Z', 'Europe/Paris')).toBe('2026-10');
    expect(periodOf('2026-10-31T23:00:00.000Z', 'Europe/Paris')).toBe('2026-11');
    expect(periodOf('2026-11-01T03:59:59.999Z', 'America/New_York')).toBe('2026-10');
    expect(periodOf('2026-11-01T04:00:00.000Z', 'America/New_York')).toBe('2026-11');
    expect(periodOf('2026-12-31T23:30:00Z', 'Europe/Zurich')).toBe('2027-01');
  });

  it('agrees with the calendar at any instant and in any zone', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Niue', 'UTC'];
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1999-01-01T00:00:00Z'),
          max: new Date('2040-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.constantFrom(...zones),
        (date, zone) => {
          const at = date.toISOString();
          const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
          expect(periodOf(at, zone)).toBe(local.toPlainDate().toPlainYearMonth().toString());
          const { from, until } = boundsOf(periodOf(at, zone), zone);
          expect(from <= at && at < until).toBe(true);
        },
      ),
    );
  });

  it('has a neighbour on either side', () => {
    expect([periodAfter('2026-12'), periodBefore('2027-01')]).toEqual(['2027-01', '2026-12']);
    expect(['2026-13', '2026-00', '2026-1', '26-01', '2026-01'].map(isPeriod)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('the period of an entry', () => {
  const zone = 'Europe/Paris';

  it('is the month of its operation while that is open', () => {
    expect(openPeriodOf('2026-10-05T10:00:00.000Z', [], zone)).toEqual({
      period: '2026-10',
      late: false,
    });
    expect(openPeriodOf('2026-11-05T10:00:00.000Z', ['2026-10'], zone)).toEqual({
      period: '2026-11',
      late: false,
    });
  });

  it('is the earliest open one when its own is closed, or lies before a closed one', () => {
    const late = { period: '2026-12', late: true };
    const closed = ['2026-11', '2026-10'];
    expect(openPeriodOf('2026-10-05T10:00:00.000Z', closed, zone)).toEqual(late);
    expect(openPeriodOf('2026-11-30T22:30:00.000Z', closed, zone)).toEqual(late);
    expect(openPeriodOf('2026-03-05T10:00:00.000Z', closed, zone)).toEqual(late);
    expect(openPeriodOf('2026-11-30T23:30:00.000Z', closed, zone)).toEqual({
      period: '2026-12',
      late: false,
    });
  });
});
