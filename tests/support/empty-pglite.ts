import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { PROJECT_FOLDER } from './postgres-server.ts';

/**
 * Makes `dataFolder` one that an embedded database was just created in. Creating one takes three
 * seconds and its result depends on the version of PGlite only, so one is kept to copy from.
 */
export async function copyEmptyPglite(dataFolder: string): Promise<void> {
  cpSync(await emptyPglite(), join(dataFolder, 'pglite'), { recursive: true });
}

async function emptyPglite(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = join(PROJECT_FOLDER, 'node_modules', '.cache', 'parterre');
  const kept = join(cache, `pglite-${version}`);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  await (await openDatabase({ dataFolder: draft })).close();
  try {
    renameSync(join(draft, 'pglite'), kept);
  } catch (error) {
    // Another run made it meanwhile, which is as good.
    if (!existsSync(kept)) throw error;
  }
  rmSync(draft, { recursive: true, force: true });
  return kept;
}
