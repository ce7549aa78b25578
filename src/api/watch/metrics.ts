/** Figures for Prometheus: codes of the house as labels, no names and no secrets. */
import type { CodedCount, Figures } from '../../exchange/watch/read-figures.ts';

export interface Metrics {
  contentType: string;
  /** The page; read anew at most every `keptMs` (10 s), whoever asks and however often. */
  read(): Promise<string>;
}

/** @param clock milliseconds; only differences count. */
export function createMetrics(
  readFigures: () => Promise<Figures[]>,
  { clock, keptMs = 10_000 }: { clock: () => number; keptMs?: number },
): Metrics {
  let page: Promise<string> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    contentType: CONTENT_TYPE,
    read() {
      if (page === null || clock() - readAt >= keptMs) {
        readAt = clock();
        const next = readFigures().then(printFigures);
        // A failure is not kept: the next who asks tries again.
        next.catch(() => {
          if (page === next) page = null;
        });
        page = next;
      }
      return page;
    },
  };
}

/** Prometheus' text format. */
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const LABELS = ['organisation', 'interface', 'channel'] as const;

async function printFigures(all: readonly Figures[]): Promise<string> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  const gauge = (name: string, help: string, ...labels: string[]) => {
    const of = new Gauge({
      name: `parterre_${name}`,
      help,
      labelNames: ['organisation', ...labels],
      registers: [registry],
    });
    return (values: Record<string, string>, value: number) => of.set(values, value);
  };
  const coded = (name: string, help: string, ...labels: string[]) =>
    gauge(name, help, ...LABELS.slice(1), ...labels);
  const runs = coded('runs', 'Runs begun in the last 24 hours', 'function', 'state');
  const runSeconds = coded(
    'run_seconds',
    'Time of the runs of the last 24 hours',
    'function',
    'state',
  );
  const messages = coded('messages', 'What runs of the last 24 hours counted', 'outcome');
  const cases = coded('cases_open', 'Open cases', 'class', 'rank');
  const allotted = coded('allotted_places', 'Unsold places that the reseller holds', 'kind');
  const calls = coded('wire_calls', 'Calls of the last 24 hours', 'operation', 'outcome');
  const callSeconds = coded(
    'wire_seconds',
    'Time of the calls of the last 24 hours',
    'operation',
    'outcome',
  );
  const outbox = gauge('outbox_pending', 'Deliveries that wait', 'kind');
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest that waits', 'kind');
  const requests = gauge('run_requests_open', 'Runs asked for that have not ended');
  const news = gauge('news_open', 'News that are open');
  for (const figures of all) {
    const { organisation, queues } = figures;
    const of = (one: CodedCount) => ({
      organisation,
      interface: one.interface,
      channel: one.reseller,
    });
    for (const one of figures.runs) {
      runs({ ...of(one), function: one.function, state: one.of }, one.count);
      runSeconds({ ...of(one), function: one.function, state: one.of }, one.sumMs / 1000);
    }
    for (const one of figures.messages) messages({ ...of(one), outcome: one.of }, one.count);
    for (const one of figures.cases) {
      cases({ ...of(one), class: one.of, rank: one.function }, one.count);
    }
    for (const one of figures.allotments) allotted({ ...of(one), kind: one.of }, one.count);
    for (const one of figures.wireCalls) {
      calls({ ...of(one), operation: one.function, outcome: one.of }, one.count);
      callSeconds({ ...of(one), operation: one.function, outcome: one.of }, one.sumMs / 1000);
    }
    for (const one of queues.outbox) {
      outbox({ organisation, kind: one.kind }, one.count);
      oldest({ organisation, kind: one.kind }, one.oldestSeconds);
    }
    requests({ organisation }, queues.requests);
    news({ organisation }, queues.openNews);
  }
  return await registry.metrics();
}
