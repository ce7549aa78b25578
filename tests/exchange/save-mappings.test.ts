import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_RULE } from '../../src/domain/mapping/place-rule.ts';
import type { MappingDraft } from '../../src/domain/mapping/plan-changes.ts';
import { planChanges } from '../../src/domain/mapping/plan-changes.ts';
import { readMappingQueue } from '../../src/exchange/mapping-queue.ts';
import type { SaveMappingsRequest } from '../../src/exchange/save-mappings.ts';
import { readAgain, saveMappings } from '../../src/exchange/save-mappings.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import {
  loadMappings,
  loadUnseen,
  lockMappings,
  recordUnseen,
  writeMappings,
} from '../../src/store/mapping-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { mosaMappings, SEASON_1, SEASON_2 } from '../support/mapping-catalogue.ts';
import { insertCases, insertMappingHouse, missing } from '../support/mapping-house.ts';
import { INTERFACE, ORGANISATION } from '../support/one-interface.ts';

const NOW = new Date('2026-03-02T09:30:00.000Z');

function draft(
  word: MappingDraft['word'],
  ours: string | null,
  external: readonly string[],
  seasonId: number | null = null,
): MappingDraft {
  return { id: null, word, seasonId, ours, external, notOurs: ours === null };
}

describeEachDatabase('mappings', (open, kind) => {
  let test: TestDatabase;
  let replayed: number[][];
  beforeAll(async () => {
    test = await open();
    await insertMappingHouse(test.database);
  });
  beforeEach(async () => {
    replayed = [];
    await inTransaction((tx) =>
      tx.script(`delete from mapping; delete from unseen_value; delete from quarantine;
        delete from message; delete from access_code`),
    );
  });

  const inTransaction = <T>(work: (tx: Tx) => Promise<T>) =>
    test.database.transaction(ORGANISATION, work);
  const services = () => ({
    database: test.database,
    ids: createIdSource(test.database),
    clock: () => NOW,
  });
  const replay = async (_: number, ids: readonly number[]) => {
    replayed.push([...ids]);
  };
  const where = { organisationId: ORGANISATION, interfaceId: INTERFACE };
  const save = (changes: SaveMappingsRequest['changes'], more: Partial<SaveMappingsRequest> = {}) =>
    saveMappings(services(), { ...where, changes, author: 'claire', ...more }, replay);
  const rows = () => inTransaction((tx) => loadMappings(tx, INTERFACE));
  const saveMosa = () =>
    save({ save: mosaMappings().map((row) => ({ ...row, id: null })), remove: [] });

  describe('saving', () => {
    it('keeps the table, says who, and makes exports look again', async () => {
      const versions = () =>
        inTransaction((tx) =>
          tx.query<{ catalogue: number; stock: number; exported: number }>(
            `select o.catalogue_version as catalogue, f.stock_version as stock,
               f.exported_version as exported
             from organisation o, offer f`,
          ),
        );
      const [before] = await versions();
      expect((await saveMosa()).outcome).toBe('saved');
      const [after] = await versions();
      expect(after).toEqual({
        catalogue: before!.catalogue + 1,
        stock: before!.stock + 1,
        exported: before!.exported,
      });
      const saved = await rows();
      expect(
        saved.map(({ word, ours, external, seasonId }) => [word, ours, external, seasonId]),
      ).toEqual(
        mosaMappings().map(({ word, ours, external, seasonId }) => [
          word,
          ours,
          external,
          seasonId,
        ]),
      );
      expect(new Set(saved.map((row) => `${row.changedBy} ${row.changedAt}`))).toEqual(
        new Set([`claire ${NOW.toISOString()}`]),
      );
    });

    it('changes, exchanges and deletes rows, and the journal tells before and after', async () => {
      await saveMosa();
      const [zone, normal, reduced, ...others] = await rows();
      const result = await save(
        {
          // Two rows exchange all that they say.
          save: [
            { ...normal!, ours: reduced!.ours, external: reduced!.external },
            { ...reduced!, ours: normal!.ours, external: normal!.external },
            { ...draft('row', '*', ['*']), rule: { ...NO_RULE, prefix: 'R' } },
          ],
          remove: [zone!.id],
        },
        { reason: 'new sheet from FNAC' },
      );
      expect(result.outcome).toBe('saved');
      const now = await rows();
      expect(now.map((row) => row.ours)).toEqual([
        'OccCont/FNAC_R',
        'OccCont/FNAC_P',
        ...others.map((row) => row.ours),
        '*',
      ]);
      expect(now.at(-1)?.rule).toEqual({ ...NO_RULE, prefix: 'R' });
      const journal = await inTransaction((tx) =>
        tx.query<Record<string, unknown>>(
          `select action, subject, author, reason, before ->> 'ours' as before,
             after ->> 'ours' as after, before -> 'external' as values
           from journal where reason = 'new sheet from FNAC' order by action, subject`,
        ),
      );
      expect(journal).toHaveLength(4);
      expect(journal).toContainEqual({
        action: 'mapping.deleted',
        subject: `interface:${INTERFACE}/mapping:${zone!.id}`,
        author: 'claire',
        reason: 'new sheet from FNAC',
        before: 'AUDI/AUDI',
        after: null,
        values: ['LIBRE', 'UNIQUE'],
      });
    });

    it('refuses all that is wrong and writes nothing', async () => {
      await saveMosa();
      const before = await rows();
      const result = await save({
        save: [
          draft('tariff', 'OccCom/CE', ['44'], SEASON_2),
          draft('product', 'ABO', ['X']),
          draft('contingent', 'FNAC', ['OK']),
        ],
        remove: [before[0]!.id],
      });
      expect(result).toMatchObject({
        outcome: 'refused',
        faults: [
          { code: 'mapping.value_claimed', params: { other: 'OccCont/FNAC_P' } },
          { code: 'mapping.product_kind', params: { kind: 'season_ticket' } },
        ],
      });
      expect(await rows()).toEqual(before);
    });

    it('lets only one of two clerks give a value away', async () => {
      await saveMosa();
      const database = await test.openAgain();
      const other = { database, ids: createIdSource(database), clock: () => NOW };
      let second: ReturnType<typeof save> | undefined;
      let ended = false;
      await inTransaction(async (tx) => {
        await lockMappings(tx, INTERFACE);
        const first = draft('tariff', 'OccCom/CE', ['70'], SEASON_2);
        const plan = planChanges(await loadMappings(tx, INTERFACE), { save: [first], remove: [] });
        const write = { interfaceId: INTERFACE, plan, at: NOW, author: 'marc', reason: null };
        await writeMappings(tx, services().ids, write);
        const changes: SaveMappingsRequest['changes'] = ({ rows: standing }) => ({
          save: standing
            .filter((row) => row.ours === 'OccCont/FNAC_R')
            .map((row) => ({ ...row, external: ['6', '70'] })),
          remove: [],
        });
        second = saveMappings(other, { ...where, changes, author: 'claire' }, replay).finally(
          () => {
            ended = true;
          },
        );
        // The embedded database lets the second wait for the whole transaction.
        for (let waiting = kind === 'pglite'; !waiting && !ended; ) {
          const [locks] = await tx.query<{ count: number }>(
            'select count(*) as count from pg_locks where not granted',
          );
          waiting = (locks?.count ?? 0) > 0;
        }
      });
      expect(await second).toMatchObject({
        outcome: 'refused',
        faults: [{ code: 'mapping.value_claimed', params: { other: 'OccCom/CE' } }],
      });
    });

    it('knows the rows and seats of the house', async () => {
      const known = [
        draft('row', 'STADE/NORD/A/AA', ['1']),
        draft('row', 'LOGES//B', ['2']),
        draft('row', 'BB', ['3']),
        draft('seat', 'A/AA/2', ['2 bis']),
        draft('seat', '64', ['64 bis']),
      ];
      expect(await save({ save: known, remove: [] })).toMatchObject({ outcome: 'saved' });
      const unknown = ['STADE/NORD/B/AA', 'SUD/A/AA', 'B', 'CC'].map((key) =>
        draft(key === 'B' ? 'seat' : 'row', key === 'B' ? 'A/AA/3' : key, [`x${key}`]),
      );
      const answer = await save({ save: unknown, remove: [] });
      expect(answer.outcome === 'refused' && answer.faults.map((one) => one.params.ours)).toEqual([
        'STADE/NORD/B/AA',
        'SUD/A/AA',
        'A/AA/3',
        'CC',
      ]);
    });

    it('foretells without writing', async () => {
      await inTransaction((tx) =>
        recordUnseen(
          tx,
          INTERFACE,
          [{ word: 'product', value: 'MOSA02', parent: '', example: {} }],
          NOW,
        ),
      );
      await insertCases(test.database, [{ id: 1, problems: [missing('product', 'MOSA02')] }]);
      const result = await save(
        { save: [draft('product', 'CHALK', ['MOSA02'], SEASON_2)], remove: [] },
        { foretell: true },
      );
      expect(result).toMatchObject({ outcome: 'foretold', freed: [1], covered: 1 });
      expect(await rows()).toEqual([]);
      expect(await inTransaction((tx) => loadUnseen(tx, INTERFACE))).toHaveLength(1);
      expect(replayed).toEqual([]);
    });
  });

  describe('the queue', () => {
    it('adds up batches and keeps the first example', async () => {
      const seen = (value: string, example: string, count?: number) => ({
        word: 'tariff' as const,
        value,
        parent: 'MOSA02',
        example: { ticket: example },
        ...(count === undefined ? {} : { count }),
      });
      const later = new Date('2026-03-03T00:00:00.000Z');
      await inTransaction((tx) =>
        recordUnseen(tx, INTERFACE, [seen('22', 'a'), seen('22', 'b'), seen('7', 'c')], later),
      );
      await inTransaction((tx) => recordUnseen(tx, INTERFACE, [seen('22', 'd', 40)], NOW));
      await inTransaction((tx) => recordUnseen(tx, INTERFACE, [], NOW));
      expect(await inTransaction((tx) => loadUnseen(tx, INTERFACE))).toEqual([
        {
          word: 'tariff',
          value: '22',
          parent: 'MOSA02',
          seenCount: 42,
          firstSeenAt: NOW.toISOString(),
          lastSeenAt: later.toISOString(),
          example: { ticket: 'a' },
        },
        expect.objectContaining({ value: '7', seenCount: 1 }),
      ]);
    });

    it('suggests, and empties when mappings cover its values', async () => {
      await saveMosa();
      const example = { ticket: '1' };
      await inTransaction((tx) =>
        recordUnseen(
          tx,
          INTERFACE,
          [
            { word: 'tariff', value: '16', parent: 'MOSA02', example },
            { word: 'seat_category', value: '30', parent: 'MATCH', example },
            { word: 'product', value: 'LOUVRE', parent: '', example },
          ],
          NOW,
        ),
      );
      const queue = await readMappingQueue(services(), where);
      expect(queue.find((entry) => entry.value === '16')?.suggestions[0]).toMatchObject({
        key: 'OccCont/FNAC_A',
        reason: 'numeric_neighbour',
        name: 'FNAC Adhérent',
      });
      const result = await save((table) => ({
        save: [
          ...table.rows
            .filter((row) => row.ours === 'OccCont/FNAC_A')
            .map((row) => ({ ...row, external: [...row.external, '16'] })),
          draft('product', null, ['LOUVRE']),
        ],
        remove: [],
      }));
      expect(result).toMatchObject({ outcome: 'saved', covered: 2 });
      const left = await inTransaction((tx) => loadUnseen(tx, INTERFACE));
      expect(left.map((entry) => entry.value)).toEqual(['30']);
    });
  });

  describe('what a change frees', () => {
    it('hands the cases that name its values over, after it is committed', async () => {
      await insertCases(test.database, [
        { id: 1, problems: [missing('tariff', '22'), missing('product', 'Z')] },
        { id: 2, problems: [missing('tariff', '23')] },
        { id: 3, problems: [missing('seat_category', '22')] },
        { id: 4, problems: [{ code: 'price.differs', params: {} }], class: 'business' },
        { id: 5, problems: [{ ...missing('tariff', '22'), code: 'mapping.ambiguous' }] },
      ]);
      let committed = 0;
      const result = await saveMappings(
        services(),
        {
          ...where,
          author: 'claire',
          changes: {
            save: [draft('tariff', 'OccCont/FNAC_A', ['15', '22'], SEASON_2)],
            remove: [],
          },
        },
        async (interfaceId, ids) => {
          committed = (await rows()).length;
          replayed.push([interfaceId, ...ids]);
        },
      );
      expect(result).toMatchObject({ freed: [1, 5], settledAsNotOurs: [] });
      expect(replayed).toEqual([[INTERFACE, 1, 5]]);
      expect(committed).toBe(1);
    });

    it('settles what is not ours, closes its codes and frees what waited behind it', async () => {
      await insertCases(test.database, [
        { id: 1, problems: [missing('product', 'LOUVRE')], barcode: 'CODE1' },
        { id: 2, problems: [{ code: 'blocked.behind', params: {} }], class: 'business', root: 1 },
        { id: 3, problems: [missing('product', 'MOSA02')], barcode: 'CODE3' },
      ]);
      const result = await save({ save: [draft('product', null, ['LOUVRE'])], remove: [] });
      expect(result).toMatchObject({ settledAsNotOurs: [1], freed: [2] });
      expect(replayed).toEqual([[2]]);
      const state = await inTransaction((tx) =>
        tx.query(
          `select q.message_id as id, q.way_out, q.settled_by, q.settled_at, m.state,
             (select c.state from access_code c where c.message_id = m.id) as code
           from quarantine q join message m on m.id = q.message_id order by 1`,
        ),
      );
      expect(state).toMatchObject([
        {
          id: 1,
          way_out: 'not_ours',
          settled_by: 'claire',
          settled_at: NOW.toISOString(),
          state: 'set_aside',
          code: 'revoked',
        },
        { id: 2, way_out: null, state: 'quarantined' },
        { id: 3, way_out: null, state: 'quarantined', code: 'provisional' },
      ]);
    });

    it('leaves what is not ours in one season only to the replay', async () => {
      await insertCases(test.database, [{ id: 1, problems: [missing('tariff', '44')] }]);
      const changes = { save: [draft('tariff', null, ['44'], SEASON_1)], remove: [] };
      expect(await save(changes)).toMatchObject({ settledAsNotOurs: [], freed: [1] });
    });

    it('offers to read again what is no longer marked', async () => {
      await insertCases(test.database, [
        { id: 1, problems: [missing('product', 'LOUVRE')] },
        { id: 2, problems: [missing('product', 'ORSAY')] },
      ]);
      await save({ save: [draft('product', null, ['LOUVRE', 'ORSAY'])], remove: [] });
      const result = await save((table) => ({
        save: table.rows.map((row) => ({ ...row, external: ['ORSAY'] })),
        remove: [],
      }));
      expect(result).toMatchObject({
        unmarked: { values: [{ word: 'product', value: 'LOUVRE' }], setAside: [1] },
        freed: [],
      });
      expect(await readAgain(services(), { ...where, messageIds: [1, 99] }, replay)).toEqual([1]);
      expect(replayed).toEqual([[1]]);
      const [open] = await inTransaction((tx) =>
        tx.query(
          `select q.settled_at, q.way_out, m.state from quarantine q
           join message m on m.id = q.message_id where m.id = 1`,
        ),
      );
      expect(open).toEqual({ settled_at: null, way_out: null, state: 'quarantined' });
    });
  });
});
