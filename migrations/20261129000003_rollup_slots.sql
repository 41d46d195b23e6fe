-- Whoever counts at the same place on the same day waits for whoever did so before to commit. So a place and a day have
-- eight rows to count in, one for a connection; what they say together is the count.
alter table funnel_rollups
    add column slot smallint not null default 0 constraint funnel_rollups_slot_check check (slot between 0 and 7),
    drop constraint funnel_rollups_key;
alter table funnel_rollups add constraint funnel_rollups_key
    unique nulls not distinct (hospital_id, day, department_id, slot);
