//! Puts a message into words. The words are files in `templates`.

use px360_domain::Locale;
use px360_domain::notifications::{Channel, NotificationKind};

/// Marks around a name of another direction (FSI and PDI).
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// Where a message leads: made when it is sent and never stored.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    /// To what it is about.
    pub(super) link: &'a str,
    /// To where a patient stops messages; of no use to staff.
    pub(super) stop: &'a str,
}

/// As the log keeps them.
const LOGGED: Links<'static> = Links { link: "{link}", stop: "{stop}" };

/// What a text may name.
pub(super) struct Values {
    pub(super) hospital: String,
    pub(super) reference: String,
    pub(super) level: String,
    pub(super) count: String,
}

/// A message in words.
pub(super) struct Rendered {
    pub(super) subject: Option<String>,
    pub(super) text: String,
    /// The text as the log keeps it, with `{link}` and `{stop}` where links stood.
    pub(super) logged: String,
}

/// Puts a message into words.
///
/// Names are isolated on channels that carry the marks unseen. Not in text messages: they are not in
/// the alphabet of GSM, so that an English text would cost double, and old phones show them as boxes.
/// The link is never isolated, because people copy it; it stands in a line of its own instead.
pub(super) fn render(
    kind: NotificationKind,
    channel: Channel,
    language: Locale,
    values: &Values,
    links: Links<'_>,
) -> Rendered {
    let text =
        |links: Links<'_>| fill(template(kind, language), values, links, channel != Channel::Sms);
    let subject =
        (channel == Channel::Email).then(|| fill(subject(kind, language), values, links, false));
    Rendered { subject, text: text(links), logged: text(LOGGED) }
}

/// Replaces each `{name}` once, from left to right: a value with braces in it is only a value.
fn fill(template: &str, values: &Values, links: Links<'_>, isolate: bool) -> String {
    let mut text = String::with_capacity(template.len() + 2 * links.stop.len());
    let mut rest = template.trim_end();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        match name {
            "link" => text.push_str(links.link),
            "stop" => text.push_str(links.stop),
            "hospital" => push(&mut text, &values.hospital, isolate),
            "reference" => push(&mut text, &values.reference, isolate),
            "level" => text.push_str(&values.level),
            "count" => text.push_str(&values.count),
            _ => {}
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn push(text: &mut String, value: &str, isolate: bool) {
    if isolate {
        text.push(ISOLATE.0);
        text.push_str(value);
        text.push(ISOLATE.1);
    } else {
        text.push_str(value);
    }
}

const fn template(kind: NotificationKind, language: Locale) -> &'static str {
    use NotificationKind as K;
    match (kind, language) {
        (K::SurveyInvitation, Locale::Ar) => include_str!("templates/survey_invitation.ar.txt"),
        (K::SurveyInvitation, Locale::En) => include_str!("templates/survey_invitation.en.txt"),
        (K::SurveyTest, Locale::Ar) => include_str!("templates/survey_test.ar.txt"),
        (K::SurveyTest, Locale::En) => include_str!("templates/survey_test.en.txt"),
        (K::SurveyReminder, Locale::Ar) => include_str!("templates/survey_reminder.ar.txt"),
        (K::SurveyReminder, Locale::En) => include_str!("templates/survey_reminder.en.txt"),
        (K::ActionEscalated, Locale::Ar) => include_str!("templates/action_escalated.ar.txt"),
        (K::ActionEscalated, Locale::En) => include_str!("templates/action_escalated.en.txt"),
        (K::ActionAssigned, Locale::Ar) => include_str!("templates/action_assigned.ar.txt"),
        (K::ActionAssigned, Locale::En) => include_str!("templates/action_assigned.en.txt"),
        (K::ApprovalRequested, Locale::Ar) => include_str!("templates/approval_requested.ar.txt"),
        (K::ApprovalRequested, Locale::En) => include_str!("templates/approval_requested.en.txt"),
        (K::ClosingRejected, Locale::Ar) => include_str!("templates/closing_rejected.ar.txt"),
        (K::ClosingRejected, Locale::En) => include_str!("templates/closing_rejected.en.txt"),
        (K::SourceSilent, Locale::Ar) => include_str!("templates/source_silent.ar.txt"),
        (K::SourceSilent, Locale::En) => include_str!("templates/source_silent.en.txt"),
        (K::SourceFailing, Locale::Ar) => include_str!("templates/source_failing.ar.txt"),
        (K::SourceFailing, Locale::En) => include_str!("templates/source_failing.en.txt"),
        (K::StaffDigest, Locale::Ar) => include_str!("templates/staff_digest.ar.txt"),
        (K::StaffDigest, Locale::En) => include_str!("templates/staff_digest.en.txt"),
    }
}

const fn subject(kind: NotificationKind, language: Locale) -> &'static str {
    use NotificationKind as K;
    match (kind, language) {
        (K::SurveyInvitation, Locale::Ar) => {
            include_str!("templates/survey_invitation_subject.ar.txt")
        }
        (K::SurveyInvitation, Locale::En) => {
            include_str!("templates/survey_invitation_subject.en.txt")
        }
        (K::SurveyTest, Locale::Ar) => include_str!("templates/survey_test_subject.ar.txt"),
        (K::SurveyTest, Locale::En) => include_str!("templates/survey_test_subject.en.txt"),
        (K::SurveyReminder, Locale::Ar) => include_str!("templates/survey_reminder_subject.ar.txt"),
        (K::SurveyReminder, Locale::En) => include_str!("templates/survey_reminder_subject.en.txt"),
        (K::ActionEscalated, Locale::Ar) => {
            include_str!("templates/action_escalated_subject.ar.txt")
        }
        (K::ActionEscalated, Locale::En) => {
            include_str!("templates/action_escalated_subject.en.txt")
        }
        (K::ActionAssigned, Locale::Ar) => include_str!("templates/action_assigned_subject.ar.txt"),
        (K::ActionAssigned, Locale::En) => include_str!("templates/action_assigned_subject.en.txt"),
        (K::ApprovalRequested, Locale::Ar) => {
            include_str!("templates/approval_requested_subject.ar.txt")
        }
        (K::ApprovalRequested, Locale::En) => {
            include_str!("templates/approval_requested_subject.en.txt")
        }
        (K::ClosingRejected, Locale::Ar) => {
            include_str!("templates/closing_rejected_subject.ar.txt")
        }
        (K::ClosingRejected, Locale::En) => {
            include_str!("templates/closing_rejected_subject.en.txt")
        }
        (K::SourceSilent, Locale::Ar) => include_str!("templates/source_silent_subject.ar.txt"),
        (K::SourceSilent, Locale::En) => include_str!("templates/source_silent_subject.en.txt"),
        (K::SourceFailing, Locale::Ar) => include_str!("templates/source_failing_subject.ar.txt"),
        (K::SourceFailing, Locale::En) => include_str!("templates/source_failing_subject.en.txt"),
        (K::StaffDigest, Locale::Ar) => include_str!("templates/staff_digest_subject.ar.txt"),
        (K::StaffDigest, Locale::En) => include_str!("templates/staff_digest_subject.en.txt"),
    }
}
