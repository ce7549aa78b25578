import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Database } from '../../../src/store/database/database.ts';
import type { BooksWorld } from '../../support/books-world.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';
import type { BooksCase } from './case.ts';
import { pulls } from './case.ts';
import { everyKind } from './flow-cases.ts';

/** Nothing that names a buyer's mail, phone or address is kept, whatever happened on the way. */

/** Kept where names belong: what the search must be able to find. */
const WITNESS = 'Zébulon-Témoin';

/** Every text of the database, table by table; what is compressed or binary is opened. */
async function readEverything(database: Database): Promise<Map<string, string>> {
  return database.administration(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
       from information_schema.tables
       where table_type = 'BASE TABLE'
         and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found = new Map<string, string>();
    for (const { name } of tables) {
      const rows = await tx.query<Record<string, unknown>>(`select * from ${name}`);
      found.set(name, rows.map((row) => Object.values(row).map(textOf).join('\n')).join('\n'));
    }
    return found;
  });
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (packed ? gunzipSync(bytes) : bytes).toString('utf8');
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A night with everything in it: cases, lines that cannot be read, answers that break. */
async function wildNight(world: BooksWorld): Promise<void> {
  const { switchboard, settings } = world;
  const messages = everyKind(world);
  world.sellSeat('C', '1', { names: [{ lastName: WITNESS, firstName: 'Zoé' }] });
  world.sellSeat('C', '2', { tariff: '99', price: '40.00' });
  world.sellSeat('C', '3', { price: '41.00' });
  world.sell({ places: [placeOf('Q', '1')], category: WORDS.seats, force: true });
  const broken = world.sellSeat('C', '4');
  expect(broken).not.toBe('');
  switchboard.rewrite({ sequence: messages + 5, fields: settings.badField });
  for (const failure of ['truncate', 'charset', 'dtd', 'entities', 'html'] as const) {
    switchboard.failNext({ service: settings.services.sales, failure });
    expect((await world.integrate()).state).toBe('error');
  }
  const ran = await world.integrate();
  expect(ran.counts).toMatchObject({ messages: expect.any(Number), quarantined: 3, unreadable: 1 });
}

export const PRIVACY_CASES: readonly BooksCase[] = [
  {
    name: 'privacy.contact-data: of a buyer is nowhere in the database, nor in its files',
    needs: pulls,
    async run(kit) {
      const world = await kit.open();
      await wildNight(world);
      const tickets = world.switchboard.state().tickets.map(({ ticket }) => ticket);
      const values = [...new Set(tickets.flatMap((one) => world.settings.contactData(one)))];
      expect(values.length).toBeGreaterThan(20);
      const everything = await readEverything(world.database);
      const holding = (value: string): string[] =>
        [...everything].filter(([, text]) => text.includes(value)).map(([table]) => table);
      // The search finds what is kept: a name in its two places, a ticket also on the wire.
      expect(holding(WITNESS).sort()).toEqual(['public.message', 'public.ticket']);
      expect(holding(tickets.at(-1) ?? '')).toContain('public.wire_call');
      expect(values.flatMap((value) => holding(value).map((table) => [table, value]))).toEqual([]);
      const { dataFolder } = kit.test.options as { dataFolder?: string };
      if (dataFolder === undefined) return;
      expect(filesWith(dataFolder, [WITNESS])).not.toEqual([]);
      expect(filesWith(dataFolder, values)).toEqual([]);
    },
  },
];

function filesWith(folder: string, values: readonly string[]): string[] {
  const wanted = values.map((value) => Buffer.from(value));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return wanted.some((value) => bytes.includes(value));
    });
}
