/**
 * The order of the test files of a run: the long ones begin, so that no worker is left with one
 * while the other has nothing to do. vitest goes by the size of a file, where it has no durations
 * of an earlier run, and size says little here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..', '..');

/** More than some 15 s alone on a quiet machine, or ten; about the longest first. */
const LONGEST = [
  'tests/demo/demo.test.ts',
  'tests/api/people-attacks.test.ts',
  'tests/exchange/kill.test.ts',
  'tests/simulation/season.test.ts',
  'tests/jobs/killed-workers.test.ts',
  'tests/api/people-passkeys.test.ts',
  'tests/exchange/refusals-messages.test.ts',
  'tests/exchange/cases-places.test.ts',
  'tests/exchange/race-last-places.test.ts',
  'tests/demo/contact-data.test.ts',
  'tests/exchange/books-kit.test.ts',
  'src/store/database/embedded-owner.test.ts',
  'tests/jobs/restarted-server.test.ts',
  'tests/exchange/adopt-house.test.ts',
  'tests/api/people-sign-in.test.ts',
  'tests/api/fuzz.test.ts',
  'tests/exchange/refusals-wire.test.ts',
].map((file) => join(ROOT, file));

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = LONGEST.filter((file) => !existsSync(file));
    if (gone.length > 0) throw new Error(`longest-first.ts names no file: ${gone.join(', ')}`);
    const sorted = await super.sort(files);
    // The browser's tests are long too, one file for each scene. They alternate with the others:
    // two browsers at once leave each of them too little of two cores.
    const browsed = sorted.filter(({ moduleId }) => moduleId.includes('/tests/e2e/'));
    const rank = (file: TestSpecification): number => {
      if (browsed.includes(file)) return 2 * browsed.indexOf(file) + 1;
      const place = LONGEST.indexOf(file.moduleId);
      return place < 0 ? Number.MAX_SAFE_INTEGER : 2 * place;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
