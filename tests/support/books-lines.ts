/** What every line of a run must be to the person who reads it. */
import { expect } from 'vitest';
import type { ProblemCode } from '../../src/domain/order/problem.ts';
import { PROBLEMS } from '../../src/domain/order/problem.ts';
import { PROBLEM_PARAMS } from '../../src/domain/order/problem-params.ts';
import type { TextLanguage } from '../../src/runs/remedies.ts';
import { describeLine, TEXTS } from '../../src/runs/remedies.ts';
import type { LoggedLine } from './books-world.ts';

/** Its class, only parameters that a text may show, and a remedy without holes in each language. */
export function expectRemedy(line: LoggedLine): void {
  expect(Object.keys(PROBLEMS)).toContain(line.code);
  const code = line.code as ProblemCode;
  expect(line.class).toBe(PROBLEMS[code]);
  const shown = Object.keys(PROBLEM_PARAMS[code]);
  expect([code, Object.keys(line.params).filter((name) => !shown.includes(name))]).toEqual([
    code,
    [],
  ]);
  for (const language of Object.keys(TEXTS) as TextLanguage[]) {
    const described = describeLine(line, {
      language,
      timeZone: 'Europe/Paris',
      interface: 'FNAC',
      reseller: 'FNAC',
      people: [{ name: 'Camille Martin', phone: '+33 1 00 00 00 00' }],
      number: 7,
    });
    for (const part of ['title', 'explanation', 'remedy'] as const) {
      expect([language, code, part, described[part]]).toEqual([
        language,
        code,
        part,
        // A parameter that is missing would show as a question mark.
        expect.stringMatching(/^[^?]{5,}$/),
      ]);
    }
  }
}
