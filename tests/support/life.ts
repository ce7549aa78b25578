/** The verbs on a performance's life as tests of the books call them. */
import type { LifeRequest, LifeServices } from '../../src/exchange/performance/life-transaction.ts';
import type { BooksWorld } from './books-world.ts';

/** An instant after every operation that a simulator dates by its own clock. */
export const AFTER = '2027-01-10T12:00:00.000Z';

export function lifeServices(world: BooksWorld, at = AFTER): LifeServices {
  return { database: world.database, ids: world.house.ids, clock: () => new Date(at) };
}

export async function lifeRequest(
  world: BooksWorld,
  change: Partial<LifeRequest> = {},
): Promise<LifeRequest> {
  return {
    organisationId: world.organisationId,
    performanceId: await world.house.performanceId('SHOW', 'P1'),
    by: 'anna',
    reason: 'la chaudière',
    ...change,
  };
}

export interface JournalView {
  action: string;
  subject: string;
  author: string;
  reason: string | null;
}

/** What people did to performances, oldest first. */
export function journalOf(world: BooksWorld): Promise<JournalView[]> {
  return world.query<JournalView>(
    `select action, subject, author, reason from journal
     where action like 'performance.%' order by id`,
  );
}

/** State and instants of the first performance, and the version that caches compare. */
export async function lifeOf(world: BooksWorld): Promise<{
  state: string;
  start: string;
  cancelledAt: string | null;
  closedAt: string | null;
  version: number;
}> {
  const [row] = await world.query<{
    state: string;
    start: string;
    cancelledAt: string | null;
    closedAt: string | null;
    version: number;
  }>(
    `select p.state, p.local_start as start, p.cancelled_at as "cancelledAt",
            p.closed_at as "closedAt", o.catalogue_version as version
     from performance p join product d on d.id = p.product_id and d.code = 'SHOW'
     join organisation o on o.id = p.organisation_id
     where p.code = 'P1'`,
  );
  if (row === undefined) throw new Error('The small house has SHOW/P1.');
  return row;
}

/** Everything that a verb may write, as text: equal texts are equal books. */
export async function bookmark(world: BooksWorld): Promise<string> {
  const tables = [
    'performance',
    'performance_alias',
    'performance_seat',
    'contingent_quota',
    'counter',
    'ticket',
    'access_code',
    'operation',
    'movement',
    'ledger_entry',
    'offer',
    'journal',
    'quarantine',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      world.query<{ rows: string }>(
        `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows from ${table} t`,
      ),
    ),
  );
  return rows.map(([row], index) => `${tables[index]}\n${row?.rows}`).join('\n\n');
}
