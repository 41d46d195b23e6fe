-- A million people who do not exist, with names as they are spelled in several ways.
with words as (
    select array['محمد', 'أحمد', 'إبراهيم', 'عبدالله', 'علي', 'خالد', 'سعد', 'فهد', 'يوسف', 'عمر', 'ناصر',
                 'سلطان', 'ماجد', 'طارق', 'فاطمة', 'نورة', 'سارة', 'مريم', 'هدى', 'ريم', 'لطيفة', 'منى',
                 'أمل', 'هيا', 'جواهر', 'آمنة', 'إيمان', 'سلمى', 'ليلى', 'عائشة'] as given,
           array['القحطاني', 'العتيبي', 'الحربي', 'الغامدي', 'الزهراني', 'الشمري', 'المطيري', 'الدوسري',
                 'العنزي', 'الشهري', 'السبيعي', 'البقمي', 'الأحمدي', 'الإبراهيم', 'آل فلان', 'الرشيدي',
                 'العسيري', 'الجهني', 'البلوي', 'الخالدي', 'المالكي', 'الثقفي', 'اليامي', 'القرني',
                 'الأسمري'] as family
), drawn as (
    select number, hashint4(number) & 2147483647 as one, hashint4(number * 7 + 1) & 2147483647 as two,
           hashint4(number * 13 + 5) & 2147483647 as three
    from generate_series(1, 1000000) as number
), made as (
    insert into patients
        (id, name_ar, name_en, national_id, id_kind, mobile, language, sex, consent, do_not_contact,
         deceased, is_demo, described_at, created_at)
    select ('01936000-' || lpad(to_hex(number / 65536), 4, '0') || '-7' || lpad(to_hex(number % 4096), 3, '0')
            || '-8000-' || lpad(to_hex(number), 12, '0'))::uuid,
           given[1 + one % 30] || ' ' || given[1 + two % 30] || ' ' || family[1 + three % 25], '',
           (1000000000 + number)::text, 'national_id', '+9665' || lpad((two % 100000000)::text, 8, '0'),
           'ar', 'unknown', 'given', false, false, true, now(), now()
    from drawn, words
    returning id
)
insert into patient_mrns (hospital_id, mrn, patient_id)
select houses.ids[1 + (place % cardinality(houses.ids))], 'R-' || lpad(place::text, 8, '0'), id
from (select id, row_number() over () as place from made) as made,
     (select array_agg(id order by code) as ids from hospitals) as houses;
vacuum analyze patients;
vacuum analyze patient_mrns;
