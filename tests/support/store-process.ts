/**
 * A process of its own that opens a database, for the tests of what processes do to each other.
 * Its argument is { options, table? }, its input one JSON command a line, its output one line each.
 */
import { createInterface } from 'node:readline';
import { createIdSource } from '../../src/store/database/id-source.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';

export type StoreCommand =
  | { readonly do: 'insert'; readonly from: number; readonly to: number }
  /** Inserts and reports one row after the other until the process is killed. */
  | { readonly do: 'insertForEver'; readonly from: number }
  | { readonly do: 'count' }
  | { readonly do: 'takeIds'; readonly count: number }
  | { readonly do: 'migrate'; readonly folder: string; readonly at: string }
  | { readonly do: 'close' };

const report = (answer: unknown): void => {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
};

const options = JSON.parse(process.argv[2] ?? '{}') as OpenOptions;

try {
  const database = await openDatabase(options);
  report({ opened: true, ownsFolder: database.ownsFolder });
  const ids = createIdSource(database);

  const insert = (id: number): Promise<number> =>
    database.administration((tx) => tx.execute('insert into kept (id) values ($1)', [id]));

  const obey = async (command: StoreCommand): Promise<unknown> => {
    switch (command.do) {
      case 'insert':
        for (let id = command.from; id <= command.to; id += 1) await insert(id);
        return { inserted: command.to - command.from + 1 };
      case 'insertForEver':
        for (let id = command.from; ; id += 1) {
          await insert(id);
          report({ committed: id });
        }
      case 'count':
        return (
          await database.administration((tx) => tx.query('select count(*) as count from kept'))
        )[0];
      case 'takeIds':
        return await ids.take(command.count);
      case 'migrate':
        return await migrate(database, command);
      case 'close':
        await database.close();
        return { closed: true };
    }
  };

  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as StoreCommand;
    try {
      report(await obey(command));
    } catch (error) {
      report({ failed: (error as { code?: string }).code, message: String(error) });
    }
    if (command.do === 'close') break;
  }
} catch (error) {
  report({ failed: (error as { code?: string }).code, message: String(error) });
}
process.stdin.destroy();
