-- Who looks after whose actions while they are away.

create extension if not exists btree_gist;

create table delegations (
    id uuid primary key,
    -- Who is away, and who stands in.
    user_id uuid not null constraint delegations_user_fkey references users,
    deputy_id uuid not null constraint delegations_deputy_fkey references users,
    -- Days in Riyadh, both of them included.
    starts_on date not null,
    ends_on date not null,
    created_at timestamptz not null,
    -- Taken back.
    ended_at timestamptz,
    constraint delegations_period_check check (ends_on >= starts_on),
    constraint delegations_deputy_check check (deputy_id <> user_id),
    -- One deputy at a time.
    constraint delegations_once_excl exclude using gist (
        user_id with =, daterange(starts_on, ends_on, '[]') with &&) where (ended_at is null)
);
create index delegations_deputy_idx on delegations (deputy_id, ends_on) where ended_at is null;

-- In whose place somebody acted, or was asked.
alter table action_log
    add column in_place_of_id uuid constraint action_log_in_place_of_fkey references users;

-- Who may stand in for somebody: whoever looks after actions of others in every hospital where they do, so that
-- nobody comes to see patients of a hospital whose patients they did not see before. They are named over the wall,
-- because colleagues of other departments are out of reach for a manager; nothing else of them is told.
grant select on role_grants to px360_wall;
create function deputies_of(person uuid, roles text[])
    returns table (id uuid, name_ar text, name_en text, words text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select candidate.id, candidate.name_ar, candidate.name_en,
           fold_words(candidate.name_ar || ' ' || candidate.name_en)
    from users as candidate
    where candidate.active and candidate.deleted_at is null and candidate.id <> person
      and exists (select from role_grants as mine where mine.user_id = person and mine.role = any(roles))
      and not exists (
          select from role_grants as mine
          where mine.user_id = person and mine.role = any(roles)
            and not exists (
                select from role_grants as theirs
                where theirs.user_id = candidate.id and theirs.role = any(roles)
                  and (theirs.hospital_id is null or theirs.hospital_id = mine.hospital_id)))
$$;

do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    grant create on schema public to px360_wall;
    if not passes_all then
        grant px360_wall to current_user;
    end if;
    alter function deputies_of(uuid, text[]) owner to px360_wall;
    revoke execute on function deputies_of(uuid, text[]) from public;
    grant execute on function deputies_of(uuid, text[]) to px360_app;
    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;
