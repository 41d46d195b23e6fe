-- Rows that change a few times in their lives find room beside where they were written first, so that their indexes need
-- not be written again each time.
alter table stages set (fillfactor = 60);
alter table journeys set (fillfactor = 75);
alter table patients set (fillfactor = 75);
