-- Cases and their ways out, the account's statements, test tickets, kept files, and what the life
-- of a performance needs (design of the domain: cases, money, life of a performance).

-- What a person decided for a case stays on it until it is settled: the planner reads it, whoever
-- takes the case up again. `decided_way` is the way out's name in domain/cases.
alter table quarantine add column decision jsonb;
alter table quarantine add column decided_way text;
alter table quarantine add column decided_by text;
alter table quarantine add column decided_at timestamptz;
alter table quarantine add column report_id bigint;
-- The list of cases: roots first, tonight's performances before the others.
create index quarantine_by_due on quarantine (organisation_id, due_at, message_id)
  where settled_at is null and root_message_id is null;

-- One e-mail with an Excel to a reseller: the cases that were on its list when it was made.
create table reseller_report (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  made_at timestamptz not null,
  made_by text not null,
  item_count int not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, interface_id) references interface (organisation_id, id)
);
select guard_tenant_table('reseller_report', 'select, insert');

-- A name that is missing is accepted as it is, or asked of the reseller.
alter table ticket add column name_state text check (name_state in ('accepted', 'asked'));
-- The report to the reseller that asked for it; null: it is still on the list.
alter table ticket add column name_report_id bigint;
-- What is listed apart is few: these indexes cost nothing for the other tickets.
create index ticket_name_missing on ticket (organisation_id, interface_id, id)
  where name_missing and state = 'valid' and name_state is null;
create index ticket_name_asked on ticket (organisation_id, interface_id, id)
  where name_missing and state = 'valid' and name_state = 'asked';
create index ticket_overbooked on ticket (organisation_id, performance_id, id)
  where overbooked and state = 'valid';
create index ticket_to_be_refunded on ticket (organisation_id, performance_id, id)
  where to_be_refunded and state = 'valid';
create index ticket_test on ticket (organisation_id, product_id, id)
  where is_test and state = 'valid';
-- A counted place that several contingents could have given, and the reseller named none: whose
-- share it counts in is ours to say, and changes with what is given back.
alter table ticket add column any_share boolean not null default false;
create index ticket_any_share on ticket (organisation_id, counter_id, contingent_id, id)
  where any_share and state = 'valid';
-- Beyond what the reseller may sell by itself: the interface's rule has a maximum of them.
alter table ticket add column from_house_stock boolean not null default false;
create index ticket_from_house_stock on ticket (organisation_id, counter_id, interface_id)
  where from_house_stock and state = 'valid';

alter table operation drop constraint operation_kind_check;
alter table operation add constraint operation_kind_check check (kind in ('sale', 'cancellation',
  'refund', 'replacement', 'exchange', 'holder', 'reseat', 'test', 'correction', 'name'));

-- Test mode belongs to a product or to ticket numbers (exact, or a prefix ending in `*`), and ends
-- when sales open. A message is a test when its operation is before `ends_at`; null: not ended.
create table test_mode (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  product_id bigint,
  ticket text,
  started_at timestamptz not null,
  started_by text not null,
  ends_at timestamptz,
  ended_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, interface_id) references interface (organisation_id, id),
  foreign key (organisation_id, product_id) references product (organisation_id, id),
  check ((product_id is null) <> (ticket is null))
);
select guard_tenant_table('test_mode', 'select, insert, update');

-- The ceiling's last warning (0, 80 or 100 per cent), so that the same news comes once.
alter table pending_account add column warned_percent smallint not null default 0
  check (warned_percent in (0, 80, 100));

-- The balance beside the ledger: whoever writes entries moves it in the same transaction, under the
-- lock of the account's row (docs/algorithms/money.md). A ceiling reads it, never the sum.
alter table pending_account add column balance_minor bigint not null default 0;
update pending_account p set balance_minor = coalesce((
  select sum(amount_minor) from ledger_entry l
  where l.organisation_id = p.organisation_id and l.pending_account_id = p.id), 0);
-- A document is entered once. Entries of tickets have none and cost nothing here.
create unique index ledger_by_document
  on ledger_entry (organisation_id, pending_account_id, kind, document)
  where document is not null;
-- Which months are closed is history: nothing takes it back.
revoke update, delete on account_period from parterre_app;

-- A reseller's statement of a period, typed or imported; amounts in minor units.
create table reseller_statement (
  organisation_id int not null,
  id bigint not null,
  pending_account_id bigint not null,
  interface_id bigint not null,
  period text not null check (period ~ '^\d{4}-\d\d$'),
  document text not null,
  -- The document that this one corrects as a whole: that one does not count any more.
  replaces text,
  currency text not null,
  gross_minor bigint not null,
  commission_minor bigint not null,
  net_minor bigint not null,
  ticket_count int not null,
  entered_at timestamptz not null,
  author text not null,
  primary key (organisation_id, id),
  unique (organisation_id, pending_account_id, interface_id, period, document),
  foreign key (organisation_id, pending_account_id)
    references pending_account (organisation_id, id),
  foreign key (organisation_id, interface_id) references interface (organisation_id, id)
);
select guard_tenant_table('reseller_statement', 'select, insert');

create table reseller_statement_line (
  organisation_id int not null,
  statement_id bigint not null,
  line int not null,
  -- The reseller's ticket number, or null for a sum of the performance.
  ticket text,
  performance_id bigint,
  gross_minor bigint not null,
  commission_minor bigint not null,
  cleared_at timestamptz,
  primary key (organisation_id, statement_id, line),
  foreign key (organisation_id, statement_id) references reseller_statement (organisation_id, id)
);
select guard_tenant_table('reseller_statement_line', 'select, insert, update');

-- Which amount of a price each reseller was told: one that changed since is to be announced anew.
create table price_announcement (
  organisation_id int not null,
  interface_id bigint not null,
  price_id bigint not null,
  amount_minor bigint not null,
  announced_at timestamptz not null,
  announced_by text not null,
  primary key (organisation_id, interface_id, price_id),
  foreign key (organisation_id, interface_id) references interface (organisation_id, id),
  foreign key (organisation_id, price_id) references price (organisation_id, id) on delete cascade
);
select guard_tenant_table('price_announcement', 'select, insert, update, delete');

-- What is not refunded so many days after a cancellation shows in the reconciliation.
alter table interface add column refund_days int not null default 30 check (refund_days >= 0);

-- A file as it came, redacted in place and compressed, with the digest of the original.
create table received_file (
  organisation_id int not null,
  id bigint not null,
  interface_id bigint not null,
  run_id bigint not null,
  name text not null,
  digest text not null,
  byte_count bigint not null,
  line_count int not null,
  received_at timestamptz not null,
  content bytea,
  primary key (organisation_id, id)
);
create index received_file_by_run on received_file (organisation_id, run_id);
-- The same file again is kept once.
create unique index received_file_once on received_file (organisation_id, interface_id, digest);
select guard_tenant_table('received_file', 'select, insert, update');

-- A seat that the venue sells, holds or blocks for itself when the reseller gives it back: under
-- which reference, and as what.
alter table performance_seat add column wish_reference text;
alter table performance_seat add column wish_state text
  check (wish_state in ('sold', 'held', 'blocked'));
alter table performance_seat add check (wish is distinct from 'own_sale'
  or (wish_reference is not null and wish_state is not null));
-- What a reseller refused is listed and sent again by hand; the index holds few seats.
create index performance_seat_refused on performance_seat
  (organisation_id, performance_id, contingent_id, seat_id) where refused_at is not null;

-- What was done about one case, one performance, one account.
create index journal_by_subject on journal (organisation_id, subject, at);

-- What of an unreadable record was read after all tells when its reseller has corrected it; where
-- it stood in a file tells a person where to look.
alter table unreadable_record add column kind text;
alter table unreadable_record add column operation_number bigint;
alter table unreadable_record add column file text;
alter table unreadable_record add column line int;
alter table unreadable_record add column way_out text;
-- Few are open, however many there were.
create index unreadable_open on unreadable_record (organisation_id, reseller_account_id, id)
  where settled_at is null;
