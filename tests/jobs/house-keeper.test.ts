/** What a night's house-keeping forgets and what it keeps, on a driven clock. */
import { expect, it } from 'vitest';
import { startHouseKeeper } from '../../src/jobs/house-keeper.ts';
import { listOrganisations } from '../../src/store/interface-store.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { WatchBench } from '../support/watch-bench.ts';

const DAY = 86_400_000;

describeEachDatabase('house-keeping', (open) => {
  it('forgets once after the start, then each night of the house, and keeps the rest', async () => {
    const test = await open();
    // Noon in Paris, in winter.
    const house = await WatchBench.open(test, 'KEEP');
    house.now = new Date('2026-11-24T11:00:00.000Z');
    const ago = (days: number): string => new Date(house.now.getTime() - days * DAY).toISOString();
    const write = async (id: number, days: number): Promise<void> => {
      await house.sql(
        `insert into wire_call (organisation_id, id, interface_id, operation, method, url,
           started_at, duration_ms, outcome, request_bytes, response_bytes)
         values ($1, $2, $3, 'EtatVentes', 'POST', 'http://r', $4, 1, 'ok', 0, 0)`,
        [house.organisationId, id, house.interfaceId, ago(days)],
      );
      await house.sql(
        `insert into api_request (organisation_id, caller, route, key, digest, claim, state,
           created_at, expires_at)
         values ($1, 'c', 'r', $2, 'd', 'x', 'done', $3, $4)`,
        [house.organisationId, `k${id}`, ago(days + 1), ago(days)],
      );
      await test.database.administration(async (tx) => {
        await tx.execute(
          `insert into person_verification (id, identifier, value, expires_at, created_at,
             updated_at) values ($1, $1, 'v', $2, $2, $2)`,
          [`v${id}`, ago(days)],
        );
      });
    };
    const left = async (): Promise<unknown> => {
      const calls = await house.sql<{ id: number }>('select id from wire_call order by id');
      const keys = await house.sql<{ key: string }>('select key from api_request order by key');
      const links = await test.database.administration((tx) =>
        tx.query<{ id: string }>('select id from person_verification order by id'),
      );
      return [calls.map((one) => one.id), keys.map((one) => one.key), links.map((one) => one.id)];
    };
    const told: string[] = [];
    const keeper = startHouseKeeper({
      services: house.services,
      listOrganisations: () => test.database.administration((tx) => listOrganisations(tx)),
      recordedDays: 90,
      log: (_level, _fields, message) => void told.push(message),
    });
    // A year old, a month old, and alive for another day.
    await write(1, 365);
    await write(2, 30);
    await write(3, -1);
    await house.services.tick();
    expect(await left()).toEqual([[2, 3], ['k3'], ['v3']]);

    // Nothing more by day, nor before half past three.
    await write(4, 365);
    house.now = new Date('2026-11-25T02:29:00.000Z');
    await house.services.tick();
    expect(await left()).toEqual([
      [2, 3, 4],
      ['k3', 'k4'],
      ['v3', 'v4'],
    ]);
    house.now = new Date('2026-11-25T02:30:00.000Z');
    await house.services.tick();
    expect(await left()).toEqual([[2, 3], ['k3'], ['v3']]);
    // The recording of a month ago has its ninety days by now.
    house.now = new Date('2027-01-25T02:30:00.000Z');
    await house.services.tick();
    expect(await left()).toEqual([[3], [], []]);
    expect(told).toEqual(['house kept', 'house kept', 'house kept']);
    await keeper.stop();
  });
});
