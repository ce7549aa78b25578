import { expect, it } from 'vitest';
import { z } from 'zod';
import { readEmail, readName } from './login.ts';

const GOOD = [
  ['ada@example.org', 'ada@example.org'],
  [' Ada.Lovelace+Desk@Box-Office.Example.ORG ', 'ada.lovelace+desk@box-office.example.org'],
  ["o'hara_1@x.io", "o'hara_1@x.io"],
  ['a@example.org', 'a@example.org'],
] as const;

it.each(GOOD)('keeps %s as %s, which the sign-in library takes', (text, email) => {
  expect(readEmail(text)).toBe(email);
  expect(z.email().safeParse(email).success).toBe(true);
});

it.each([
  '',
  'ada',
  'ada@',
  '@example.org',
  'ada@localhost',
  'ada@@example.org',
  'ada lovelace@example.org',
  '.ada@example.org',
  'ada.@example.org',
  'a..b@example.org',
  'ada@example..org',
  'ada@-example.org',
  'ada@example.org\r\nBcc: x@example.org',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b'.repeat(250)}.org`,
  'adä@example.org',
])('refuses %j as an e-mail address', (text) => {
  expect(readEmail(text)).toBeNull();
});

it('reads names without blanks around them and without controls in them', () => {
  expect(readName('  Ada Lovelace ')).toBe('Ada Lovelace');
  expect(['', '  ', 'a\nb', 'a\u0000', 'a'.repeat(101)].map(readName)).toEqual(Array(5).fill(null));
});
