//! What a message did, and why it did not do more.

use leptos::prelude::*;
use px360_domain::integrations::{EventEffects, EventView};
use px360_domain::{Locale, paths};

use super::words;
use crate::ui::card::Card;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, grouped};

/// Why it waits or has no effect, and what to do about it; nothing for what did its work.
#[component]
pub(super) fn NextStep(
    /// The message.
    event: EventView,
) -> impl IntoView {
    let locale = crate::texts::current();
    let advice = match event.reason {
        Some(reason) => Some(words::advice(locale, reason)),
        None => words::advice_on_status(locale, event.status),
    };
    let why = event.reason.map(|reason| {
        view! { <p><strong>{words::reason(locale, reason)}</strong></p> }
    });
    let waits = event.waits_for_kind.zip(event.waits_for).map(|(kind, code)| {
        view! {
            <p class="waits-for">
                <span>{text!(locale, integrations.waits_for)} " " {words::kind(locale, kind)}</span>
                " "
                <Code text=code/>
            </p>
            <p>
                <a class="button" href=paths::mappings(locale)>
                    {text!(locale, integrations.to_mappings)}
                </a>
            </p>
        }
    });
    advice.map(|advice| {
        view! {
            <Card title=text!(locale, integrations.next_step) id="next-step" class="next-step">
                <div class="stack">
                    {why}
                    <p>{advice}</p>
                    {waits}
                </div>
            </Card>
        }
    })
}

/// What it did, thing by thing.
#[component]
pub(super) fn Effects(
    /// What is known of that.
    effects: EventEffects,
) -> impl IntoView {
    let locale = crate::texts::current();
    let journey = effects.journey_id.map(|id| {
        view! {
            <p>
                <a class="button" href=paths::journey(locale, id)>
                    {text!(locale, integrations.open_journey)}
                </a>
            </p>
        }
    });
    let deeds = deeds(locale, effects);
    let shown = if deeds.is_empty() {
        view! { <p class="hint">{text!(locale, integrations.did_nothing)}</p> }.into_any()
    } else {
        view! { <ul class="effects">{deeds}</ul> }.into_any()
    };
    view! {
        <Card title=text!(locale, integrations.effects) id="effects">
            <div class="stack">
                {shown}
                {journey}
            </div>
        </Card>
    }
}

/// A line for each thing that it did.
pub(crate) fn deeds(locale: Locale, effects: EventEffects) -> Vec<AnyView> {
    let flags = [
        (effects.opened_journey, text!(locale, integrations.did_open_journey)),
        (effects.moved, text!(locale, integrations.did_move)),
        (effects.ended_visit, text!(locale, integrations.did_end_visit)),
        (effects.reopened_visit, text!(locale, integrations.did_reopen_visit)),
        (effects.cancelled_visit, text!(locale, integrations.did_cancel_visit)),
        (effects.survey_id.is_some(), text!(locale, integrations.did_cause_survey)),
    ];
    let mut deeds: Vec<AnyView> = flags
        .into_iter()
        .filter(|(done, _)| *done)
        .map(|(_, word)| line(word.into_any()))
        .collect();
    if let Some(stage) = effects.stage {
        let word = text!(locale, integrations.did_change_stage);
        deeds.push(line(view! { {word} " " <Code text=stage/> }.into_any()));
    }
    if effects.merged_records > 0 {
        let count = i64::from(effects.merged_records);
        let merged = text!(locale, integrations.did_merge, count = count, shown = grouped(count))
            .to_string();
        deeds.push(line(merged.into_any()));
    }
    deeds
}

fn line(said: AnyView) -> AnyView {
    view! {
        <li class="effect">
            <Icon name="check"/>
            <span>{said}</span>
        </li>
    }
    .into_any()
}
