-- Whoever hands in at the same place, about the same physician, on the same day, waits for whoever did so before to
-- commit. As with the funnel, a place and a day have eight rows to count in; what they say together is the count.
alter table response_rollups
    add column slot smallint not null default 0
        constraint response_rollups_slot_check check (slot between 0 and 7),
    drop constraint response_rollups_key;
alter table response_rollups add constraint response_rollups_key
    unique nulls not distinct (hospital_id, day, department_id, physician_id, slot);
