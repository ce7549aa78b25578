import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import type { PostgresServer } from '../../../tests/support/postgres-server.ts';
import {
  installedBinaries,
  PROJECT_FOLDER,
  startPostgres,
  VOLATILE_SETTINGS,
} from '../../../tests/support/postgres-server.ts';
import { volatileParent } from '../../../tests/support/temporary-folder.ts';
import type { Database } from './database.ts';
import { describeTables } from './describe-tables.ts';
import { dumpSchema } from './dump-schema.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

// One object of every kind that the dump knows, in words of our own.
const OBJECTS = `
  create type colour as enum ('red', 'it''s');
  create domain percent as int check (value between 0 and 100);
  create table dumped (
    organisation_id int not null,
    id bigint generated always as identity,
    share percent default 50,
    shade colour,
    doubled int generated always as (organisation_id * 2) stored,
    label text collate "C" not null default 'a',
    price numeric(10, 2),
    primary key (organisation_id, id),
    constraint label_is_short check (length(label) < 10)
  );
  create table pointing (
    id int unique, organisation_id int, dumped_id bigint,
    foreign key (organisation_id, dumped_id) references dumped on delete cascade
  );
  create index dumped_by_label on dumped (organisation_id, lower(label)) where id > 5;
  create view dumped_labels as select label from dumped where shade = 'red';
  create function touch() returns trigger language plpgsql as
    'begin return new; end';
  create trigger touched before update on dumped for each row execute function touch();
  select guard_tenant_table('dumped', 'select, update');
  alter table dumped force row level security;`;

const sectionOf = (dump: string, head: string): string[] =>
  dump
    .split('\n\n')
    .find((section) => section.startsWith(head))
    ?.trimEnd()
    .split('\n') ?? [];

async function expectDumpOfObjects(database: Database): Promise<void> {
  await database.administration((tx) => tx.script(OBJECTS));
  const dump = await dumpSchema(database);
  expect(sectionOf(dump, 'type colour')).toEqual([`type colour enum ('red', 'it''s')`]);
  expect(sectionOf(dump, 'domain percent')).toEqual([
    'domain percent integer CHECK (((VALUE >= 0) AND (VALUE <= 100)))',
  ]);
  const tenant =
    "( SELECT (current_setting('parterre.organisation_id'::text, true))::integer" +
    ' AS current_setting)';
  expect(sectionOf(dump, 'table dumped ')).toEqual([
    'table dumped with row security, forced',
    '  organisation_id integer not null',
    '  id bigint not null generated always as identity',
    '  share percent default 50',
    '  shade colour',
    '  doubled integer generated always as ((organisation_id * 2)) stored',
    `  label text collate "C" not null default 'a'::text`,
    '  price numeric(10,2)',
    '  constraint dumped_pkey PRIMARY KEY (organisation_id, id)',
    '  constraint label_is_short CHECK ((length(label) < 10))',
    '  CREATE INDEX dumped_by_label ON public.dumped USING btree ' +
      '(organisation_id, lower(label)) WHERE (id > 5)',
    `  policy tenant permissive for all to parterre_app using (organisation_id = ${tenant})`,
    '  CREATE TRIGGER touched BEFORE UPDATE ON public.dumped FOR EACH ROW ' +
      'EXECUTE FUNCTION touch()',
    '  grant select, update to parterre_app',
  ]);
  expect(sectionOf(dump, 'table pointing')).toContain(
    '  constraint pointing_organisation_id_dumped_id_fkey FOREIGN KEY ' +
      '(organisation_id, dumped_id) REFERENCES dumped(organisation_id, id) ON DELETE CASCADE',
  );
  expect(sectionOf(dump, 'view dumped_labels').slice(0, 2)).toEqual([
    'view dumped_labels',
    '  label text collate "C"',
  ]);
  expect(dump).toContain('CREATE OR REPLACE FUNCTION public.touch()');
  expect(dump).toContain('sequence id_block as bigint start 1000 increment 1000');
}

function expectCommitted(file: string, text: string): void {
  // Without its first line, which says who wrote it.
  const committed = readFileSync(join(PROJECT_FOLDER, file), 'utf8');
  expect(text.split('\n')).toEqual(committed.split('\n').slice(-text.split('\n').length));
}

describeEachDatabase('the schema dump', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  it('is what is committed, with the types of the tables', async () => {
    expectCommitted('src/store/schema.sql', await dumpSchema(test.database));
    expectCommitted('src/store/database/tables.ts', await describeTables(test.database));
  });

  it('says everything about every kind of object', () => expectDumpOfObjects(test.database));

  it('gives every table of a tenant row security and a policy', async () => {
    const bare = await test.database.administration((tx) =>
      tx.query(
        `select c.relname::text as name from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
           and c.relname not in ('pointing')
           and (not c.relrowsecurity
                or not exists (select from pg_policy p where p.polrelid = c.oid))`,
      ),
    );
    expect(bare).toEqual([]);
  });
});

const oldest = installedBinaries(15);

// PostgreSQL 15 comes from the system only; npm brings 18.
describe.runIf(oldest !== null)('the schema on PostgreSQL 15, the oldest we serve', () => {
  let server: PostgresServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres({
      settings: VOLATILE_SETTINGS,
      binaries: oldest ?? '',
      parent: volatileParent(),
    });
    database = await openDatabase({ url: server.url });
    await migrate(database, { at: '2026-01-01T00:00:00.000Z' });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  it('is the same as on the others', async () => {
    const [version] = await database.administration((tx) =>
      tx.query<{ major: number }>(
        `select current_setting('server_version_num')::int / 10000 as major`,
      ),
    );
    expect(version?.major).toBe(15);
    expectCommitted('src/store/schema.sql', await dumpSchema(database));
    expectCommitted('src/store/database/tables.ts', await describeTables(database));
  });

  it('says everything about every kind of object', () => expectDumpOfObjects(database));
});
