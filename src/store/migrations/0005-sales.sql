-- What resellers report: messages, the orders and tickets made of them, money, cases, codes.

-- Every operation a reseller reported that is ours, in the reseller's words, contact data never
-- in it. One that could not be integrated has a row in quarantine.
create table message (
  organisation_id int not null,
  id bigint not null,
  reseller_account_id bigint not null,
  interface_id bigint not null,
  run_id bigint not null,
  kind text not null check (kind in (
    'sale', 'cancellation', 'refund', 'replacement', 'exchange', 'holder')),
  ticket text not null,
  operation_number bigint,
  operation_at timestamptz not null,
  state text not null check (state in ('integrated', 'quarantined', 'set_aside')),
  -- The canonical message.
  content jsonb not null,
  received_at timestamptz not null,
  primary key (organisation_id, id)
);
create index message_by_ticket on message (organisation_id, reseller_account_id, ticket, id);

-- A case: a message that could not be integrated, until someone or something settles it.
create table quarantine (
  organisation_id int not null,
  message_id bigint not null,
  reseller_account_id bigint not null,
  interface_id bigint not null,
  ticket text not null,
  class text not null check (class in ('mapping', 'external', 'technical', 'business')),
  -- All problems of the message at once: [{ code, params }].
  problems jsonb not null,
  -- The message this one waits for; null: it is a root.
  root_message_id bigint,
  -- As far as known: what it touches.
  product_id bigint,
  performance_id bigint,
  seat_id bigint,
  counter_id bigint,
  -- Start of the next performance it touches: tonight's cases come first.
  due_at timestamptz,
  opened_at timestamptz not null,
  run_id bigint not null,
  taken_by text,
  note text,
  reported_at timestamptz,
  settled_at timestamptz,
  settled_by text,
  -- The way out that settled it.
  way_out text,
  reason text,
  primary key (organisation_id, message_id)
);
create index quarantine_open on quarantine (organisation_id, interface_id, message_id)
  where settled_at is null;
create index quarantine_by_ticket on quarantine (organisation_id, reseller_account_id, ticket)
  where settled_at is null;
create index quarantine_by_seat on quarantine (organisation_id, performance_id, seat_id)
  where settled_at is null and seat_id is not null;
create index quarantine_by_root on quarantine (organisation_id, root_message_id)
  where settled_at is null and root_message_id is not null;

-- Records of a reseller that could not be read as a message at all: kept, redacted, until read.
create table unreadable_record (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  reseller_account_id bigint not null,
  run_id bigint not null,
  position text not null,
  ticket text,
  problems jsonb not null,
  fields jsonb not null,
  received_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  reason text,
  primary key (organisation_id, id),
  unique (organisation_id, reseller_account_id, position)
);

create table sale_order (
  organisation_id int not null,
  id bigint not null,
  reseller_account_id bigint not null,
  interface_id bigint not null,
  -- The reseller's order reference; a ticket without one is its own order.
  reference text not null,
  contact_id bigint not null,
  point_of_sale_id bigint not null,
  pending_account_id bigint not null,
  currency text not null,
  ordered_at timestamptz not null,
  run_id bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, reseller_account_id, reference)
);

create table ticket (
  organisation_id int not null,
  id bigint not null,
  sale_order_id bigint not null,
  reseller_account_id bigint not null,
  interface_id bigint not null,
  -- The reseller's number; with `generation` one living sale at most: the next generation exists
  -- only when the former is no longer valid.
  number text not null,
  generation int not null default 0,
  -- third_party: sold by a reseller, never printed by us, outside our series.
  kind text not null default 'third_party' check (kind in ('third_party', 'ours')),
  -- Our uninterrupted number, for tickets that we issue.
  series_number bigint,
  state text not null check (state in ('valid', 'cancelled', 'exchanged')),
  product_id bigint not null,
  performance_id bigint,
  seat_id bigint,
  -- The seat as the reseller sold it, when ours is another (re-seated).
  reseller_seat_id bigint,
  counter_id bigint,
  -- Day of a dated pass.
  day date,
  seat_category_id bigint,
  tariff_id bigint not null,
  contingent_id bigint,
  currency text not null,
  -- Paid by the spectator, ours for the same place and instant, and what was booked.
  price_minor bigint not null,
  our_price_minor bigint,
  booked_minor bigint not null,
  commission_minor bigint not null,
  commission_on_top boolean not null,
  net_due_minor bigint not null,
  vat_hundredths int not null,
  vat_minor bigint not null,
  commission_vat_minor bigint not null,
  refunded_minor bigint not null default 0,
  last_name text,
  first_name text,
  name_missing boolean not null default false,
  outlet text,
  barcode text,
  sold_at timestamptz not null,
  cancelled_at timestamptz,
  operation_number bigint,
  is_test boolean not null default false,
  -- Kept on a seat that another ticket holds, by a person's choice.
  overbooked boolean not null default false,
  -- Cancelled performance: the reseller refunds its buyers.
  to_be_refunded boolean not null default false,
  message_id bigint not null,
  run_id bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, reseller_account_id, number, generation)
) with (fillfactor = 90);
-- No foreign key to sale_order: one statement writes order and ticket, and the check's plan, made
-- while the table is young, may walk an index prefix for every ticket of the years to come.
-- Nobody sells a seat twice.
create unique index ticket_seat_once on ticket (organisation_id, performance_id, seat_id)
  where state = 'valid' and seat_id is not null and not overbooked;
create index ticket_by_order on ticket (organisation_id, sale_order_id);

-- Operations on tickets, appended and never changed: the fiscal trace.
create table operation (
  organisation_id int not null,
  id bigint not null,
  ticket_id bigint not null,
  kind text not null check (kind in (
    'sale', 'cancellation', 'refund', 'replacement', 'exchange', 'holder', 'reseat', 'test')),
  operation_number bigint,
  operation_at timestamptz not null,
  entered_at timestamptz not null,
  amount_minor bigint not null,
  commission_minor bigint not null,
  currency text not null,
  message_id bigint,
  run_id bigint,
  author text not null,
  detail jsonb,
  primary key (organisation_id, id)
);
create index operation_by_ticket on operation (organisation_id, ticket_id);

-- What the reseller owes (positive) and has paid or got back (negative). A balance is a sum.
create table ledger_entry (
  organisation_id int not null,
  id bigint not null,
  pending_account_id bigint not null,
  kind text not null check (kind in (
    'sale', 'refund', 'commission', 'payment', 'commission_invoice', 'adjustment')),
  amount_minor bigint not null,
  currency text not null,
  -- The period it counts in, `YYYY-MM`; late entries go to the open one.
  period text not null,
  late boolean not null default false,
  operation_at timestamptz not null,
  entered_at timestamptz not null,
  document text,
  author text not null,
  interface_id bigint,
  ticket_id bigint,
  performance_id bigint,
  run_id bigint,
  primary key (organisation_id, id)
);
create index ledger_by_account on ledger_entry (organisation_id, pending_account_id, period);
create index ledger_by_ticket on ledger_entry (organisation_id, ticket_id)
  where ticket_id is not null;

-- The codes that the door knows.
create table access_code (
  organisation_id int not null,
  code text not null,
  state text not null check (state in (
    'valid', 'provisional', 'revoked', 'replaced', 'see_box_office', 'test')),
  -- Why it is revoked or provisional: a problem code or an operation's kind.
  reason text,
  source text not null check (source in ('ticket', 'case', 'list')),
  interface_id bigint not null,
  product_id bigint,
  performance_id bigint,
  day date,
  ticket_id bigint,
  message_id bigint,
  changed_at timestamptz not null,
  used_at timestamptz,
  primary key (organisation_id, code)
) with (fillfactor = 90);
create index access_code_by_ticket on access_code (organisation_id, ticket_id)
  where ticket_id is not null;
create index access_code_by_message on access_code (organisation_id, message_id)
  where message_id is not null;
create index access_code_of_lists on access_code (organisation_id, performance_id)
  where source = 'list';

-- A list asked from the reseller (prepare), until it is fetched.
create table access_list_request (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  performance_id bigint not null,
  request text not null,
  state text not null check (state in ('in_progress', 'fetched', 'failed')),
  asked_at timestamptz not null,
  fetched_at timestamptz,
  entry_count int,
  reason text,
  primary key (organisation_id, id)
);

-- Tickets that we issue take an uninterrupted number per organisation.
create table ticket_series (
  organisation_id int not null,
  next_number bigint not null default 1,
  primary key (organisation_id)
);

select guard_tenant_table(name, 'select, insert, update, delete') from unnest(array[
  'message', 'quarantine', 'unreadable_record', 'sale_order', 'ticket', 'access_code',
  'access_list_request', 'ticket_series']) as name;
select guard_tenant_table(name, 'select, insert') from unnest(array[
  'operation', 'ledger_entry']) as name;
