/**
 * A process of its own that exports or integrates, to be killed. It tells each step of its
 * database on a line, and stands still for ever at the one it is told.
 */
import { fnac } from '../../src/channels/fnac/channel.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { createBooksServices } from './books-services.ts';

export interface BooksTask {
  options: OpenOptions;
  organisationId: number;
  interfaceId: number;
  verb: 'export' | 'integrate';
  batchSize: number;
  /** Number of the step at which it stands still; null: none, it comes to its end. */
  standAt: number | null;
}

/** `begin` and `commit` of a transaction; `take`: ids for what a transaction is about to write. */
export type BooksStep = { step: number; what: 'begin' | 'commit' | 'take' } | { state: string };

const task = JSON.parse(process.argv[2] ?? '{}') as BooksTask;

const tell = (line: BooksStep): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

let steps = 0;
async function step(what: 'begin' | 'commit' | 'take'): Promise<void> {
  steps += 1;
  tell({ step: steps, what });
  // A timer keeps the process alive; nobody wakes it.
  if (steps === task.standAt) await new Promise(() => setInterval(() => {}, 60_000));
}

const database = await openDatabase(task.options);
(database as { batchSize: number }).batchSize = task.batchSize;
const ids = createIdSource(database);
const transaction = database.transaction.bind(database);
database.transaction = async (organisationId, work, options) => {
  await step('begin');
  const result = await transaction(organisationId, work, options);
  await step('commit');
  return result;
};
const { services, close } = createBooksServices(database, fnac, {
  ids: {
    async take(count, tx) {
      if (tx !== undefined) await step('take');
      return ids.take(count, tx);
    },
  },
});
const { organisationId, interfaceId, verb } = task;
const result = await withRun(
  services,
  { organisationId, interfaceId, function: verb, source: 'schedule', startedBy: 'anna' },
  (context) => (verb === 'export' ? exportContingent(context) : integrateSales(context)),
);
tell({ state: result.outcome === 'ran' ? result.state : result.outcome });
close();
await database.close();
