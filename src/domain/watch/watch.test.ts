import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttempt, RETRY_MS_MAX } from './back-off.ts';
import { isDigestDue } from './digest.ts';
import type { KnownNews, Observation } from './news.ts';
import { subjectOf } from './news.ts';
import { planWatch } from './plan-watch.ts';
import type { Telling } from './when-to-tell.ts';
import { DAY_MS, HOUR_MS, nextTelling, whenToTell } from './when-to-tell.ts';

const START = Date.parse('2026-11-24T10:00:00.000Z');
const STEP_MS = HOUR_MS / 4;

function observation(subject: string, dueAt: string | null = null): Observation {
  const facts = { code: 'x', params: {}, run: null, count: null, messageId: null };
  return { kind: 'run_error', subject, interfaceIds: [1], dueAt, facts };
}

/** The rows of a database, as far as planning needs them. */
class Rows {
  rows: KnownNews[] = [];
  told: { subject: string; telling: Telling; at: number }[] = [];

  look(observations: readonly Observation[], at: number): void {
    const now = new Date(at);
    const plan = planWatch(observations, this.rows, now);
    const iso = now.toISOString();
    for (const { subject } of plan.opened) {
      this.rows.push({ id: this.rows.length + 1, subject, lastToldAt: null, closedAt: null });
    }
    const set = (id: number, change: Partial<KnownNews>) => {
      this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...change } : row));
    };
    for (const { id } of plan.kept) set(id, { closedAt: null });
    for (const id of plan.closed) set(id, { closedAt: iso });
    for (const { telling, observation: seen } of plan.told) {
      const { subject } = seen;
      this.told.push({ subject, telling, at });
      const open = this.rows.find((row) => row.subject === subject && row.closedAt === null);
      if (open !== undefined) set(open.id, { lastToldAt: iso });
    }
  }
}

describe('planWatch on a driven clock', () => {
  it('tells the same news once, and once a day while it stays open', () => {
    const rows = new Rows();
    for (let at = START; at <= START + 2 * DAY_MS; at += STEP_MS) rows.look([observation('a')], at);
    expect(rows.told.map(({ telling, at }) => [telling, (at - START) / HOUR_MS])).toEqual([
      ['first', 0],
      ['reminder', 24],
      ['reminder', 48],
    ]);
  });

  it('foretells each telling as it then happens', () => {
    const due = new Date(START + 30 * HOUR_MS).toISOString();
    const next = (lastToldAt: string | null, at: number) =>
      nextTelling({ lastToldAt, dueAt: due }, new Date(START + at * HOUR_MS));
    const told = (at: number) => new Date(START + at * HOUR_MS).toISOString();
    expect(next(null, 1)).toEqual({ telling: 'first', at: told(1) });
    expect(next(told(0), 1)).toEqual({ telling: 'day_before', at: told(6) });
    expect(next(told(0), 7)).toEqual({ telling: 'day_before', at: told(7) });
    expect(next(told(6), 7)).toEqual({ telling: 'hours_before', at: told(27) });
    expect(next(told(27), 28)).toEqual({ telling: 'reminder', at: told(51) });
    const undated = nextTelling({ lastToldAt: told(0), dueAt: null }, new Date(START));
    expect(undated).toEqual({ telling: 'reminder', at: told(24) });
  });

  it('tells it again 24 hours and 3 hours before the performance, not after it', () => {
    const rows = new Rows();
    const due = new Date(START + 30 * HOUR_MS).toISOString();
    for (let at = START; at <= START + 40 * HOUR_MS; at += STEP_MS) {
      rows.look([observation('a', due)], at);
    }
    expect(rows.told.map(({ telling, at }) => [telling, (at - START) / HOUR_MS])).toEqual([
      ['first', 0],
      ['day_before', 6],
      ['hours_before', 27],
    ]);
  });

  it('a news that appears five hours before is told at once and three hours before', () => {
    const rows = new Rows();
    const due = new Date(START + 5 * HOUR_MS).toISOString();
    for (let at = START; at <= START + 6 * HOUR_MS; at += STEP_MS) {
      rows.look([observation('a', due)], at);
    }
    expect(rows.told.map(({ telling, at }) => [telling, (at - START) / HOUR_MS])).toEqual([
      ['first', 0],
      ['hours_before', 2],
    ]);
  });

  it('property: whatever comes and goes, nobody hears of a thing twice a day without cause', () => {
    const subjects = ['a', 'b', 'c'];
    const look = fc.record({
      minutes: fc.integer({ min: 1, max: 600 }),
      open: fc.subarray(subjects),
    });
    const dues = fc.array(fc.option(fc.integer({ min: 1, max: 200 })), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), dues, (looks, hours) => {
        const rows = new Rows();
        const dueOf = (subject: string): number | null => {
          const due = hours[subjects.indexOf(subject)];
          return due === null || due === undefined ? null : START + due * HOUR_MS;
        };
        let at = START;
        for (const { minutes, open } of looks) {
          at += minutes * 60_000;
          rows.look(
            open.map((subject) => {
              const due = dueOf(subject);
              return observation(subject, due === null ? null : new Date(due).toISOString());
            }),
            at,
          );
          // What stands has always been told by now.
          for (const subject of open) {
            const last = rows.told.findLast((one) => one.subject === subject);
            expect(last && at - last.at < DAY_MS).toBe(true);
          }
          const openRows = rows.rows.filter((row) => row.closedAt === null);
          expect(openRows.map(({ subject }) => subject).sort()).toEqual([...open].sort());
        }
        for (const subject of subjects) {
          const mine = rows.told.filter((one) => one.subject === subject);
          for (const [index, one] of mine.entries()) {
            const before = mine[index - 1];
            if (one.telling === 'first' || one.telling === 'reminder') {
              expect(before === undefined || one.at - before.at >= DAY_MS).toBe(true);
            }
          }
          for (const telling of ['day_before', 'hours_before']) {
            expect(mine.filter((one) => one.telling === telling).length).toBeLessThanOrEqual(1);
          }
          const due = dueOf(subject);
          if (due !== null) {
            const urgent = mine.filter(({ telling }) => telling.endsWith('before'));
            for (const one of urgent) expect(one.at).toBeLessThan(due);
          }
        }
      }),
    );
  });
});

describe('whenToTell', () => {
  it('a performance that moves later is told before its new start', () => {
    const lastToldAt = new Date(START).toISOString();
    const dueAt = new Date(START + 27 * HOUR_MS).toISOString();
    expect(whenToTell({ lastToldAt, dueAt }, new Date(START + 3 * HOUR_MS - 1))).toBeNull();
    expect(whenToTell({ lastToldAt, dueAt }, new Date(START + 3 * HOUR_MS))).toBe('day_before');
  });
});

describe('subjectOf', () => {
  it('property: other parts make another subject, whatever they hold', () => {
    const parts = fc.array(fc.string(), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        const told = subjectOf('new_roots', ...one) === subjectOf('new_roots', ...other);
        expect(told).toBe(same);
      }),
    );
    expect(subjectOf('new_roots', 'a/b', 'c')).not.toBe(subjectOf('new_roots', 'a', 'b/c'));
  });
});

describe('nextAttempt', () => {
  it('property: later each time, never beyond three days, the last at their end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 100 }), (waits) => {
        const begun = new Date(START);
        let now = START;
        let attempts = 0;
        for (;;) {
          now += waits[attempts] ?? 0;
          attempts += 1;
          const next = nextAttempt(attempts, begun, new Date(now));
          if (next === null) break;
          expect(next.getTime()).toBeGreaterThan(now);
          expect(next.getTime()).toBeLessThanOrEqual(START + RETRY_MS_MAX);
          now = next.getTime();
        }
        expect(now).toBeGreaterThanOrEqual(START + RETRY_MS_MAX);
        expect(attempts).toBeLessThan(60);
      }),
    );
    expect(nextAttempt(1, new Date(START), new Date(START))).toEqual(new Date(START + 60_000));
  });
});

describe('isDigestDue', () => {
  const digest = { at: '08:00:00', timeZone: 'Europe/Paris', lastAt: null };
  it('once a local day, also over a clock change', () => {
    const at = (iso: string, lastAt: string | null) =>
      isDigestDue({ ...digest, lastAt }, new Date(iso));
    expect(at('2026-10-24T05:59:00Z', '2026-10-23T06:00:00Z')).toBe(false);
    expect(at('2026-10-24T06:00:00Z', '2026-10-23T06:00:00Z')).toBe(true);
    expect(at('2026-10-24T06:01:00Z', '2026-10-24T06:00:00Z')).toBe(false);
    // The night had 25 hours: eight o'clock is 07:00 UTC from here on.
    expect(at('2026-10-25T06:59:00Z', '2026-10-24T06:00:00Z')).toBe(false);
    expect(at('2026-10-25T07:00:00Z', '2026-10-24T06:00:00Z')).toBe(true);
  });

  it('a local time that does not exist comes at the next instant', () => {
    const skipped = { at: '02:30:00', timeZone: 'Europe/Paris', lastAt: '2026-03-28T01:30:00Z' };
    expect(isDigestDue(skipped, new Date('2026-03-29T00:59:00Z'))).toBe(false);
    expect(isDigestDue(skipped, new Date('2026-03-29T01:30:00Z'))).toBe(true);
  });
});
