-- Whoever sees a survey sees what became of its invitation, and why it was not sent.
create policy of_a_survey on notifications for select using (
    survey_id is not null and exists (select from surveys where surveys.id = survey_id));
