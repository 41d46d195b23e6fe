//! The codes that messages wait for.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::integrations::{CodeKind, EventReason, EventStatus, WaitingCode};

use super::address::Address;
use super::words;
use crate::layout::name_of;
use crate::ui::button::Button;
use crate::ui::card::Card;
use crate::ui::empty::EmptyState;
use crate::ui::numbers::{Code, grouped};

/// Each code, how much waits for it, and the way to say what it stands for.
pub(super) fn waiting_card(
    locale: Locale,
    codes: Vec<WaitingCode>,
    hospitals: &[HospitalName],
    map: Option<Callback<WaitingCode>>,
) -> AnyView {
    if codes.is_empty() {
        let title = text!(locale, integrations.waiting_none);
        let hint = text!(locale, integrations.waiting_none_hint);
        return view! { <EmptyState icon="circle-check" title=title hint=hint/> }.into_any();
    }
    let lines =
        codes.into_iter().map(|waiting| line(locale, waiting, hospitals, map)).collect_view();
    view! {
        <Card title=text!(locale, integrations.waiting) id="waiting">
            <p class="hint">{text!(locale, integrations.waiting_hint)}</p>
            <ul class="waiting-codes">{lines}</ul>
        </Card>
    }
    .into_any()
}

fn line(
    locale: Locale,
    waiting: WaitingCode,
    hospitals: &[HospitalName],
    map: Option<Callback<WaitingCode>>,
) -> AnyView {
    let hospital = name_of(locale, hospitals, &waiting.hospital);
    let count = waiting.messages;
    let messages = text!(locale, integrations.messages_wait, count = count, shown = grouped(count))
        .to_string();
    let log = log_of(&waiting).href(locale);
    let (source, code) = (waiting.source.clone(), waiting.code.clone());
    let since = words::moment(locale, waiting.since);
    let kind = words::kind(locale, waiting.kind);
    let label = match waiting.kind {
        CodeKind::Hospital => None,
        CodeKind::Department => Some(text!(locale, integrations.map_department)),
        CodeKind::Physician => Some(text!(locale, integrations.map_physician)),
        CodeKind::Event => Some(text!(locale, integrations.map_event)),
    };
    let button = map.zip(label).map(|(map, label)| {
        let press = Callback::new(move |()| map.run(waiting.clone()));
        view! { <Button label=label press=press/> }
    });
    view! {
        <li class="waiting-code">
            <p class="waiting-what">
                <span class="hint">{kind}</span>
                <Code text=code/>
            </p>
            <p class="waiting-where">
                <bdi dir="auto">{source}</bdi>
                " · "
                <bdi>{hospital}</bdi>
            </p>
            <p class="waiting-since">
                <a href=log>{messages}</a>
                <span class="hint">{text!(locale, integrations.since)} " " {since}</span>
            </p>
            {button}
        </li>
    }
    .into_any()
}

/// The messages of this source that wait for such a code.
fn log_of(waiting: &WaitingCode) -> Address {
    let reason = match waiting.kind {
        CodeKind::Hospital => None,
        CodeKind::Department => Some(EventReason::UnknownDepartment),
        CodeKind::Physician => Some(EventReason::UnknownPhysician),
        CodeKind::Event => Some(EventReason::UnknownEventCode),
    };
    Address {
        status: Some(EventStatus::Parked),
        reason,
        source_id: Some(waiting.source_id),
        hospital: Some(waiting.hospital.clone()),
        ..Address::default()
    }
}
