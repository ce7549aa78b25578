import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { blockCode } from '../../src/exchange/access-lists/block-code.ts';
import type { DoorListRequest } from '../../src/exchange/access-lists/read-door-list.ts';
import { readDoorList } from '../../src/exchange/access-lists/read-door-list.ts';
import { checkAccess } from '../../src/exchange/check-access.ts';
import { markTests } from '../../src/exchange/test-tickets/mark-tests.ts';
import { codeOf, ticketOf } from '../support/books-view.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

describeEachDatabase('the door’s files', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {});
  };
  const listOf = async (list: 'white' | 'black', of?: DoorListRequest['of']) => {
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const { organisationId } = world;
    const request = { organisationId, list, of: of ?? { performanceId } };
    const answer = await readDoorList(world.services, request);
    if (answer.outcome !== 'list') return answer;
    const lines: string[] = [];
    for await (const page of answer.lines) lines.push(...page);
    return { lines: lines.sort(), unwritable: answer.unwritable };
  };
  const block = (code: string, how: 'stolen' | 'technical' | null) => {
    const { organisationId, services } = world;
    return blockCode(services, {
      organisationId,
      code,
      block: how,
      author: 'claire',
      reason: 'vol',
    });
  };
  const codesOf = async (tickets: readonly string[]) => {
    const codes: string[] = [];
    for (const ticket of tickets) codes.push((await ticketOf(world, ticket)).barcode ?? '?');
    return codes;
  };
  const places = (...seats: string[]) =>
    seats.map((seat) => ({ block: WORDS.block, row: 'B', seat }));

  it('white has what opens, tests as specimens; black what was closed, and why', async () => {
    await enter();
    const tickets = world.sell({ places: places('1', '2', '3', '4', '5') });
    const [reduced = ''] = world.sell({ places: places('6'), tariff: WORDS.reduced });
    await world.integrate();
    const [open1, cancelled, tested, stolen, doubled] = tickets as [
      string,
      string,
      string,
      string,
      string,
    ];
    const [c1, c2, c3, c4, c5, c6] = await codesOf([...tickets, reduced]);
    world.switchboard.cancel({ ticket: cancelled });
    world.switchboard.duplicate({ ticket: doubled });
    await world.integrate();
    const [duplicate] = await codesOf([doubled]);
    const { organisationId, interfaceId } = world;
    const by = { organisationId, interfaceId, author: 'claire', reason: 'essai' };
    await markTests(world.services, { ...by, tickets: [tested], isTest: true });
    expect(await block(c4 ?? '', 'stolen')).toEqual({ outcome: 'blocked', state: 'revoked' });
    expect(open1).toBeDefined();
    expect(stolen).toBeDefined();
    const end = '2027-02-02 05:59:59;P1;';
    expect(await listOf('white')).toEqual({
      lines: [
        `${c1};S1;SHOW;0;FALSE;FALSE;${end}`,
        `${c3};S1;SHOW;0;FALSE;TRUE;${end}`,
        `${duplicate};S1;SHOW;0;FALSE;FALSE;${end}`,
        `${c6};S1;SHOW;0;TRUE;FALSE;${end}`,
      ].sort(),
      unwritable: [],
    });
    const black = await listOf('black');
    if (!('lines' in black)) throw new Error(black.outcome);
    const shown = black.lines.map((line) => line.split(';').slice(0, 4).join(';'));
    expect(shown).toEqual(
      [`${c2};CANCELLED;S1;SHOW`, `${c4};STOLEN;S1;SHOW`, `${c5};CANCELLED;S1;SHOW`].sort(),
    );
    for (const line of black.lines) {
      expect(line).toMatch(/^[^;]+;[A-Z]+;S1;SHOW;2027-01-1\d \d\d:\d\d:\d\d$/);
    }
    // In pages of two the lists are the same.
    expect(await world.inBatchesOf(2, () => listOf('black'))).toEqual(black);
  });

  it('a pass is listed by its days', async () => {
    await enter();
    const [first = ''] = world.sell({
      product: WORDS.dated,
      start: '2027-02-01',
      category: WORDS.pass,
      count: 1,
    });
    const [second = ''] = world.sell({
      product: WORDS.dated,
      start: '2027-02-02',
      category: WORDS.pass,
      count: 1,
    });
    await world.integrate();
    const [c1, c2] = await codesOf([first, second]);
    const productId = await world.house.idOf('product', 'DAY');
    expect(await listOf('white', { productId, day: '2027-02-02' })).toMatchObject({
      lines: [`${c2};S1;DAY;0;FALSE;FALSE;2027-02-03 05:59:59;;`],
    });
    const all = await listOf('white', { productId, day: null });
    expect('lines' in all ? all.lines.map((line) => line.split(';')[0]) : []).toEqual(
      [c1, c2].sort(),
    );
    const show = await world.house.idOf('product', 'SHOW');
    expect(await listOf('white', { productId: show, day: null })).toEqual({
      outcome: 'not_a_pass',
      product: 'SHOW',
    });
  });

  it('a code that would break the file is told and not written', async () => {
    await enter();
    const [ticket = ''] = world.sell({ places: places('1') });
    await world.integrate();
    const [code = ''] = await codesOf([ticket]);
    for (const odd of ['1;2', '=1+1', '1\n2']) {
      await world.query(
        `insert into access_code (organisation_id, code, state, source, interface_id, product_id,
           performance_id, changed_at)
         select organisation_id, $2, 'valid', 'list', interface_id, product_id, performance_id,
           changed_at
         from access_code where code = $1`,
        [code, odd],
      );
    }
    const answer = await listOf('white');
    if (!('lines' in answer)) throw new Error(answer.outcome);
    expect(answer.lines).toHaveLength(1);
    expect(answer.unwritable.sort()).toEqual(['1\n2', '1;2', '=1+1']);
  });

  it('a blocked code stays blocked, whatever comes; unblocked, it follows its ticket', async () => {
    await enter();
    const [one = '', two = ''] = world.sell({ places: places('1', '2') });
    await world.integrate();
    const [c1 = '', c2 = ''] = await codesOf([one, two]);
    expect(await block(c1, 'stolen')).toEqual({ outcome: 'blocked', state: 'revoked' });
    expect(await block(c1, 'stolen')).toEqual({ outcome: 'unchanged', state: 'revoked' });
    expect(await block(c1, 'technical')).toMatchObject({ outcome: 'blocked' });
    expect(await block('unheard of', 'stolen')).toEqual({ outcome: 'unknown' });
    expect(await block(c2, null)).toEqual({ outcome: 'unchanged', state: 'valid' });
    const door = { ...world.services, organisationId: world.organisationId };
    const { answer } = await checkAccess(door, { code: c1, performanceId: null });
    expect(answer).toEqual({ open: false, reason: 'revoked', detail: 'blocked.technical' });
    world.switchboard.changeName({ ticket: one, lastName: 'Martin', firstName: 'Ada' });
    await world.integrate();
    expect(await codeOf(world, c1)).toMatchObject({ reason: 'blocked.technical' });
    expect(await block(c1, null)).toEqual({ outcome: 'unblocked', state: 'valid' });
    await block(c1, 'stolen');
    world.switchboard.cancel({ ticket: one });
    await world.integrate();
    expect(await codeOf(world, c1)).toMatchObject({ state: 'revoked', reason: 'blocked.stolen' });
    expect(await block(c1, null)).toEqual({ outcome: 'unblocked', state: 'revoked' });
    const rows = await world.query<{ action: string; reason: string }>(
      `select action, reason from journal where action like 'access.%' order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'access.blocked',
      'access.blocked',
      'access.unblocked',
      'access.blocked',
      'access.unblocked',
    ]);
  });
});
