import { Temporal } from 'temporal-polyfill';

/** A local time of the wire as an instant. */
export interface ReadTime {
  /** ISO 8601 in UTC with milliseconds. */
  instant: string;
  /** The hour came twice; read with the earlier offset. */
  ambiguous: boolean;
  /** The hour was skipped; read as the first instant after the gap. */
  inGap: boolean;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;
const CACHE_MAX = 20_000;

/**
 * Reads the wire's local times of one zone. Temporal decides, once an hour of the wire: within an
 * hour that no clock change touches the offset is one, so the rest is arithmetic.
 */
export class LocalTimes {
  readonly #zone: string;
  /** Local hour `YYYY-MM-DDTHH` → offset in ms, or null where minutes decide. */
  readonly #offsets = new Map<string, number | null>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** Null when the text is no time of the wire or no day of the calendar. */
  read(text: string): ReadTime | null {
    const match = LOCAL.exec(text);
    if (!match) return null;
    const [, year, month, day, hour, minute, second, offset] = match;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    const wall = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    );
    // Month 13 and 31 February would have become days of the next year and month.
    if (!new Date(wall).toISOString().startsWith(`${year}-${month}-${day}T`)) return null;
    // A stack that adds an offset tells more than we ask for: it is taken at its word.
    if (offset !== undefined) return plain(wall - offsetMilliseconds(offset));
    const shift = this.#offsetOfHour(text.slice(0, 13));
    return shift === null ? this.#readExactly(text.slice(0, 19)) : plain(wall - shift);
  }

  #offsetOfHour(hour: string): number | null {
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const [first, last] = [`${hour}:00:00`, `${hour}:59:59`].map((text) => this.#possible(text));
    const offset =
      first?.length === 1 && last?.length === 1 && first[0] === last[0] ? (first[0] ?? null) : null;
    if (this.#offsets.size >= CACHE_MAX) this.#offsets.clear();
    this.#offsets.set(hour, offset);
    return offset;
  }

  /** The offsets that a local time can have: one; two when it comes twice; none in a gap. */
  #possible(text: string): number[] {
    const local = Temporal.PlainDateTime.from(text);
    const offsets = (['earlier', 'later'] as const)
      .map((disambiguation) => local.toZonedDateTime(this.#zone, { disambiguation }))
      .filter((zoned) => zoned.toPlainDateTime().equals(local))
      .map((zoned) => zoned.offsetNanoseconds / 1e6);
    return [...new Set(offsets)];
  }

  #readExactly(text: string): ReadTime {
    const local = Temporal.PlainDateTime.from(text);
    const earlier = local.toZonedDateTime(this.#zone, { disambiguation: 'earlier' });
    const later = local.toZonedDateTime(this.#zone, { disambiguation: 'later' });
    if (!later.toPlainDateTime().equals(local)) {
      // Before the gap the clock stood at `earlier`; its next transition is the gap's end.
      const end = earlier.getTimeZoneTransition('next') ?? later;
      return { ...plain(end.epochMilliseconds), inGap: true };
    }
    const ambiguous = earlier.epochMilliseconds !== later.epochMilliseconds;
    return { ...plain(earlier.epochMilliseconds), ambiguous };
  }
}

function plain(milliseconds: number): ReadTime {
  return { instant: new Date(milliseconds).toISOString(), ambiguous: false, inGap: false };
}

function offsetMilliseconds(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
