import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { createSchedule, startSchedule } from '../../src/exchange/schedules/change-schedules.ts';
import { addHook, tryDelivery } from '../../src/exchange/watch/hooks.ts';
import { openApi, routesOfPeople } from '../support/api.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import type { JsonSchema } from '../support/schema-values.ts';
import { allowed, forbidden } from '../support/schema-values.ts';

/**
 * Every route with what its schema allows and with what it forbids: no answer is a 5xx. An answer
 * that does not fit its own schema is a 500, so this holds the answers to their schemas, too.
 */
const seed = Number(process.env.PARTERRE_SEED ?? 20_270_110);
const numRuns = Number(process.env.PARTERRE_FUZZ_RUNS ?? 12);
const [kind = 'pglite'] = (process.env.PARTERRE_TEST_DATABASES ?? 'postgres').split(',');

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: JsonSchema;
}

interface Operation {
  parameters?: readonly Parameter[];
  requestBody?: { content: Record<string, { schema?: JsonSchema }> };
}

describe('no input', () => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  const ids = new Map<string, string>();
  let paths: Record<string, Record<string, Operation>> = {};

  beforeAll(async () => {
    test = await openTestDatabase(kind as 'pglite' | 'postgres');
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    world.sellSeat('C', '1');
    const run = await world.integrate();
    app = await openApi(world.services, { routes: [routesOfPeople(world.services)] });
    const one = async (prefix: string, sql: string): Promise<void> => {
      const [row] = await world.query<{ id: number }>(sql);
      ids.set(prefix, `${prefix}${row?.id}`);
    };
    await one('wir_', `select id from wire_call where run_id = ${run.id} order by id limit 1`);
    await one('prf_', `select id from performance where local_start = '${WORDS.first}'`);
    await one('prd_', 'select id from product order by id limit 1');
    await one('sea_', 'select id from season order by id limit 1');
    await one('map_', 'select id from mapping order by id limit 1');
    await one('chn_', 'select id from sales_channel order by id limit 1');
    await one('pos_', 'select id from point_of_sale order by id limit 1');
    await one('ctc_', 'select id from contact order by id limit 1');
    await one('rac_', 'select id from reseller_account order by id limit 1');
    await one('ctg_', 'select id from contingent order by id limit 1');
    await one('ctr_', 'select id from counter order by id limit 1');
    await one('trf_', 'select id from tariff order by id limit 1');
    await one('cat_', 'select id from seat_category order by id limit 1');
    await one('ord_', 'select id from sale_order order by id limit 1');
    await one('set_', 'select seat_id as id from performance_seat order by seat_id limit 1');
    await one('ctg_', 'select id from contingent order by id limit 1');
    await one('acc_', 'select id from pending_account order by id limit 1');
    const { organisationId, interfaceId } = world;
    const by = { organisationId, interfaceId, author: 'anna' };
    const change = { name: 'Nightly', function: 'export', timing: { kind: 'manual' } } as const;
    const made = await createSchedule(world.services, { ...by, change });
    const scheduleId = made.outcome === 'saved' ? made.schedule.id : 0;
    const asked = await startSchedule(world.services, { ...by, scheduleId });
    const hook = {
      kind: 'webhook',
      name: 'ops',
      url: 'https://ops.example/',
      kinds: null,
    } as const;
    const added = await addHook(world.services, { ...by, ...hook });
    const hookId = added.outcome === 'added' ? added.hook.id : 0;
    const trial = await tryDelivery(world.services, { organisationId, to: { hook: hookId } });
    ids.set('hok_', `hok_${hookId}`);
    ids.set('dlv_', `dlv_${trial}`);
    ids.set('sch_', `sch_${scheduleId}`);
    ids.set('req_', `req_${asked.outcome === 'asked' ? asked.requestId : 0}`);
    ids.set('ifc_', `ifc_${world.interfaceId}`);
    ids.set('run_', `run_${run.id}`);
    ids.set('cas_', `cas_${await caseOf(world, ticket)}`);
    paths = (await app.inject('/api/v1/openapi.json')).json().paths;
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await test.close();
  });

  /** Answers of 5xx that inputs of this kind get, by route. */
  async function failures(make: typeof allowed): Promise<string[]> {
    const failed: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      for (const [verb, operation] of Object.entries(methods)) {
        const given = fc.tuple(parameters(operation), bodies(operation, make));
        const check = fc.asyncProperty(given, async ([values, body]) => {
          const status = await send(verb, path, operation, values, body);
          expect(status, JSON.stringify([verb, path, values, body])).toBeLessThan(500);
        });
        const told = await fc.check(check, { seed, numRuns, endOnFailure: true });
        if (told.failed) failed.push(String(told.errorInstance).slice(0, 500));
      }
    }
    return failed;
  }

  function parameters({ parameters: of = [] }: Operation): fc.Arbitrary<Record<string, unknown>> {
    const model = Object.fromEntries(of.map((one) => [one.name, allowed(one.schema, { ids })]));
    const requiredKeys = of.filter((one) => one.in === 'path').map((one) => one.name);
    return fc.record(model, { requiredKeys });
  }

  function bodies({ requestBody }: Operation, make: typeof allowed): fc.Arbitrary<unknown> {
    const schema = requestBody?.content['application/json']?.schema;
    return schema === undefined ? fc.constant(undefined) : make(schema, { ids });
  }

  async function send(
    verb: string,
    path: string,
    { parameters: of = [] }: Operation,
    values: Record<string, unknown>,
    body: unknown,
  ): Promise<number> {
    const encoded = (value: unknown) => encodeURIComponent(String(value).toWellFormed());
    const query = of
      .filter((one) => one.in === 'query' && values[one.name] !== undefined)
      .map(({ name }) => `${name}=${encoded(values[name])}`);
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(values[name]));
    const { statusCode } = await app.inject({
      method: verb.toUpperCase() as 'GET',
      url: `${url}?${query.join('&')}`,
      headers: {
        'x-caller': `${world.organisationId} administrator`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return statusCode;
  }

  it('that a schema allows is answered with 5xx', async () => {
    expect(await failures(allowed)).toEqual([]);
  }, 240_000);

  it('that a schema forbids is answered with 5xx', async () => {
    expect(await failures(forbidden)).toEqual([]);
  }, 240_000);
});
