-- The stock: every seat of every performance, every counter, what each reseller holds of them,
-- and the movements that brought it there. Rules: docs/algorithms/stock.md.

create table performance_seat (
  organisation_id int not null,
  performance_id bigint not null,
  seat_id bigint not null,
  seat_category_id bigint not null,
  -- At most one contingent; null: goes to no reseller (closed by default).
  contingent_id bigint,
  state text not null default 'free' check (state in ('free', 'sold', 'held', 'blocked')),
  -- The interface whose reseller holds the seat (or sold it): set when accepted in an export,
  -- cleared when withdrawn. The allotment is: interface_id set and state free.
  interface_id bigint,
  -- Under which category and contingent the reseller got it.
  sent_category_id bigint,
  sent_contingent_id bigint,
  -- A wish stands until the reseller gives the seat back: then the target applies.
  wish text check (wish in ('contingent', 'block', 'take_back', 'own_sale')),
  wish_contingent_id bigint,
  wish_by text,
  wish_at timestamptz,
  -- Refused by the reseller: not sent again until something of it changes.
  refused_at timestamptz,
  refused_reason text,
  -- The living ticket on it, or the venue's own reference.
  ticket_id bigint,
  own_reference text,
  -- What waits to be sent (1), taken back (2) or both; derived, so that no writer can forget it.
  pending smallint not null generated always as (
    case
      when state <> 'free' then 0
      when interface_id is null then
        case when contingent_id is not null and refused_at is null then 1 else 0 end
      when wish is not null then 2
      when seat_category_id is distinct from sent_category_id
        or contingent_id is distinct from sent_contingent_id then
        case when contingent_id is null then 2 else 3 end
      else 0
    end) stored,
  primary key (organisation_id, performance_id, seat_id),
  check ((state = 'sold') = (ticket_id is not null or own_reference is not null)
    or state in ('held', 'blocked')),
  check (wish is null or interface_id is not null)
) with (fillfactor = 80);

-- The cost of an export follows what waits, not the house.
create index performance_seat_pending
  on performance_seat (organisation_id, performance_id, contingent_id, seat_id)
  where pending <> 0;

-- What is counted and not numbered: a zone of a performance, a day or slot of a dated pass, an
-- undated pass.
create table counter (
  organisation_id int not null,
  id bigint not null,
  kind text not null check (kind in ('zone', 'day', 'pass')),
  product_id bigint not null,
  performance_id bigint,
  zone_id bigint,
  seat_category_id bigint,
  day date,
  -- Local times of a slot of that day.
  slot_starts time,
  slot_ends time,
  -- null: unlimited (an undated pass without a quota).
  capacity int check (capacity >= 0),
  sold int not null default 0 check (sold >= 0),
  held int not null default 0 check (held >= 0),
  blocked int not null default 0 check (blocked >= 0),
  primary key (organisation_id, id),
  unique nulls not distinct
    (organisation_id, product_id, performance_id, zone_id, day, slot_starts),
  foreign key (organisation_id, product_id) references product,
  foreign key (organisation_id, performance_id) references performance,
  foreign key (organisation_id, zone_id) references zone
) with (fillfactor = 70);
create index counter_by_performance on counter (organisation_id, performance_id);

-- The share of a counter that a contingent has; together they never exceed its capacity.
create table contingent_quota (
  organisation_id int not null,
  counter_id bigint not null,
  contingent_id bigint not null,
  quota int not null check (quota >= 0),
  -- Unsold places the reseller holds (handed over, neither taken back nor sold).
  interface_id bigint,
  allotted int not null default 0 check (allotted >= 0),
  sold int not null default 0 check (sold >= 0),
  held int not null default 0 check (held >= 0),
  -- Asked back by a person, beyond what the quota itself asks back.
  wish_take_back int not null default 0 check (wish_take_back >= 0),
  wish_by text,
  wish_at timestamptz,
  refused_at timestamptz,
  refused_reason text,
  primary key (organisation_id, counter_id, contingent_id),
  foreign key (organisation_id, counter_id) references counter,
  foreign key (organisation_id, contingent_id) references contingent
) with (fillfactor = 70);

-- The venue's own sales, holds and blocks of counted places, with the venue's reference.
create table own_claim (
  organisation_id int not null,
  id bigint not null,
  counter_id bigint not null,
  contingent_id bigint,
  kind text not null check (kind in ('sold', 'held', 'blocked')),
  quantity int not null check (quantity > 0),
  reference text not null,
  made_at timestamptz not null,
  freed_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, counter_id, reference, kind),
  foreign key (organisation_id, counter_id) references counter
);

-- What an interface offers of a performance: one row, with the version of its stock and the
-- version that the last export reached. An export with nothing to change reads only this.
create table offer (
  organisation_id int not null,
  interface_id bigint not null,
  performance_id bigint not null,
  stock_version bigint not null default 1,
  exported_version bigint not null default 0,
  exported_at timestamptz,
  primary key (organisation_id, interface_id, performance_id),
  foreign key (organisation_id, interface_id) references interface,
  foreign key (organisation_id, performance_id) references performance
) with (fillfactor = 70);
create index offer_to_export on offer (organisation_id, interface_id, performance_id)
  where stock_version > exported_version;

-- Stock is never edited without a trace: appended, never changed.
create table movement (
  organisation_id int not null,
  id bigint not null,
  kind text not null check (kind in (
    'allotted', 'taken_back', 'sold', 'cancelled', 'held', 'released', 'blocked', 'unblocked',
    'moved', 'adopted', 'lapsed')),
  performance_id bigint,
  counter_id bigint,
  seat_id bigint,
  contingent_id bigint,
  interface_id bigint,
  ticket_id bigint,
  quantity int not null,
  run_id bigint,
  at timestamptz not null,
  primary key (organisation_id, id)
);

-- A command to a reseller is stored before it leaves; `unknown` forbids a blind repeat.
create table command (
  organisation_id int not null,
  id bigint not null,
  reference text not null,
  interface_id bigint not null,
  performance_id bigint not null,
  contingent_id bigint not null,
  action text not null check (action in ('add', 'withdraw')),
  state text not null check (state in ('stored', 'done', 'refused', 'unknown', 'never_arrived')),
  run_id bigint not null,
  item_count int not null,
  -- The performance in the reseller's words, as sent.
  sent jsonb not null,
  stored_at timestamptz not null,
  answered_at timestamptz,
  reason text,
  primary key (organisation_id, id),
  unique (organisation_id, reference)
);
create index command_open on command (organisation_id, interface_id, performance_id)
  where state in ('stored', 'unknown');

create table command_item (
  organisation_id int not null,
  command_id bigint not null,
  key int not null,
  seat_id bigint,
  counter_id bigint,
  seat_category_id bigint,
  quantity int not null,
  result text check (result in (
    'accepted', 'already-there', 'withdrawn', 'sold', 'not-there', 'refused')),
  result_quantity int,
  reason text,
  primary key (organisation_id, command_id, key)
);

select guard_tenant_table(name, 'select, insert, update, delete') from unnest(array[
  'performance_seat', 'counter', 'contingent_quota', 'own_claim', 'offer', 'command',
  'command_item']) as name;
select guard_tenant_table('movement', 'select, insert');
