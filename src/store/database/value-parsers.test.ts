import { describe, expect, it } from 'vitest';
import { parseInstant, parseInt8 } from './value-parsers.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-11-24 10:13:51+00', '2026-11-24T10:13:51.000Z'],
    ['2026-11-24 10:13:51.1+00', '2026-11-24T10:13:51.100Z'],
    ['2026-11-24 10:13:51.123+00', '2026-11-24T10:13:51.123Z'],
    ['2026-11-24 10:13:51.123987+00', '2026-11-24T10:13:51.123Z'],
    ['2026-11-24 11:13:51+01', '2026-11-24T10:13:51.000Z'],
    ['2026-11-24 15:43:51.5+05:30', '2026-11-24T10:13:51.500Z'],
    ['2026-11-23 23:13:51-11', '2026-11-24T10:13:51.000Z'],
    ['infinity', 'infinity'],
    ['-infinity', '-infinity'],
    ['0044-03-15 12:00:00+00 BC', '0044-03-15 12:00:00+00 BC'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });
});

describe('parseInt8', () => {
  it.each([
    ['0', 0],
    ['-5', -5],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, value) => {
    expect(parseInt8(text)).toBe(value);
  });

  it.each(['9007199254740992', '-9223372036854775808'])('refuses %s', (text) => {
    expect(() => parseInt8(text)).toThrow(text);
  });
});
