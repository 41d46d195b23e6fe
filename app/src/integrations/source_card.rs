//! One system that sends: how it does, and what it is.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::ids::SourceId;
use px360_domain::integrations::{EventStatus, SourceHealth, SourceView};

use super::address::Address;
use super::words;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::duration::duration;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::{Code, Num, grouped, percent_of};

/// What can be done about one.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    /// Opens its form.
    pub(super) edit: Callback<SourceView>,
    /// Asks for another key.
    pub(super) renew: Callback<SourceView>,
}

/// One of them; with buttons for whoever may change it.
pub(super) fn source_card(locale: Locale, source: SourceView, deeds: Option<Deeds>) -> AnyView {
    let heading = format!("source-{}", source.id);
    let (id, name, code) = (heading.clone(), source.name.clone(), source.code.clone());
    let badge = words::source_badge(locale, source.health.state);
    let health = health(locale, &source);
    let settings = settings(locale, &source);
    let buttons = deeds.map(|deeds| buttons(locale, source, deeds));
    view! {
        <section class="card source" aria-labelledby=heading>
            <header class="source-head">
                <h2 id=id><bdi dir="auto">{name}</bdi></h2>
                <Code text=code/>
                {badge}
            </header>
            <div class="source-facts">
                {health}
                {settings}
            </div>
            {buttons}
        </section>
    }
    .into_any()
}

fn buttons(locale: Locale, source: SourceView, deeds: Deeds) -> AnyView {
    let other = source.clone();
    view! {
        <div class="buttons">
            <Button
                label=text!(locale, integrations.edit)
                icon="pencil"
                press=Callback::new(move |()| deeds.edit.run(source.clone()))
            />
            <Button
                label=text!(locale, integrations.renew)
                icon="rotate-cw"
                look=ButtonLook::Quiet
                press=Callback::new(move |()| deeds.renew.run(other.clone()))
            />
        </div>
    }
    .into_any()
}

/// How it does: what came, and what waits or failed.
fn health(locale: Locale, source: &SourceView) -> AnyView {
    let SourceHealth { last_received_at, received, failed, parked, dead, .. } = source.health;
    let id = source.id;
    let last = match last_received_at {
        Some(at) => words::moment(locale, at),
        None => hint(text!(locale, integrations.never_sent)),
    };
    let share = percent_of(failed, received).filter(|_| failed > 0);
    let share = share.map(|share| view! { " " <span class="hint"><Num text=share/></span> });
    view! {
        <Facts>
            <Fact name=text!(locale, integrations.last_received)>{last}</Fact>
            <Fact name=text!(locale, integrations.received_in_a_day)>
                <Num text=grouped(received)/>
            </Fact>
            <Fact name=text!(locale, integrations.failed_in_a_day)>
                <Num text=grouped(failed)/>
                {share}
            </Fact>
            <Fact name=words::status(locale, EventStatus::Parked)>
                {count(locale, id, EventStatus::Parked, parked)}
            </Fact>
            <Fact name=words::status(locale, EventStatus::Dead)>
                {count(locale, id, EventStatus::Dead, dead)}
            </Fact>
        </Facts>
    }
    .into_any()
}

/// How many messages stand there; leads to them where there are any.
fn count(locale: Locale, id: SourceId, status: EventStatus, count: i64) -> AnyView {
    let number = view! { <Num text=grouped(count)/> };
    if count == 0 {
        return number.into_any();
    }
    let log = Address { status: Some(status), source_id: Some(id), ..Address::default() };
    view! {
        <a href=log.href(locale)>
            <span class="visually-hidden">{words::status(locale, status)} " "</span>
            {number}
        </a>
    }
    .into_any()
}

/// What it is: for whom it speaks, by what it is known, and what is expected of it.
fn settings(locale: Locale, source: &SourceView) -> AnyView {
    let code = |text: &Option<String>| text.clone().map(|text| view! { <Code text=text/> });
    let application = code(&source.sending_application);
    let facility = code(&source.sending_facility);
    let retention = match source.retention_days.map(i64::from) {
        Some(days) => {
            text!(locale, integrations.kept_days, count = days, shown = grouped(days)).to_string()
        }
        None => text!(locale, integrations.kept_for_good).to_owned(),
    };
    let silence = match source.silence_minutes_max {
        Some(minutes) => duration(locale, i64::from(minutes)).into_any(),
        None => hint(text!(locale, integrations.no_limit)),
    };
    let failures = match source.failure_percent_max {
        Some(percent) => view! { <Num text=format!("{percent}%")/> }.into_any(),
        None => hint(text!(locale, integrations.no_limit)),
    };
    let hospitals = hospitals(locale, source);
    view! {
        <Facts>
            <Fact name=text!(locale, integrations.hospitals)>{hospitals}</Fact>
            {application.map(|text| view! {
                <Fact name=text!(locale, integrations.sending_application)>{text}</Fact>
            })}
            {facility.map(|text| view! {
                <Fact name=text!(locale, integrations.sending_facility)>{text}</Fact>
            })}
            <Fact name=text!(locale, integrations.retention)>{retention}</Fact>
            <Fact name=text!(locale, integrations.silence)>{silence}</Fact>
            <Fact name=text!(locale, integrations.failures)>{failures}</Fact>
        </Facts>
    }
    .into_any()
}

/// The hospitals that it speaks for.
fn hospitals(locale: Locale, source: &SourceView) -> AnyView {
    if source.hospitals.is_empty() {
        return text!(locale, common.all_hospitals).into_any();
    }
    let names = source
        .hospitals
        .iter()
        .map(|hospital| {
            let name = hospital.name.pick(locale).to_owned();
            view! { <li><bdi>{name}</bdi></li> }
        })
        .collect_view();
    view! { <ul>{names}</ul> }.into_any()
}

fn hint(words: &'static str) -> AnyView {
    view! { <span class="hint">{words}</span> }.into_any()
}
