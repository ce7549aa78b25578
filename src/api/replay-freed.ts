/** What a saved mapping frees is read again in a run of its own, after the answer. */
import { replay } from '../exchange/replay.ts';
import { withRun } from '../exchange/run-function.ts';
import type { Replay } from '../exchange/save-mappings.ts';
import type { Caller } from './caller.ts';
import type { RouteServices } from './route.ts';

export function replayBy({ exchange, background }: RouteServices, caller: Caller): Replay {
  return async (interfaceId, messageIds) => {
    const { organisationId, author } = caller;
    const request = {
      organisationId,
      interfaceId,
      function: 'replay' as const,
      source: 'replay' as const,
      startedBy: author,
      signal: background.signal,
    };
    background.add(withRun(exchange, request, (context) => replay(context, { messageIds })));
  };
}
