// `node scripts/run.mjs [options of Node] FILE …`: set-up, then FILE on the house's Node. This is
// how every script in package.json begins, so that each works from a fresh clone. Without a FILE it
// is the set-up alone.
import { buildWeb } from './build-web.mjs';
import { runOnHouseNode } from './house-node.mjs';
import { setUp } from './set-up.mjs';

/** Commands that show the web application, or test it. */
const withWeb = /^(src\/main\/cli\.ts serve|src\/main\/demo\.ts|scripts\/test\.ts)\b(?!.*--once)/;

setUp();
const args = process.argv.slice(2);
if (withWeb.test(args.filter((arg) => !arg.startsWith('--max-')).join(' '))) buildWeb();
if (args.length > 0) runOnHouseNode(args);
