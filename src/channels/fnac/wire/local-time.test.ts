import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { LocalTimes } from './local-time.ts';

const paris = new LocalTimes('Europe/Paris');

test.each([
  ['2026-07-01T12:00:00', '2026-07-01T10:00:00.000Z', false, false],
  ['2026-01-01T00:00:00', '2025-12-31T23:00:00.000Z', false, false],
  ['2026-10-25T02:00:00', '2026-10-25T00:00:00.000Z', true, false],
  ['2026-10-25T02:59:59', '2026-10-25T00:59:59.000Z', true, false],
  ['2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z', false, false],
  ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z', false, false],
  ['2026-03-29T02:30:00', '2026-03-29T01:00:00.000Z', false, true],
  ['2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z', false, false],
  // A stack that adds an offset is taken at its word.
  ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00.000Z', false, false],
  ['2026-07-01T12:00:00.250Z', '2026-07-01T12:00:00.000Z', false, false],
])('%s in Paris', (text, instant, ambiguous, inGap) => {
  expect(paris.read(text)).toEqual({ instant, ambiguous, inGap });
});

test.each([
  '2026-02-31T10:00:00',
  '2026-13-01T10:00:00',
  '2026-00-10T10:00:00',
  '2026-04-00T10:00:00',
  '0026-04-01T10:00:00',
  '2026-07-01T24:00:00',
  '2026-07-01 12:00:00',
  '01/07/2026 12:00',
  '2026-07-01',
  '',
])('%j is no time of the wire', (text) => {
  expect(paris.read(text)).toBeNull();
});

test('a zone that shifts by half an hour', () => {
  const lordHowe = new LocalTimes('Australia/Lord_Howe');
  expect(lordHowe.read('2026-04-05T01:15:00')).toMatchObject({ ambiguous: false });
  expect(lordHowe.read('2026-04-05T01:45:00')).toMatchObject({ ambiguous: true });
  expect(lordHowe.read('2026-10-04T02:15:00')).toMatchObject({
    instant: '2026-10-03T15:30:00.000Z',
    inGap: true,
  });
});

test('agrees with Temporal on any time that is neither skipped nor repeated', () => {
  const zones = ['Europe/Paris', 'Europe/Zurich', 'America/St_Johns', 'Pacific/Noumea', 'UTC'];
  const times = new Map(zones.map((zone) => [zone, new LocalTimes(zone)]));
  const seconds = fc.integer({ min: 0, max: 2_000_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), seconds, (zone, second) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone);
      const read = times.get(zone)!.read(zoned.toPlainDateTime().toString().padEnd(19, ':00'));
      const earlier = zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' });
      expect(read?.instant).toBe(new Date(earlier.epochMilliseconds).toISOString());
    }),
    { numRuns: 500 },
  );
});

test('no text makes it throw: one bad line must not stop the others', () => {
  const digits = fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2})?$/);
  fc.assert(
    fc.property(fc.oneof(digits, fc.string()), (text) => {
      const read = paris.read(text);
      expect(read === null || !Number.isNaN(Date.parse(read.instant))).toBe(true);
    }),
  );
});
