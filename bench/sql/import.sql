-- A file of 100,000 patients, as it is handed in and as `\copy` takes it. `first` tells rounds apart.
\set ON_ERROR_STOP 1
create temporary table person as
select number, 'I-' || number as mrn,
       (array['محمد', 'أحمد', 'إبراهيم', 'خالد', 'فاطمة', 'نورة', 'سارة', 'ليلى'])[1 + number % 8] || ' '
           || (array['القحطاني', 'العتيبي', 'الحربي', 'الغامدي', 'الزهراني', 'الشمري'])[1 + number / 8 % 6]
           as name_ar,
       '05' || lpad((number::bigint * 7919 % 100000000)::text, 8, '0') as mobile,
       date '1950-01-01' + (number::bigint * 31 % 25000)::integer as birth_date,
       (array['male', 'female'])[1 + number % 2] as sex,
       ('01937000-' || lpad(to_hex(number / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid
           as id
from generate_series(:first, :first + 99999) as number;
\o :file
copy (select mrn, name_ar, mobile, birth_date, sex, 'RYD' as hospital from person order by number)
    to stdout with (format csv, header);
\o :patients
copy (select id, name_ar, '', '+966' || substr(mobile, 2), birth_date, sex, 'ar', 'not_asked', false, false,
             false, now(), now(), 1 from person order by number) to stdout with (format csv);
\o :mrns
copy (select (select id from hospitals where code = 'RYD'), mrn, id from person order by number)
    to stdout with (format csv);
