//! Everything that happened to an action, in the words of the kit's timeline.

use px360_domain::Locale;
use px360_domain::actions::{ActionLogEntry, ActionLogKind};

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
    Happening {
        icon,
        tone,
        kind,
        title: title(locale, entry.kind, entry.level, entry.agreed),
        towards: entry.towards.map(|to| to.pick(locale).to_owned()),
        by: entry.by.map(|by| by.pick(locale).to_owned()),
        at: entry.at,
        text: entry.text,
        internal: entry.kind == ActionLogKind::Noted,
        href: None,
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
        ActionLogKind::CallbackAnswered if agreed == Some(true) => {
            text!(locale, actions.log_callback_yes).to_owned()
        }
        ActionLogKind::CallbackAnswered => text!(locale, actions.log_callback_no).to_owned(),
    }
}
