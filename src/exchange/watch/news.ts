/** Open news, and how people want to be told. */
import { nextTelling } from '../../domain/watch/when-to-tell.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listInterfaces, readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { NewsFilter } from '../../store/news-list.ts';
import { listNewsPage } from '../../store/news-list.ts';
import type { NewsPreference, NewsRecord } from '../../store/news-store.ts';
import { listOpenNews, readPreferences, writePreference } from '../../store/news-store.ts';
import type { ExchangeServices } from '../context.ts';

type NewsServices = Pick<ExchangeServices, 'database'>;

export type { NewsFilter, NewsPreference, NewsRecord };

/** Open news: what touches the next performance first. */
export function readOpenNews(
  services: NewsServices,
  request: { organisationId: number },
): Promise<NewsRecord[]> {
  return services.database.transaction(request.organisationId, listOpenNews, { readOnly: true });
}

export interface ShownNews extends NewsRecord {
  interfaces: readonly Pick<InterfaceRecord, 'id' | 'code' | 'reseller' | 'people'>[];
  /** When it is told next, as things stand. */
  next: ReturnType<typeof nextTelling>;
}

/** A page of open news with the interfaces they are about, and the zone their times are told in. */
export function readNewsPage(
  services: NewsServices & Pick<ExchangeServices, 'clock'>,
  { organisationId, ...filter }: NewsFilter & { organisationId: number },
): Promise<{ items: ShownNews[]; timeZone: string }> {
  const now = services.clock();
  return services.database.transaction(
    organisationId,
    async (tx) => {
      const rows = await listNewsPage(tx, filter);
      const { timeZone } = await readOrganisation(tx);
      const known = await listInterfaces(tx);
      const items = rows.map((row) => ({
        ...row,
        interfaces: known.filter(({ id }) => row.interfaceIds.includes(id)),
        next: nextTelling(row, now),
      }));
      return { items, timeZone };
    },
    { readOnly: true },
  );
}

export function readNewsPreferences(
  services: NewsServices,
  request: { organisationId: number },
): Promise<NewsPreference[]> {
  return services.database.transaction(request.organisationId, readPreferences, {
    readOnly: true,
  });
}

/** Who said nothing hears of everything at once. */
const USUAL = { mode: 'at_once', language: null, digestAt: '08:00:00', kinds: null } as const;

export interface OwnPreference extends Omit<NewsPreference, 'lastDigestAt'> {
  /** Those that name this address: of nothing else news come. */
  interfaces: { id: number; code: string }[];
}

/** How this address is told, and of which interfaces. */
export function readOwnPreference(
  services: NewsServices,
  { organisationId, email }: { organisationId: number; email: string },
): Promise<OwnPreference> {
  return services.database.transaction(
    organisationId,
    async (tx) => {
      const isOwn = (address: string) => address.toLowerCase() === email.toLowerCase();
      const found = (await readPreferences(tx)).find((one) => isOwn(one.email));
      const { mode, language, digestAt, kinds } = found ?? USUAL;
      const interfaces = (await listInterfaces(tx))
        .filter(({ notifiedEmails }) => notifiedEmails.some(isOwn))
        .map(({ id, code }) => ({ id, code }));
      return { email, mode, language, digestAt, kinds, interfaces };
    },
    { readOnly: true },
  );
}

/**
 * At once, in a daily digest at a local time (`HH:MM`), or not at all; of these kinds, or of all.
 * Without an author nothing is journaled.
 */
export function setNewsPreference(
  services: NewsServices & Pick<ExchangeServices, 'ids' | 'clock'>,
  request: { organisationId: number; author?: string } & Omit<
    NewsPreference,
    'lastDigestAt' | 'kinds'
  > & { kinds?: NewsPreference['kinds'] },
): Promise<void> {
  const { organisationId, author, email, mode, language, digestAt, kinds } = request;
  return services.database.transaction(organisationId, async (tx) => {
    // An address is one reader, however it is written.
    const known = (await readPreferences(tx)).find(
      (one) => one.email.toLowerCase() === email.toLowerCase(),
    );
    const after = { mode, language, digestAt, kinds: kinds === undefined ? null : kinds };
    if (kinds === undefined) after.kinds = known?.kinds ?? null;
    await writePreference(tx, { email: known?.email ?? email, ...after });
    if (author === undefined) return;
    const [id] = (await services.ids.take(1, tx)) as [number];
    const before = known && {
      mode: known.mode,
      language: known.language,
      digestAt: known.digestAt,
      kinds: known.kinds,
    };
    await writeJournal(tx, [
      {
        id,
        at: services.clock(),
        author,
        action: 'news.preference',
        subject: `person ${email}`,
        before,
        after,
        reason: null,
      },
    ]);
  });
}
