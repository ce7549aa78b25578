import { expect, it } from 'vitest';
import { changesOf } from './changes.ts';

it('tells the fields that changed, and leaves out what stayed', () => {
  expect(changesOf({ role: 'auditor', name: 'Ada' }, { role: 'manager', name: 'Ada' })).toEqual([
    { name: 'role', was: 'auditor', is: 'manager' },
  ]);
});

it('tells what came, what went, and what is no object', () => {
  expect(changesOf(null, { scopes: ['read'] })).toEqual([
    { name: 'scopes', was: null, is: '["read"]' },
  ]);
  expect(changesOf({ name: 'Ada' }, null)).toEqual([{ name: 'name', was: 'Ada', is: null }]);
  expect(changesOf(1, 2)).toEqual([{ name: '', was: '1', is: '2' }]);
  expect(changesOf(null, null)).toEqual([]);
});
