/** Open news as people read them: what touches the next performance first, page by page. */
import type { NewsKind } from '../domain/watch/news.ts';
import type { Tx } from './database/transaction.ts';
import type { NewsRecord } from './news-store.ts';
import { SELECT_NEWS } from './news-store.ts';

/** Where the order of the list goes on; `dueAt` null: behind all that touch a performance. */
export interface NewsPlace {
  dueAt: string | null;
  openedAt: string;
  id: number;
}

export interface NewsFilter {
  kind?: NewsKind;
  interfaceId?: number;
  after?: NewsPlace;
  limit: number;
}

export function listNewsPage(tx: Tx, filter: NewsFilter): Promise<NewsRecord[]> {
  const { after } = filter;
  return tx.query<NewsRecord>(
    `${SELECT_NEWS} and closed_at is null
       and ($2::text is null or kind = $2)
       and ($3::bigint is null or $3 = any(interface_ids))
       and ($4::timestamptz is null
            or (coalesce(due_at, 'infinity'), opened_at, id)
               > (coalesce($5::timestamptz, 'infinity'), $4, $6::bigint))
     order by coalesce(due_at, 'infinity'), opened_at, id limit $7`,
    [
      tx.organisationId,
      filter.kind ?? null,
      filter.interfaceId ?? null,
      after?.openedAt ?? null,
      after?.dueAt ?? null,
      after?.id ?? null,
      filter.limit,
    ],
  );
}
