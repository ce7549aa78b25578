// The limit of `bench start`: PGlite alone, opened on the folder that is named, until it answers.
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create(process.argv[2] ?? '');
await database.query('select 1');
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ ready: true, cpuSeconds: (user + system) / 1e6 })}\n`);
await database.close();
