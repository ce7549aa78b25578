#!/usr/bin/env node
// The command `parterre`. Plain JavaScript: it must start on Node 20, and without any package, to
// be able to say what is missing. It installs nothing by itself.
import { join } from 'node:path';
import { houseRoot, runOnHouseNode } from '../scripts/house-node.mjs';
import { isSetUp } from '../scripts/set-up.mjs';

if (!isSetUp()) {
  process.stderr.write(
    'Parterre is not set up here, or its packages have changed since. Run:\n' +
      `  cd ${houseRoot} && npm run set-up\n`,
  );
  process.exit(1);
}
const args = process.argv.slice(2);
// What lives long and allocates much gets a larger young generation: fewer and shorter pauses.
const options = ['serve', 'worker'].includes(args[0] ?? '') ? ['--max-semi-space-size=8'] : [];
runOnHouseNode([...options, join(houseRoot, 'src', 'main', 'cli.ts'), ...args]);
