-- Patients are found and listed without counting through a million of them.
--
-- Row-level security hides indexes from comparisons that might leak, `like` among them. So patients are looked for
-- over the wall, and what is answered are ids: whatever is read of them stands behind it again.

create index patient_mrns_hospital_idx on patient_mrns (hospital_id, patient_id);
drop function patients_found(text, boolean);

-- What a patient is found by, for whoever may know who that is and for whoever may not.
create function patient_words(patient uuid, own text, identify boolean) returns text
    language sql stable parallel safe as $$
    select case when identify then own || ' ' else '' end
           || coalesce((select string_agg(fold_words(mrn), ' ') from patient_mrns
                        where patient_id = patient), '')
$$;

-- What was asked for, as far as the transaction reaches: nobody reaches further over the wall than they say.
create function px_narrowed(everything boolean, hospitals uuid[], departments uuid[], me uuid)
    returns table (whole boolean, houses uuid[], parts uuid[], own uuid)
    language sql stable parallel safe as $$
    select everything and px_all(),
           case when px_all() then hospitals
                when everything then px_hospitals()
                else array(select unnest(hospitals) intersect select unnest(px_hospitals())) end,
           case when px_all() then departments
                when everything then px_departments()
                else array(select unnest(departments) intersect select unnest(px_departments())) end,
           case when px_all() then me when everything or me = px_own() then px_own() end
$$;

-- The newest patients within reach, older than one of them: everybody, or whom a hospital knows, a department
-- passed on or a physician saw. Each hospital's own index is walked, not everybody's.
create function patients_newest(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, before uuid, few bigint)
    returns setof uuid language plpgsql stable rows 50
    security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
    select narrowed.* into everything, hospitals, departments, me
    from px_narrowed(everything, hospitals, departments, me) as narrowed;
    return query
    with reached as (
        (select patient.id
         from patients as patient
         where everything and patient.deleted_at is null and (before is null or patient.id < before)
         order by patient.id desc
         limit few)
        union
        (select known.id
         from (select distinct unnest(hospitals) as id where not everything) as hospital
         cross join lateral (
             select patient.id
             from patient_mrns as mrn join patients as patient on patient.id = mrn.patient_id
             where mrn.hospital_id = hospital.id and patient.deleted_at is null
               and (before is null or mrn.patient_id < before)
             -- Before the limit, because a patient may have several numbers in a hospital.
             group by patient.id
             order by patient.id desc
             limit few) as known)
        union
        (select patient.id
         from patients as patient
         where not everything and (departments <> '{}' or me is not null)
           and patient.id in (select patient_id from patients_within(false, '{}', departments, me))
           and patient.deleted_at is null and (before is null or patient.id < before)
         order by patient.id desc
         limit few)
    )
    select reached.id from reached order by reached.id desc limit few;
end;
$$;

-- The newest patients within reach in whom all words occur; words are folded and stand between `%`. Whoever may
-- not know who a patient is finds them by record number alone: finding somebody by a name or a phone number would
-- tell it.
--
-- A word that many have is met soon among the newest; one that few have is looked up in the trigram index. Which
-- of the two it is, the planner cannot know behind row-level security, so the newest are looked at first: a
-- hundred for each that is wanted, and more for several parts of a name, because many have each of them and the
-- index is slow to say who has all. Without a limit all are looked up.
create function patients_found(
    word text, others text[], identify boolean, everything boolean, hospitals uuid[],
    departments uuid[], me uuid, before uuid, few bigint)
    returns setof uuid language plpgsql stable rows 50
    security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    walk constant bigint := few * case when others <> '{}' and word !~ '\d' then 400 else 100 end;
    -- Either both are in the name or one is in a number; what is shorter than three letters is in no trigram
    -- and looked for afterwards.
    second constant text := (select other from unnest(others) as other where length(other) > 4 limit 1);
    third constant text :=
        (select other from unnest(others) as other where length(other) > 4 and other <> second limit 1);
    newest uuid[];
    found uuid[];
begin
    select narrowed.* into everything, hospitals, departments, me
    from px_narrowed(everything, hospitals, departments, me) as narrowed;
    if word is null then
        return query select * from patients_newest(everything, hospitals, departments, me, before, few);
        return;
    end if;
    if few is not null then
        newest := array(select * from patients_newest(everything, hospitals, departments, me, before, walk));
        found := array(
            select patient.id
            from patients as patient
            where patient.id = any(newest)
              and (identify and patient.words like word
                   or exists (select from patient_mrns as mrn
                              where mrn.patient_id = patient.id and fold_words(mrn.mrn) like word))
              and (others = '{}'
                   or patient_words(patient.id, patient.words, identify) like all(others))
            order by patient.id desc
            limit few);
        if cardinality(found) = few or cardinality(newest) < walk then
            return query select unnest(found);
            return;
        end if;
    end if;
    return query
    with matching (id) as (
        select patient.id from patients as patient
        where identify and patient.words like word
          and (second is null or patient.words like second)
          and (third is null or patient.words like third)
        union
        select mrn.patient_id from patient_mrns as mrn
        where fold_words(mrn.mrn) like word
           or fold_words(mrn.mrn) like second or fold_words(mrn.mrn) like third
    )
    select patient.id
    from matching join patients as patient on patient.id = matching.id
    where patient.deleted_at is null and (before is null or patient.id < before)
      and (others = '{}'
           or patient_words(patient.id, patient.words, identify) like all(array_append(others, word)))
      and (everything
           or exists (select from patient_mrns as known
                      where known.patient_id = patient.id and known.hospital_id = any(hospitals))
           or (departments <> '{}' or me is not null)
              and patient.id in (select patient_id
                                 from patients_within(false, '{}', departments, me)))
    order by patient.id desc
    limit few;
end;
$$;

do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    grant create on schema public to px360_wall;
    if not passes_all then
        grant px360_wall to current_user;
    end if;
    alter function patients_newest(boolean, uuid[], uuid[], uuid, uuid, bigint) owner to px360_wall;
    alter function patients_found(
        text, text[], boolean, boolean, uuid[], uuid[], uuid, uuid, bigint) owner to px360_wall;
    revoke execute on function patients_newest(boolean, uuid[], uuid[], uuid, uuid, bigint),
        patients_found(text, text[], boolean, boolean, uuid[], uuid[], uuid, uuid, bigint) from public;
    grant execute on function patients_newest(boolean, uuid[], uuid[], uuid, uuid, bigint),
        patients_found(text, text[], boolean, boolean, uuid[], uuid[], uuid, uuid, bigint) to px360_app;
    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;
