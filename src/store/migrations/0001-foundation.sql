-- The tenant, the ids, the role that every tenant transaction takes, and the versions by which
-- caches know that they are old.

do $$
begin
  if not exists (select from pg_roles where rolname = 'parterre_app') then
    create role parterre_app nologin nobypassrls;
  end if;
exception
  -- Roles belong to the cluster: another database may have created it in the same instant.
  when duplicate_object or unique_violation then null;
end
$$;

-- One nextval hands out a block of 1,000 ids: the ids of a batch cost one call.
create sequence id_block increment by 1000 minvalue 1000 start with 1000;

create table organisation (
  id int primary key,
  code text not null unique,
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  -- A business day ends at this local time.
  business_day_ends_at time not null default '06:00',
  language text not null default 'fr' check (language in ('fr', 'en', 'de', 'it', 'es')),
  -- Raised by every change of inventory, prices, mappings or interfaces: readers compare it.
  catalogue_version bigint not null default 1,
  created_at timestamptz not null
);

alter table organisation enable row level security;
create policy tenant on organisation to parterre_app
  using (id = (select current_setting('parterre.organisation_id', true)::int));
grant select, update on organisation to parterre_app;
grant usage, select on sequence id_block to parterre_app;

-- Gives a tenant table its policy and its grants. `rights` is what the application may do:
-- append-only tables get 'select, insert'.
create function guard_tenant_table(table_name text, rights text) returns void
language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format(
    'create policy tenant on %I to parterre_app using '
    || '(organisation_id = (select current_setting(''parterre.organisation_id'', true)::int))',
    table_name);
  execute format('grant %s on %I to parterre_app', rights, table_name);
end
$$;
