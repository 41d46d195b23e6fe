-- Answers that are several choices, or "does not apply"; and what each is worth, once the survey is complete.

alter table answers
    -- The keys of the choices; of a ranking, the first one first.
    add column choices text[],
    add column not_applicable boolean constraint answers_not_applicable_check check (not_applicable),
    -- Between 0 and 10,000: of scales.
    add column points smallint constraint answers_points_check check (points between 0 and 10000),
    -- Whether it is one of the best answers: of whatever is in a share.
    add column top boolean,
    drop constraint answers_one_value_check,
    add constraint answers_one_value_check
        check (num_nonnulls(number, yes_no, words, choices, not_applicable) = 1);
