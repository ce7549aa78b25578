/** Where the house's database is. Apart, so that it can open while everything else is loaded. */
import type { Database } from '../store/database/database.ts';
import { openDatabase } from '../store/database/open-database.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `PARTERRE_DATA`, by default `.parterre` where the command runs. */
export function dataFolderOf(env: Environment): string {
  return env.PARTERRE_DATA || '.parterre';
}

/** The server of `DATABASE_URL`, or the data folder's own. Throws StoreError with a cure. */
export function openHouseDatabase(options: {
  env: Environment;
  mustOwn?: boolean;
}): Promise<Database> {
  const { env, mustOwn } = options;
  return openDatabase({
    url: env.DATABASE_URL || undefined,
    dataFolder: dataFolderOf(env),
    ...(mustOwn === undefined ? {} : { mustOwn }),
  });
}
