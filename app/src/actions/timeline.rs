//! Everything that happened to an action, in the words of the kit's timeline.

use px360_domain::actions::{ActionLogEntry, ActionLogKind};
use px360_domain::{Bilingual, Locale};

use crate::ui::badge::Tone;
use crate::ui::timeline::Happening;

/// What colleagues wrote.
const NOTES: &str = "notes";
/// What was late.
const ESCALATIONS: &str = "escalations";
/// How the work went on.
const STEPS: &str = "steps";

/// The kinds that one may want to see alone.
pub(super) fn kinds(locale: Locale) -> Vec<(&'static str, &'static str)> {
    vec![
        (NOTES, text!(locale, actions.log_notes)),
        (STEPS, text!(locale, actions.log_steps)),
        (ESCALATIONS, text!(locale, actions.log_escalations)),
    ]
}

/// One entry of the action's log.
pub(super) fn happening(locale: Locale, entry: ActionLogEntry) -> Happening {
    let (icon, tone, kind) = look(entry.kind);
    let absent = entry.in_place_of.as_ref();
    Happening {
        icon,
        tone,
        kind,
        title: title(locale, entry.kind, entry.level, entry.agreed),
        towards: entry.towards.map(|to| person(locale, &to, absent.filter(|_| entry.by.is_none()))),
        by: entry.by.map(|by| person(locale, &by, absent)),
        at: entry.at,
        text: entry.text,
        internal: entry.kind == ActionLogKind::Noted,
        href: None,
    }
}

/// Somebody, and whom they stood in for.
fn person(locale: Locale, person: &Bilingual, absent: Option<&Bilingual>) -> String {
    let person = person.pick(locale);
    match absent {
        Some(absent) => {
            text!(locale, actions.in_place_of, person = person, absent = absent.pick(locale))
                .to_string()
        }
        None => person.to_owned(),
    }
}

fn look(kind: ActionLogKind) -> (&'static str, Tone, &'static str) {
    match kind {
        ActionLogKind::Opened => ("flag", Tone::Mute, STEPS),
        ActionLogKind::Started => ("play", Tone::Brand, STEPS),
        ActionLogKind::Noted => ("lock", Tone::Warn, NOTES),
        ActionLogKind::ApprovalRequested => ("send", Tone::Warn, STEPS),
        ActionLogKind::Rejected => ("undo-2", Tone::Bad, STEPS),
        ActionLogKind::Closed => ("circle-check", Tone::Ok, STEPS),
        ActionLogKind::Escalated => ("chevrons-up", Tone::Bad, ESCALATIONS),
        ActionLogKind::CallbackAnswered => ("phone", Tone::Info, STEPS),
        ActionLogKind::Repeated => ("rotate-cw", Tone::Warn, STEPS),
    }
}

fn title(locale: Locale, kind: ActionLogKind, level: Option<u8>, agreed: Option<bool>) -> String {
    match kind {
        ActionLogKind::Opened => text!(locale, actions.log_opened).to_owned(),
        ActionLogKind::Started => text!(locale, actions.log_started).to_owned(),
        ActionLogKind::Noted => text!(locale, actions.log_noted).to_owned(),
        ActionLogKind::ApprovalRequested => {
            text!(locale, actions.log_approval_requested).to_owned()
        }
        ActionLogKind::Rejected => text!(locale, actions.log_rejected).to_owned(),
        ActionLogKind::Closed => text!(locale, actions.log_closed).to_owned(),
        ActionLogKind::Escalated => {
            text!(locale, actions.log_escalated, level = level.unwrap_or_default())
        }
        ActionLogKind::CallbackAnswered => call(locale, agreed == Some(true)).to_owned(),
        ActionLogKind::Repeated => text!(locale, actions.log_repeated).to_owned(),
    }
}

/// What the patient said to "may we call you?".
pub(super) fn call(locale: Locale, agreed: bool) -> &'static str {
    if agreed {
        text!(locale, actions.log_callback_yes)
    } else {
        text!(locale, actions.log_callback_no)
    }
}
