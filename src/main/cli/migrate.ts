/** `parterre migrate`: brings the schema of the database to this release. */
import { parseArgs } from 'node:util';
import { migrate } from '../../store/database/migrate.ts';
import type { CliCommand, CliIo } from './command.ts';

export const command: CliCommand = {
  name: 'migrate',
  does: "brings the schema of a server's database to this release",
  usage: `parterre migrate [--json]
    applies the migrations that the database lacks; it only goes forward`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
  const house = await io.openHouse({ anySchema: true });
  try {
    const applied = await migrate(house.database, { at: house.services.clock().toISOString() });
    if (values.json) io.out(JSON.stringify({ applied }));
    else if (applied.length === 0) io.out('The schema is up to date.');
    else for (const name of applied) io.out(`applied ${name}`);
    return 0;
  } finally {
    await house.close();
  }
}
