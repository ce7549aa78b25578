/** Runs the verbs of stock in the frame that the house runs them in. */
import type { ExchangeContext, RunRequest, RunResult } from '../../src/exchange/context.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { TestServices } from './exchange-services.ts';
import { createTestServices } from './exchange-services.ts';
import type { ScriptedReseller } from './scripted-channel.ts';
import { INTERFACE, NOW, ORGANISATION } from './stock-house.ts';

export interface StockRuns {
  readonly services: TestServices;
  run(
    work: (context: ExchangeContext) => Promise<void>,
    request?: Partial<RunRequest>,
  ): Promise<RunResult & { outcome: 'ran' }>;
  /** The lines of a run as `code params`. */
  lines(runId: number): Promise<string[]>;
}

export function createStockRuns(database: Database, reseller: ScriptedReseller): StockRuns {
  let seconds = 0;
  // Each look at the clock is a second later: nothing rests on two instants being equal.
  const now = (): Date => {
    seconds += 1;
    return new Date(NOW.getTime() + seconds * 1_000);
  };
  const services = createTestServices({ database, channels: [reseller.channel], now });
  return {
    services,
    async run(work, request = {}) {
      const result = await withRun(
        services,
        {
          organisationId: ORGANISATION,
          interfaceId: INTERFACE,
          function: 'export',
          source: 'hand',
          startedBy: 'anna',
          ...request,
        },
        work,
      );
      if (result.outcome !== 'ran') throw new Error(JSON.stringify(result));
      return result;
    },
    lines: (runId) =>
      database.transaction(ORGANISATION, async (tx) => {
        const rows = await tx.query<{ code: string; params: Record<string, unknown> }>(
          'select code, params from run_line where run_id = $1 order by id',
          [runId],
        );
        return rows.map(({ code, params }) => `${code} ${JSON.stringify(params)}`);
      }),
  };
}
