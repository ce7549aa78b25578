/** `parterre keys`: API keys, from the console of the machine. */
import { parseArgs } from 'node:util';
import type { Action } from '../../domain/people/role.ts';
import { isAction, isRole, ROLES, SCOPES } from '../../domain/people/role.ts';
import type { ApiKey } from '../../exchange/people/keys.ts';
import { createKey, endKey, readKeys } from '../../exchange/people/keys.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { told } from './people.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  role: { type: 'string' },
  scope: { type: 'string', multiple: true },
  days: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const DAYS_MAX = 3_650;

export const command: CliCommand = {
  name: 'keys',
  does: 'keys with which programs call the API',
  usage: `parterre keys [list] [--json]
parterre keys create NAME --role ROLE [--scope ACTION]... [--days N] [--json]
    prints the key, once; without --scope it may do all that the role may, without --days it
    does not expire
parterre keys revoke NAME [--json]
    ROLE is ${ROLES.join(', ')}
    ACTION is, for instance, read, runs.start, door.scan
    everywhere: --organisation CODE, --reason TEXT, --language fr|en|de|it|es`,
  run,
};

interface Call {
  io: CliIo;
  open: OpenOrganisation;
  values: { role?: string; scope?: string[]; days?: string; json?: boolean };
  name: string;
  request: { organisationId: number; author: string; reason: string | null };
}

const ACTS: Readonly<Record<string, (call: Call) => Promise<number>>> = { list, create, revoke };

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', name, ...more] = positionals;
  const act = Object.hasOwn(ACTS, action) ? ACTS[action] : undefined;
  if (act === undefined) throw new UsageError('Say list, create or revoke.');
  if ((name === undefined) !== (action === 'list') || more.length > 0) {
    throw new UsageError(`Say keys ${action}${action === 'list' ? '' : ' NAME'}.`);
  }
  const open = await io.open(values);
  try {
    const { organisation, author } = open;
    const reason = values.reason ?? null;
    const request = { organisationId: organisation.id, author, reason };
    return await act({ io, open, values, name: name ?? '', request });
  } finally {
    await open.close();
  }
}

async function list({ io, open, values }: Call): Promise<number> {
  const keys = await readKeys(open.services, open.organisation.id);
  if (values.json) {
    io.out(JSON.stringify(keys));
    return 0;
  }
  for (const key of keys) io.out(lineOf(open.reader, key));
  if (keys.length === 0) io.out(say(open.reader, 'keys.none'));
  return 0;
}

function lineOf(reader: Reader, key: ApiKey): string {
  const { revokedAt, expiresAt, lastUsedAt } = key;
  const at = (instant: string) => ({ at: formatInstant(instant, reader) });
  const until =
    expiresAt === null ? say(reader, 'keys.endless') : say(reader, 'keys.until', at(expiresAt));
  return [
    key.name,
    `${key.beginning}…`,
    key.role,
    key.scopes === null ? say(reader, 'keys.all') : key.scopes.join(' '),
    revokedAt === null ? until : say(reader, 'keys.revoked_at', at(revokedAt)),
    lastUsedAt === null ? say(reader, 'keys.unused') : say(reader, 'keys.used', at(lastUsedAt)),
  ].join('  ');
}

async function create(call: Call): Promise<number> {
  const { open, values, name, request } = call;
  const { role } = values;
  if (role === undefined || !isRole(role)) {
    throw new UsageError(`Say --role, one of ${ROLES.join(', ')}.`);
  }
  const scopes = values.scope === undefined ? null : values.scope.map(scopeOf);
  const expiresAt = expiryOf(values.days, open.services.clock());
  const result = await createKey(open.services, { ...request, name, role, scopes, expiresAt });
  return told(call, result, ({ key }) => [say(open.reader, 'keys.made'), key]);
}

function scopeOf(text: string): Action {
  if (isAction(text) && SCOPES.includes(text)) return text;
  throw new UsageError(`${text} is no scope. There are: ${SCOPES.join(', ')}.`);
}

function expiryOf(days: string | undefined, now: Date): Date | null {
  if (days === undefined) return null;
  const count = Number(days);
  if (!Number.isInteger(count) || count < 1 || count > DAYS_MAX) {
    throw new UsageError(`--days is a whole number from 1 to ${DAYS_MAX}.`);
  }
  return new Date(now.getTime() + count * 86_400_000);
}

async function revoke(call: Call): Promise<number> {
  const { open, name, request } = call;
  const result = await endKey(open.services, { ...request, which: { name } });
  return told(call, result, () => [say(open.reader, 'keys.revoked', { name })]);
}
