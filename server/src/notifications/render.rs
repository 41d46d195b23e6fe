//! Puts a message into words. The words are files in `templates`.

use px360_domain::notifications::{Channel, NotificationKind};
use px360_domain::surveys::piping::{Placeholder, filled};
use px360_domain::{Bilingual, Locale};

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
#[derive(Default)]
pub(super) struct Values {
    pub(super) hospital: String,
    pub(super) department: Option<String>,
    pub(super) physician: Option<String>,
    /// The words of an invitation, where its survey has some of its own.
    pub(super) words: Option<String>,
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
    let isolate = channel != Channel::Sms;
    let words = invitation(language, values, isolate);
    let text = |links: Links<'_>| fill(template(kind, language), values, (&words, links), isolate);
    let subject = (channel == Channel::Email)
        .then(|| fill(subject(kind, language), values, (&words, links), false));
    Rendered { subject, text: text(links), logged: text(LOGGED) }
}

/// What a text message that invites looks like: the usual words, and what stands around them.
pub(crate) fn sample() -> (Bilingual, Bilingual) {
    let kind = NotificationKind::SurveyInvitation;
    let both = |text: &dyn Fn(Locale) -> &'static str| {
        Bilingual::new(text(Locale::Ar).trim_end(), text(Locale::En).trim_end())
    };
    (both(&usual_words), both(&|language| template(kind, language)))
}

/// The first line of an invitation, with every name in its place.
fn invitation(language: Locale, values: &Values, isolate: bool) -> String {
    let words = values.words.as_deref().unwrap_or_else(|| usual_words(language).trim_end());
    filled(words, &|name| {
        let known = match name {
            Placeholder::Hospital => Some(&values.hospital),
            Placeholder::Department => values.department.as_ref(),
            Placeholder::Physician => values.physician.as_ref(),
            Placeholder::VisitDate => None,
        };
        let mut named = String::new();
        match known {
            Some(known) => push(&mut named, known, isolate),
            None => named.push_str(name.unknown(language)),
        }
        named
    })
}

const fn usual_words(language: Locale) -> &'static str {
    match language {
        Locale::Ar => include_str!("templates/survey_invitation_words.ar.txt"),
        Locale::En => include_str!("templates/survey_invitation_words.en.txt"),
    }
}

/// Replaces each `{name}` once, from left to right: a value with braces in it is only a value.
fn fill(
    template: &str,
    values: &Values,
    (words, links): (&str, Links<'_>),
    isolate: bool,
) -> String {
    let mut text = String::with_capacity(template.len() + 2 * links.stop.len());
    let mut rest = template.trim_end();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        match name {
            "words" => text.push_str(words),
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
