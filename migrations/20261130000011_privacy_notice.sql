-- Which words about privacy a patient was shown who began to answer: the day from which they were what they were. Unknown
-- of surveys that were begun before, and of anonymous answers, which know their month and no more.

alter table surveys add column privacy_notice date;
