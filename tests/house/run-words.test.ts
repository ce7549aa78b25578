import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COUNT_NAMES, LINE_KEYS } from '../../src/runs/counts.ts';

const EXCHANGE = join(import.meta.dirname, '..', '..', 'src', 'exchange');

function sources(): string[] {
  const files = readdirSync(EXCHANGE, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(EXCHANGE, file), 'utf8'));
}

function found(pattern: RegExp): string[] {
  return sources().flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
}

it('what is counted has its words in every language', () => {
  const counted = [
    ...found(/\blog\.count\(\s*'(\w+)'/g),
    // Where one of two is counted, and where names stand in a table.
    ...found(/\blog\.count\([^;]*\? '(\w+)'/g),
    ...found(/\blog\.count\([^;]*: '(\w+)'/g),
    ...found(/of \[([^\]]+)\] as const\) log\.count/g).flatMap((list) => list.match(/\w+/g) ?? []),
    ...found(/const COUNTS: [^{]*\{([^}]*)\}/g).flatMap((table) =>
      [...table.matchAll(/: '(\w+)'/g)].map(([, name]) => name ?? ''),
    ),
  ];
  const names = new Set(counted);
  // The patterns still find them all.
  expect([...names].sort()).toEqual([...COUNT_NAMES].sort());
});

it('what a line is about has its words in every language', () => {
  const given = [
    ...found(/\bkeys(?:: Record<[^>]*>)?[:=]? *=? *\{([^}]*)\}/g).flatMap((keys) =>
      [...keys.matchAll(/(?:^|[{,])\s*(\w+)/g)].map(([, name]) => name ?? ''),
    ),
    ...found(/\bkeys\.(\w+) = /g),
  ];
  expect(new Set(given)).toEqual(new Set(LINE_KEYS));
});
