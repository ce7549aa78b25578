/**
 * The commands by name. Each is loaded when it is called: a server must not wait for what only
 * writes workbooks.
 */
import type { CliCommand } from './command.ts';

type Load = () => Promise<CliCommand>;
type CommandFile = () => Promise<{ command: CliCommand }>;

const one =
  (file: CommandFile): Load =>
  async () =>
    (await file()).command;

const exchange =
  (name: string): Load =>
  async () => {
    const { commands } = await import('./exchange.ts');
    const found = commands.find((command) => command.name === name);
    if (found === undefined) throw new Error(`There is no command ${name} in exchange.ts.`);
    return found;
  };

/** In the order in which help tells them. */
export const COMMANDS: Readonly<Record<string, Load>> = {
  export: exchange('export'),
  'take-back': exchange('take-back'),
  integrate: exchange('integrate'),
  replay: exchange('replay'),
  reconcile: exchange('reconcile'),
  'prepare-access': exchange('prepare-access'),
  'fetch-access': exchange('fetch-access'),
  import: one(() => import('./import.ts')),
  refused: one(() => import('./refused.ts')),
  runs: one(() => import('./runs.ts')),
  schedules: one(() => import('./schedules.ts')),
  tests: one(() => import('./tests.ts')),
  cases: one(() => import('./cases.ts')),
  access: one(() => import('./access.ts')),
  account: one(() => import('./account.ts')),
  prices: one(() => import('./prices.ts')),
  ready: one(() => import('./ready.ts')),
  selling: one(() => import('./selling.ts')),
  'sales-form': one(() => import('./sales-form.ts')),
  house: one(() => import('./house.ts')),
  interfaces: one(() => import('./interfaces.ts')),
  mappings: one(() => import('./mappings.ts')),
  performance: one(() => import('./performance.ts')),
  simulate: one(() => import('./simulate.ts')),
  watch: one(() => import('./watch.ts')),
  serve: one(() => import('./serve.ts')),
  worker: one(() => import('./worker.ts')),
  people: one(() => import('./people.ts')),
  keys: one(() => import('./keys.ts')),
  migrate: one(() => import('./migrate.ts')),
  doctor: one(() => import('./doctor.ts')),
};
