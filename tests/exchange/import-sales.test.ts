import { createHash } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { buyerOf } from '../../src/channels/fnac/simulator/lines.ts';
import type { FileToImport } from '../../src/exchange/import-sales.ts';
import { filesOfRun, readKeptFile } from '../../src/store/received-file-store.ts';
import { dumpAlike, dumpBooks } from '../support/books-dump.ts';
import {
  expectSameBooks,
  expectSoundBooks,
  ledgerOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { Ran } from '../support/books-world.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { readEveryTable } from '../support/find-texts.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { fileOf, fixtureBytes, importFile, writtenFile } from '../support/sales-files.ts';

const WITHOUT_CODES = ['a valid ticket whose code does not open'];

/** Sales that come as a file, by the same run and rules as those of the wire. */
describeEachDatabase('importing sales', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
  };
  const fixture = (name: string): FileToImport => fileOf(fixtureBytes(name), `${name}.csv`);
  const dump = () => dumpBooks(world.database, world.organisationId);
  const _errors = ({ lines }: Ran): string[] =>
    lines
      .filter(({ level }) => level === 'error')
      .map(({ code, keys }) => `${keys.position} ${code}`);

  it('an ordinary file becomes tickets, one of them ended; no line is an error', async () => {
    await enter();
    const ran = await importFile(world, fixture('ordinary'));
    expect(ran.counts).toEqual({ messages: 4, integrated: 3, cancelled: 1 });
    expect(ran.lines.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'warning import.no_codes',
      'info import.done',
    ]);
    expect(await readTickets(world)).toMatchObject([
      {
        number: '900000000001',
        state: 'cancelled',
        seat: 'ORCH/A/A/5',
        tariff: 'OccCont/FULL',
        bookedMinor: 4000,
        commissionMinor: 180,
        refundedMinor: 4000,
        lastName: 'DUPONT',
        firstName: 'Noëlle',
        barcode: null,
        order: '#900000000001',
        soldAt: '2027-01-05T09:15:00.000Z',
        cancelledAt: '2027-01-06T08:00:00.000Z',
      },
      { number: '900000000002', state: 'valid', seat: 'ORCH/A/A/6', bookedMinor: 3000 },
      { number: '900000000003', state: 'valid', counter: 'zone', bookedMinor: 2000 },
    ]);
    expect(await seatOf(world, 'A', '5')).toMatchObject({ state: 'free', ticket: null });
    expect(await seatOf(world, 'A', '6')).toMatchObject({ state: 'sold', ticket: '900000000002' });
    expect(await ledgerOf(world, '900000000002')).toEqual(['sale 3000', 'commission -180']);
    expect(ran.told.map(({ line, outcome, ticket }) => `${line} ${outcome} ${ticket}`)).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `${index + 1} none null`),
      '10 sale 900000000001',
      '11 sale 900000000002',
      '12 sale 900000000003',
      '13 cancellation 900000000001',
    ]);
    await expectSoundBooks(world, WITHOUT_CODES);
  });

  it('the same file again changes no row, nor does it in other pieces', async () => {
    await enter();
    await importFile(world, fixture('code-not-in-dictionary'));
    const before = await dump();
    for (const batch of [1, 3, 200]) {
      const again = await world.inBatchesOf(batch, () =>
        importFile(world, fixture('code-not-in-dictionary')),
      );
      expect(again.counts).toEqual({ messages: 4, alreadyKnown: 3, unreadable: 1 });
      expect(again.lines.map(({ code }) => code)).toContain('import.again');
      expect(await dump()).toEqual(before);
    }
  });

  it.each(['minute', 'second'] as const)(
    'told by the wire and then by a file to the %s, or the other way round, it is one ticket',
    async (precision) => {
      await enter();
      const [first, second] = world.sell({ count: 4, category: WORDS.seats, order: 'C-1' });
      world.switchboard.cancel({ ticket: second ?? '' });
      await world.integrate();
      const before = await dump();
      const byFile = await importFile(world, writtenFile(world, { precision }).file);
      expect(byFile.counts).toEqual({ messages: 5, alreadyKnown: 5 });
      const { received_file: kept, ...books } = await dump();
      const { received_file: none, ...former } = before;
      expect([kept?.length, none?.length]).toEqual([1, 0]);
      expect(books).toEqual(former);

      const [third] = world.sell({ count: 3, category: WORDS.seats, tariff: WORDS.reduced });
      const again = await importFile(world, writtenFile(world, { precision }).file);
      expect(again.counts).toEqual({ messages: 8, alreadyKnown: 5, integrated: 3 });
      expect(await ticketOf(world, third ?? '')).toMatchObject({ barcode: null });
      // The wire brings what the file left out: the codes that open the door.
      const byWire = await world.integrate();
      expect(byWire).toMatchObject({ state: 'ok', counts: { messages: 3, replaced: 3 } });
      expect(await readTickets(world)).toHaveLength(7);
      expect(await ticketOf(world, first ?? '')).toMatchObject({ order: 'C-1' });
      await expectSameBooks(world);
    },
  );

  it('what happens at the reseller in a day is the same books by both ways', async () => {
    await enter();
    const [kept = '', exchanged = '', duplicated = '', refunded = '', named = ''] = world.sell({
      count: 5,
      category: WORDS.seats,
    });
    const places = [placeOf('C', '9')];
    world.switchboard.exchange({ ticket: exchanged, place: places[0] as (typeof places)[0] });
    world.switchboard.duplicate({ ticket: duplicated });
    world.switchboard.refund({ ticket: refunded, amount: '10.00' });
    world.switchboard.changeName({ ticket: named, lastName: 'Neuve', firstName: 'Zoë' });
    world.switchboard.cancel({ ticket: kept, givenBack: '35.00' });
    await world.integrate();
    const { received_file: _, ...before } = await dump();
    const ran = await importFile(world, writtenFile(world).file);
    expect(ran.counts).toEqual({ messages: 8, alreadyKnown: 8 });
    const { received_file: __, ...after } = await dump();
    expect(after).toEqual(before);
  });

  it('a day that the file tells first: the wire adds codes and names, and no case', async () => {
    await enter();
    const [kept = '', exchanged = '', duplicated = '', named = ''] = world.sell({
      count: 4,
      category: WORDS.seats,
    });
    const place = placeOf('C', '9');
    const { ticket } = world.switchboard.exchange({ ticket: exchanged, place });
    world.switchboard.cancel({ ticket: kept });
    const file = await importFile(world, writtenFile(world).file);
    expect(file.counts).toEqual({ messages: 7, integrated: 5, cancelled: 2 });
    world.switchboard.duplicate({ ticket: duplicated });
    world.switchboard.changeName({ ticket: named, lastName: 'Neuve', firstName: 'Zoë' });
    expect((await world.integrate()).state).toBe('ok');
    expect(await readCases(world)).toEqual([]);
    await expectSoundBooks(world);
    const theirs = world.switchboard.state({ tickets: true }).tickets;
    const living = theirs.filter(({ state }) => state === 'living');
    const ours = (await readTickets(world)).filter(({ state }) => state === 'valid');
    expect(ours.map((one) => `${one.number} ${one.barcode} ${one.lastName}`).sort()).toEqual(
      living.map((one) => `${one.ticket} ${one.barcode} ${one.lastName}`).sort(),
    );
    expect(await seatOf(world, 'C', '9')).toMatchObject({ state: 'sold', ticket });
  });

  it('a corrected file takes the corrections only', async () => {
    await enter();
    await importFile(world, fixture('price-scientific'));
    const ran = await importFile(world, fixture('ordinary'));
    expect(ran.counts).toEqual({ messages: 4, alreadyKnown: 3, integrated: 1 });
    expect(await readTickets(world)).toHaveLength(3);
  });

  it('simulated, it tells what would be and writes nothing but its log', async () => {
    await enter();
    const before = await dump();
    // The cancellation's sale is in another batch, but for a simulation's.
    const ran = await world.inBatchesOf(1, () =>
      importFile(world, fixture('code-not-in-dictionary'), { simulation: true }),
    );
    expect(ran.counts).toEqual({ messages: 4, integrated: 2, cancelled: 1, unreadable: 1 });
    expect(ran.told.slice(9).map(({ outcome }) => outcome)).toEqual([
      'sale',
      'unreadable',
      'sale',
      'cancellation',
    ]);
    expect(await dump()).toEqual(before);
  });

  it('the file is kept once, redacted, with the digest of the original', async () => {
    await enter();
    const bytes = fixtureBytes('ordinary');
    const ran = await importFile(world, fixture('ordinary'));
    await importFile(world, fixture('ordinary'));
    const { organisationId } = world;
    const { kept, others, text } = await world.database.transaction(organisationId, async (tx) => {
      const [kept, ...others] = await filesOfRun(tx, ran.id);
      return { kept, others, text: (await readKeptFile(tx, kept?.id ?? 0)) ?? '' };
    });
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      name: 'ordinary.csv',
      digest: createHash('sha256').update(bytes).digest('hex'),
      byteCount: bytes.length,
      lineCount: 13,
    });
    expect(text.split('\r\n').map((line) => line.length)).toEqual(
      bytes
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    );
    expect(text).toContain(';V;05/01/2027 10:15;');
    expect(text).not.toMatch(/DUPONT|75011|FRANCE/);
    const [rows] = await world.query<{ count: number }>('select count(*) from received_file');
    expect(rows?.count).toBe(1);
  });

  it('no contact data is anywhere in the database, whatever was wrong with the lines', async () => {
    await enter();
    const tickets = world.sell({ count: 6, category: WORDS.seats });
    const written = writtenFile(world);
    const spoilt = written.bytes
      .toString('latin1')
      .replace(';40,00', ';4,4E1')
      .replace(/;A;6;/, ';A;6;;')
      .replace(/;FR;/, ';"FR;')
      .replace('V;', ';');
    await importFile(world, written.file);
    await importFile(world, fileOf(Buffer.from(spoilt, 'latin1'), 'spoilt.csv'));
    await importFile(world, fixture('contact-data-in-a-wrong-column'));
    await importFile(world, fixture('30-columns-more'));
    const everything = [...(await readEveryTable(world.database))]
      .map(([, content]) => content)
      .join('\n');
    const values = tickets.flatMap((ticket) => {
      const { courriel = '', telephone = '', codePostal = '' } = buyerOf(ticket);
      return [courriel, telephone, `;${codePostal};`, `"${codePostal}"`];
    });
    const fixtures = ['x@example.org', 'zoe@', '06 12', ';75011', ';69003', '"75011"', '"69003"'];
    expect([...values, ...fixtures].filter((value) => everything.includes(value))).toEqual([]);
    // The search finds what is kept.
    expect(everything).toContain(tickets[0]);
  });

  it('an undated pass is told by its product', async () => {
    await enter();
    const tickets = world.switchboard.sell({ product: WORDS.undated, count: 2 }).tickets;
    const { file } = writtenFile(world, { product: WORDS.undated, start: null });
    const productIds = [await world.house.idOf('product', 'OPEN')];
    const ran = await importFile(world, file, { filters: { productIds } });
    expect(ran.counts).toMatchObject({ messages: 2, integrated: 2 });
    expect(await ticketOf(world, tickets[0] ?? '')).toMatchObject({ product: 'OPEN' });
  });

  it('a file that changes while it is read is told, and not kept', async () => {
    await enter();
    let opened = 0;
    const growing: FileToImport = {
      name: 'growing.csv',
      async *open() {
        opened += 1;
        const whole = fixtureBytes('ordinary');
        yield opened === 1 ? whole.subarray(0, whole.length - 100) : whole;
      },
    };
    const ran = await importFile(world, growing);
    expect(ran.lines.map(({ code }) => code)).toContain('external.file_changed');
    expect((await dump()).received_file).toEqual([]);
  });

  it('broken off in the middle, it goes on by being imported again', async () => {
    await enter();
    world.sell({ count: 12, category: WORDS.seats });
    const { bytes, file } = writtenFile(world);
    let opened = 0;
    const breaking: FileToImport = {
      name: file.name,
      async *open() {
        opened += 1;
        const half = bytes.subarray(0, Math.floor(bytes.length * 0.6));
        if (opened === 1) yield bytes;
        else yield half;
        if (opened > 1) throw new Error('The disk was pulled out.');
      },
    };
    const broken = await world.inBatchesOf(2, () => importFile(world, breaking));
    expect(broken.failure?.code).toBe('technical.unexpected');
    const halfway = (await readTickets(world)).length;
    expect(halfway).toBeGreaterThan(2);
    expect(halfway).toBeLessThan(12);
    const ran = await importFile(world, file);
    expect(ran.counts).toEqual({ messages: 12, alreadyKnown: halfway, integrated: 12 - halfway });
    const reference = await BooksWorld.open(test.database, fnac, fnacBooks);
    try {
      reference.sell({ count: 12, category: WORDS.seats });
      await importFile(reference, writtenFile(reference).file);
      expect(await dumpAlike(world.database, world.organisationId)).toEqual(
        await dumpAlike(reference.database, reference.organisationId),
      );
    } finally {
      await reference.close();
    }
  });

  it('two at once: one waits for the other, and finds it all known', async () => {
    await enter();
    const file = fixture('ordinary');
    const both = await Promise.all([importFile(world, file), importFile(world, file)]);
    const counts = both.map((ran) => ran.counts);
    expect(counts).toContainEqual({ messages: 4, integrated: 3, cancelled: 1 });
    expect(counts).toContainEqual({ messages: 4, alreadyKnown: 4 });
    const codes = both.map(({ lines }) => lines.map(({ code }) => code).includes('run.waited'));
    expect(codes.sort()).toEqual([false, true]);
  });
});
