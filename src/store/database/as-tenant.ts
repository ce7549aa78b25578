import { APPLICATION_ROLE } from './database.ts';
import type { Tx } from './transaction.ts';

/**
 * Goes on with an administration transaction as a tenant: from here to its end it sees the rows
 * of this organisation only. For the one case in which a tenant is made and filled at once.
 */
export async function asTenant(admin: Tx, organisationId: number): Promise<Tx> {
  if (!Number.isSafeInteger(organisationId) || organisationId <= 0) {
    throw new TypeError(`An organisation id is a positive integer, not ${organisationId}.`);
  }
  await admin.script(
    `set local role ${APPLICATION_ROLE}; ` +
      `set local parterre.organisation_id = '${organisationId}'`,
  );
  return {
    organisationId,
    get kysely() {
      return admin.kysely;
    },
    query: (text, params) => admin.query(text, params),
    execute: (text, params) => admin.execute(text, params),
    script: (text) => admin.script(text),
  };
}
