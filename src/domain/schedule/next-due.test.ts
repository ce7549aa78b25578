import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextDue } from './next-due.ts';
import type { Timing } from './timing.ts';
import { readTiming } from './timing.ts';

const PARIS = 'Europe/Paris';

/** Every instant at which it fires in [from, to), on a clock that ticks at each of them. */
function firings(
  timing: Timing,
  from: string,
  to: string,
  timeZone = PARIS,
  firstAt: string | null = null,
): string[] {
  const fired: string[] = [];
  let now = new Date(from);
  let lastPlanned: string | null = null;
  for (;;) {
    const due = nextDue(timing, { firstAt, lastPlanned, now, timeZone });
    if (due === null || due >= to) return fired;
    fired.push(due);
    lastPlanned = due;
    now = new Date(due);
  }
}

describe('a local time', () => {
  it('fires at the next instant when it does not exist', () => {
    // Paris: 29 March 2026, from 02:00 to 03:00, at 01:00 UTC.
    expect(
      firings({ kind: 'at', time: '02:30' }, '2026-03-28T00:00:00.000Z', '2026-03-31T00:00:00Z'),
    ).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  });

  it('fires once, at the first, when it comes twice', () => {
    // Paris: 25 October 2026, from 03:00 back to 02:00, at 01:00 UTC.
    expect(
      firings({ kind: 'at', time: '02:30' }, '2026-10-24T12:00:00.000Z', '2026-10-27T00:00:00Z'),
    ).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });

  it('moves over midnight where the clocks do', () => {
    // Beirut: 29 March 2026 begins at 01:00, at 22:00 UTC of the day before.
    const firing = firings(
      { kind: 'at', time: '00:15' },
      '2026-03-27T12:00:00.000Z',
      '2026-03-30T12:00:00Z',
      'Asia/Beirut',
    );
    expect(firing).toEqual([
      '2026-03-27T22:15:00.000Z',
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:15:00.000Z',
    ]);
  });

  it('fires at now when it has not fired, and never twice at one instant', () => {
    const at = { kind: 'at', time: '12:00' } as const;
    const now = new Date('2026-06-01T10:00:00.000Z');
    const options = { firstAt: null, now, timeZone: PARIS };
    expect(nextDue(at, { ...options, lastPlanned: null })).toBe('2026-06-01T10:00:00.000Z');
    expect(nextDue(at, { ...options, lastPlanned: now.toISOString() })).toBe(
      '2026-06-02T10:00:00.000Z',
    );
  });
});

describe('every N hours', () => {
  it('is elapsed time over both clock changes', () => {
    for (const from of ['2026-03-28T22:00:00.000Z', '2026-10-24T22:00:00.000Z']) {
      const start = Date.parse(from);
      const to = new Date(start + 24 * 3_600_000).toISOString();
      expect(firings({ kind: 'hours', every: 4 }, from, to)).toEqual(
        [0, 4, 8, 12, 16, 20].map((hours) => new Date(start + hours * 3_600_000).toISOString()),
      );
    }
  });

  it('keeps its grid after what was missed', () => {
    const due = nextDue(
      { kind: 'hours', every: 4 },
      {
        firstAt: null,
        lastPlanned: '2026-06-01T08:00:00.000Z',
        now: new Date('2026-06-03T09:30:00.000Z'),
        timeZone: PARIS,
      },
    );
    expect(due).toBe('2026-06-03T12:00:00.000Z');
  });

  it('begins a new grid at a first date that was set after the last run', () => {
    const due = nextDue(
      { kind: 'hours', every: 24 },
      {
        firstAt: '2026-06-02T05:00:00.000Z',
        lastPlanned: '2026-06-01T08:00:00.000Z',
        now: new Date('2026-06-01T09:00:00.000Z'),
        timeZone: PARIS,
      },
    );
    expect(due).toBe('2026-06-02T05:00:00.000Z');
  });
});

describe('every N days', () => {
  it('counts local days from the first date', () => {
    expect(
      firings(
        { kind: 'days', every: 2, time: '06:00' },
        '2026-03-27T00:00:00.000Z',
        '2026-04-02T00:00:00Z',
        PARIS,
        '2026-03-27T23:30:00.000Z',
      ),
    ).toEqual(['2026-03-28T05:00:00.000Z', '2026-03-30T04:00:00.000Z', '2026-04-01T04:00:00.000Z']);
  });

  it('is at midnight where no time is given', () => {
    const timing = { kind: 'days', every: 1 } as const;
    expect(firings(timing, '2026-06-01T00:00:00.000Z', '2026-06-03T00:00:00Z')).toEqual([
      '2026-06-01T22:00:00.000Z',
      '2026-06-02T22:00:00.000Z',
    ]);
  });
});

describe('cron', () => {
  const cron = (expression: string): Timing => ({ kind: 'cron', expression });

  it('fires a quarter-hourly one once over a gap, and skips the second of two hours', () => {
    const spring = firings(
      cron('*/15 2 * * *'),
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T12:00:00Z',
    );
    expect(spring).toEqual(['2026-03-29T01:00:00.000Z']);
    const autumn = firings(cron('*/30 1-3 * * *'), '2026-10-24T22:00:00Z', '2026-10-25T12:00:00Z');
    expect(autumn).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-24T23:30:00.000Z',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T02:30:00.000Z',
    ]);
  });

  it('takes either of two limited days, names, lists and steps', () => {
    const days = (expression: string, to: string): string[] =>
      firings(cron(expression), '2026-06-01T00:00:00.000Z', to, 'UTC').map((at) => at.slice(5, 10));
    // 1 June 2026 is a Monday.
    expect(days('0 6 13 * FRI', '2026-06-15')).toEqual(['06-05', '06-12', '06-13']);
    expect(days('0 6 * * 6,7', '2026-06-15')).toEqual(['06-06', '06-07', '06-13', '06-14']);
    expect(days('0 6 1-10/4 jun *', '2026-07-15')).toEqual(['06-01', '06-05', '06-09']);
    expect(days('0 6 29 2 *', '2029-01-01')).toEqual(['02-29']);
  });

  it('refuses what is none', () => {
    for (const expression of [
      '',
      '* * * *',
      '60 * * * *',
      '* 24 * * *',
      '* * 0 * *',
      '* * * 13 *',
      '* * * * 8',
      '5-1 * * * *',
      '*/0 * * * *',
      '*-5 * * * *',
      '0 0 31 2 *',
      'a b c d e',
      '@daily',
    ]) {
      expect(readTiming({ kind: 'cron', expression })).toEqual({ fault: 'expression' });
    }
  });
});

describe('reading a timing', () => {
  it('says what is wrong', () => {
    expect(readTiming({ kind: 'at', time: '24:00' })).toEqual({ fault: 'time' });
    expect(readTiming({ kind: 'hours', every: 0 })).toEqual({ fault: 'every' });
    expect(readTiming({ kind: 'hours', every: 1.5 })).toEqual({ fault: 'every' });
    expect(readTiming({ kind: 'weekly' })).toEqual({ fault: 'kind' });
    expect(readTiming({ kind: 'days', every: 2, time: '06:00' })).toEqual({
      timing: { kind: 'days', every: 2, time: '06:00' },
    });
  });

  it('never fires by hand', () => {
    expect(firings({ kind: 'manual' }, '2026-01-01T00:00:00Z', '2036-01-01')).toEqual([]);
  });
});

describe('over any clock change', () => {
  const zones = [
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'America/Santiago',
    'Asia/Kolkata',
  ];

  it('each local day has one firing of a daily time: the time, or the end of its gap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 364 }),
        (zone, minute, offset) => {
          const time = new Date(minute * 60_000).toISOString().slice(11, 16);
          const first = Temporal.PlainDate.from('2026-01-01').add({ days: offset });
          const bounds = [first, first.add({ days: 10 })].map(
            (day) => day.toZonedDateTime(zone).epochMilliseconds,
          ) as [number, number];
          const [from, to] = bounds.map((ms) => new Date(ms).toISOString()) as [string, string];
          const fired = firings({ kind: 'at', time }, from, to, zone);
          expect(fired.length).toBe(10);
          fired.forEach((at, index) => {
            const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
            const day = first.add({ days: index });
            const wanted = day.toPlainDateTime(time);
            const met = Temporal.PlainDateTime.compare(local.toPlainDateTime(), wanted);
            if (met === 0) {
              // The first of two: an hour before, it was not this time.
              const before = local.subtract({ hours: 1 }).toPlainTime().toString();
              expect(before).not.toBe(local.toPlainTime().toString());
              return;
            }
            // It was skipped: the instant is the very change of the clocks.
            const change = local.subtract({ seconds: 1 }).getTimeZoneTransition('next');
            expect(met).toBe(1);
            expect(change?.epochMilliseconds).toBe(local.epochMilliseconds);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never answers the past, and never the same instant twice', () => {
    const timings: Timing[] = [
      { kind: 'hours', every: 5 },
      { kind: 'days', every: 3, time: '02:15' },
      { kind: 'at', time: '00:30' },
      { kind: 'cron', expression: '*/20 0-3 * * *' },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...timings),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 366 * 24 * 60 }),
        fc.option(fc.integer({ min: -5000, max: 5000 }), { nil: null }),
        (timing, timeZone, minutes, lastMinutes) => {
          const now = new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000);
          const lastPlanned =
            lastMinutes === null
              ? null
              : new Date(now.getTime() + lastMinutes * 60_000).toISOString();
          const due = nextDue(timing, { firstAt: null, lastPlanned, now, timeZone });
          expect(due !== null && due >= now.toISOString()).toBe(true);
          if (lastPlanned !== null) expect(due !== null && due > lastPlanned).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
