-- When each secret of an interface was set, by field: told in place of the secret itself. A field
-- without an instant was set before this was kept.
alter table interface add column secrets_set_at jsonb not null default '{}';
