//! One message, and the way to what it is about.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::notifications::{Notice, NotificationKind, ReadNotices};
use px360_domain::{Locale, paths};

use super::bell::InboxResource;
use super::server_fns::notifications_read;
use crate::UiError;
use crate::ui::badge::Tone;
use crate::ui::dates::When;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;

/// Marks messages as read. The bell then counts again, wherever one is by then, and whatever else
/// shows messages follows the bell.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pending: RwSignal<bool>,
    error: RwSignal<Option<UiError>>,
    bell: Option<InboxResource>,
    /// Until when the reader has seen everything.
    seen: StoredValue<Option<DateTime<Utc>>>,
}

impl Reading {
    /// Nothing read yet.
    pub(super) fn new() -> Self {
        Self {
            pending: RwSignal::new(false),
            error: RwSignal::new(None),
            bell: use_context::<InboxResource>(),
            seen: StoredValue::new(None),
        }
    }

    /// Each press counts, however quickly one follows the other.
    fn mark(self, cmd: ReadNotices) {
        self.pending.set(true);
        leptos::task::spawn_local(async move {
            let error = notifications_read(cmd).await.err();
            if let Some(InboxResource(bell)) = self.bell {
                bell.refetch();
            }
            let _gone = self.error.try_set(error);
            let _gone = self.pending.try_set(false);
        });
    }

    /// Remembers that everything up to then is shown.
    pub(super) fn show(self, as_of: DateTime<Utc>) {
        self.seen.set_value(Some(as_of));
    }

    /// Everything that was shown, and nothing that came since.
    pub(super) fn mark_all(self) {
        if let Some(until) = self.seen.get_value() {
            self.mark(ReadNotices { ids: Vec::new(), until: Some(until) });
        }
    }

    pub(super) fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    pub(super) fn error(self) -> Signal<Option<UiError>> {
        self.error.into()
    }
}

/// One message as a line that leads to what it is about.
pub(super) fn line(notice: Notice, as_of: DateTime<Utc>, reading: Reading) -> AnyView {
    let locale = crate::texts::current();
    let (icon, tone) = look(notice.kind);
    let unread = notice.read_at.is_none();
    let id = notice.id;
    let read = move |_| {
        if unread {
            reading.mark(ReadNotices { ids: vec![id], until: None });
        }
    };
    let said = sentence(locale, &notice);
    let inside = view! {
        <span class=format!("notice-icon {}", tone.class())>
            <Icon name=icon/>
        </span>
        <span class="notice-words">
            <span class="notice-said">
                {unread.then(|| view! {
                    <span class="visually-hidden">{text!(locale, common.unread)}": "</span>
                })}
                {said}
            </span>
            <span class="hint">
                <bdi>{notice.hospital.pick(locale).to_owned()}</bdi> " · "
                <When at=notice.at as_of=as_of/>
            </span>
        </span>
    };
    let class = if unread { "notice notice-unread" } else { "notice" };
    let action = notice.action_id.map(|id| paths::action(locale, id));
    match action.or(notice.source_id.map(|_| paths::sources(locale))) {
        Some(href) => view! {
            <li class=class>
                <a href=href on:click=read>{inside}</a>
            </li>
        }
        .into_any(),
        None => view! { <li class=class>{inside}</li> }.into_any(),
    }
}

fn sentence(locale: Locale, notice: &Notice) -> String {
    let reference = isolated_words(notice.reference.as_deref().unwrap_or_default());
    match notice.kind {
        NotificationKind::ActionAssigned => {
            text!(locale, common.told_assigned, reference = reference)
        }
        NotificationKind::ActionEscalated => {
            text!(locale, common.told_escalated, reference = reference)
        }
        NotificationKind::ApprovalRequested => {
            text!(locale, common.told_approval, reference = reference)
        }
        NotificationKind::ClosingRejected => {
            text!(locale, common.told_rejected, reference = reference)
        }
        NotificationKind::SourceSilent => {
            text!(locale, common.told_source_silent, reference = reference)
        }
        NotificationKind::SourceFailing => {
            text!(locale, common.told_source_failing, reference = reference)
        }
        NotificationKind::SurveyTest => text!(locale, common.told_survey_test).to_owned(),
        // Patients get these, and no inbox lists a digest of itself.
        NotificationKind::SurveyInvitation
        | NotificationKind::SurveyReminder
        | NotificationKind::StaffDigest => reference,
    }
}

fn look(kind: NotificationKind) -> (&'static str, Tone) {
    match kind {
        NotificationKind::ActionAssigned => ("user-round-check", Tone::Info),
        NotificationKind::ActionEscalated => ("chevrons-up", Tone::Bad),
        NotificationKind::ApprovalRequested => ("shield-question-mark", Tone::Warn),
        NotificationKind::ClosingRejected => ("undo-2", Tone::Warn),
        NotificationKind::SourceSilent => ("clock", Tone::Warn),
        NotificationKind::SourceFailing => ("triangle-alert", Tone::Bad),
        NotificationKind::SurveyInvitation
        | NotificationKind::SurveyReminder
        | NotificationKind::SurveyTest
        | NotificationKind::StaffDigest => ("send", Tone::Mute),
    }
}
