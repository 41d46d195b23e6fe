//! One message, and every attempt at it behind it.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::notifications::{DeliveryAttempt, DeliveryRow, NotificationKind};

use crate::journeys::name;
use crate::notifications::words;
use crate::ui::dates::date_time;
use crate::ui::numbers::{Code, grouped};

pub(super) fn line(locale: Locale, row: &DeliveryRow) -> AnyView {
    let why = row.reason.map(|reason| view! { <span>{words::reason(locale, reason)}</span> });
    let reminds = (row.kind == NotificationKind::SurveyReminder)
        .then(|| view! { <span>{text!(locale, surveys.reminder)}</span> });
    let last = row.attempts.iter().rev().find(|attempt| attempt.channel.is_some());
    let last = last.map(|attempt| way(locale, attempt));
    let times = [
        Some(text!(locale, surveys.asked_at, at = date_time(locale, row.created_at)).to_string()),
        row.sent_at
            .map(|at| text!(locale, surveys.sent_at, at = date_time(locale, at)).to_string()),
        row.sent_at.is_none().then(|| {
            text!(locale, surveys.due_at, at = date_time(locale, row.send_after)).to_string()
        }),
    ];
    let times = times.into_iter().flatten().map(|it| view! { <span>{it}</span> }).collect_view();
    let attempts = row.attempts.iter().map(|one| attempt(locale, one)).collect_view();
    let any = !row.attempts.is_empty();
    view! {
        <li class="template-version delivery">
            {words::status_badge(locale, row.status)}
            <strong>{name(locale, &row.survey)}</strong>
            {reminds}
            {why}
            {last}
            <p class="places">{name(locale, &row.hospital)} {times}</p>
            {any.then(|| view! {
                <details class="delivery-attempts">
                    <summary>
                        {text!(locale, surveys.attempts, count = row.attempts.len()).to_string()}
                    </summary>
                    <ol>{attempts}</ol>
                </details>
            })}
        </li>
    }
    .into_any()
}

/// How it went, and where to.
fn way(locale: Locale, attempt: &DeliveryAttempt) -> AnyView {
    let channel = attempt.channel.map(|channel| words::channel(locale, channel));
    let address = attempt.address.clone().map(|address| view! { " " <Code text=address/> });
    view! { <span class="delivery-way">{channel} {address}</span> }.into_any()
}

fn attempt(locale: Locale, attempt: &DeliveryAttempt) -> AnyView {
    let outcome = words::attempt(locale, &attempt.status);
    let error = attempt.error.clone().map(|error| view! { " · " <Code text=error/> });
    let provider = attempt.provider.clone().map(|provider| view! { " · " <Code text=provider/> });
    let segments = attempt.segments.map(|segments| {
        let count = i64::from(segments);
        view! { " · " {text!(locale, surveys.segments, count = count, shown = grouped(count)).to_string()} }
    });
    let body =
        attempt.body.clone().map(|body| view! { <blockquote dir="auto">{body}</blockquote> });
    view! {
        <li>
            <p>
                {date_time(locale, attempt.at)} " · "
                <strong>{outcome}</strong>
                {provider} {segments} {error} " " {way(locale, attempt)}
            </p>
            {body}
        </li>
    }
    .into_any()
}
