//! How much working time is left, or by how much a deadline was missed.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::actions::ActionCard;

use super::words;
use crate::ui::dates::When;
use crate::ui::duration::duration;
use crate::ui::icon::Icon;

/// From here on a deadline counts as near.
const SOON_MINUTES: i64 = 4 * 60;

/// The running deadline: time left or overdue, and the exact moment.
#[component]
pub(super) fn SlaCell(
    /// The action.
    card: ActionCard,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (Some(due_at), Some(minutes)) = (card.due_at, card.working_minutes_left) else {
        return view! { <span class="sla-none">{text!(locale, actions.sla_none)}</span> }
            .into_any();
    };
    let length = duration(locale, minutes);
    let (icon, class, words) = if card.overdue {
        // Overdue since closing time: no working minute has passed yet, but the deadline has.
        let words = if minutes < 0 {
            text!(locale, actions.sla_overdue_by, duration = length)
        } else {
            text!(locale, actions.sla_overdue).to_string()
        };
        ("octagon-alert", "sla sla-overdue", words)
    } else if minutes < SOON_MINUTES {
        ("alarm-clock", "sla sla-soon", text!(locale, actions.sla_left, duration = length))
    } else {
        ("clock", "sla sla-fine", text!(locale, actions.sla_left, duration = length))
    };
    view! {
        <span class=class>
            <Icon name=icon/>
            <span class="sla-words">{words}</span>
        </span>
        <span class="sla-due">
            {card.clock.map(|clock| words::clock(locale, clock))} " · "
            <When at=due_at as_of=as_of/>
        </span>
    }
    .into_any()
}
