import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMetrics } from '../../../src/api/watch/metrics.ts';
import { registerWatch } from '../../../src/api/watch/register-watch.ts';
import { readFigures } from '../../../src/exchange/watch/read-figures.ts';
import { readHealth } from '../../../src/exchange/watch/read-health.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { WatchBench } from '../../support/watch-bench.ts';

describeEachDatabase('what a monitor reads', (open) => {
  let test: TestDatabase;
  let house: WatchBench;
  const server = fastify();
  let reads = 0;
  let clock = 0;
  let queueWorks = true;
  beforeAll(async () => {
    test = await open();
    house = await WatchBench.open(test, 'MON');
    const metrics = createMetrics(
      () => {
        reads += 1;
        return readFigures(house.services);
      },
      { clock: () => clock },
    );
    const health = () => readHealth(house.services, async () => queueWorks);
    registerWatch(server, { health, metrics, metricsToken: 'secret-token' });
  });
  afterAll(() => server.close());

  const ask = (url: string, token?: string) =>
    server.inject({ url, headers: token === undefined ? {} : { authorization: token } });

  it('tells that it lives and whether it is ready', async () => {
    expect((await ask('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await ask('/readyz');
    expect(ready.statusCode).toBe(200);
    expect(ready.json().checks.map(({ name }: { name: string }) => name)).toEqual([
      'database',
      'schema',
      'queue',
    ]);
    queueWorks = false;
    const down = await ask('/readyz');
    expect(down.statusCode).toBe(503);
    expect(down.json()).toMatchObject({ ready: false });
    queueWorks = true;
  });

  it('shows figures to who has the token, and reads them once in ten seconds', async () => {
    expect((await ask('/metrics')).statusCode).toBe(401);
    expect((await ask('/metrics', 'Bearer other')).statusCode).toBe(401);
    await house.ran('error', { code: 'external.unreachable', class: 'external' });
    await house.ran('ok');
    await house.root('T1', { code: 'price.differs', class: 'business', params: {} });
    await house.sql(
      `update performance_seat set interface_id = $1 where (performance_id, seat_id) in (
         select performance_id, seat_id from performance_seat
         where performance_id = $2 and state = 'free' and ticket_id is null limit 3)`,
      [house.interfaceId, house.performanceId],
    );
    await house.tick();
    const page = await ask('/metrics', 'Bearer secret-token');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/plain');
    const labels = 'organisation="MON",interface="FNAC",channel="fnac"';
    const lines = page.body.split('\n');
    expect(lines).toContain(`parterre_runs{${labels},function="integrate",state="error"} 1`);
    expect(lines).toContain(`parterre_runs{${labels},function="integrate",state="ok"} 1`);
    expect(lines).toContain(`parterre_cases_open{${labels},class="business",rank="root"} 1`);
    expect(lines).toContain(`parterre_allotted_places{${labels},kind="seats"} 3`);
    expect(lines).toContain('parterre_outbox_pending{organisation="MON",kind="mail"} 1');
    expect(lines).toContain('parterre_news_open{organisation="MON"} 1');
    expect(page.body).not.toContain('venue.example');
    expect(page.body).not.toContain('Léa');
    clock = 9_999;
    await ask('/metrics', 'Bearer secret-token');
    expect(reads).toBe(1);
    clock = 10_000;
    await ask('/metrics', 'Bearer secret-token');
    expect(reads).toBe(2);
  });
});
