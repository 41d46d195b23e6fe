-- Hospitals, departments, physicians, employees, patients and users as records that people keep: each
-- with a version, an end that can be taken back, words to be found by, and a function that gives all
-- kinds one shape.

create extension if not exists pg_trgm;

alter table hospitals
    add column city_ar text not null default '',
    add column city_en text not null default '',
    add column licence text,
    add column time_zone text not null default 'Asia/Riyadh'
        constraint hospitals_time_zone_check check (time_zone in ('Asia/Riyadh')),
    add column latitude double precision
        constraint hospitals_latitude_check check (latitude between -90 and 90),
    add column longitude double precision
        constraint hospitals_longitude_check check (longitude between -180 and 180),
    add column active boolean not null default true,
    add column version bigint not null default 1,
    add column deleted_at timestamptz,
    add column words text generated always as (
        fold_words(code || ' ' || name_ar || ' ' || name_en || ' ' || city_ar || ' ' || city_en)) stored;

alter table departments
    add column manager_id uuid constraint departments_manager_fkey references users,
    add column phone text,
    add column location text,
    add column active boolean not null default true,
    add column version bigint not null default 1,
    add column deleted_at timestamptz,
    add column words text generated always as (
        fold_words(code || ' ' || name_ar || ' ' || name_en)) stored;
create index departments_parent_idx on departments (parent_id);

-- Where a department stood, and when: reports show the tree as it was. No end means still there.
create table department_places (
    department_id uuid not null constraint department_places_department_fkey references departments,
    hospital_id uuid not null constraint department_places_hospital_fkey references hospitals,
    parent_id uuid constraint department_places_parent_fkey references departments,
    from_at timestamptz not null,
    until_at timestamptz,
    constraint department_places_key primary key (department_id, from_at),
    constraint department_places_period_check check (until_at > from_at)
);
create unique index department_places_now_key on department_places (department_id)
    where until_at is null;
insert into department_places (department_id, hospital_id, parent_id, from_at)
select id, hospital_id, parent_id, created_at from departments;

-- No department is above itself. One move at a time in a hospital, or two that are right alone could
-- close a circle together.
create function departments_stay_a_tree() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('departments ' || new.hospital_id, 0));
    if exists (
        with recursive above (id) as (
            select new.parent_id
            union
            select department.parent_id
            from above join departments as department on department.id = above.id
        )
        select from above where id = new.id
    ) then
        raise exception using errcode = 'check_violation', constraint = 'departments_tree_check',
            message = 'a department cannot be below itself';
    end if;
    if not exists (select from departments where id = new.parent_id and hospital_id = new.hospital_id)
    then
        raise exception using errcode = 'check_violation', constraint = 'departments_one_hospital_check',
            message = 'a department stands below one of its own hospital';
    end if;
    return new;
end;
$$;
create trigger departments_tree before insert or update of parent_id on departments
    for each row when (new.parent_id is not null) execute function departments_stay_a_tree();

alter table physicians
    add column licence_expires_on date,
    add column active boolean not null default true,
    add column version bigint not null default 1,
    add column deleted_at timestamptz,
    add column words text generated always as (
        fold_words(licence || ' ' || name_ar || ' ' || name_en || ' ' || specialty_ar || ' '
                   || specialty_en)) stored;

create table physician_affiliations (
    physician_id uuid not null constraint physician_affiliations_physician_fkey references physicians,
    hospital_id uuid not null constraint physician_affiliations_hospital_fkey references hospitals,
    department_id uuid constraint physician_affiliations_department_fkey references departments,
    from_on date,
    until_on date,
    place smallint not null,
    constraint physician_affiliations_key primary key (physician_id, place),
    constraint physician_affiliations_period_check check (until_on >= from_on)
);
create index physician_affiliations_hospital_idx on physician_affiliations (hospital_id);
create index physician_affiliations_department_idx on physician_affiliations (department_id);
-- Where a physician has treated patients so far, there is an affiliation.
insert into physician_affiliations (physician_id, hospital_id, department_id, place)
select physician_id, hospital_id, department_id,
       row_number() over (partition by physician_id order by hospital_id, department_id) - 1
from (select distinct physician_id, hospital_id, department_id
      from stages where physician_id is not null) as worked;

create table employees (
    id uuid primary key,
    hospital_id uuid not null constraint employees_hospital_fkey references hospitals,
    number text not null,
    name_ar text not null,
    name_en text not null,
    title_ar text not null,
    title_en text not null,
    department_id uuid constraint employees_department_fkey references departments,
    manager_id uuid constraint employees_manager_fkey references employees,
    user_id uuid constraint employees_user_key unique constraint employees_user_fkey references users,
    active boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    words text generated always as (
        fold_words(number || ' ' || name_ar || ' ' || name_en || ' ' || title_ar || ' ' || title_en))
        stored,
    constraint employees_number_key unique (hospital_id, number)
);
create index employees_department_idx on employees (department_id);

alter table patients
    add column id_kind text constraint patients_id_kind_check check (
        id_kind in ('national_id', 'iqama', 'passport', 'gcc_id', 'border_number')),
    add column preferred_channel text constraint patients_channel_check check (
        preferred_channel in ('sms', 'whatsapp', 'email')),
    add column guardian_name text,
    add column guardian_relation text,
    add column guardian_mobile text,
    add column version bigint not null default 1,
    add column deleted_at timestamptz,
    -- The patient that this one was found to be.
    add column merged_into_id uuid constraint patients_merged_fkey references patients,
    add column words text generated always as (
        fold_words(name_ar || ' ' || name_en || ' ' || coalesce(national_id, '') || ' '
                   || coalesce(mobile, ''))) stored;
update patients set id_kind = case when national_id like '1%' then 'national_id' else 'iqama' end
where national_id is not null;
create index patients_words_idx on patients using gin (words gin_trgm_ops);
create index patients_national_id_idx on patients (national_id) where national_id is not null;
create index patients_mobile_idx on patients (mobile) where mobile is not null;
create index patient_mrns_words_idx on patient_mrns using gin (fold_words(mrn) gin_trgm_ops);

alter table users
    add column if not exists phone text,
    add column if not exists version bigint not null default 1,
    add column hospital_id uuid constraint users_hospital_fkey references hospitals,
    add column department_id uuid constraint users_department_fkey references departments,
    add column deleted_at timestamptz,
    add column words text generated always as (
        fold_words(username || ' ' || name_ar || ' ' || name_en || ' ' || email)) stored;
update users set hospital_id = home.hospital_id, department_id = home.department_id
from (select distinct on (user_id) user_id, hospital_id, department_id from role_grants
      order by user_id, granted_at) as home
where home.user_id = users.id;

-- A write that was sent with an `Idempotency-Key`, and what came of it: sent again, it changes nothing.
create table idempotency_keys (
    actor text not null,
    key text not null,
    request_hash bytea not null,
    record_id uuid not null,
    created_at timestamptz not null,
    constraint idempotency_keys_key primary key (actor, key)
);
create index idempotency_keys_created_idx on idempotency_keys (created_at);

-- What another record is called, for whoever sees a reference to it.
create function named(id uuid, name_ar text, name_en text) returns jsonb
    language sql immutable parallel safe
    return case when id is null then '{}'::jsonb
                else jsonb_build_object(id::text, jsonb_build_array(name_ar, name_en)) end;

-- One function for each kind, in one shape: what is within reach, as a document, with the names of
-- what it refers to and the words that it is found by. They are single selects, so that the planner
-- looks into them.

create function hospital_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select hospital.id, hospital.version,
           jsonb_build_object(
               'code', code, 'name_ar', name_ar, 'name_en', name_en, 'city_ar', city_ar,
               'city_en', city_en, 'licence', licence, 'time_zone', time_zone, 'latitude', latitude,
               'longitude', longitude, 'consent_required', consent_required, 'active', active),
           '{}'::jsonb, hospital.words
    from hospitals as hospital
    where deleted_at is null
      and (everything or hospital.id = any(hospitals)
           or hospital.id in (select department.hospital_id from departments as department
                              where department.id = any(departments)))
$$;

create function department_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select department.id, department.version,
           jsonb_build_object(
               'hospital_id', department.hospital_id, 'code', department.code,
               'name_ar', department.name_ar, 'name_en', department.name_en,
               'parent_id', department.parent_id, 'manager_id', department.manager_id,
               'phone', department.phone, 'location', department.location, 'active', department.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(parent.id, parent.name_ar, parent.name_en)
               || named(manager.id, manager.name_ar, manager.name_en),
           department.words
    from departments as department
    join hospitals as hospital on hospital.id = department.hospital_id
    left join departments as parent on parent.id = department.parent_id
    left join users as manager on manager.id = department.manager_id
    where department.deleted_at is null
      and (everything or department.hospital_id = any(hospitals) or department.id = any(departments))
$$;

create function physician_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select physician.id, physician.version,
           jsonb_build_object(
               'licence', licence, 'licence_expires_on', licence_expires_on,
               'name_ar', physician.name_ar, 'name_en', physician.name_en,
               'specialty_ar', specialty_ar, 'specialty_en', specialty_en,
               'affiliations', coalesce(works.rows, '[]'), 'user_id', physician.user_id,
               'active', physician.active),
           coalesce(works.names, '{}') || named(person.id, person.name_ar, person.name_en),
           physician.words
    from physicians as physician
    left join users as person on person.id = physician.user_id
    left join lateral (
        select jsonb_agg(jsonb_build_object(
                   'hospital_id', works.hospital_id, 'department_id', works.department_id,
                   'from_on', works.from_on, 'until_on', works.until_on) order by works.place) as rows,
               (jsonb_object_agg(hospital.id, jsonb_build_array(hospital.name_ar, hospital.name_en))
                || coalesce(jsonb_object_agg(
                       department.id, jsonb_build_array(department.name_ar, department.name_en))
                       filter (where department.id is not null), '{}')) as names
        from physician_affiliations as works
        join hospitals as hospital on hospital.id = works.hospital_id
        left join departments as department on department.id = works.department_id
        where works.physician_id = physician.id
    ) as works on true
    where physician.deleted_at is null
      and (everything or physician.user_id = me
           or physician.id in (select works.physician_id from physician_affiliations as works
                               where works.hospital_id = any(hospitals)
                                  or works.department_id = any(departments)))
$$;

create function employee_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select employee.id, employee.version,
           jsonb_build_object(
               'hospital_id', employee.hospital_id, 'number', employee.number,
               'name_ar', employee.name_ar, 'name_en', employee.name_en,
               'title_ar', employee.title_ar, 'title_en', employee.title_en,
               'department_id', employee.department_id, 'manager_id', employee.manager_id,
               'user_id', employee.user_id, 'active', employee.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(department.id, department.name_ar, department.name_en)
               || named(manager.id, manager.name_ar, manager.name_en)
               || named(person.id, person.name_ar, person.name_en),
           employee.words
    from employees as employee
    join hospitals as hospital on hospital.id = employee.hospital_id
    left join departments as department on department.id = employee.department_id
    left join employees as manager on manager.id = employee.manager_id
    left join users as person on person.id = employee.user_id
    where employee.deleted_at is null
      and (everything or employee.hospital_id = any(hospitals)
           or employee.department_id = any(departments) or employee.user_id = me)
$$;

-- A patient is within reach of a hospital that knows them, of a department they passed, and of the
-- physician who saw them there.
create function patients_within(everything boolean, hospitals uuid[], departments uuid[], me uuid)
    returns table (patient_id uuid)
    language sql stable parallel safe as $$
    select mrn.patient_id from patient_mrns as mrn where mrn.hospital_id = any(hospitals)
    union all
    select journey.patient_id
    from stages as stage join journeys as journey on journey.id = stage.journey_id
    where stage.department_id = any(departments)
    union all
    select journey.patient_id
    from physicians as physician
    join stages as stage on stage.physician_id = physician.id
    join journeys as journey on journey.id = stage.journey_id
    where physician.user_id = me
$$;

create function patients_reached(everything boolean, hospitals uuid[], departments uuid[], me uuid)
    returns setof patients
    language sql stable parallel safe as $$
    -- Two arms and no `or`: one of them is empty before the plan is made, and the other can begin at
    -- either end.
    select * from patients as patient where everything
    union all
    select * from patients as patient
    where not everything
      and patient.id in (select patient_id
                         from patients_within(everything, hospitals, departments, me))
$$;

create function patient_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select patient.id, patient.version,
           jsonb_build_object(
               'name_ar', name_ar, 'name_en', name_en, 'mrns', coalesce(known.rows, '[]'),
               'id_kind', id_kind, 'national_id', national_id, 'birth_date', birth_date, 'sex', sex,
               'mobile', mobile, 'email', email, 'language', language,
               'preferred_channel', preferred_channel, 'guardian_name', guardian_name)
           || jsonb_build_object(
               'guardian_relation', guardian_relation, 'guardian_mobile', guardian_mobile,
               'consent', consent, 'do_not_contact', do_not_contact, 'deceased', deceased),
           coalesce(known.names, '{}'),
           case when identify then patient.words || ' ' else '' end || coalesce(known.words, '')
    from patients_reached(everything, hospitals, departments, me) as patient
    left join lateral (
        select jsonb_agg(jsonb_build_object('hospital_id', mrn.hospital_id, 'mrn', mrn.mrn)
                         order by hospital.code, mrn.mrn) as rows,
               jsonb_object_agg(hospital.id, jsonb_build_array(hospital.name_ar, hospital.name_en))
                   as names,
               string_agg(fold_words(mrn.mrn), ' ') as words
        from patient_mrns as mrn join hospitals as hospital on hospital.id = mrn.hospital_id
        where mrn.patient_id = patient.id
    ) as known on true
    where patient.deleted_at is null
$$;

create function user_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select person.id, person.version,
           jsonb_build_object(
               'username', username, 'name_ar', person.name_ar, 'name_en', person.name_en,
               'email', email, 'phone', person.phone, 'hospital_id', person.hospital_id,
               'department_id', person.department_id, 'language', language,
               'roles', (select string_agg(distinct role, ' ') from role_grants
                         where user_id = person.id),
               'active', person.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(department.id, department.name_ar, department.name_en),
           person.words
    from users as person
    left join hospitals as hospital on hospital.id = person.hospital_id
    left join departments as department on department.id = person.department_id
    where person.deleted_at is null
      and (everything or person.id = me or person.hospital_id = any(hospitals)
           or person.department_id = any(departments)
           or person.id in (select given.user_id from role_grants as given
                            where given.hospital_id = any(hospitals)
                               or given.department_id = any(departments)))
$$;

-- The records of a kind in which a word occurs; the word is folded and stands between `%`.
create function hospitals_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$ select id from hospitals where words like word $$;
create function departments_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$ select id from departments where words like word $$;
create function physicians_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$ select id from physicians where words like word $$;
create function employees_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$ select id from employees where words like word $$;
create function users_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$ select id from users where words like word $$;
-- Whoever may not know who a patient is finds them by record number alone: finding somebody by a name
-- or a phone number would tell it.
create function patients_found(word text, identify boolean) returns setof uuid
    language sql stable parallel safe as $$
    select id from patients where words like word and identify
    union
    select patient_id from patient_mrns where fold_words(mrn) like word
$$;
