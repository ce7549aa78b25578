/** The list of cases: roots first, what touches tonight's performance before the rest. */
import type { CaseCount, CaseFilter, CaseRecord } from '../../store/case-list-store.ts';
import { countCases, listCaseRows } from '../../store/case-list-store.ts';
import type { NamelessFilter, NamelessTicket } from '../../store/name-store.ts';
import { listNameless } from '../../store/name-store.ts';
import type { CaseServices } from './way-context.ts';

export interface ListRequest {
  organisationId: number;
  filter: CaseFilter;
  /** `next` of the page before. */
  after?: string | null;
  /** 100 by default. */
  limit?: number;
}

export interface ListedCases {
  cases: readonly CaseRecord[];
  /** "1 cause, 37 messages": of the whole filter, not of the page. */
  count: CaseCount;
  /** Continues the list; null: this was all. */
  next: string | null;
}

export async function listCases(
  { database, clock }: Pick<CaseServices, 'database' | 'clock'>,
  { organisationId, filter, after = null, limit = 100 }: ListRequest,
): Promise<ListedCases> {
  // The instant travels with the page's key: what is tonight's must not move between two pages.
  const from = after === null ? null : (JSON.parse(after) as { now: string; key: string });
  const now = from?.now ?? clock().toISOString();
  return await database.transaction(organisationId, async (tx) => {
    const page = { now, after: from?.key ?? null, limit };
    const rows = await listCaseRows(tx, filter, page);
    const last = rows.at(-1);
    const more = rows.length === limit && last !== undefined;
    return {
      cases: rows.map(({ key: _, ...row }) => row),
      count: await countCases(tx, filter),
      next: more ? JSON.stringify({ now, key: last.key }) : null,
    };
  });
}

/** Tickets without a name that nobody has decided about, or (asked) that the reseller was asked. */
export function listNames(
  { database }: Pick<CaseServices, 'database'>,
  request: {
    organisationId: number;
    filter: NamelessFilter;
    afterId?: number;
    limit?: number;
  },
): Promise<NamelessTicket[]> {
  const page = { afterId: request.afterId ?? 0, limit: request.limit ?? 100 };
  return database.transaction(request.organisationId, (tx) =>
    listNameless(tx, request.filter, page),
  );
}
