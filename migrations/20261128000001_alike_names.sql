-- A name that is misspelt by a letter finds those that are written almost so.

create extension if not exists fuzzystrmatch;

-- How many letters must be changed, added or left out until every word sought is one of a text's words, with or
-- without its article; nothing where a word is further than a slip from all of them: one letter, two in long words.
create function slips(sought text[], words text) returns bigint
    language sql immutable parallel safe as $$
    select case when bool_and(best.slips <= case when length(word) > 5 then 2 else 1 end)
                then sum(best.slips) end
    from unnest(sought) as word
    cross join lateral (
        select min(levenshtein_less_equal(left(word, 60), left(spelt, 60), 2)) as slips
        from unnest(string_to_array(words, ' ')) as part
        cross join lateral (values (part), (regexp_replace(part, '^ال', ''))) as one (spelt)) as best
$$;

-- The patients within reach in whose names all words occur but for slips, the fewest first. The newest are looked
-- at first, as `patients_found` does and why is said there; a name that none of them has is looked up in the trigram
-- index, by the word that has the rarest trigrams.
create function patients_alike(
    sought text[], everything boolean, hospitals uuid[], departments uuid[], me uuid, few bigint)
    returns setof uuid language plpgsql stable rows 20
    security definer set search_path = public, pg_temp
    set plan_cache_mode = force_custom_plan set pg_trgm.word_similarity_threshold = 0.4 as $$
declare
    walk constant bigint := 8000;
    candidates constant bigint := 5000;
    longest constant text := (select word from unnest(sought) as word order by length(word) desc limit 1);
    newest uuid[];
    found uuid[];
begin
    select narrowed.* into everything, hospitals, departments, me
    from px_narrowed(everything, hospitals, departments, me) as narrowed;
    newest := array(select * from patients_newest(everything, hospitals, departments, me, null, walk));
    found := array(
        select patient.id
        from patients as patient
        cross join lateral (select slips(sought, patient.words)) as near (slips)
        where patient.id = any(newest) and near.slips is not null
        order by near.slips, patient.id desc
        limit few);
    if found <> '{}' or cardinality(newest) < walk then
        return query select unnest(found);
        return;
    end if;
    -- Three letters have trigrams that are in everybody's name.
    if length(longest) < 4 then
        return;
    end if;
    return query
    select patient.id
    from (select likely.id, likely.words from patients as likely
          where longest <% likely.words and likely.deleted_at is null
          limit candidates) as patient
    cross join lateral (select slips(sought, patient.words)) as near (slips)
    where near.slips is not null
      and (everything
           or exists (select from patient_mrns as known
                      where known.patient_id = patient.id and known.hospital_id = any(hospitals))
           or (departments <> '{}' or me is not null)
              and patient.id in (select patient_id
                                 from patients_within(false, '{}', departments, me)))
    order by near.slips, patient.id desc
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
    alter function patients_alike(text[], boolean, uuid[], uuid[], uuid, bigint) owner to px360_wall;
    revoke execute on function patients_alike(text[], boolean, uuid[], uuid[], uuid, bigint) from public;
    grant execute on function patients_alike(text[], boolean, uuid[], uuid[], uuid, bigint) to px360_app;
    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;
