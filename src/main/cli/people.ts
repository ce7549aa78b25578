/** `parterre people`: who may sign in, from the console of the machine. */
import { parseArgs } from 'node:util';
import { isRole, ROLES } from '../../domain/people/role.ts';
import { activatePerson, deactivatePerson, unlockPerson } from '../../exchange/people/activity.ts';
import {
  addPerson,
  changeRole,
  removePerson,
  resetPerson,
} from '../../exchange/people/change-people.ts';
import type { LinkForOnce } from '../../exchange/people/one-time-link.ts';
import { addressOfLink } from '../../exchange/people/one-time-link.ts';
import type { PeopleRefusal, PeopleResult } from '../../exchange/people/people-request.ts';
import type { MemberState } from '../../exchange/people/read-people.ts';
import { readPeople } from '../../exchange/people/read-people.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';
import type { CliTextKey } from './texts/cli-texts.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  reason: { type: 'string' },
  'two-factor': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'people',
  does: 'who may sign in, and as what',
  usage: `parterre people [list] [--json]
parterre people add EMAIL --name NAME --role ROLE [--json]
    prints a link, once, with which the person sets a password within 48 hours
parterre people role EMAIL --role ROLE [--json]
parterre people remove EMAIL [--json]
parterre people deactivate|activate EMAIL [--json]
    keeps a person from acting in the organisation, and lets them act again
parterre people unlock EMAIL [--json]
    forgets failed attempts to sign in
parterre people reset EMAIL [--two-factor] [--json]
    signs the person out, ends the password and prints a link for a new one;
    --two-factor: takes codes and passkeys away too (a lost telephone)
    ROLE is ${ROLES.join(', ')}
    everywhere: --organisation CODE, --reason TEXT, --language fr|en|de|it|es;
    PARTERRE_URL is where people reach the server`,
  run,
};

interface Values {
  name?: string;
  role?: string;
  reason?: string;
  'two-factor'?: boolean;
  json?: boolean;
}

interface Call {
  io: CliIo;
  open: OpenOrganisation;
  values: Values;
  email: string;
  request: { organisationId: number; author: string; reason: string | null };
}

const ACTIONS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  list,
  add,
  role: giveRole,
  remove,
  reset,
  deactivate: (call) => change(call, deactivatePerson, 'people.is_deactivated'),
  activate: (call) => change(call, activatePerson, 'people.is_active'),
  unlock: (call) => change(call, unlockPerson, 'people.is_unlocked'),
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', email, ...more] = positionals;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined)
    throw new UsageError('Say list, add, role, remove, reset, deactivate, activate or unlock.');
  if ((email === undefined) !== (action === 'list') || more.length > 0) {
    throw new UsageError(`Say people ${action}${action === 'list' ? '' : ' EMAIL'}.`);
  }
  const open = await io.open(values);
  try {
    const { organisation, author } = open;
    const reason = values.reason ?? null;
    const request = { organisationId: organisation.id, author, reason };
    return await act({ io, open, values, email: email ?? '', request });
  } finally {
    await open.close();
  }
}

async function list({ io, open, values }: Call): Promise<number> {
  const people = await readPeople(open.services, open.organisation.id);
  if (values.json) {
    io.out(JSON.stringify(people));
    return 0;
  }
  for (const person of people) io.out(lineOf(open.reader, person));
  if (people.length === 0) io.out(say(open.reader, 'people.none'));
  return 0;
}

function lineOf(reader: Reader, person: MemberState): string {
  const { email, name, role, lastSeenAt, deactivatedAt, lockedUntil } = person;
  const at = (instant: string) => ({ at: formatInstant(instant, reader) });
  const factors = person.twoFactor ? 'people.two_factors' : 'people.password';
  return [
    email,
    role,
    name,
    say(reader, person.hasPassword ? factors : 'people.no_password'),
    lastSeenAt === null ? say(reader, 'people.never') : say(reader, 'people.seen', at(lastSeenAt)),
    ...(deactivatedAt === null ? [] : [say(reader, 'people.deactivated', at(deactivatedAt))]),
    ...(lockedUntil === null ? [] : [say(reader, 'people.locked', at(lockedUntil))]),
  ].join('  ');
}

function roleOf({ role }: Values) {
  if (role !== undefined && isRole(role)) return role;
  throw new UsageError(`Say --role, one of ${ROLES.join(', ')}.`);
}

async function add(call: Call): Promise<number> {
  const { values, open, email, request } = call;
  if (values.name === undefined) throw new UsageError('Say the person’s --name.');
  const person = { email, name: values.name, role: roleOf(values) };
  const result = await addPerson(open.services, { ...request, ...person });
  return told(call, result, (done) =>
    done.link === null
      ? [say(open.reader, 'people.added_known', { email: done.email })]
      : [say(open.reader, 'people.added', { email: done.email }), ...linkLines(call, done.link)],
  );
}

async function giveRole(call: Call): Promise<number> {
  const { open, request, email, values } = call;
  const role = roleOf(values);
  const result = await changeRole(open.services, { ...request, who: { email }, role });
  return told(call, result, ({ changed }) => [
    say(open.reader, changed ? 'people.role_is' : 'people.role_was', { email, role }),
  ]);
}

async function remove(call: Call): Promise<number> {
  const { open, request, email } = call;
  const result = await removePerson(open.services, { ...request, who: { email } });
  return told(call, result, () => [say(open.reader, 'people.removed', { email })]);
}

async function reset(call: Call): Promise<number> {
  const { open, request, email, values } = call;
  const result = await resetPerson(open.services, {
    ...request,
    who: { email },
    twoFactor: values['two-factor'] === true,
    console: true,
  });
  return told(call, result, ({ link }) => [
    say(open.reader, 'people.signed_out', { email }),
    ...linkLines(call, link),
  ]);
}

const UNCHANGED = {
  'people.is_deactivated': 'people.was_deactivated',
  'people.is_active': 'people.was_active',
  'people.is_unlocked': 'people.was_unlocked',
} as const;

async function change(
  call: Call,
  act: typeof deactivatePerson,
  sentence: keyof typeof UNCHANGED,
): Promise<number> {
  const { open, request, email } = call;
  const result = await act(open.services, { ...request, who: { email } });
  return told(call, result, ({ changed }) => [
    say(open.reader, changed ? sentence : UNCHANGED[sentence], { email }),
  ]);
}

/** Where people reach the server; the usual address of `parterre serve` when nothing is said. */
export function publicUrlOf(env: CliIo['env']): string {
  return env.PARTERRE_URL || `http://127.0.0.1:${env.PARTERRE_PORT || 8080}`;
}

function linkLines({ io, open: { reader } }: Call, link: LinkForOnce): string[] {
  const at = formatInstant(link.expiresAt.toISOString(), reader);
  return [say(reader, 'people.link', { at }), addressOfLink(publicUrlOf(io.env), link)];
}

const REFUSED = {
  'people.email_invalid': 'people.refused.email_invalid',
  'people.name_invalid': 'people.refused.name_invalid',
  'people.exists': 'people.refused.exists',
  'people.unknown': 'people.refused.unknown',
  'people.last_administrator': 'people.refused.last_administrator',
  'people.of_others_too': 'people.refused.of_others_too',
  'passkeys.name_invalid': 'people.refused.name_invalid',
  'passkeys.refused': 'people.refused.passkey',
  'passkeys.too_many': 'people.refused.passkey',
  'passkeys.unknown': 'people.refused.passkey',
  'sessions.unknown': 'people.refused.passkey',
  'keys.name_invalid': 'people.refused.name_invalid',
  'keys.name_taken': 'keys.refused.name_taken',
  'keys.unknown': 'keys.refused.unknown',
  'keys.scope_not_allowed': 'keys.refused.scope_not_allowed',
  'keys.expiry_past': 'keys.refused.expiry_past',
} as const satisfies Record<PeopleRefusal, CliTextKey>;

/** Tells what was done or refused; the exit code. */
export function told<Done extends object>(
  { io, open, values }: { io: CliIo; open: OpenOrganisation; values: { json?: boolean } },
  result: PeopleResult<Done>,
  lines: (done: Done) => string[],
): number {
  if (values.json) io.out(JSON.stringify(result));
  else if (result.outcome === 'refused') io.err(say(open.reader, REFUSED[result.code]));
  else for (const line of lines(result)) io.out(line);
  return result.outcome === 'refused' ? 1 : 0;
}
