/** `parterre doctor`: looks at everything that must be right, and says the cure of what is not. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Database } from '../../store/database/database.ts';
import { StoreError } from '../../store/database/errors.ts';
import { verifySchema } from '../../store/database/migrate.ts';
import { findInterface, listInterfaces, listOrganisations } from '../../store/interface-store.ts';
import type { House } from '../services.ts';
import { dataFolderOf } from '../services.ts';
import type { CliCommand, CliIo } from './command.ts';

interface Finding {
  check: string;
  ok: boolean;
  found: string;
  /** What to do; null when all is well. */
  cure: string | null;
}

export const command: CliCommand = {
  name: 'doctor',
  does: 'looks at everything that must be right, with cures',
  usage: `parterre doctor [--json]
    database, schema, data folder, key, settings of the interfaces; exit code 1 if one is ill`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
  const findings = await examine(io);
  if (values.json) io.out(JSON.stringify(findings));
  else {
    for (const { check, ok, found, cure } of findings) {
      io.out(`${ok ? 'ok ' : 'ILL'}  ${check}: ${found}`);
      if (cure !== null) io.out(`     → ${cure}`);
    }
  }
  return findings.every((finding) => finding.ok) ? 0 : 1;
}

async function examine(io: CliIo): Promise<Finding[]> {
  const findings = [node(), folder(dataFolderOf(io.env))];
  let house: House;
  try {
    house = await io.openHouse({ anySchema: true });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [...findings, ill('database', error)];
  }
  try {
    findings.push(await database(house.database));
    const schema = await schemaOf(house.database);
    findings.push(schema);
    if (schema.ok) findings.push(...(await interfaces(house)));
  } finally {
    await house.close();
  }
  return findings;
}

function well(check: string, found: string): Finding {
  return { check, ok: true, found, cure: null };
}

function ill(check: string, error: StoreError): Finding {
  const { message, cure } = error;
  const found = cure === null ? message : message.replace(` ${cure}`, '');
  return { check, ok: false, found, cure: cure ?? 'Call support with this text.' };
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return well('node', process.version);
  const cure = 'Start it as npx parterre: it brings its own Node.';
  return { check: 'node', ok: false, found: process.version, cure };
}

function folder(path: string): Finding {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return well('data folder', `${path} is made when it is needed`);
  if ((found.mode & 0o077) === 0) return well('data folder', path);
  const cure = `It holds keys and sales: chmod 700 ${path}`;
  return { check: 'data folder', ok: false, found: `${path} is open to other users`, cure };
}

async function database(open: Database): Promise<Finding> {
  const [row] = await open.administration((tx) =>
    tx.query<{ version: string }>(`select current_setting('server_version') as version`),
  );
  const kind = open.kind === 'pglite' ? 'embedded' : 'server of DATABASE_URL';
  return well('database', `PostgreSQL ${row?.version ?? '?'}, ${kind}`);
}

async function schemaOf(open: Database): Promise<Finding> {
  try {
    await verifySchema(open);
    return well('schema', 'up to date');
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return ill('schema', error);
  }
}

/** Each interface: its channel is known, its secrets can be read, its settings are whole. */
async function interfaces({ services, database: open }: House): Promise<Finding[]> {
  const organisations = await open.administration((tx) => listOrganisations(tx));
  const findings = [well('organisations', organisations.map((one) => one.code).join(', ') || '-')];
  for (const { id: organisationId, code } of organisations) {
    const all = await open.transaction(organisationId, async (tx) => {
      const list = await listInterfaces(tx);
      return await Promise.all(list.map((one) => findInterface(tx, one.id)));
    });
    for (const one of all) {
      if (one === null || one.status === 'archived') continue;
      const check = `interface ${code}/${one.code}`;
      const channel = services.findChannel(one.channel);
      if (channel === undefined) {
        const cure = 'Start a release that has this channel.';
        findings.push({ check, ok: false, found: `no channel ${one.channel}`, cure });
        continue;
      }
      try {
        const secrets = one.secrets === null ? {} : JSON.parse(services.secrets.open(one.secrets));
        channel.account({ ...one.config, ...secrets });
        findings.push(well(check, `${one.channel}, ${one.status}`));
      } catch (error) {
        if (error instanceof StoreError) findings.push(ill(check, error));
        else findings.push(wrongSettings(check, error));
      }
    }
  }
  return findings;
}

function wrongSettings(check: string, error: unknown): Finding {
  const issues = (error as { issues?: { path: PropertyKey[] }[] }).issues;
  if (issues === undefined) throw error;
  const fields = issues.map((issue) => issue.path.join('.')).join(', ');
  const cure = `Correct ${fields} in the interface's settings.`;
  return { check, ok: false, found: `settings that do not fit: ${fields}`, cure };
}
