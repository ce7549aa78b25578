import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { writeJournal } from '../../src/store/journal-store.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** The journal over the API: found by who, what, of what and when; page by page. */
describeEachDatabase('the journal over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  const at = (minute: number) => new Date(Date.UTC(2027, 5, 1, 12, minute));

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, { exported: false });
    app = await openApi(world.services);
    call = callAs(app, world.organisationId);
    // Ids of two processes: they rise in each, and say nothing about which came first.
    const entries = [
      { id: 9_000_002, at: at(1), author: 'zoe@house', subject: 'schedule 12', n: 1 },
      { id: 9_000_001, at: at(2), author: 'zoe@house', subject: 'schedule 123', n: 2 },
      { id: 9_000_004, at: at(2), author: 'key:till', subject: 'schedule 12', n: 3 },
      { id: 9_000_003, at: at(3), author: 'zoe@house', subject: 'scheduler x', n: 4 },
    ];
    await world.database.transaction(world.organisationId, (tx) =>
      writeJournal(
        tx,
        entries.map(({ n, ...entry }) => ({
          ...entry,
          action: 'tested.line',
          before: { n: n - 1 },
          after: { n },
          reason: `no. ${n}`,
        })),
      ),
    );
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  async function found(query: string): Promise<number[]> {
    const { body } = await call('GET', `/journal?action=tested&${query}`);
    return body.items.map((one: { after: { n: number } }) => one.after.n);
  }

  it('shows a line in full, with the id of its object', async () => {
    const { body } = await call('GET', '/journal?author=key:till');
    expect(body.items).toEqual([
      {
        id: 'jrn_9000004',
        at: at(2).toISOString(),
        author: 'key:till',
        action: 'tested.line',
        subject: 'schedule 12',
        object: 'sch_12',
        before: { n: 2 },
        after: { n: 3 },
        reason: 'no. 3',
      },
    ]);
  });

  it('goes by instant, then by id, whoever wrote', async () => {
    expect(await found('')).toEqual([4, 3, 2, 1]);
  });

  it('is filtered by who, what, of what, and when', async () => {
    expect(await found('author=zoe@house')).toEqual([4, 2, 1]);
    expect(await found('subject=schedule')).toEqual([3, 2, 1]);
    expect(await found('subject=schedule%2012')).toEqual([3, 1]);
    expect(await found(`from=${at(2).toISOString()}`)).toEqual([4, 3, 2]);
    expect(await found(`to=${at(2).toISOString()}`)).toEqual([1]);
    expect((await call('GET', '/journal?action=tested.line')).body.items).toHaveLength(4);
    expect((await call('GET', '/journal?action=teste')).body.items).toEqual([]);
    // An underscore is no joker.
    expect(await found('subject=schedul_')).toEqual([]);
  });

  it('pages without losing or repeating a line, while more are written', async () => {
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const { body } = await call('GET', `/journal?action=tested&limit=1${after}`);
      seen.push(...body.items.map((one: { after: { n: number } }) => one.after.n));
      next = body.next;
      await call('POST', '/hooks', { name: `h${seen.length}`, url: 'https://h.example/' });
    }
    expect(seen).toEqual([4, 3, 2, 1]);
    const forged = Buffer.from('{"at":"now","id":1}').toString('base64url');
    expect((await call('GET', `/journal?after=${forged}`)).status).toBe(400);
  });

  it('has each change of a schedule with what was before and after', async () => {
    const path = `/interfaces/ifc_${world.interfaceId}/schedules`;
    const body = { name: 'Nightly', function: 'export', timing: { kind: 'at', time: '02:30' } };
    const made = await call('POST', path, { ...body, reason: 'Asked by Zoe' });
    const { id } = made.body;
    await call('PATCH', `/schedules/${id}`, { active: true });
    await call('DELETE', `/schedules/${id}`);
    const subject = `schedule%20${String(id).slice(4)}`;
    const { body: told } = await call('GET', `/journal?subject=${subject}`);
    expect(told.items).toMatchObject([
      { action: 'schedule.removed', object: id, before: { active: true }, after: null },
      { action: 'schedule.changed', before: { active: false }, after: { active: true } },
      { action: 'schedule.created', before: null, after: { name: 'Nightly' } },
    ]);
    expect(told.items[2]).toMatchObject({ author: 'manager@house', reason: 'Asked by Zoe' });
  });
});
