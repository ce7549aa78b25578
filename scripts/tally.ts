// Counts what a test run came to, so that nothing that went wrong can end as "0 failed".

export interface Tally {
  passed: number;
  failed: number;
  /** Neither passed nor failed: left out for a reason, or still to be written. */
  skipped: number;
}

interface Report {
  success: boolean;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string }[];
  }[];
}

/**
 * Reads vitest's JSON report. A file that could not be loaded counts as one failure; so does a run
 * that failed otherwise: a crash, an unhandled error, no test at all, a report that is not there.
 */
export function readTally(report: string, exitCode: number): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of parseReport(report)?.testResults ?? []) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1;
      else if (status === 'failed') tally.failed += 1;
      else tally.skipped += 1;
    }
    const hasFailure = file.assertionResults.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !hasFailure) tally.failed += 1;
  }
  const isEmpty = tally.passed + tally.failed + tally.skipped === 0;
  if (tally.failed === 0 && (exitCode !== 0 || isEmpty)) tally.failed = 1;
  return tally;
}

function parseReport(report: string): Report | undefined {
  try {
    return JSON.parse(report) as Report;
  } catch {
    // No report, or half of one: readTally counts the run as failed.
    return undefined;
  }
}

export function sumTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}
