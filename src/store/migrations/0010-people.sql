-- People, their sessions and second factors (the sign-in library's tables, under our names),
-- what they may do in which organisation, API keys, and the counters of failures and requests
-- that several servers share.
--
-- A person signs in before an organisation is known, so the first five tables have no tenant and
-- the application's role has no right on them: only the login role reads and writes them.

create table person (
  id text primary key,
  name text not null,
  -- In lower case, as the sign-in library looks it up.
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  two_factor_enabled boolean
);

create table person_session (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  person_id text not null references person (id) on delete cascade
);
create index person_session_by_person on person_session (person_id);

-- A way to sign in: provider `credential` holds a salted hash of the password.
create table person_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  person_id text not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index person_account_by_person on person_account (person_id);

-- One-time links and half-finished sign-ins; the identifier is kept as a digest.
create table person_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index person_verification_by_identifier on person_verification (identifier);

-- Secret and backup codes are encrypted with a key that is not in the database.
create table person_two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  person_id text not null references person (id) on delete cascade,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
create index person_two_factor_by_secret on person_two_factor (secret);
create index person_two_factor_by_person on person_two_factor (person_id);

create table membership (
  organisation_id int not null references organisation (id),
  person_id text not null references person (id) on delete cascade,
  role text not null check (role in (
    'administrator', 'manager', 'box_office', 'steward', 'auditor')),
  created_at timestamptz not null,
  created_by text not null,
  primary key (organisation_id, person_id)
);
create index membership_by_person on membership (person_id);

create table api_key (
  organisation_id int not null references organisation (id),
  id bigint not null,
  name text not null,
  -- SHA-256 of the key, in hex. The key has 256 random bits, so nothing slower is needed.
  digest text not null unique,
  -- The first characters, by which a person finds the key again.
  beginning text not null,
  role text not null check (role in (
    'administrator', 'manager', 'box_office', 'steward', 'auditor')),
  -- Actions it may do, within its role; null: all of them.
  scopes text[],
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  primary key (organisation_id, id)
);
create unique index api_key_name on api_key (organisation_id, name) where revoked_at is null;

select guard_tenant_table(name, 'select') from unnest(array['membership', 'api_key']) as name;

-- Failures in a row per login and per address, both as digests: a login that exists and one
-- that does not are counted alike.
create table sign_in_failure (
  subject text primary key,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_failure_by_time on sign_in_failure (last_at);

-- Requests in the running window of a key, a person or an address.
create table request_window (
  subject text primary key,
  window_at timestamptz not null,
  used int not null
);
create index request_window_by_time on request_window (window_at);
