/** All that is set of an interface; of its secrets only whether and since when. */
import { StoreError } from '../../store/database/errors.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findBookedAccounts } from '../../store/house-dependents.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface, readSecretDates, withoutSecrets } from '../../store/interface-store.ts';
import type { SecretBox } from '../../store/secrets.ts';
import type { EditServices } from '../house-edit/edit-house.ts';

export interface SecretState {
  field: string;
  /** Null: set before this was kept. */
  setAt: string | null;
}

export interface InterfaceSettings extends InterfaceRecord {
  /** The fields that are set. */
  secretStates: SecretState[];
  /** Something is booked or on its way: account and currency stay. */
  booked: boolean;
}

/** Null where there is no such interface. */
export function readInterfaceSettings(
  { database, secrets }: Pick<EditServices, 'database' | 'secrets'>,
  { organisationId, interfaceId }: { organisationId: number; interfaceId: number },
): Promise<InterfaceSettings | null> {
  return database.transaction(organisationId, (tx) => settingsIn(tx, secrets, interfaceId), {
    readOnly: true,
  });
}

export async function settingsIn(
  tx: Tx,
  box: SecretBox,
  interfaceId: number,
): Promise<InterfaceSettings | null> {
  const sealed = await findInterface(tx, interfaceId);
  if (sealed === null) return null;
  const record = withoutSecrets(sealed);
  const dates = await readSecretDates(tx, interfaceId);
  const fields = fieldsOf(box, sealed.secrets) ?? Object.keys(dates);
  const secretStates = fields.sort().map((field) => ({ field, setAt: dates[field] ?? null }));
  const booked = (await findBookedAccounts(tx)).has(record.resellerAccountId);
  return { ...record, secretStates, booked };
}

/** Null where they cannot be read with the key of this server: the page opens all the same. */
function fieldsOf(box: SecretBox, sealed: Uint8Array | null): string[] | null {
  if (sealed === null) return [];
  try {
    return Object.keys(JSON.parse(box.open(sealed)));
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
