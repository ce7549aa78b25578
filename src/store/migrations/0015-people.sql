-- Passkeys and their challenges; when a person signed in last; people who are kept but may not
-- act; session tokens as digests; and a journal that nobody can rewrite.

alter table person
  -- Of the screens; null: the browser's.
  add column language text check (language in ('fr', 'en', 'de', 'it', 'es')),
  add column last_sign_in_at timestamptz;

-- Who is deactivated keeps name and rows of the journal, and may do nothing in the organisation.
alter table membership
  add column deactivated_at timestamptz,
  add column deactivated_by text;

-- Of no tenant, as a person is: only the login role reads and writes them.
create table passkey (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  name text not null,
  -- As the authenticator made it, in base64url; the public key is COSE, in base64url.
  credential_id text not null unique,
  public_key text not null,
  -- Uses that the authenticator has counted; nought for one that does not count.
  counter bigint not null,
  transports text[] not null,
  -- True for one that the person's devices share, as a telephone's maker keeps it.
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_by_person on passkey (person_id);

-- A question to an authenticator: answered once, within minutes.
create table passkey_challenge (
  -- SHA-256 of the challenge, in hex.
  digest text primary key,
  purpose text not null check (purpose in ('register', 'sign_in')),
  -- Who alone may answer; null: whoever has a passkey.
  person_id text references person (id) on delete cascade,
  expires_at timestamptz not null
);
create index passkey_challenge_by_end on passkey_challenge (expires_at);
create index passkey_challenge_by_person on passkey_challenge (person_id);

-- A code of the telephone opens once: what was used is refused until it is too old anyway.
create table used_code (
  -- SHA-256 of person and code, in hex.
  digest text primary key,
  expires_at timestamptz not null
);
create index used_code_by_end on used_code (expires_at);

-- From here on a session is looked up by the digest of its token: running ones stay signed in.
update person_session set token = encode(sha256(convert_to(token, 'UTF8')), 'hex');

-- The application's role has no right to change the journal. This holds the login role to it too.
create function refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'The journal is only ever appended to.' using errcode = 'insufficient_privilege';
end
$$;
create trigger journal_is_appended before update or delete or truncate on journal
  for each statement execute function refuse_change();
