import { describe, expect, it } from 'vitest';
import { askedOf, viewOf } from './differences.ts';

describe('differences', () => {
  it('are called by what differs', () => {
    expect(viewOf({ kind: 'missing_here', cause: 'never_exported' })).toBe('missing_here');
    expect(viewOf({ kind: 'different', cause: 'other_seat' })).toBe('other_seat');
    expect(viewOf({ kind: 'different', cause: 'blocked_there' })).toBe('other_state');
    expect(viewOf({ kind: 'different', cause: 'changed_after_export' })).toBe('other_words');
    expect(viewOf({ kind: 'different', cause: 'sale_not_integrated' })).toBe('different');
  });

  it('are asked for by kind, or by the cause that a person means', () => {
    expect(askedOf({})).toEqual({});
    expect(askedOf({ kind: 'missing_there' })).toEqual({ kind: 'missing_there' });
    expect(askedOf({ kind: 'other_state', open: 'open' })).toEqual({
      cause: 'blocked_there',
      open: 'true',
    });
    expect(askedOf({ kind: 'nonsense' })).toEqual({});
  });
});
