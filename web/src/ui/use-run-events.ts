/** A run followed by server-sent events: it goes on from the last line after a lost connection. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, RunLine } from '../api/generated/client.ts';
import { organisationQuery } from '../api/send.ts';

interface Followed {
  run: Run | null;
  /** The newest last, at most the last five hundred. */
  lines: readonly RunLine[];
  /** The connection is down and is being made again. */
  isLost: boolean;
}

const LINES_MAX = 500;

export function useRunEvents(id: string): Followed {
  const { i18n } = useTranslation();
  const [followed, setFollowed] = useState<Followed>({ run: null, lines: [], isLost: false });
  useEffect(() => {
    const query = new URLSearchParams({ language: i18n.language, ...organisationQuery() });
    const source = new EventSource(`/api/v1/runs/${encodeURIComponent(id)}/events?${query}`);
    const seen = new Set<string>();
    const read = (event: MessageEvent<string>): void => {
      const { run, line } = readEvent(event.data);
      setFollowed((before) => ({
        run: run ?? before.run,
        lines: line === null || seen.has(line.id) ? before.lines : append(before.lines, line),
        isLost: false,
      }));
      if (line !== null) seen.add(line.id);
    };
    source.addEventListener('line', read);
    source.addEventListener('run', read);
    source.addEventListener('end', (event) => {
      read(event);
      source.close();
    });
    source.addEventListener('error', () => setFollowed((before) => ({ ...before, isLost: true })));
    return () => source.close();
  }, [id, i18n.language]);
  return followed;
}

function append(lines: readonly RunLine[], line: RunLine): readonly RunLine[] {
  return [...lines, line].slice(-LINES_MAX);
}

/** An event tells a run, or a line of it. */
function readEvent(text: string): { run: Run | null; line: RunLine | null } {
  const told = JSON.parse(text) as Partial<Run> & Partial<RunLine>;
  if (told.level !== undefined) return { run: null, line: told as RunLine };
  return { run: told as Run, line: null };
}
