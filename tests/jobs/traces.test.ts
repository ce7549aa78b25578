/** Traces of a run as a collector on loopback receives them, and its log beside them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProcessLog, logRuns } from '../../src/main/process-log.ts';
import { startTraces } from '../../src/main/traces.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { RACE_WORDS, RACERS, raceHouse, raceStart } from '../support/race-house.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { intValue?: number; stringValue?: string } }[];
}

type Export = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

const NOW = new Date('2026-12-01T12:00:00.000Z');

describeEachDatabase('traces', (open) => {
  let test: TestDatabase;
  let trio: ResellerTrio;
  beforeAll(async () => {
    test = await open();
    trio = await ResellerTrio.open(test.database, {
      codes: RACERS,
      house: (interfaces) => raceHouse(2, interfaces),
      clock: () => NOW,
      loadedAt: NOW,
      seed: 1,
    });
    const [{ simulator }] = trio.resellers as [ResellerTrio['resellers'][number]];
    const price = { [RACE_WORDS.full]: '20.00' };
    simulator.switchboard.setProduct({
      code: RACE_WORDS.show,
      performances: [0, 1].map((index) => ({ start: raceStart(index), hall: RACE_WORDS.hall })),
      prices: { [RACE_WORDS.seats]: price, [RACE_WORDS.zone]: price },
    });
  }, 60_000);
  afterAll(() => trio.close());

  const sell = (index: number): string => {
    const [{ simulator }] = trio.resellers as [ResellerTrio['resellers'][number]];
    const { tickets } = simulator.switchboard.sell({
      product: RACE_WORDS.show,
      start: raceStart(index),
      category: RACE_WORDS.seats,
      places: [{ block: RACE_WORDS.block, row: 'A', seat: '1' }],
      force: true,
    });
    return tickets[0] ?? '';
  };
  const integrate = () => trio.integrate(trio.resellers[0] as ResellerTrio['resellers'][number]);

  it('tell run, batch, wire calls and transactions, each under its parent', async () => {
    const received: { path: string | undefined; body: Export }[] = [];
    const collector = createServer(async (request, response) => {
      received.push({ path: request.url, body: (await json(request)) as Export });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
    const { port } = collector.address() as AddressInfo;
    const lines: string[] = [];
    const log = createProcessLog(
      { PARTERRE_LOG_LEVEL: 'debug' },
      new Writable({
        write(chunk, _encoding, done) {
          lines.push(String(chunk));
          done();
        },
      }),
    );
    const stopLogging = logRuns(log);
    const traces = await startTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const ticket = sell(0);
    const ran = await integrate();
    await traces?.stop();
    stopLogging();
    await new Promise((done) => collector.close(done));

    expect(received.map(({ path }) => path)).toContain('/v1/traces');
    const spans = received.flatMap(({ body }) =>
      body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
    );
    const run = spans.find(({ name }) => name === 'run integrate') as Span;
    const [{ number }] = (await trio.query<{ number: number }>(
      'select number from run where organisation_id = $1 and id = $2',
      [trio.organisationId, ran.id],
    )) as [{ number: number }];
    expect(attributeOf(run, 'parterre.run')).toBe(number);
    expect(run.parentSpanId ?? '').toBe('');
    const calls = spans.filter(({ name }) => name.startsWith('wire '));
    expect(calls.map(({ name }) => name)).toContain('wire etatVentes');
    expect(new Set(calls.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([run.spanId]));
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([run.traceId]));
    const batch = spans.find((one) => attributeOf(one, 'parterre.messages') === 1) as Span;
    expect(batch.name).toBe('batch');
    expect(batch.parentSpanId).toBe(run.spanId);
    const inBatch = spans.filter(({ parentSpanId }) => parentSpanId === batch.spanId);
    expect(inBatch.map(({ name }) => name)).toEqual(['transaction']);
    expect(attributeOf(inBatch[0] as Span, 'parterre.statements')).toBeGreaterThan(3);
    expect(ticket).not.toBe('');
    expect(JSON.stringify(received)).not.toContain(ticket);

    // Whatever is logged meanwhile says whose it is.
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = logged.filter(({ msg }) => msg === 'wire call');
    expect(told.length).toBe(calls.length);
    const [{ interfaceId }] = trio.resellers as [ResellerTrio['resellers'][number]];
    for (const line of logged) {
      expect(line).toMatchObject({
        run: number,
        attempt: 1,
        function: 'integrate',
        interface: interfaceId,
        organisation: trio.organisationId,
      });
    }
  });

  it('are not started without an endpoint', async () => {
    expect(await startTraces({})).toBeNull();
  });

  it('hurt no run when nobody listens at the endpoint', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const traces = await startTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    sell(1);
    const ran = await integrate();
    expect(ran.failure).toBeNull();
    expect(ran.counts.integrated).toBe(1);
    await traces?.stop();
  });
});

function attributeOf({ attributes }: Span, key: string): number | string | undefined {
  const found = attributes.find((one) => one.key === key)?.value;
  return found?.intValue ?? found?.stringValue;
}
