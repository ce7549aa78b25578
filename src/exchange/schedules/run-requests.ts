/** What was asked for and waits: read, and taken back. */
import { writeJournal } from '../../store/journal-store.ts';
import type { RequestFilter, ShownRequest } from '../../store/run-request-list.ts';
import { listRunRequests, withdrawRequest } from '../../store/run-request-list.ts';
import type { ScheduleServices } from './claim-due.ts';

export type { RequestFilter, ShownRequest };

/** The newest first. */
export function readRunRequests(
  { database }: Pick<ScheduleServices, 'database'>,
  { organisationId, ...filter }: RequestFilter & { organisationId: number },
): Promise<ShownRequest[]> {
  return database.transaction(organisationId, (tx) => listRunRequests(tx, filter), {
    readOnly: true,
  });
}

export type Withdrawn =
  | { outcome: 'withdrawn' }
  | { outcome: 'unknown' }
  /** Its run has begun (cancel that one), or it has ended. */
  | { outcome: 'too_late'; request: ShownRequest };

export function withdrawRunRequest(
  services: ScheduleServices,
  request: { organisationId: number; requestId: number; author: string; reason: string | null },
): Promise<Withdrawn> {
  const { organisationId, requestId, author, reason } = request;
  return services.database.transaction(organisationId, async (tx): Promise<Withdrawn> => {
    const [found] = await listRunRequests(tx, { id: requestId, limit: 1 });
    if (found === undefined) return { outcome: 'unknown' };
    const at = services.clock();
    if (!(await withdrawRequest(tx, requestId, at))) return { outcome: 'too_late', request: found };
    const [id] = (await services.ids.take(1, tx)) as [number];
    const { interfaceCode, function: what, startedBy, scheduleId, askedAt } = found;
    await writeJournal(tx, [
      {
        id,
        at,
        author,
        action: 'run_request.withdrawn',
        subject: `run_request ${requestId}`,
        before: { interface: interfaceCode, function: what, startedBy, scheduleId, askedAt },
        after: { outcome: 'withdrawn' },
        reason,
      },
    ]);
    return { outcome: 'withdrawn' };
  });
}
