-- Whoever writes a survey sends it to themselves, to see it as a patient would.
alter table notifications
    add column survey_version_id uuid constraint notifications_survey_version_fkey
        references survey_versions on delete set null,
    drop constraint notifications_kind_check,
    add constraint notifications_kind_check check (kind in (
        'survey_invitation', 'survey_reminder', 'survey_test', 'action_escalated',
        'action_assigned', 'approval_requested', 'closing_rejected', 'source_silent',
        'source_failing'));
create index notifications_survey_version_idx on notifications (survey_version_id)
    where survey_version_id is not null;
