import type { FastifyInstance } from 'fastify';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { callAs, openApi } from '../support/api.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import {
  buildStockHouse,
  FNAC,
  INTERFACE,
  ORGANISATION,
  PERFORMANCE,
  SHOW,
} from '../support/stock-house.ts';
import type { StockRuns } from '../support/stock-runs.ts';
import { createStockRuns } from '../support/stock-runs.ts';

describeEachDatabase('a comparison', (open) => {
  let test: TestDatabase;
  let runs: StockRuns;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;

  beforeAll(async () => {
    test = await open();
    await buildStockHouse(test.database, { seats: 6 });
    const reseller = new ScriptedReseller();
    runs = createStockRuns(test.database, reseller);
    await runs.run((context) => exportContingent(context));
    // Sold there and unknown here; gone there; and three that the reseller had before us.
    reseller.sell(SHOW, 'BL/A/1', 'T1');
    reseller.seats(SHOW).delete('BL/A/2');
    await test.database.transaction(ORGANISATION, (tx) =>
      tx.execute(
        `update performance_seat set interface_id = null, sent_category_id = null,
           sent_contingent_id = null, contingent_id = $1 where seat_id in (1003, 1004, 1005)`,
        [FNAC],
      ),
    );
    await runs.run((context) => reconcile(context), { function: 'reconcile' });
    app = await openApi(runs.services);
    call = callAs(app, ORGANISATION);
  });
  afterAll(async () => {
    await app?.close();
  });

  const lastOne = async () => {
    const { body } = await call('GET', `/reconciliations?performance=prf_${PERFORMANCE}`);
    return body.items[0];
  };

  it('is listed with its figures, the last of each performance', async () => {
    expect(await lastOne()).toMatchObject({
      interface: { id: `ifc_${INTERFACE}` },
      seatsCompared: 6,
      missingHere: 4,
      missingThere: 1,
      different: 0,
      open: 5,
      adoptable: 3,
    });
    await runs.run((context) => reconcile(context), { function: 'reconcile' });
    const { body: last } = await call('GET', '/reconciliations');
    const { body: all } = await call('GET', '/reconciliations?all=true&limit=1');
    expect(last.items).toHaveLength(1);
    expect(all.items[0].id).toBe(last.items[0].id);
    const rest = await call('GET', `/reconciliations?all=true&after=${all.next}`);
    expect(rest.body).toMatchObject({ items: [{ open: 5 }], next: null });
  });

  it('tells its differences by page, each with cause and way out', async () => {
    const path = `/reconciliations/${(await lastOne()).id}/differences`;
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await call('GET', `${path}?limit=2${after}`);
      for (const { seat, cause, cure } of body.items) seen.push(`${seat} ${cause} ${cure}`);
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toHaveLength(5);
    expect(seen.filter((line) => line.endsWith(' never_exported adopt'))).toHaveLength(3);
    const gone = await call('GET', `${path}?kind=missing_there`);
    expect(gone.body.items).toMatchObject([{ cause: 'lost_there', cure: 'take_back' }]);
    const sold = await call('GET', `${path}?cure=integrate`);
    expect(sold.body.items).toMatchObject([{ ticket: 'T1', theirs: { state: 'sold' } }]);
  });

  it('is an Excel file with a line each, in the language asked for', async () => {
    const { id } = await lastOne();
    const { rawPayload } = await app.inject({
      url: `/api/v1/reconciliations/${id}/differences.xlsx?language=de`,
      headers: { 'x-caller': `${ORGANISATION} auditor` },
    });
    const sheet = await readSheet(rawPayload);
    expect(sheet).toHaveLength(6);
    expect(sheet[0]?.[0]).toBe('Abweichung');
    const kinds = sheet.slice(1).map(([kind]) => kind);
    expect(kinds.filter((kind) => kind === 'fehlt dort')).toHaveLength(1);
  });

  it('adopts what it foretold, one line or all, and nothing twice', async () => {
    const { id } = await lastOne();
    const path = `/reconciliations/${id}`;
    const { body: list } = await call('GET', `${path}/differences?cure=adopt`);
    const foretold = await call('POST', `${path}/adopt`, { foretell: true });
    expect(foretold.body).toEqual({ outcome: 'foretold', places: 3 });
    expect((await lastOne()).adoptable).toBe(3);
    const one = await call('POST', `${path}/adopt`, { differences: [list.items[0].id] });
    expect(one.body).toEqual({ outcome: 'done', places: 1 });
    const rest = await call('POST', `${path}/adopt`, {});
    expect(rest.body).toEqual({ outcome: 'done', places: 2 });
    expect((await call('POST', `${path}/adopt`, {})).body.places).toBe(0);
    expect((await lastOne()).adoptable).toBe(0);
  });
});
