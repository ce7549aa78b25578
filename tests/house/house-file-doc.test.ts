import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HOUSE_NOTES, HOUSE_PROBLEMS } from '../../src/domain/house/problem.ts';
import { WORKBOOK } from '../../src/exchange/house-file/workbook-columns.ts';
import { titleOf } from '../../src/exchange/house-file/workbook-titles.ts';

const doc = readFileSync(new URL('../../docs/house-file.md', import.meta.url), 'utf8');

it('says why each refusal is and what each note means', () => {
  const told = [...doc.matchAll(/`((?:house|product)\.[a-z_]+)`/g)].map(([, code]) => code);
  expect([...new Set(told)].sort()).toEqual([...HOUSE_PROBLEMS, ...HOUSE_NOTES].sort());
});

it('names every list, its French sheet and all of its keys', () => {
  for (const [sheet, columns] of WORKBOOK) {
    const row = doc.split('\n').find((line) => line.startsWith(`| \`${sheet}\``)) ?? '';
    expect(row).toContain(`(${titleOf(sheet, 'fr')})`);
    const keys = new Set(
      columns.map(({ key }) => key.split('.')[0] ?? '').filter((key) => key !== 'remove'),
    );
    const missing = [...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(row));
    expect([sheet, missing]).toEqual([sheet, []]);
  }
});
