// The walls must be able to fail: for each wall one import that it forbids, in a small house of its
// own, and beside it imports that are allowed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WallFault } from '../../scripts/check-walls.ts';
import { findWallFaults, printWallFault } from '../../scripts/check-walls.ts';

const walls = join(import.meta.dirname, '..', '..', '.dependency-cruiser.mjs');

interface Import {
  from: string;
  to: string;
  /** `import type`, which TypeScript erases. */
  typeOnly?: boolean;
}

const forbidden: Record<string, Import[]> = {
  'domain-is-pure': [
    { from: 'src/domain/order/a.ts', to: 'src/store/orders.ts' },
    { from: 'src/domain/order/b.ts', to: 'src/store/orders.ts', typeOnly: true },
    { from: 'src/domain/order/c.ts', to: 'node:fs' },
    { from: 'src/domain/order/d.ts', to: 'pg' },
  ],
  'domain-tests-stay-home': [{ from: 'src/domain/order/a.test.ts', to: 'src/store/orders.ts' }],
  'channel-knows-the-contract': [
    { from: 'src/channels/fnac/channel.ts', to: 'src/channels/octo/map.ts' },
    { from: 'src/channels/fnac/map.ts', to: 'src/store/orders.ts', typeOnly: true },
    { from: 'src/channels/fnac/wire/sales.ts', to: 'src/exchange/hold.ts' },
  ],
  'contract-knows-no-channel': [
    { from: 'src/channels/contract/channel.ts', to: 'src/channels/fnac/map.ts' },
    { from: 'src/channels/contract/kit.ts', to: 'src/store/orders.ts' },
  ],
  'channel-takes-types-only': [
    { from: 'src/channels/fnac/channel.ts', to: 'src/transport/http.ts' },
    { from: 'src/channels/fnac/map.ts', to: 'src/domain/order/message.ts' },
  ],
  'channel-opens-no-socket': [
    { from: 'src/channels/fnac/channel.ts', to: 'node:http' },
    { from: 'src/channels/fnac/wire/sales.ts', to: 'pg' },
  ],
  'store-keeps-rows': [{ from: 'src/store/orders.ts', to: 'src/exchange/hold.ts' }],
  'exchange-is-the-verbs': [
    { from: 'src/exchange/hold.ts', to: 'src/channels/fnac/channel.ts' },
    { from: 'src/exchange/hold.ts', to: 'src/transport/http.ts' },
    { from: 'src/exchange/release.ts', to: 'src/api/routes.ts' },
  ],
  'jobs-call-exchange': [{ from: 'src/jobs/export.ts', to: 'src/store/orders.ts' }],
  'api-calls-exchange': [{ from: 'src/api/routes.ts', to: 'src/store/orders.ts' }],
  'web-calls-the-api': [{ from: 'web/scenes/orders.tsx', to: 'src/domain/order/message.ts' }],
  'main-alone-knows-the-registry': [{ from: 'src/runs/log.ts', to: 'src/channels/registry.ts' }],
  'main-is-the-top': [{ from: 'src/runs/log.ts', to: 'src/main/cli.ts' }],
  'product-without-tests': [{ from: 'src/runs/log.ts', to: 'tests/support/database.ts' }],
  'rooms-have-names': [{ from: 'src/runs/log.ts', to: 'src/runs/utils/text.ts' }],
  'no-circles': [
    { from: 'src/runs/log.ts', to: 'src/runs/line.ts' },
    { from: 'src/runs/line.ts', to: 'src/runs/log.ts' },
  ],
};

const allowed: Import[] = [
  { from: 'src/domain/order/a.ts', to: 'src/domain/order/message.ts' },
  { from: 'src/domain/order/b.ts', to: 'temporal-polyfill' },
  { from: 'src/domain/order/a.test.ts', to: 'vitest' },
  { from: 'src/channels/fnac/channel.ts', to: 'src/channels/fnac/map.ts' },
  { from: 'src/channels/fnac/map.ts', to: 'src/channels/contract/channel.ts' },
  { from: 'src/channels/fnac/map.ts', to: 'src/domain/order/message.ts', typeOnly: true },
  { from: 'src/channels/fnac/simulator/server.ts', to: 'node:http' },
  { from: 'src/channels/fnac/wire/definitions.ts', to: 'node:fs' },
  { from: 'src/store/orders.ts', to: 'src/domain/order/message.ts' },
  { from: 'src/store/database.ts', to: 'pg' },
  { from: 'src/exchange/hold.ts', to: 'src/store/orders.ts' },
  { from: 'src/exchange/release.ts', to: 'src/runs/log.ts' },
  { from: 'src/jobs/export.ts', to: 'src/exchange/hold.ts' },
  { from: 'src/main/cli.ts', to: 'src/channels/registry.ts' },
  { from: 'tests/exchange/sales.test.ts', to: 'src/channels/registry.ts' },
  { from: 'src/exchange/hold.test.ts', to: 'tests/support/database.ts' },
  { from: 'src/runs/log.ts', to: 'src/runs/line.ts' },
  { from: 'src/runs/line.ts', to: 'src/runs/log.ts', typeOnly: true },
];

let house = '';

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'parterre-walls-'));
});

afterEach(() => {
  rmSync(house, { recursive: true, force: true });
});

/** Writes a house of these imports; files that are only imported stay empty modules. */
function build(imports: readonly Import[]): void {
  const sources = new Map<string, string>();
  for (const { from, to, typeOnly } of imports) {
    const isOurs = /^(src|web|tests)\//.test(to);
    if (isOurs) sources.set(to, sources.get(to) ?? 'export const value = 1;\n');
    const path = isOurs ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
    const line = `${typeOnly ? 'import type' : 'import'} * as it${sources.size} from '${path}';\n`;
    sources.set(from, `${sources.get(from) ?? ''}${line}export const value = 1;\n`);
  }
  for (const [file, source] of sources) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), source);
  }
}

function findFaults(): Promise<WallFault[]> {
  return findWallFaults(house, walls);
}

test('every wall has an import that it refuses', async () => {
  const { forbidden: rules = [] } = await extractConfiguration(walls);
  expect(Object.keys(forbidden).sort()).toEqual(rules.map(({ name }) => name).sort());
});

/** Each import alone, so that none hides behind another; a circle takes both of its halves. */
const cases = Object.entries(forbidden).flatMap(([wall, imports]) =>
  (wall === 'no-circles' ? [imports] : imports.map((each) => [each])).map((together) => ({
    wall,
    together,
    title: together.map(({ from, to }) => `${from} → ${to}`).join(', '),
  })),
);

test.each(cases)('$wall refuses $title', async ({ wall, together }) => {
  build(together);
  const found = (await findFaults()).find((fault) => fault.wall === wall);
  expect(together.map(({ from }) => from)).toContain(found?.from);
});

test('a house in order has no fault', async () => {
  build(allowed);
  expect(await findFaults()).toEqual([]);
});

test('a fault says who, what, and where to go instead', async () => {
  build([{ from: 'src/store/orders.ts', to: 'src/exchange/hold.ts' }]);
  const [fault] = await findFaults();
  const [what, where] = fault ? printWallFault(fault).split('\n') : [];
  expect(what).toBe('src/store/orders.ts imports src/exchange/hold.ts');
  expect(where).toMatch(/^ {2}store-keeps-rows: .*to a verb in src\/exchange/);
});

test('a house of which nothing was read is not in order', async () => {
  await expect(findFaults()).rejects.toThrow('0 modules were cruised');
});
