//! Everything that happened to an action, oldest first.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::{ActionLogEntry, ActionLogKind};

use crate::ui::dates::When;
use crate::ui::icon::Icon;

/// The story of the action.
#[component]
pub(super) fn Timeline(
    /// What happened.
    entries: Vec<ActionLogEntry>,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let items =
        entries.into_iter().map(|entry| view! { <Entry entry=entry as_of=as_of/> }).collect_view();
    view! { <ol class="timeline">{items}</ol> }
}

#[component]
fn Entry(
    /// What happened.
    entry: ActionLogEntry,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, class) = look(entry.kind);
    let who = match &entry.by {
        Some(by) => view! { <bdi>{by.pick(locale).to_owned()}</bdi> }.into_any(),
        None => text!(locale, actions.by_system).into_any(),
    };
    let towards = entry.towards.map(|to| {
        view! {
            <span class="entry-towards">
                <Icon name="arrow-right"/>
                <span class="visually-hidden">{text!(locale, actions.told)}" "</span>
                <bdi>{to.pick(locale).to_owned()}</bdi>
            </span>
        }
    });
    view! {
        <li class=class>
            <span class="entry-icon">
                <Icon name=icon/>
            </span>
            <div class="entry-body">
                <p class="entry-head">
                    <span class="entry-title">{title(locale, entry.kind, entry.level, entry.agreed)}</span>
                    {towards}
                    <span class="entry-meta">{who} " · " <When at=entry.at as_of=as_of/></span>
                </p>
                {entry.text.map(|text| view! { <p class="entry-text" dir="auto">{text}</p> })}
            </div>
        </li>
    }
}

fn look(kind: ActionLogKind) -> (&'static str, &'static str) {
    match kind {
        ActionLogKind::Opened => ("flag", "entry"),
        ActionLogKind::Started => ("play", "entry entry-brand"),
        ActionLogKind::Noted => ("lock", "entry entry-note"),
        ActionLogKind::ApprovalRequested => ("send", "entry entry-warn"),
        ActionLogKind::Rejected => ("undo-2", "entry entry-bad"),
        ActionLogKind::Closed => ("circle-check", "entry entry-ok"),
        ActionLogKind::Escalated => ("chevrons-up", "entry entry-bad"),
        ActionLogKind::CallbackAnswered => ("phone", "entry entry-info"),
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
