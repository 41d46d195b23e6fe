//! The closed words about actions, as people read them: a word, a shape and a colour each.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::{ActionKind, ActionStatus, Clock, Severity};

use crate::ui::icon::Icon;

/// Where an action stands.
pub(crate) fn status(locale: Locale, status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Open => text!(locale, actions.status_open),
        ActionStatus::InProgress => text!(locale, actions.status_in_progress),
        ActionStatus::PendingApproval => text!(locale, actions.status_pending_approval),
        ActionStatus::Closed => text!(locale, actions.status_closed),
    }
}

/// How bad it is.
pub(crate) fn severity(locale: Locale, severity: Severity) -> &'static str {
    match severity {
        Severity::Low => text!(locale, actions.severity_low),
        Severity::Medium => text!(locale, actions.severity_medium),
        Severity::High => text!(locale, actions.severity_high),
        Severity::Critical => text!(locale, actions.severity_critical),
    }
}

/// What caused it.
pub(super) fn kind(locale: Locale, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::LowScore => text!(locale, actions.kind_low_score),
        ActionKind::Callback => text!(locale, actions.kind_callback),
    }
}

/// Which deadline.
pub(super) fn clock(locale: Locale, clock: Clock) -> &'static str {
    match clock {
        Clock::Response => text!(locale, actions.clock_response),
        Clock::Resolution => text!(locale, actions.clock_resolution),
    }
}

/// The state as a badge.
#[component]
pub(super) fn StatusBadge(
    /// The state.
    status: ActionStatus,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, class) = match status {
        ActionStatus::Open => ("circle", "badge badge-info"),
        ActionStatus::InProgress => ("circle-dot", "badge badge-brand"),
        ActionStatus::PendingApproval => ("shield-question-mark", "badge badge-warn"),
        ActionStatus::Closed => ("lock", "badge badge-mute"),
    };
    view! {
        <span class=class>
            <Icon name=icon/>
            {self::status(locale, status)}
        </span>
    }
}

/// One to four bars and the word.
#[component]
pub(super) fn SeverityMark(
    /// How bad it is.
    severity: Severity,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (level, class) = match severity {
        Severity::Low => (1, "severity severity-low"),
        Severity::Medium => (2, "severity severity-medium"),
        Severity::High => (3, "severity severity-high"),
        Severity::Critical => (4, "severity severity-critical"),
    };
    let bars = (0..4)
        .map(|bar| {
            let class = if bar < level { "bar bar-on" } else { "bar" };
            let height = 5 + bar * 3;
            view! { <rect class=class x=bar * 5 y=16 - height width="4" height=height rx="1"></rect> }
        })
        .collect_view();
    view! {
        <span class=class>
            <svg
                class="mark-bars"
                viewBox="0 0 19 16"
                width="19"
                height="16"
                aria-hidden="true"
                focusable="false"
            >
                {bars}
            </svg>
            {self::severity(locale, severity)}
        </span>
    }
}
