/**
 * A run as server-sent events, read from its rows: whichever worker runs it, its progress shows.
 * The id of an event is the last line that its reader has then seen.
 */
import type { FastifyRequest } from 'fastify';
import { callerMay } from '../domain/people/role.ts';
import type { RunLineRow, RunRecord } from '../exchange/reading/runs-log.ts';
import { readProgress } from '../exchange/reading/runs-log.ts';
import type { RouteServices } from './route.ts';

const POLL_MS = 1_000;
const COMMENT_MS = 15_000;
const SESSION_MS = 60_000;
const LINES_AT_ONCE = 200;

export interface Following {
  request: FastifyRequest;
  organisationId: number;
  runId: number;
  /** The reader went away, or the server stops. */
  signal: AbortSignal;
  /** What an event says: of a line, or of the run where there is none. */
  present(of: { run: RunRecord; line?: RunLineRow }): object;
}

export async function* followRun(
  { exchange, identify }: Pick<RouteServices, 'exchange' | 'identify'>,
  { request, organisationId, runId, signal, present }: Following,
): AsyncGenerator<string> {
  let afterId = lastSeen(request);
  let shown = '';
  // Time is counted in polls: a stream needs no clock of its own.
  let waited = 0;
  yield 'retry: 3000\n\n';
  while (!signal.aborted) {
    const of = { organisationId, runId, afterId, limit: LINES_AT_ONCE };
    const found = await readProgress(exchange, of);
    if (found === null) return;
    const { run, lines } = found;
    for (const line of lines) {
      afterId = line.id;
      yield event('line', afterId, present({ run, line }));
    }
    // A full page: more is there already.
    if (lines.length === LINES_AT_ONCE) continue;
    const state = present({ run });
    const text = JSON.stringify(state);
    if (run.endedAt !== null) {
      yield event('end', afterId, state);
      return;
    }
    if (text !== shown) {
      shown = text;
      yield event('run', afterId, state);
    }
    await exchange.wait(POLL_MS, signal);
    waited += POLL_MS;
    if (waited % SESSION_MS === 0 && !(await mayGoOn(identify, request, organisationId))) return;
    if (waited % COMMENT_MS === 0) yield ': still here\n\n';
  }
}

/** What stands in Last-Event-ID; anything unreadable begins anew. */
function lastSeen(request: FastifyRequest): number {
  const text = request.headers['last-event-id'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** Signed out, removed, or moved to another organisation: the stream ends. */
async function mayGoOn(
  identify: RouteServices['identify'],
  request: FastifyRequest,
  organisationId: number,
): Promise<boolean> {
  const caller = await identify(request);
  return caller?.organisationId === organisationId && callerMay(caller, 'read');
}

function event(name: string, id: number, data: object): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
