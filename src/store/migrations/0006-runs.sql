-- The log: run -> line -> wire call; the cursors of imports; what reconciliations found; the
-- journal of what people changed.

create sequence run_number;
grant usage, select on sequence run_number to parterre_app;

create table run (
  organisation_id int not null,
  id bigint not null,
  -- What people call it on the phone.
  number bigint not null,
  interface_id bigint not null,
  reseller_account_id bigint not null,
  function text not null check (function in (
    'export', 'take_back', 'integrate', 'prepare_access', 'fetch_access', 'reconcile', 'replay',
    'test_connection')),
  source text not null check (source in ('schedule', 'hand', 'replay', 'start_up')),
  state text not null check (state in ('running', 'ok', 'warning', 'error', 'cancelled')),
  -- Raised when another worker takes the run up: an attempt that sleeps cannot commit.
  attempt int not null default 1,
  schedule_id bigint,
  filters jsonb not null default '{}',
  simulation boolean not null default false,
  started_by text not null,
  counts jsonb not null default '{}',
  progress jsonb not null default '{}',
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);
create index run_by_interface on run (organisation_id, interface_id, id);

create table run_line (
  organisation_id int not null,
  id bigint not null,
  run_id bigint not null,
  level text not null check (level in ('info', 'warning', 'error')),
  at timestamptz not null,
  -- A problem's code, or an event's (`export.sent`); its class only for problems.
  code text not null,
  class text check (class in ('mapping', 'external', 'technical', 'business')),
  params jsonb not null default '{}',
  -- Business keys: ticket, order, seat, performance, product.
  keys jsonb not null default '{}',
  message_id bigint,
  wire_call_id bigint,
  -- How many times the same line was met (only the first ones are kept with their keys).
  times bigint not null default 1,
  primary key (organisation_id, id)
);
create index run_line_by_run on run_line (organisation_id, run_id, id);

create table wire_call (
  organisation_id int not null,
  id bigint not null,
  run_id bigint,
  interface_id bigint not null,
  operation text not null,
  method text not null,
  url text not null,
  started_at timestamptz not null,
  duration_ms int not null,
  status int,
  outcome text not null,
  request_bytes bigint not null,
  response_bytes bigint not null,
  request_digest text,
  response_digest text,
  -- Redacted and compressed (gzip).
  request bytea,
  response bytea,
  fault jsonb,
  primary key (organisation_id, id)
);
create index wire_call_by_run on wire_call (organisation_id, run_id, id);

-- How far an account's sales are read. Commits in the transaction of the records it covers.
create table import_cursor (
  organisation_id int not null,
  interface_id bigint not null,
  function text not null,
  -- '' or a product filter's key: a filtered run has a cursor of its own.
  scope text not null default '',
  cursor text,
  run_id bigint,
  changed_at timestamptz not null,
  primary key (organisation_id, interface_id, function, scope)
);

create table reconciliation (
  organisation_id int not null,
  id bigint not null,
  run_id bigint not null,
  interface_id bigint not null,
  performance_id bigint,
  product_id bigint not null,
  at timestamptz not null,
  seats_compared int not null,
  tickets_compared int not null,
  primary key (organisation_id, id)
);

create table reconciliation_line (
  organisation_id int not null,
  id bigint not null,
  reconciliation_id bigint not null,
  subject text not null check (subject in ('seat', 'ticket', 'count')),
  kind text not null check (kind in ('missing_here', 'missing_there', 'different')),
  seat_id bigint,
  counter_id bigint,
  ticket text,
  ours jsonb,
  theirs jsonb,
  -- Why, as far as known, and what would settle it (codes; texts are in runs/).
  cause text not null,
  cure text not null,
  message_id bigint,
  settled_at timestamptz,
  primary key (organisation_id, id)
);
create index reconciliation_line_by_parent
  on reconciliation_line (organisation_id, reconciliation_id, id);

-- Who changed what: before, after, when.
create table journal (
  organisation_id int not null,
  id bigint not null,
  at timestamptz not null,
  author text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  primary key (organisation_id, id)
);

select guard_tenant_table(name, 'select, insert, update, delete') from unnest(array[
  'run', 'run_line', 'wire_call', 'import_cursor', 'reconciliation',
  'reconciliation_line']) as name;
select guard_tenant_table('journal', 'select, insert');
