/** The least a run needs: an organisation with one interface and its account. */
import type { Database } from '../../src/store/database/database.ts';
import { testSecretBox } from './exchange-services.ts';

export const ORGANISATION = 1;
export const INTERFACE = 10;
export const ACCOUNT = 20;
/** In the sealed settings: nothing that is kept may contain it. */
export const PASSWORD = 'sesame-42';

const ROWS = `
  insert into organisation (id, code, name, currency, time_zone, created_at)
    values (1, 'MOSA', 'MoSA', 'EUR', 'Europe/Paris', '2026-01-01T00:00:00Z');
  insert into sales_channel (organisation_id, id, code, name, kind, accepts_third_party)
    values (1, 30, 'EXT', 'Externe', 'external', true);
  insert into contact (organisation_id, id, code, name, pending_account_authorised)
    values (1, 31, 'FNAC', 'FNAC', true);
  insert into pending_account (organisation_id, id, contact_id, code, currency)
    values (1, 32, 31, 'FNAC', 'EUR');
  insert into reseller_account (organisation_id, id, channel, account)
    values (1, 20, 'test', 'MOS');
`;

/** Inserts it as the administrator; `channel` is the id of a channel that the services know. */
export async function insertInterface(database: Database, channel = 'test'): Promise<void> {
  await database.administration(async (tx) => {
    await tx.script(ROWS);
    await tx.execute('update reseller_account set channel = $1', [channel]);
    await tx.execute(
      `insert into interface (organisation_id, id, code, names, reseller, channel,
         reseller_account_id, sales_channel_id, contact_id, pending_account_id, currency,
         time_zone, status, people, config, secrets)
       values (1, 10, 'FNAC', '{"fr": "Fnac"}', 'FNAC', $1, 20, 30, 31, 32, 'EUR', 'Europe/Paris',
         'visible', '[{"name": "Jeanne Roux", "phone": "+33 1 23 45 67 89"}]',
         '{"url": "http://127.0.0.1:1"}', $2)`,
      [channel, testSecretBox.seal(JSON.stringify({ password: PASSWORD }))],
    );
  });
}
