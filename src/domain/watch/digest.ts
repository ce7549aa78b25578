/** When a person's digest leaves. */
import { Temporal } from 'temporal-polyfill';

/**
 * Whether a digest is due: its local time has come today and none left since. A local time that
 * the clock change skips is taken as the first instant after it; one that comes twice, the first.
 */
export function isDigestDue(
  digest: { at: string; timeZone: string; lastAt: string | null },
  now: Date,
): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(
    digest.timeZone,
  );
  const moment = local
    .toPlainDate()
    .toZonedDateTime({ timeZone: digest.timeZone, plainTime: Temporal.PlainTime.from(digest.at) });
  if (now.getTime() < moment.epochMilliseconds) return false;
  return digest.lastAt === null || Date.parse(digest.lastAt) < moment.epochMilliseconds;
}
