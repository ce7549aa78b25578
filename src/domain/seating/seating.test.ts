import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelectors, selects } from './seat-selector.ts';
import { parseSeat, printSeat } from './seat-text.ts';

describe('a seat in writing', () => {
  it('keeps an empty block empty', () => {
    const place = { layout: 'Away', area: 'Loges', block: '', row: 'B', number: '64' };
    expect(printSeat(place)).toBe('Away/Loges//B/64');
    expect(parseSeat('Away/Loges//B/64')).toEqual(place);
  });

  it.each(['', 'A/B/C/D', 'A/B/C/D/E/F', '/B/C/D/E', 'A//C/D/E', 'A/B/C/D/'])(
    'does not read %j',
    (text) => {
      expect(parseSeat(text)).toBeNull();
    },
  );

  it('reads what it prints, whatever the codes hold', () => {
    const code = fc.string({ unit: fc.constantFrom('A', '1', '/', '\\', '|', 'é'), minLength: 1 });
    const place = fc.record({ layout: code, area: code, block: code, row: code, number: code });
    fc.assert(
      fc.property(place, (one) => {
        expect(parseSeat(printSeat(one))).toEqual(one);
      }),
      { seed: 11 },
    );
  });
});

describe('a selection in writing', () => {
  const seat = (row: string, number: string, block = 'A') => ({
    layout: 'AUDI',
    area: '1F',
    block,
    row,
    number,
  });
  const chosen = (text: string, places: ReturnType<typeof seat>[]): boolean[] => {
    const parsed = parseSelectors(text);
    if (!parsed.ok) throw new Error(parsed.text);
    return places.map((place) => parsed.selectors.some((one) => selects(one, place)));
  };

  it('takes lists and ranges of rows and numbers', () => {
    const places = [
      seat('B', '1'),
      seat('B', '20'),
      seat('B', '24'),
      seat('B', '21'),
      seat('E', '3'),
    ];
    expect(chosen('AUDI/1F/A/B/1-20,24', places)).toEqual([true, true, true, false, false]);
    expect(chosen('AUDI/1F/A/B-D/*', places)).toEqual([true, true, true, true, false]);
  });

  it('compares numbers as numbers and rows of two letters only with themselves', () => {
    expect(chosen('AUDI/1F/A/*/9-11', [seat('B', '10'), seat('B', '100')])).toEqual([true, false]);
    expect(chosen('AUDI/1F/A/A-C', [seat('BB', '1'), seat('B', '1')])).toEqual([false, true]);
  });

  it('may stop anywhere, and tells an empty block from every block', () => {
    expect(chosen('AUDI', [seat('B', '1')])).toEqual([true]);
    expect(chosen('AUDI/1F//B', [seat('B', '1'), seat('B', '1', '')])).toEqual([false, true]);
    expect(chosen('AUDI/2F; AUDI/1F/A/B/1', [seat('B', '1')])).toEqual([true]);
  });

  it.each(['*/1F', 'AUDI/1F/A/B/20-1', 'AUDI/1F/A/B/1-2-3', 'AUDI/1F/A/AA-CC', '/1F'])(
    'refuses %s and names it',
    (text) => {
      expect(parseSelectors(`AUDI/1F; ${text}`)).toEqual({ ok: false, text });
    },
  );
});
