-- Writes that came over the API with an Idempotency-Key: who asked what, and the answer, for a day.
create table api_request (
  organisation_id int not null references organisation (id),
  -- The person or key, and the method with the path of the route.
  caller text not null,
  route text not null,
  key text not null,
  -- SHA-256 of the address and the body.
  digest text not null,
  -- Which of several requests holds the key now.
  claim text not null,
  state text not null check (state in ('running', 'done')),
  status int,
  content_type text,
  -- Null of a running one, and of an answer that may not be kept.
  body text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, caller, route, key)
);
create index api_request_expired on api_request (organisation_id, expires_at);
select guard_tenant_table('api_request', 'select, insert, update, delete');
