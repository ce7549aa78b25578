-- A run that is asked for says whether it only tries out: the worker that takes it up must know.
alter table run_request add column simulation boolean not null default false;

-- Which news a person wants; null: all.
alter table news_preference add column kinds text[];

-- The journal is read the newest first, whatever it is about.
create index journal_by_time on journal (organisation_id, at, id);
