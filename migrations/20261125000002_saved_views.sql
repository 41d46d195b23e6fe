-- Lists that somebody wants to find again, for themselves or for those they work with.

create table saved_views (
    id uuid primary key,
    owner_id uuid not null constraint saved_views_owner_fkey references users,
    list text not null constraint saved_views_list_check check (list in ('actions')),
    name text not null,
    audience text not null constraint saved_views_audience_check check (
        audience in ('personal', 'team', 'role')),
    -- Of a shared view: whose; null means the whole group.
    hospital_id uuid constraint saved_views_hospital_fkey references hospitals,
    role text constraint saved_views_role_fkey references roles,
    -- A px360-domain `Look`: filters and columns, never a word about a patient.
    look jsonb not null,
    version integer not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    -- Removing can be taken back.
    removed_at timestamptz,
    constraint saved_views_for_role_check check ((audience = 'role') = (role is not null)),
    constraint saved_views_personal_check check (audience <> 'personal' or hospital_id is null)
);
create unique index saved_views_name_key on saved_views (owner_id, list, lower(name))
    where removed_at is null;
create index saved_views_shared_idx on saved_views (list, hospital_id)
    where audience <> 'personal' and removed_at is null;

-- What one person wants of a view: not beside the list, or to open the list with it.
create table saved_view_marks (
    user_id uuid not null constraint saved_view_marks_user_fkey references users,
    saved_view_id uuid not null constraint saved_view_marks_view_fkey references saved_views,
    list text not null,
    hidden boolean not null,
    opens_first boolean not null,
    constraint saved_view_marks_key primary key (user_id, saved_view_id)
);
create unique index saved_view_marks_first_key on saved_view_marks (user_id, list)
    where opens_first;

-- The views that a person finds: their own, and those for where and as what they work. A plain SQL
-- function, so that the planner sees through it.
create function saved_views_found(person uuid)
    returns setof saved_views language sql stable parallel safe as $$
    select view.* from saved_views as view where view.owner_id = person
    union all
    select view.* from saved_views as view
    where view.audience <> 'personal' and view.owner_id <> person
      and exists (
          select from role_grants as held
          where held.user_id = person
            and (view.hospital_id is null or held.hospital_id = view.hospital_id
                 or held.hospital_id is null and held.department_id is null)
            and (view.role is null or held.role = view.role))
$$;
