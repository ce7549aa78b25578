-- What operations need that come late or out of order (docs/algorithms/integrating.md).

-- Commission given back with a ticket: what is left of it goes back when all of the price has.
alter table ticket add column commission_refunded_minor bigint not null default 0;

-- Numbers that a ticket had before a duplicate got a number of its own: late operations name them.
create table ticket_former_number (
  organisation_id int not null,
  reseller_account_id bigint not null,
  number text not null,
  ticket_id bigint not null,
  primary key (organisation_id, reseller_account_id, number, ticket_id)
);
select guard_tenant_table('ticket_former_number', 'select, insert');

-- An exchange or a duplicate waits for the ticket that it replaces, and not for its own number.
alter table quarantine add column replaces text;
update quarantine q set replaces = m.content ->> 'replaces'
  from message m where m.organisation_id = q.organisation_id and m.id = q.message_id;
create index quarantine_by_replaced on quarantine (organisation_id, reseller_account_id, replaces)
  where settled_at is null and replaces is not null;

-- A place given back of a counter lets in who waited for one.
create index quarantine_by_counter on quarantine (organisation_id, counter_id, message_id)
  where settled_at is null and counter_id is not null;
