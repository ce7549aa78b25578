/** `parterre people`: who may sign in, from the console of the machine. */
import { parseArgs } from 'node:util';
import { isRole, ROLES } from '../../domain/people/role.ts';
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
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
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
parterre people reset EMAIL [--two-factor] [--json]
    signs the person out, ends the password and prints a link for a new one;
    --two-factor: takes the second factor away too (a lost telephone)
    ROLE is ${ROLES.join(', ')}
    everywhere: --organisation CODE, --reason TEXT; PARTERRE_URL is where people reach the server`,
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
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', email, ...more] = positionals;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined) throw new UsageError('Say list, add, role, remove or reset.');
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
  for (const person of people) io.out(lineOf(person));
  if (people.length === 0) {
    io.out('Nobody yet: parterre people add EMAIL --name NAME --role administrator');
  }
  return 0;
}

function lineOf({ email, name, role, twoFactor, hasPassword, lastSeenAt }: MemberState): string {
  const how = hasPassword ? (twoFactor ? 'two factors' : 'password') : 'has not set a password';
  return `${email}  ${role}  ${name}  ${how}  last seen ${lastSeenAt ?? 'never'}`;
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
      ? [`${done.email} was added and signs in as in the other organisation.`]
      : [`${done.email} was added.`, ...linkLines(call, done.link)],
  );
}

async function giveRole(call: Call): Promise<number> {
  const { open, request, email, values } = call;
  const role = roleOf(values);
  const result = await changeRole(open.services, { ...request, who: { email }, role });
  return told(call, result, ({ changed }) => [
    changed ? `${email} is ${role} now.` : `${email} was ${role} already.`,
  ]);
}

async function remove(call: Call): Promise<number> {
  const { open, request, email } = call;
  const result = await removePerson(open.services, { ...request, who: { email } });
  return told(call, result, () => [`${email} was removed.`]);
}

async function reset(call: Call): Promise<number> {
  const { open, request, email, values } = call;
  const result = await resetPerson(open.services, {
    ...request,
    who: { email },
    twoFactor: values['two-factor'] === true,
    console: true,
  });
  return told(call, result, ({ link }) => [`${email} was signed out.`, ...linkLines(call, link)]);
}

/** Where people reach the server; the usual address of `parterre serve` when nothing is said. */
export function publicUrlOf(env: CliIo['env']): string {
  return env.PARTERRE_URL || `http://127.0.0.1:${env.PARTERRE_PORT || 8080}`;
}

function linkLines({ io }: Call, link: LinkForOnce): string[] {
  return [
    `Give them this link (until ${link.expiresAt.toISOString()}; it is not shown again):`,
    addressOfLink(publicUrlOf(io.env), link),
  ];
}

const REFUSED: Readonly<Record<PeopleRefusal, string>> = {
  'people.email_invalid': 'This is no e-mail address.',
  'people.name_invalid': 'A name has 1 to 100 characters.',
  'people.exists': 'This person is of the organisation already.',
  'people.unknown': 'Nobody of the organisation has this address.',
  'people.last_administrator': 'This is the last administrator: make another one first.',
  'people.of_others_too': 'This person is of another organisation too.',
  'passkeys.name_invalid': 'A name has 1 to 100 characters.',
  'passkeys.refused': 'The passkey was refused.',
  'passkeys.too_many': 'There are too many passkeys.',
  'passkeys.unknown': 'There is no such passkey.',
  'sessions.unknown': 'There is no such session.',
  'keys.name_invalid': 'A name has 1 to 100 characters.',
  'keys.name_taken': 'A key has this name: revoke it first, or choose another.',
  'keys.unknown': 'No living key has this name.',
  'keys.scope_not_allowed': 'No key of this role can have this scope.',
  'keys.expiry_past': 'The day on which it ends is past.',
};

/** Tells what was done or refused; the exit code. */
export function told<Done extends object>(
  { io, values }: { io: CliIo; values: { json?: boolean } },
  result: PeopleResult<Done>,
  lines: (done: Done) => string[],
): number {
  if (values.json) io.out(JSON.stringify(result));
  else if (result.outcome === 'refused') io.err(REFUSED[result.code]);
  else for (const line of lines(result)) io.out(line);
  return result.outcome === 'refused' ? 1 : 0;
}
