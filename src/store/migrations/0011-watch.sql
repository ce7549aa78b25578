-- The watch: what is news and when it was told, and the outbox of mails and hooks.

-- Serialises the ticks of an organisation: of two at once the second sees what the first told.
create table watch_mark (
  organisation_id int primary key references organisation,
  ticked_at timestamptz not null
);
select guard_tenant_table('watch_mark', 'select, insert, update');

create table news (
  organisation_id int not null,
  id bigint not null,
  kind text not null check (kind in (
    'run_error', 'new_roots', 'unseen_value', 'late_run', 'schedule_paused', 'ceiling')),
  -- What makes it the same news (domain/watch/news.ts).
  subject text not null,
  interface_ids bigint[] not null,
  -- { code, params, keys, run, count, messageId }: what a text needs, in no language.
  facts jsonb not null,
  -- Start of the next performance it touches.
  due_at timestamptz,
  opened_at timestamptz not null,
  first_told_at timestamptz,
  last_told_at timestamptz,
  times_told int not null default 0,
  closed_at timestamptz,
  primary key (organisation_id, id)
);
create unique index news_open on news (organisation_id, subject) where closed_at is null;
create index news_told on news (organisation_id, last_told_at);
select guard_tenant_table('news', 'select, insert, update, delete');

-- How a person wants to be told; without a row: at once, in the organisation's language.
create table news_preference (
  organisation_id int not null references organisation,
  email text not null,
  mode text not null check (mode in ('at_once', 'digest', 'off')),
  language text check (language in ('fr', 'en', 'de', 'it', 'es')),
  -- Local time of the organisation at which the digest leaves.
  digest_at time not null default '08:00',
  last_digest_at timestamptz,
  primary key (organisation_id, email)
);
select guard_tenant_table('news_preference', 'select, insert, update, delete');

create table hook (
  organisation_id int not null references organisation,
  id bigint not null,
  kind text not null check (kind in ('webhook', 'chat')),
  name text not null,
  -- What is shown of the address: in a chat hook the rest of it is a secret.
  host text not null,
  -- { url, secret }, encrypted (AES-256-GCM).
  sealed bytea not null,
  -- Kinds of news it wants; null: all.
  kinds text[],
  created_at timestamptz not null,
  created_by text not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);
select guard_tenant_table('hook', 'select, insert, update, delete');

-- Written in the transaction that marks the news as told; sent afterwards, retried, never lost.
create table outbox (
  organisation_id int not null,
  id bigint not null,
  kind text not null check (kind in ('mail', 'webhook', 'chat')),
  -- An address for mail, the hook's name else.
  recipient text not null,
  hook_id bigint,
  language text not null,
  content jsonb not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts int not null default 0,
  created_at timestamptz not null,
  -- Three days of retries count from here; a replay begins anew.
  begun_at timestamptz not null,
  next_at timestamptz not null,
  -- Whoever sends it holds it until then.
  claimed_until timestamptz,
  done_at timestamptz,
  primary key (organisation_id, id)
);
create index outbox_pending on outbox (organisation_id, next_at, id) where state = 'pending';
create index outbox_done on outbox (organisation_id, created_at) where state <> 'pending';
select guard_tenant_table('outbox', 'select, insert, update, delete');

create table delivery_attempt (
  organisation_id int not null,
  outbox_id bigint not null,
  attempt int not null,
  at timestamptz not null,
  duration_ms int not null,
  outcome text not null check (outcome in ('delivered', 'retry', 'refused')),
  -- The HTTP or SMTP status, where there was one.
  status int,
  detail text,
  primary key (organisation_id, outbox_id, attempt),
  foreign key (organisation_id, outbox_id) references outbox (organisation_id, id)
    on delete cascade
);
select guard_tenant_table('delivery_attempt', 'select, insert, delete');

-- The newest run of each function, and the runs and calls of the last day, are looked up often.
create index run_by_function on run (organisation_id, interface_id, function, id);
create index run_by_start on run (organisation_id, started_at);
create index wire_call_by_start on wire_call (organisation_id, started_at);
