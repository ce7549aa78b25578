/**
 * Checks that docs/house-file.schema.json is what the schemas of the house file make; with
 * --write, writes it. Exit 1, with the cure, when it is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publishedSchema } from '../src/exchange/house-file/published-schema.ts';

const NAME = 'docs/house-file.schema.json';
const file = fileURLToPath(new URL(`../${NAME}`, import.meta.url));
const schema = publishedSchema();

/** The formatter decides about lines; what counts is what the file says. */
function isFresh(): boolean {
  if (!existsSync(file)) return false;
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) === JSON.stringify(schema);
}

if (process.argv.includes('--write')) {
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`${NAME} written; npm run format gives it its lines.`);
} else if (!isFresh()) {
  console.error(`${NAME} is stale. Run: node scripts/fresh-house-schema.ts --write`);
  process.exitCode = 1;
}
