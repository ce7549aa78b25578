/** What the verbs about people and keys share: who asks, and the codes of their refusals. */
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';

export interface PeopleServices {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

export interface PeopleRequest {
  organisationId: number;
  author: string;
  reason?: string | null;
}

export const PEOPLE_REFUSALS = [
  'people.email_invalid',
  'people.name_invalid',
  'people.exists',
  'people.unknown',
  'people.last_administrator',
  'people.of_others_too',
  'passkeys.name_invalid',
  'passkeys.refused',
  'passkeys.too_many',
  'passkeys.unknown',
  'sessions.unknown',
  'keys.name_invalid',
  'keys.name_taken',
  'keys.unknown',
  'keys.scope_not_allowed',
  'keys.expiry_past',
] as const;

export type PeopleRefusal = (typeof PEOPLE_REFUSALS)[number];

export type PeopleResult<Done extends object> =
  | ({ outcome: 'done' } & Done)
  | { outcome: 'refused'; code: PeopleRefusal; params: Readonly<Record<string, string>> };

export function refuse(
  code: PeopleRefusal,
  params: Readonly<Record<string, string>> = {},
): { outcome: 'refused'; code: PeopleRefusal; params: Readonly<Record<string, string>> } {
  return { outcome: 'refused', code, params };
}

export interface Change {
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
}

/** One row with the change, in its transaction. Secrets, links and digests never come here. */
export async function journal(
  admin: Tx,
  services: PeopleServices,
  request: PeopleRequest,
  change: Change,
): Promise<void> {
  const [id = 0] = await services.ids.take(1, admin);
  const entry = {
    id,
    at: services.clock(),
    author: request.author,
    reason: request.reason ?? null,
    ...change,
  };
  await writeJournal(admin, [entry], request.organisationId);
}
