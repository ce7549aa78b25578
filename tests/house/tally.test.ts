import { expect, test } from 'vitest';
import { readTally, sumTallies } from '../../scripts/tally.ts';

function report(...files: [status: string, ...tests: string[]][]): string {
  const testResults = files.map(([status, ...tests]) => ({
    name: 'a.test.ts',
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  }));
  return JSON.stringify({ success: true, testResults });
}

test.each([
  ['all well', report(['passed', 'passed', 'passed']), 0, [2, 0, 0]],
  ['one failed', report(['failed', 'passed', 'failed']), 1, [1, 1, 0]],
  ['skipped is not passed', report(['passed', 'passed', 'pending', 'todo']), 0, [1, 0, 2]],
  ['a file that does not load', report(['failed'], ['passed', 'passed']), 1, [1, 1, 0]],
  ['an error outside of any test', report(['passed', 'passed']), 1, [1, 1, 0]],
  ['no test at all', report(), 0, [0, 1, 0]],
  ['no report', '', 137, [0, 1, 0]],
  ['half a report', '{"success": true, "testRes', 0, [0, 1, 0]],
])('%s', (_title, text, code, [passed, failed, skipped]) => {
  expect(readTally(text, code)).toEqual({ passed, failed, skipped });
});

test('tallies add up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sumTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
