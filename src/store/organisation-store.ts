/** Tenants, seen from outside of them: only an administration transaction may do this. */
import type { Tx } from './database/transaction.ts';

/** The id of a code, and how many other organisations there are. */
export async function findOrganisation(
  admin: Tx,
  code: string,
): Promise<{ id: number | null; others: number }> {
  const rows = await admin.query<{ id: number; code: string }>('select id, code from organisation');
  const found = rows.find((row) => row.code === code);
  return { id: found?.id ?? null, others: rows.length - (found === undefined ? 0 : 1) };
}

export interface NewOrganisation {
  code: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  timeZone: string;
  businessDayEndsAt: string;
  language: string;
  /** ISO instant. */
  createdAt: string;
}

/** Makes a tenant; two at once are refused by the key. */
export async function createOrganisation(admin: Tx, one: NewOrganisation): Promise<number> {
  const [row] = await admin.query<{ id: number }>(
    `insert into organisation
       (id, code, name, currency, time_zone, business_day_ends_at, language, created_at)
     select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5::time, $6, $7::timestamptz
     from organisation
     returning id`,
    [
      one.code,
      one.name,
      one.currency,
      one.timeZone,
      one.businessDayEndsAt,
      one.language,
      one.createdAt,
    ],
  );
  if (row === undefined) throw new Error('An insert returns its row.');
  return row.id;
}
