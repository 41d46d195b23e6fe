-- The part of the day in which a patient wants to be written to, within the hours of the hospital.

alter table patients
    add column preferred_time text constraint patients_time_check check (
        preferred_time in ('morning', 'afternoon', 'evening'));

create or replace function patient_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select patient.id, patient.version,
           jsonb_build_object(
               'name_ar', name_ar, 'name_en', name_en, 'mrns', coalesce(known.rows, '[]'),
               'id_kind', id_kind, 'national_id', national_id, 'birth_date', birth_date, 'sex', sex,
               'mobile', mobile, 'email', email, 'language', language,
               'preferred_channel', preferred_channel, 'preferred_time', preferred_time,
               'guardian_name', guardian_name)
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
        from patient_mrns as mrn join hospital_names as hospital on hospital.id = mrn.hospital_id
        where mrn.patient_id = patient.id
    ) as known on true
    where patient.deleted_at is null
$$;
