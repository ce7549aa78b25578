/** The house itself: what it is called, its language, its zone, when its day ends. */
import type { OrganisationRow } from '../../domain/house/context.ts';
import { readHouseOrganisation } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from './edit-house.ts';
import { editHouse } from './edit-house.ts';
import { defined } from './partners.ts';

export type { OrganisationRow } from '../../domain/house/context.ts';

export function readOrganisationSettings(
  { database }: Pick<EditServices, 'database'>,
  organisationId: number,
): Promise<OrganisationRow> {
  return database.transaction(organisationId, readHouseOrganisation, { readOnly: true });
}

export type OrganisationChange = {
  [K in 'name' | 'currency' | 'time_zone' | 'business_day_ends_at']?: string | undefined;
} & { language?: 'fr' | 'en' | 'de' | 'it' | 'es' | undefined };

/** The currency is refused when it differs: the books are kept in it. */
export function changeOrganisation(
  services: EditServices,
  request: EditRequest,
  change: OrganisationChange,
): Promise<EditResult<OrganisationRow>> {
  return editHouse(services, request, {
    action: 'organisation.changed',
    subject: () => 'organisation',
    before: readHouseOrganisation,
    document: async () => ({ organisation: defined(change) as object }),
    after: readHouseOrganisation,
  });
}
