-- What somebody types about a patient is dated as what messages say is, field by field: one that happened before and
-- comes afterwards does not overwrite it, and one that happened later does.
create function described_by_hand(before patients, after patients, at timestamptz)
    returns jsonb language sql stable as $$
    select -- What was never dated is as old as the whole.
           case when before.described = '{}' then jsonb_build_object('', stamp.before)
                else before.described end
           || coalesce((
               select jsonb_object_agg(field, stamp.now)
               from (values
                   ('name_ar', before.name_ar is distinct from after.name_ar),
                   ('name_en', before.name_en is distinct from after.name_en),
                   ('national_id', before.national_id is distinct from after.national_id),
                   ('mobile', before.mobile is distinct from after.mobile),
                   ('email', before.email is distinct from after.email),
                   ('birth_date', before.birth_date is distinct from after.birth_date),
                   ('language', before.language is distinct from after.language),
                   ('sex', before.sex is distinct from after.sex),
                   ('deceased', before.deceased is distinct from after.deceased),
                   ('consent', before.consent is distinct from after.consent),
                   ('guardian',
                    (before.guardian_name, before.guardian_relation, before.guardian_mobile)
                        is distinct from
                    (after.guardian_name, after.guardian_relation, after.guardian_mobile))
               ) as fields (field, changed)
               where changed), '{}')
    from (select to_char(before.described_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' ' as before,
                 to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' ' as now) as stamp
$$;
