/**
 * Row-level security is only real when no transaction of a tenant runs as a role that bypasses
 * it. So these transactions take the role parterre_app, and at start we make sure that they can
 * and that the role itself bypasses nothing.
 */
import type { Database } from './database.ts';
import { APPLICATION_ROLE } from './database.ts';
import { StoreError } from './errors.ts';
import type { Tx } from './transaction.ts';

interface RoleState {
  found: boolean;
  bypasses: boolean;
  member: boolean;
  login: string;
}

const READ_STATE = `
  select
    coalesce(bool_or(true), false) as found,
    coalesce(bool_or(rolsuper or rolbypassrls), false) as bypasses,
    coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false) as member,
    current_user::text as login
  from pg_roles where rolname = $1`;

async function readState(database: Database): Promise<RoleState> {
  const [state] = await database.administration((tx) =>
    tx.query<RoleState>(READ_STATE, [APPLICATION_ROLE]),
  );
  if (state === undefined) throw new Error('An aggregate returns one row.');
  return state;
}

/** Refuses to start when row-level security would not hold. A missing role is left to migrate(). */
export async function verifyApplicationRole(database: Database): Promise<void> {
  const state = await readState(database);
  if (!state.found) return;
  if (state.bypasses) {
    throw new StoreError(
      'store.role_bypasses',
      `The role ${APPLICATION_ROLE} bypasses row-level security.`,
      `As a superuser: alter role ${APPLICATION_ROLE} nosuperuser nobypassrls.`,
    );
  }
  try {
    await database.administration((tx) => tx.script(`set local role ${APPLICATION_ROLE}`));
  } catch (error) {
    throw roleNotUsable(state.login, error);
  }
}

function roleNotUsable(login: string, cause: unknown): StoreError {
  const grant = `grant ${APPLICATION_ROLE} to "${login}"`;
  return new StoreError(
    'store.role_not_usable',
    `The login role ${login} cannot take the role ${APPLICATION_ROLE}, so row-level security ` +
      'would not hold.',
    `As a superuser: create role ${APPLICATION_ROLE} nologin (where it is missing), then ${grant}.`,
    cause,
  );
}

// Roles belong to the whole cluster: another database may be creating this one right now.
const CREATE_ROLE = `
  do $$ begin
    create role ${APPLICATION_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  exception when duplicate_object or unique_violation then null;
  end $$`;
const GRANT_ROLE = `
  do $$ begin
    execute format('grant ${APPLICATION_ROLE} to %I', current_user);
  exception when unique_violation then null;
  end $$`;
const ATTEMPTS = 5;

/** Creates the role where it is missing and lets the login role take it. */
export async function ensureApplicationRole(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const state = await readState(database);
    try {
      if (!state.found) await database.administration((tx: Tx) => tx.script(CREATE_ROLE));
      if (!state.member) await database.administration((tx: Tx) => tx.script(GRANT_ROLE));
      return await verifyApplicationRole(database);
    } catch (error) {
      // "tuple concurrently updated" and its kin come without a code of their own; what decides is
      // whether the role is usable after a few attempts.
      if (attempt >= ATTEMPTS) throw roleNotUsable(state.login, error);
    }
  }
}
