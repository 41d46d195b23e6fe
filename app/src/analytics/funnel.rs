//! How invitations became answers.

use leptos::prelude::*;
use px360_domain::analytics::Funnel;

use crate::ui::card::Card;
use crate::ui::marks::StackedBar;
use crate::ui::numbers::{Num, grouped, percent_of};

/// Four steps, each as long as what is left of the first; and the rate of response.
#[component]
pub(super) fn FunnelTile(
    /// The counts.
    funnel: Funnel,
) -> impl IntoView {
    let locale = crate::texts::current();
    let rate = percent_of(funnel.completed, funnel.sent);
    let held_back = (funnel.suppressed > 0).then(|| {
        let count = funnel.suppressed;
        text!(locale, analytics.funnel_suppressed, count = count, shown = grouped(count))
    });
    let step = move |name: &'static str, count: i64| {
        let rest = (funnel.created - count).max(0);
        view! {
            <li class="step">
                <span class="step-name">{name}</span>
                <strong class="step-count"><Num text=grouped(count)/></strong>
                <StackedBar parts=vec![("step-done", count), ("step-rest", rest)]/>
            </li>
        }
    };
    view! {
        <Card title=text!(locale, analytics.funnel) id="tile-funnel" class="tile tile-wide">
            <p class="tile-note">
                {text!(locale, analytics.response_rate)} " "
                <strong><Num text=rate.unwrap_or_else(|| "–".to_owned())/></strong>
            </p>
            <ol class="funnel">
                {step(text!(locale, analytics.funnel_created), funnel.created)}
                {step(text!(locale, analytics.funnel_sent), funnel.sent)}
                {step(text!(locale, analytics.funnel_started), funnel.started)}
                {step(text!(locale, analytics.funnel_completed), funnel.completed)}
            </ol>
            {held_back.map(|sentence| view! { <p class="tile-note">{sentence}</p> })}
        </Card>
    }
}
