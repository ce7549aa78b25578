// `node scripts/run.mjs [options of Node] FILE …`: set-up, then FILE on the house's Node. This is
// how every script in package.json begins, so that each works from a fresh clone. Without a FILE it
// is the set-up alone.
import { runOnHouseNode } from './house-node.mjs';
import { setUp } from './set-up.mjs';

setUp();
const args = process.argv.slice(2);
if (args.length > 0) runOnHouseNode(args);
