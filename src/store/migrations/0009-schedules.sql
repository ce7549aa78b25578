-- What a schedule does when its runs fail again and again, and what was wrong last.
alter table schedule add column warn_after int not null default 3 check (warn_after > 0);
alter table schedule add column pause_after int not null default 6 check (pause_after > 0);
alter table schedule add column last_problem jsonb;
-- Raised by every change of a person: two who edit at once notice.
alter table schedule add column version int not null default 1;
create index schedule_due on schedule (organisation_id, next_at) where active;

-- Runs that were asked for, by a schedule that is due or by a person. A row is written with the
-- planning of the next time, in one transaction, so nothing that is due can be lost; the queue
-- only wakes the workers. It ends when its run has ended, so what a dead worker left is taken up.
create table run_request (
  organisation_id int not null,
  id bigint not null,
  reseller_account_id bigint not null,
  interface_id bigint not null,
  schedule_id bigint,
  function text not null check (function in (
    'export', 'take_back', 'integrate', 'prepare_access', 'fetch_access', 'reconcile', 'replay',
    'test_connection')),
  source text not null check (source in ('schedule', 'hand', 'replay', 'start_up')),
  filters jsonb not null default '{}',
  started_by text not null,
  -- When it should start.
  due_at timestamptz not null,
  asked_at timestamptz not null,
  -- The last run that was begun for it.
  run_id bigint,
  ended_at timestamptz,
  outcome text check (outcome in ('ran', 'refused', 'withdrawn')),
  primary key (organisation_id, id),
  check ((ended_at is null) = (outcome is null))
);
create index run_request_open on run_request (organisation_id, reseller_account_id, id)
  where ended_at is null;
create index run_request_ended on run_request (organisation_id, ended_at)
  where ended_at is not null;
create index run_by_schedule on run (organisation_id, schedule_id, id)
  where schedule_id is not null;
create index run_running on run (organisation_id, started_at) where ended_at is null;
select guard_tenant_table('run_request', 'select, insert, update, delete');
