-- People look after their own accounts: password, second factor, sessions, details.

alter table users
    -- Set by whoever reset the password; until it is changed nothing else can be done.
    add column must_change_password boolean not null default false,
    add column password_changed_at timestamptz,
    -- The secret of the second factor, sealed with a key that is not in this database.
    add column totp_secret bytea,
    -- Until then the secret is only offered, and signing in does not ask for it.
    add column totp_confirmed_at timestamptz,
    -- The last step whose code was accepted: no code counts twice (RFC 6238, 5.2).
    add column totp_last_step bigint,
    add constraint users_totp_check check (totp_confirmed_at is null or totp_secret is not null);

-- What lets somebody in who lost the device, each once. Long and random: a plain hash is enough.
create table recovery_codes (
    id uuid primary key,
    user_id uuid not null constraint recovery_codes_user_fkey references users,
    code_hash bytea not null,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint recovery_codes_hash_key unique (user_id, code_hash)
);

-- Sessions by whose they are, so that their owners can see and end them. The owner is read out of what
-- the session holds, also by the program of before; `id` is what may be shown, the key is not.
alter table sessions
    add column id uuid not null default gen_random_uuid() constraint sessions_id_key unique,
    add column user_id uuid generated always as ((data ->> 'user_id')::uuid) stored;
create index sessions_user_idx on sessions (user_id);

create index refresh_tokens_user_idx on refresh_tokens (user_id);
