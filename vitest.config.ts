import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

// Starts what the whole run shares: one PostgreSQL.
const globalSetup = join(import.meta.dirname, 'tests', 'support', 'global-setup.ts');

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'web/src/**/*.test.ts'],
    globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    // A worker keeps its modules from file to file: a test leaves nothing behind in them. Compiled
    // code is most of what a file costs, PGlite's above all, and it is then compiled twice a run.
    isolate: false,
    // The processes that tests start find stripped types and compiled code of those before them.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'parterre') },
    // Each test file may hold a database of its own: more at once would only slow each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
