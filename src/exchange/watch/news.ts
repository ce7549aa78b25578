/** Open news, and how people want to be told. */
import type { NewsPreference, NewsRecord } from '../../store/news-store.ts';
import { listOpenNews, readPreferences, writePreference } from '../../store/news-store.ts';
import type { ExchangeServices } from '../context.ts';

type NewsServices = Pick<ExchangeServices, 'database'>;

/** Open news: what touches the next performance first. */
export function readOpenNews(
  services: NewsServices,
  request: { organisationId: number },
): Promise<NewsRecord[]> {
  return services.database.transaction(request.organisationId, listOpenNews, { readOnly: true });
}

export function readNewsPreferences(
  services: NewsServices,
  request: { organisationId: number },
): Promise<NewsPreference[]> {
  return services.database.transaction(request.organisationId, readPreferences, {
    readOnly: true,
  });
}

/** At once, in a daily digest at a local time (`HH:MM`), or not at all. */
export function setNewsPreference(
  services: NewsServices,
  request: { organisationId: number } & Omit<NewsPreference, 'lastDigestAt'>,
): Promise<void> {
  const { organisationId, ...preference } = request;
  return services.database.transaction(organisationId, (tx) => writePreference(tx, preference));
}
