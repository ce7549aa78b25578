// Checks who imports whom against the walls in .dependency-cruiser.mjs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';

const folders = ['src', 'web', 'tests', 'bench', 'scripts'];

export interface WallFault {
  wall: string;
  from: string;
  to: string;
  /** What the wall protects, and where to go instead. */
  message: string;
}

/**
 * Every forbidden import under `root`. Throws when nothing was read: a parser that fails in
 * silence would otherwise look like a house in order.
 */
export async function findWallFaults(root: string, configuration: string): Promise<WallFault[]> {
  const rules = await extractConfiguration(configuration);
  const options: ICruiseOptions = {
    ...rules.options,
    baseDir: root,
    ruleSet: { forbidden: rules.forbidden ?? [] },
    validate: true,
  };
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(present, options);
  const { modules, summary } = output as ICruiseResult;
  const read = modules.filter((module) => folders.includes(module.source.split('/')[0] ?? ''));
  if (read.length === 0 || !read.some((module) => module.dependencies.length > 0)) {
    throw new Error(
      '0 modules were cruised: the parser of dependency-cruiser (@swc/core) does not work here.',
    );
  }
  return summary.violations.map((violation) => ({
    wall: violation.rule.name,
    from: violation.from,
    to: violation.to,
    message:
      rules.forbidden?.find((rule) => rule.name === violation.rule.name)?.comment ?? 'forbidden',
  }));
}

/** One fault as a person reads it. */
export function printWallFault({ wall, from, to, message }: WallFault): string {
  return `${from} imports ${to}\n  ${wall}: ${message}`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const faults = await findWallFaults(root, join(root, '.dependency-cruiser.mjs'));
  for (const fault of faults) console.log(printWallFault(fault));
  process.exitCode = faults.length > 0 ? 1 : 0;
}
