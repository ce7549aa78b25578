import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyNames,
  keysOf,
  parseAlternatives,
  parseKey,
  printAlternatives,
  printKey,
} from './mapping-text.ts';

// Mostly the characters that matter here, so that they meet often.
const part = fc.string({ unit: fc.constantFrom('\\', '|', '/', '0', '4', 'a', ' ', 'é', '🎭') });
const parts = fc.array(part, { minLength: 1, maxLength: 5 });

describe('alternatives', () => {
  it.each([
    ['0|44', ['0', '44']],
    ['15|20|22', ['15', '20', '22']],
    ['6', ['6']],
    ['a\\|b|c', ['a|b', 'c']],
    ['a\\\\|b', ['a\\', 'b']],
    ['C:\\x', ['C:\\x']],
    ['end\\', ['end\\']],
    ['', ['']],
    ['0|', ['0', '']],
  ])('%s is read', (text, values) => {
    expect(parseAlternatives(text)).toEqual(values);
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(parts, (values) => {
        expect(parseAlternatives(printAlternatives(values))).toEqual(values);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('keys', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(parts, (path) => {
        expect(parseKey(printKey(path))).toEqual(path);
      }),
      { numRuns: 2_000 },
    );
  });

  it('go from the most specific to the most generic', () => {
    expect(keysOf(['A', 'B/C', 'D'])).toEqual(['A/B\\/C/D', 'B\\/C/D', 'D']);
    expect(keysOf(['Away', 'Loges', '', 'B'])[0]).toBe('Away/Loges//B');
  });

  it('name exactly the paths that they are an end of', () => {
    fc.assert(
      fc.property(parts, parts, (path, other) => {
        for (const key of keysOf(path)) expect(keyNames(parseKey(key), path)).toBe(true);
        const isEnd = keysOf(path).includes(printKey(other));
        expect(keyNames(other, path)).toBe(isEnd);
      }),
    );
  });
});
