/**
 * The five roles of the house and what each may do, as one table: whoever asks, asks `may`.
 * A key has scopes besides: it may do what its role and its scopes both allow.
 */

export const ROLES = ['administrator', 'manager', 'box_office', 'steward', 'auditor'] as const;

export type Role = (typeof ROLES)[number];

/**
 * Everything one may be allowed or refused, as `object.verb`, with the roles that may.
 * `read` is every screen but the journal, people and keys; `door.read` is the little that a
 * steward sees.
 */
const TABLE = {
  read: ['administrator', 'manager', 'box_office', 'auditor'],
  'journal.read': ['administrator', 'manager', 'auditor'],
  'door.read': ['administrator', 'manager', 'box_office', 'steward', 'auditor'],
  'door.scan': ['administrator', 'manager', 'box_office', 'steward'],
  'door.block': ['administrator', 'manager'],
  'runs.start': ['administrator', 'manager', 'box_office'],
  'runs.cancel': ['administrator', 'manager', 'box_office'],
  'cases.settle': ['administrator', 'manager', 'box_office'],
  'cases.accept_money': ['administrator', 'manager'],
  'cursor.move': ['administrator', 'manager'],
  'mappings.write': ['administrator', 'manager'],
  'house.write': ['administrator', 'manager'],
  'quotas.write': ['administrator', 'manager'],
  'prices.write': ['administrator', 'manager'],
  'interfaces.write': ['administrator', 'manager'],
  'interfaces.test': ['administrator', 'manager', 'box_office'],
  'schedules.write': ['administrator', 'manager'],
  'schedules.resume': ['administrator', 'manager', 'box_office'],
  'selling.write': ['administrator', 'manager'],
  'tests.write': ['administrator', 'manager'],
  'performance.write': ['administrator', 'manager'],
  'performance.reopen': ['administrator', 'manager'],
  'account.enter': ['administrator', 'manager'],
  'account.close': ['administrator', 'manager'],
  'accounting.export': ['administrator', 'manager', 'auditor'],
  'notifications.write': ['administrator', 'manager', 'box_office', 'auditor'],
  'webhooks.write': ['administrator', 'manager'],
  'secrets.write': ['administrator'],
  'people.read': ['administrator', 'auditor'],
  'people.write': ['administrator'],
  'keys.read': ['administrator', 'auditor'],
  'keys.write': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof TABLE;

export const ACTIONS = Object.keys(TABLE) as readonly Action[];

/**
 * What a key may be narrowed to. Who adds people or makes keys can make themselves anything, so
 * these two come only with a whole role.
 */
export const SCOPES: readonly Action[] = ACTIONS.filter(
  (action) => action !== 'people.write' && action !== 'keys.write',
);

const ALLOWED: ReadonlyMap<string, ReadonlySet<Role>> = new Map(
  Object.entries(TABLE).map(([action, roles]) => [action, new Set<Role>(roles)]),
);

/** Whether a role may do this. What is in no table is allowed to nobody. */
export function may(role: Role, action: Action): boolean {
  return ALLOWED.get(action)?.has(role) ?? false;
}

/** Whether a caller may: the role allows it, and so do a key's scopes where there are any. */
export function callerMay(
  caller: { readonly role: Role; readonly scopes: ReadonlySet<string> | null },
  action: Action,
): boolean {
  if (!may(caller.role, action)) return false;
  return caller.scopes === null || caller.scopes.has(action);
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

export function isAction(text: string): text is Action {
  return Object.hasOwn(TABLE, text);
}
