import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEM_PARAMS } from '../../src/domain/order/problem-params.ts';
import { EVENTS } from '../../src/runs/events.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');
const KNOWN: Readonly<Record<string, object>> = { ...PROBLEM_PARAMS, ...EVENTS };

/** Code and names of the parameters, wherever both are written out: `'seat.sold', { seat, … }`. */
const MADE = /'([a-z_]+\.[a-z_]+)',\s*(?:\{\s*params:\s*)?\{([^{}]*)\}/g;

function made(): { file: string; code: string; names: string[] }[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^(domain|exchange|channels)\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'),
  );
  return files.flatMap((file) =>
    [...readFileSync(join(SOURCE, file), 'utf8').matchAll(MADE)].flatMap(([, code, inner]) => {
      if (code === undefined || KNOWN[code] === undefined || /\.\.\.|params/.test(inner ?? '')) {
        return [];
      }
      const names = (inner ?? '').split(',').map((part) => part.split(':')[0]?.trim() ?? '');
      return [{ file, code, names: names.filter((name) => /^\w+$/.test(name)) }];
    }),
  );
}

it('whoever makes a problem or an event gives it only what its texts may show', () => {
  const all = made();
  // The pattern still finds them.
  expect(all.length).toBeGreaterThan(20);
  const foreign = all.flatMap(({ file, code, names }) =>
    names
      .filter((name) => !Object.hasOwn(KNOWN[code] ?? {}, name))
      .map((name) => `${file}: ${code} has no parameter ${name} (problem-params.ts, events.ts)`),
  );
  expect(foreign).toEqual([]);
});
