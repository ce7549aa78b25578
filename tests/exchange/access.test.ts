import { beforeAll, expect, it } from 'vitest';
import type { AccessAnswer, AccessEntry } from '../../src/channels/contract/channel.ts';
import { ChannelError } from '../../src/channels/contract/errors.ts';
import { checkAccess } from '../../src/exchange/check-access.ts';
import type { RunRequest, RunResult } from '../../src/exchange/context.ts';
import { fetchAccess } from '../../src/exchange/fetch-access.ts';
import { prepareAccess } from '../../src/exchange/prepare-access.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { findCode, writeListedCodes } from '../../src/store/access-store.ts';
import { explainScans } from '../../src/store/database/explain-scans.ts';
import type { RunLineRow } from '../../src/store/run-store.ts';
import { listRunLines } from '../../src/store/run-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { createTestServices } from '../support/exchange-services.ts';
import { INTERFACE, insertInterface, ORGANISATION } from '../support/one-interface.ts';
import { testChannel } from '../support/test-channel.ts';

const NOW = new Date('2026-06-10T16:00:00.000Z');
const TONIGHT = 50;
const TOMORROW = 51;

const HOUSE = `
  insert into season (organisation_id, id, code, name) values (1, 40, 'S2', 'Saison 2');
  insert into layout (organisation_id, id, code, name) values (1, 41, 'AUDI', 'Auditorium');
  insert into logical_configuration (organisation_id, id, layout_id, code, name)
    values (1, 42, 41, 'GARD100', 'Jardins');
  insert into product (organisation_id, id, season_id, code, name, kind, time_zone)
    values (1, 43, 40, 'CHALK', 'Craie', 'event', 'Europe/Paris');
  insert into performance (organisation_id, id, product_id, code, starts_at, time_zone, local_start,
      logical_configuration_id, state)
    values (1, 50, 43, 'P1', '2026-06-10T18:00Z', 'Europe/Paris', '2026-06-10T20:00', 42,
      'running'),
           (1, 51, 43, 'P2', '2026-06-11T18:00Z', 'Europe/Paris', '2026-06-11T20:00', 42,
             'running'),
           (1, 52, 43, 'P9', '2026-09-11T18:00Z', 'Europe/Paris', '2026-09-11T20:00', 42,
             'running');
  insert into offer (organisation_id, interface_id, performance_id)
    values (1, 10, 50), (1, 10, 51), (1, 10, 52);
  insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
    changed_by)
    values (1, 60, 10, 'product', 'CHALK', '{MOSA02}', '2026-01-01T00:00Z', 'test'),
           (1, 61, 10, 'logical_configuration', 'GARD100', '{GAR}', '2026-01-01T00:00Z', 'test');
`;

const CODES = `
  insert into access_code (organisation_id, code, state, reason, source, interface_id, product_id,
      performance_id, changed_at, used_at)
    values (1, 'VALID', 'valid', null, 'ticket', 10, 43, 50, '2026-06-01T00:00Z', null),
           (1, 'SOLD', 'valid', null, 'ticket', 10, 43, 50, '2026-06-01T00:00Z', null),
           (1, 'CASE', 'provisional', 'price.differs', 'case', 10, 43, 50, '2026-06-01T00:00Z',
             null),
           (1, 'OFFICE', 'see_box_office', 'seat.sold', 'case', 10, 43, 50, '2026-06-01T00:00Z',
             null),
           (1, 'GONE', 'revoked', 'cancellation', 'ticket', 10, 43, 50, '2026-06-01T00:00Z', null),
           (1, 'OLD', 'replaced', 'replacement', 'ticket', 10, 43, 50, '2026-06-01T00:00Z', null),
           (1, 'TEST', 'test', 'test', 'ticket', 10, 43, 50, '2026-06-01T00:00Z', null),
           (1, 'USED', 'valid', null, 'ticket', 10, 43, 50, '2026-06-01T00:00Z',
             '2026-06-10T15:00Z'),
           (1, 'OTHER', 'valid', null, 'list', 99, 43, 50, '2026-06-01T00:00Z', null);
`;

const TICKETS = `
  insert into point_of_sale (organisation_id, id, sales_channel_id, code, name,
    accepts_pending_account)
    values (1, 70, 30, 'FNAC', 'FNAC', true);
  insert into tariff (organisation_id, id, season_id, audience, audience_kind, code, name)
    values (1, 71, 40, 'OccCont', 'occasional_contact', 'FNAC_P', 'Normal');
  insert into sale_order (organisation_id, id, reseller_account_id, interface_id, reference,
      contact_id, point_of_sale_id, pending_account_id, currency, ordered_at, run_id)
    values (1, 72, 20, 10, 'O1', 31, 70, 32, 'EUR', '2026-05-01T10:00Z', 1);
  insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id, number,
      state, product_id, performance_id, tariff_id, currency, price_minor, booked_minor,
      commission_minor, commission_on_top, net_due_minor, vat_hundredths, vat_minor,
      commission_vat_minor, sold_at, message_id, run_id)
    select 1, 10000 + n, 72, 20, 10, 'T' || n, 'valid', 43, 50, 71, 'EUR', 0, 0, 0, false, 0, 0, 0,
      0, '2026-05-01T10:00Z', n, 1 from generate_series(1, 2000) as n;
  analyze ticket;
`;

describeEachDatabase('access codes', (open) => {
  let test: TestDatabase;
  const prepared: string[] = [];
  let answers: Record<string, AccessAnswer | ChannelError> = {};

  beforeAll(async () => {
    test = await open();
    await insertInterface(test.database);
    await test.database.administration((tx) => tx.script(HOUSE + CODES));
  });

  async function* pages(...all: AccessEntry[][]): AsyncGenerator<readonly AccessEntry[]> {
    for (const page of all) yield page;
  }

  const entry = (code: string, state: AccessEntry['state'] = 'valid'): AccessEntry => ({
    code,
    ticket: `T-${code}`,
    state,
    place: { block: null, row: null, seat: null },
  });

  const channel = testChannel(() => ({
    accessLists: {
      prepare: async ({ product, start, hall }) => {
        prepared.push(`${product} ${start} ${hall}`);
        return { request: `R${prepared.length}` };
      },
      fetch: async (request) => {
        const answer = answers[request];
        if (answer instanceof Error) throw answer;
        return answer ?? { state: 'in-progress' };
      },
    },
  }));

  async function run(
    what: 'prepare_access' | 'fetch_access',
    filters: RunRequest['filters'] = {},
  ): Promise<{ result: RunResult; lines: RunLineRow[] }> {
    const { database } = test;
    const services = createTestServices({ database, channels: [channel], now: () => NOW });
    const request: RunRequest = {
      organisationId: ORGANISATION,
      interfaceId: INTERFACE,
      function: what,
      source: 'hand',
      startedBy: 'anne',
      filters,
    };
    const result = await withRun(services, request, (context) =>
      what === 'prepare_access' ? prepareAccess(context) : fetchAccess(context),
    );
    const lines =
      result.outcome === 'ran'
        ? await database.transaction(ORGANISATION, (tx) =>
            listRunLines(tx, result.run.id, { afterId: 0, limit: 100 }),
          )
        : [];
    return { result, lines };
  }

  async function ask(code: string, performanceId: number | null = TONIGHT): Promise<object> {
    const house = { database: test.database, organisationId: ORGANISATION, clock: () => NOW };
    return (await checkAccess(house, { code, performanceId })).answer;
  }

  async function states(): Promise<Record<string, string>> {
    const rows = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query<{ code: string; said: string }>(
        `select code, state || '/' || source || '/' || coalesce(reason, '') || '/' || changed_at
           as said from access_code`,
      ),
    );
    return Object.fromEntries(rows.map((row) => [row.code, row.said]));
  }

  it('answers for every state', async () => {
    expect(await ask('VALID')).toEqual({ open: true, provisional: false });
    expect(await ask('CASE')).toEqual({ open: true, provisional: true });
    expect(await ask('OFFICE')).toMatchObject({ reason: 'see_box_office', detail: 'seat.sold' });
    expect(await ask('GONE')).toMatchObject({ reason: 'revoked', detail: 'cancellation' });
    expect(await ask('OLD')).toMatchObject({ reason: 'replaced' });
    expect(await ask('TEST')).toMatchObject({ reason: 'test' });
    expect(await ask('USED')).toMatchObject({ reason: 'used', detail: '2026-06-10T15:00:00.000Z' });
    expect(await ask('VALID', TOMORROW)).toMatchObject({ reason: 'other_performance' });
    expect(await ask('NOBODY')).toMatchObject({ open: false, reason: 'unknown' });
  });

  it('looks a code up by its key', async () => {
    // Of an empty table every index is as good as any other.
    await test.database.administration((tx) => tx.script(TICKETS));
    const scans = await test.database.transaction(ORGANISATION, async (tx) => {
      const asked: [string, readonly unknown[]][] = [];
      const watched = { ...tx, organisationId: tx.organisationId };
      watched.query = async <Row extends object>(text: string, params?: readonly unknown[]) => {
        asked.push([text, params ?? []]);
        return [] as Row[];
      };
      await findCode(watched, 'VALID');
      const [first] = asked;
      if (first === undefined) throw new Error('findCode asks once');
      return await explainScans(tx, first[0], first[1]);
    });
    expect(scans).toEqual([]);
  });

  it('asks for the lists of what begins soon, in the reseller’s words, and once', async () => {
    const { result, lines } = await run('prepare_access');
    expect(result).toMatchObject({ state: 'ok', counts: { prepared: 2 } });
    expect(prepared).toEqual(['MOSA02 2026-06-10T20:00 GAR', 'MOSA02 2026-06-11T20:00 GAR']);
    expect(lines.map((line) => line.code)).toEqual(['access.prepared', 'access.prepared']);
    const again = await run('prepare_access');
    expect(prepared).toHaveLength(2);
    expect(again.lines.map((line) => line.code)).toContain('access.not_ready');
  });

  it('waits while a list is not ready', async () => {
    const { result, lines } = await run('fetch_access', { performanceIds: [TONIGHT] });
    expect(result).toMatchObject({ state: 'ok' });
    expect(lines).toMatchObject([{ code: 'access.not_ready', params: { request: 'R1' } }]);
  });

  it('opens what has no sale, refuses what is cancelled, overrides no ticket', async () => {
    const before = await states();
    const list = [
      [entry('NEW1'), entry('NEW2'), entry('DEAD', 'cancelled'), entry('VALID')],
      [entry('SOLD', 'cancelled'), entry('CASE', 'cancelled'), entry('OTHER', 'cancelled')],
      [entry('GONE'), entry(''), entry('NEW1')],
    ];
    answers = {
      R1: { state: 'ready', entries: pages(...list) },
      R2: { state: 'failed', reason: 'pas de séance' },
    };
    const { result, lines } = await run('fetch_access');
    expect(lines).toMatchObject([
      { code: 'access.fetched', params: { codes: 10, added: 2, refused: 2 } },
      { code: 'access.differs', level: 'warning', params: { codes: 1 } },
      { code: 'external.list_failed', level: 'error', params: { reason: 'pas de séance' } },
    ]);
    expect(result).toMatchObject({ state: 'error', failure: null });
    const after = await states();
    const at = '2026-06-10 16:00:00+00';
    expect(after).toEqual({
      ...before,
      NEW1: `provisional/list/sale.missing/${at}`,
      NEW2: `provisional/list/sale.missing/${at}`,
      DEAD: `revoked/list/cancellation/${at}`,
      CASE: `revoked/case/cancellation/${at}`,
    });
    expect(await ask('NEW1')).toEqual({ open: true, provisional: true });
    expect(await ask('DEAD')).toMatchObject({ open: false, reason: 'revoked' });
    const nothing = await run('fetch_access');
    expect(nothing.lines.map((line) => line.code)).toEqual(['access.nothing']);
  });

  it('changes nothing when the same list comes again, and follows a newer one', async () => {
    const before = await states();
    const take = (...codes: [string, boolean][]) =>
      test.database.transaction(ORGANISATION, (tx) =>
        writeListedCodes(
          tx,
          {
            interfaceId: INTERFACE,
            performanceId: TONIGHT,
            productId: 43,
            at: new Date('2026-06-10T17:00:00Z'),
          },
          codes.map(([code, cancelled]) => ({ code, cancelled })),
        ),
      );
    const none = { added: 0, refused: 0, differing: 0 };
    expect(await take(['NEW1', false], ['DEAD', true], ['VALID', false])).toEqual(none);
    expect(await states()).toEqual(before);
    expect(await take(['NEW1', true], ['DEAD', false])).toEqual({ ...none, refused: 1 });
    const { NEW1, DEAD } = await states();
    expect([NEW1, DEAD]).toEqual([
      'revoked/list/cancellation/2026-06-10 17:00:00+00',
      'provisional/list/sale.missing/2026-06-10 17:00:00+00',
    ]);
  });

  it('keeps what came before a list broke off, and fetches it again', async () => {
    await run('prepare_access', { performanceIds: [TONIGHT, TOMORROW] });
    const broken = new ChannelError('external.truncated', 'cut', { params: {}, sent: true });
    async function* cut(): AsyncGenerator<readonly AccessEntry[]> {
      yield [entry('PART')];
      throw broken;
    }
    answers = {
      R3: { state: 'ready', entries: cut() },
      R4: { state: 'ready', entries: pages([entry('WHOLE')]) },
    };
    const first = await run('fetch_access');
    expect(first.result).toMatchObject({ state: 'error', failure: null });
    expect(await ask('PART')).toMatchObject({ open: true });
    expect(await ask('WHOLE', TOMORROW)).toMatchObject({ open: true });
    answers = { R3: { state: 'ready', entries: pages([entry('PART'), entry('REST')]) } };
    const second = await run('fetch_access');
    expect(second.lines).toMatchObject([
      { code: 'access.fetched', params: { codes: 2, added: 1, refused: 0 } },
    ]);
    const down = new ChannelError('external.unreachable', 'down', { params: {}, sent: false });
    await run('prepare_access', { performanceIds: [TONIGHT, TOMORROW] });
    answers = { R5: down, R6: down };
    const third = await run('fetch_access');
    expect(third.lines.map((line) => line.code)).toEqual(['external.unreachable']);
  });
});
