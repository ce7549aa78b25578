-- What a payment, an invoice or an adjustment settles of a reseller's statement. A document may be
-- divided among statements; taking a match back is a row that ends it.
create table statement_match (
  organisation_id int not null,
  id bigint not null,
  statement_id bigint not null,
  entry_id bigint not null,
  amount_minor bigint not null check (amount_minor <> 0),
  matched_at timestamptz not null,
  matched_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, statement_id) references reseller_statement (organisation_id, id),
  foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, id)
);

create unique index statement_match_once
  on statement_match (organisation_id, statement_id, entry_id)
  where undone_at is null;
create index statement_match_by_entry on statement_match (organisation_id, entry_id);
select guard_tenant_table('statement_match', 'select, insert, update');

-- The account is read by its months, the newest first, each in the order of its entries. The index
-- stands in for the one by month alone: a sale writes as many as before.
drop index ledger_by_account;
create index ledger_by_month on ledger_entry
  (organisation_id, pending_account_id, period, entered_at, id);
