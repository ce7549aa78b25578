/** Accounts at resellers: sales are taken once per account, whichever interface brings them. */
import type { HouseTables } from '../../domain/house/rows.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findBookedAccounts } from '../../store/house-dependents.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from '../house-edit/edit-house.ts';
import { editHouse, NotInHouse } from '../house-edit/edit-house.ts';
import { codeOf } from '../house-edit/partners.ts';

export type ResellerAccount = HouseTables['reseller_account'] & {
  interfaceIds: number[];
  /** Something is booked or on its way. */
  booked: boolean;
};

export function listResellerAccounts(
  { database }: Pick<EditServices, 'database'>,
  organisationId: number,
): Promise<ResellerAccount[]> {
  return database.transaction(organisationId, (tx) => accountsWhere(tx, {}), { readOnly: true });
}

async function accountsWhere(
  tx: Tx,
  where: Partial<HouseTables['reseller_account']>,
): Promise<ResellerAccount[]> {
  const booked = await findBookedAccounts(tx);
  const interfaces = await selectHouseRows(tx, 'interface');
  return (await selectHouseRows(tx, 'reseller_account', where)).map((row) => ({
    ...row,
    interfaceIds: interfaces
      .filter(({ reseller_account_id }) => reseller_account_id === row.id)
      .map(({ id }) => id),
    booked: booked.has(row.id),
  }));
}

/** From when its sales are in our books; refused where tickets were sold in between. */
export function changeAccountOpening(
  services: EditServices,
  request: EditRequest,
  { accountId, openedAt }: { accountId: number; openedAt: string | null },
): Promise<EditResult<ResellerAccount>> {
  const read = async (tx: Tx): Promise<ResellerAccount> => {
    const [found] = await accountsWhere(tx, { id: accountId });
    if (found === undefined) throw new NotInHouse('reseller_account');
    return found;
  };
  return editHouse<ResellerAccount>(services, request, {
    action: 'reseller_account.changed',
    subject: ({ id }) => `reseller_account ${id}`,
    before: read,
    document: async (tx) => {
      // It is a line of any interface on the account; an account without one has no sales.
      const [owner] = await selectHouseRows(tx, 'interface', { reseller_account_id: accountId });
      if (owner === undefined) throw new NotInHouse('interface');
      const line = {
        code: owner.code,
        names: owner.names,
        reseller: owner.reseller,
        channel: owner.channel,
        sales_channel: await codeOf(tx, 'sales_channel', owner.sales_channel_id),
        account_opened: openedAt,
      };
      return { interfaces: [line] as never };
    },
    after: read,
  });
}
