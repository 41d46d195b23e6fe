-- Pictures of choices. They belong to no hospital and show no patient: whoever has a survey's link sees them before
-- anybody knows who that is, so whoever has the address of one does, too.

create table survey_pictures (
    id uuid primary key,
    -- Of the bytes: the same picture is kept once.
    sha256 bytea not null constraint survey_pictures_sha256_key unique,
    -- A JPEG of ours.
    bytes bytea not null constraint survey_pictures_bytes_check check (octet_length(bytes) between 1 and 262144),
    kept_by uuid not null constraint survey_pictures_kept_by_fkey references users,
    -- When it was handed in, or seen in use by the sweep.
    kept_at timestamptz not null
);
create index survey_pictures_kept_idx on survey_pictures (kept_at);
alter table survey_pictures enable row level security;
alter table survey_pictures force row level security;
create policy everybody on survey_pictures using (true);
