/** Instants as a field of day and time shows them, in the venue's zone, and back. */

const FORMAT = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** `2027-02-01T20:00` of an instant, in an IANA zone. */
export function localOf(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { ...FORMAT, timeZone });
  const parts = Object.fromEntries(
    format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * The instant at which the venue's clock shows `2027-02-01T20:00`; a time that a change of clocks
 * leaves out is taken an hour later, one that it repeats is the first.
 */
export function instantOf(local: string, timeZone: string): string {
  const asUtc = new Date(`${local.slice(0, 16)}Z`).getTime();
  // The offset a day before and a day after: all there are around a change of clocks.
  const instants = [-DAY_MS, DAY_MS]
    .map((shift) => asUtc - offsetAt(asUtc + shift, timeZone))
    .toSorted((one, other) => one - other);
  const found = instants.find((at) => localOf(new Date(at).toISOString(), timeZone) === local);
  return new Date(found ?? instants.at(-1) ?? asUtc).toISOString();
}

const DAY_MS = 86_400_000;

function offsetAt(at: number, timeZone: string): number {
  const minute = Math.floor(at / 60_000) * 60_000;
  return new Date(`${localOf(new Date(minute).toISOString(), timeZone)}Z`).getTime() - minute;
}
