-- Who sells, where and from when; who pays; the interfaces to the resellers.

create table sales_channel (
  organisation_id int not null references organisation,
  id bigint not null,
  code text not null,
  name text not null,
  -- External: works on contingents. Internal: real time, on live stock.
  kind text not null check (kind in ('external', 'internal')),
  accepts_third_party boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

-- When a product (or one performance of it) is on sale on a sales channel.
create table on_sale_window (
  organisation_id int not null,
  id bigint not null,
  sales_channel_id bigint not null,
  product_id bigint not null,
  performance_id bigint,
  opens_at timestamptz not null,
  closes_at timestamptz,
  primary key (organisation_id, id),
  unique nulls not distinct
    (organisation_id, sales_channel_id, product_id, performance_id, opens_at),
  foreign key (organisation_id, sales_channel_id) references sales_channel,
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, performance_id) references performance
);

create table point_of_sale (
  organisation_id int not null,
  id bigint not null,
  sales_channel_id bigint not null,
  code text not null,
  name text not null,
  accepts_pending_account boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, sales_channel_id) references sales_channel
);

create table contact (
  organisation_id int not null references organisation,
  id bigint not null,
  code text not null,
  name text not null,
  -- Whether this contact may pay by pending account.
  pending_account_authorised boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table pending_account (
  organisation_id int not null,
  id bigint not null,
  contact_id bigint not null,
  code text not null,
  currency text not null,
  ceiling_minor bigint check (ceiling_minor >= 0),
  -- Part of the ceiling already reserved in blocks by writers (docs/algorithms/locking.md).
  reserved_minor bigint not null default 0,
  state text not null default 'open' check (state in ('open', 'closed')),
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, contact_id) references contact
);

-- A period without a row is open.
create table account_period (
  organisation_id int not null,
  pending_account_id bigint not null,
  -- `YYYY-MM`.
  period text not null check (period ~ '^\d{4}-\d\d$'),
  closed_at timestamptz,
  closed_by text,
  primary key (organisation_id, pending_account_id, period),
  foreign key (organisation_id, pending_account_id) references pending_account
);

-- A contingent may serve a channel; an external one is reserved to one.
create table contingent (
  organisation_id int not null references organisation,
  id bigint not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('internal', 'external')),
  colour text,
  -- Which special seats leave in an export.
  sends_wheelchair boolean not null default false,
  sends_restricted_view boolean not null default false,
  sends_house_seats boolean not null default false,
  primary key (organisation_id, id),
  unique (organisation_id, code)
);

create table contingent_channel (
  organisation_id int not null,
  contingent_id bigint not null,
  sales_channel_id bigint not null,
  primary key (organisation_id, contingent_id, sales_channel_id),
  foreign key (organisation_id, contingent_id) references contingent,
  foreign key (organisation_id, sales_channel_id) references sales_channel
);

-- What one account at a reseller has sold is taken once, whichever interface brings it; runs on
-- one account exclude one another by the lease (a row, never a session lock).
create table reseller_account (
  organisation_id int not null references organisation,
  id bigint not null,
  -- The channel's folder name, and what names the account there (FNAC: the manager code).
  channel text not null,
  account text not null,
  -- Sales before this instant make no ledger entry (a house adopted in mid-season).
  opened_at timestamptz,
  lease_run_id bigint,
  lease_attempt int not null default 0,
  lease_until timestamptz,
  -- host:pid:start of the holder: a dead one on this host is known at once.
  lease_holder text,
  primary key (organisation_id, id),
  unique (organisation_id, channel, account)
);

create table interface (
  organisation_id int not null,
  id bigint not null,
  code text not null,
  -- Name by language; French always.
  names jsonb not null,
  reseller text not null,
  channel text not null,
  reseller_account_id bigint not null,
  sales_channel_id bigint not null,
  point_of_sale_id bigint,
  contact_id bigint,
  pending_account_id bigint,
  currency text not null,
  time_zone text not null,
  price_policy text not null default 'error' check (price_policy in ('error', 'ours', 'reseller')),
  price_tolerance_minor bigint not null default 0 check (price_tolerance_minor >= 0),
  price_grace_hours int not null default 24 check (price_grace_hours >= 0),
  -- Whether the reseller's price contains its commission.
  price_includes_commission boolean not null default true,
  commission_vat_hundredths int not null default 2000,
  -- Whether a full pending account stops a sale that the reseller already made.
  ceiling_blocks boolean not null default false,
  -- Most places beyond a count that are drawn from house stock without a person.
  house_stock_maximum int not null default 0,
  status text not null default 'hidden' check (status in ('visible', 'hidden', 'archived')),
  notified_emails text[] not null default '{}',
  -- People at the reseller: name, mail, phone; remedies name them.
  people jsonb not null default '[]',
  -- The channel's settings without its secrets, which are encrypted (AES-256-GCM).
  config jsonb not null,
  secrets bytea,
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, reseller_account_id) references reseller_account,
  foreign key (organisation_id, sales_channel_id) references sales_channel,
  foreign key (organisation_id, point_of_sale_id) references point_of_sale,
  foreign key (organisation_id, contact_id) references contact,
  foreign key (organisation_id, pending_account_id) references pending_account
);

-- Products whose sales this interface takes; none: all of its account.
create table interface_product (
  organisation_id int not null,
  interface_id bigint not null,
  product_id bigint not null,
  primary key (organisation_id, interface_id, product_id),
  foreign key (organisation_id, interface_id) references interface,
  foreign key (organisation_id, product_id) references product
);

create table commission (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  product_id bigint,
  tariff_id bigint,
  kind text not null check (kind in ('amount', 'percent')),
  -- Minor units, or hundredths of a percent.
  value bigint not null check (value >= 0),
  valid_from timestamptz not null,
  on_top boolean not null default false,
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, interface_id, product_id, tariff_id, valid_from),
  foreign key (organisation_id, interface_id) references interface,
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, tariff_id) references tariff
);

-- Ours <-> theirs. `word` is the reseller's vocabulary that the value belongs to: events,
-- competitions and passes share one (FNAC: manifestation).
create table mapping (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  word text not null check (word in (
    'product', 'performance', 'tariff', 'seat_category', 'block',
    'logical_configuration', 'contingent', 'row', 'seat')),
  -- null: every season.
  season_id bigint,
  -- `Parent/Code` or `Code`; null for a value that is not ours.
  ours text,
  -- The alternatives, the first is sent; written with bars on screen: 0|44.
  external text[] not null check (cardinality(external) > 0),
  not_ours boolean not null default false,
  -- Rows and seats: rules per block (prefix, leading zeros, letter case).
  rule jsonb,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  unique nulls not distinct
    (organisation_id, interface_id, word, season_id, ours, not_ours, external),
  check (not_ours = (ours is null)),
  foreign key (organisation_id, interface_id) references interface,
  foreign key (organisation_id, season_id) references season
);

-- Values seen without a mapping.
create table unseen_value (
  organisation_id int not null,
  interface_id bigint not null,
  word text not null,
  value text not null,
  -- The reseller's product that it came with: a customer category may differ by event.
  parent text not null default '',
  seen_count bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  example jsonb not null,
  primary key (organisation_id, interface_id, word, value, parent),
  foreign key (organisation_id, interface_id) references interface
);

create table schedule (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  function text not null check (function in (
    'export', 'take_back', 'integrate', 'prepare_access', 'fetch_access', 'reconcile')),
  name text not null,
  -- { kind: 'hours' | 'days' | 'at' | 'cron' | 'manual', … }
  timing jsonb not null,
  active boolean not null,
  first_at timestamptz,
  next_at timestamptz,
  last_planned_at timestamptz,
  -- Products and performances it is limited to.
  filters jsonb not null default '{}',
  -- Serves one run and clears itself.
  from_date timestamptz,
  failures int not null default 0,
  paused_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, interface_id, name),
  foreign key (organisation_id, interface_id) references interface
);

-- Putting a product on sale: each step with date and author.
create table sale_step (
  organisation_id int not null,
  interface_id bigint not null,
  product_id bigint not null,
  step text not null check (step in (
    'form_sent', 'mappings_received', 'seats_sent', 'test_tickets', 'open')),
  done_at timestamptz not null,
  done_by text not null,
  primary key (organisation_id, interface_id, product_id, step),
  foreign key (organisation_id, interface_id) references interface,
  foreign key (organisation_id, product_id) references product
);

select guard_tenant_table(name, 'select, insert, update, delete') from unnest(array[
  'sales_channel', 'on_sale_window', 'point_of_sale', 'contact', 'pending_account',
  'account_period', 'contingent', 'contingent_channel', 'reseller_account', 'interface',
  'interface_product', 'commission', 'mapping', 'unseen_value', 'schedule', 'sale_step']) as name;
