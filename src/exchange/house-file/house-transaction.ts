/** The one transaction of a load: it may make the organisation, and then works as its tenant. */
import type { ParsedHouse } from '../../domain/house/file.ts';
import type { HouseProblem } from '../../domain/house/problem.ts';
import { isZone, toTime } from '../../domain/house/values.ts';
import { asTenant } from '../../store/database/as-tenant.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { createOrganisation, findOrganisation } from '../../store/organisation-store.ts';

/** Ends a transaction that was only to look. */
export class RollBack extends Error {}

export async function beginHouse(
  admin: Tx,
  parsed: ParsedHouse,
  options: { clock: () => Date; create?: boolean },
): Promise<{ tx: Tx; created: boolean } | { problem: HouseProblem }> {
  const line = parsed.organisation;
  if (line === null) throw new Error('A file without its organisation is refused before.');
  const { id, others } = await findOrganisation(admin, line.code);
  if (id !== null) return { tx: await asTenant(admin, id), created: false };
  if (!(options.create ?? others === 0)) {
    const problem = {
      sheet: 'organisation',
      line: null,
      key: 'code',
      code: 'house.other_organisation',
      message: `There is no organisation ${line.code}.`,
      cure: 'Correct the code, or make it with --create.',
    } as const;
    return { problem };
  }
  const created = await createOrganisation(admin, {
    code: line.code,
    name: line.name,
    currency: line.currency,
    // A zone that does not exist is reported with all other faults; nothing is kept then.
    timeZone: isZone(line.time_zone) ? line.time_zone : 'UTC',
    businessDayEndsAt: toTime(line.business_day_ends_at ?? '06:00'),
    language: line.language ?? 'fr',
    createdAt: options.clock().toISOString(),
  });
  return { tx: await asTenant(admin, created), created: true };
}
