/** What a monitor reads of every organisation, each in its own transaction. */
import { DAY_MS } from '../../domain/watch/when-to-tell.ts';
import type { CodedCount, QueueDepths } from '../../store/figures-store.ts';
import {
  countAllotments,
  countMessages,
  countOpenCases,
  countRuns,
  countWireCalls,
  readQueueDepths,
} from '../../store/figures-store.ts';
import { listOrganisations } from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';

export type { CodedCount };

export interface Figures {
  organisation: string;
  runs: CodedCount[];
  messages: CodedCount[];
  cases: CodedCount[];
  allotments: CodedCount[];
  wireCalls: CodedCount[];
  queues: QueueDepths;
}

/** Runs, messages and calls are those of the last 24 hours. */
export async function readFigures(
  services: Pick<ExchangeServices, 'database' | 'clock'>,
): Promise<Figures[]> {
  const { database } = services;
  const now = services.clock();
  const since = new Date(now.getTime() - DAY_MS);
  const organisations = await database.administration((tx) => listOrganisations(tx));
  const figures: Figures[] = [];
  for (const { id, code: organisation } of organisations) {
    const read = await database.transaction(
      id,
      async (tx) => ({
        organisation,
        runs: await countRuns(tx, since),
        messages: await countMessages(tx, since),
        cases: await countOpenCases(tx),
        allotments: await countAllotments(tx, now),
        wireCalls: await countWireCalls(tx, since),
        queues: await readQueueDepths(tx, now),
      }),
      { readOnly: true, statementTimeoutMs: 10_000 },
    );
    figures.push(read);
  }
  return figures;
}
