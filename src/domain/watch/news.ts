/**
 * News: something that people must know, as long as it stands. What makes two findings the same
 * news is their subject; the rest (how many, which run) may change while it is open.
 */

export const NEWS_KINDS = [
  'run_error',
  'new_roots',
  'unseen_value',
  'late_run',
  'schedule_paused',
  'ceiling',
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** What a text needs to tell the news, in no language. */
export interface NewsFacts {
  /** A problem's or an event's code, or one of the watch's own (WATCH_CODES). */
  code: string;
  params: Readonly<Record<string, string | number | null>>;
  /** Number of the run that shows it best; null where there is none. */
  run: number | null;
  /** Cases that wait for it, or how often a value was seen. */
  count: number | null;
  /** One case of them. */
  messageId: number | null;
  /** What the screen opens; missing in what an older release wrote. */
  ids?: { readonly run?: number; readonly schedule?: number; readonly account?: number };
}

/** What the watch says beside the codes of problems and events. */
export const WATCH_CODES = [
  'watch.run_failed',
  'watch.run_slow',
  'watch.run_late',
  'watch.schedule_paused',
  'watch.ceiling',
] as const;
export type WatchCode = (typeof WATCH_CODES)[number];

/** Something that stands now. */
export interface Observation {
  kind: NewsKind;
  subject: string;
  interfaceIds: readonly number[];
  /** Start of the next performance it touches, ISO 8601 in UTC; null: none that is known. */
  dueAt: string | null;
  facts: NewsFacts;
}

/** A news that is open, or was told not long ago. */
export interface KnownNews {
  id: number;
  subject: string;
  lastToldAt: string | null;
  closedAt: string | null;
}

/** Parts may hold anything: each is written so that no two lists of parts make one subject. */
export function subjectOf(kind: NewsKind, ...parts: readonly (string | number | null)[]): string {
  return [kind, ...parts.map((part) => encodeURIComponent(part ?? ''))].join('/');
}
