//! One deed for several actions.

use leptos::prelude::*;
use px360_domain::actions::{ActionFilter, PickedActions};
use px360_domain::bulk::BulkOutcome;

use super::server_fns::actions_start_many;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::table::Selection;
use crate::ui::toast::Toasts;

/// Starts everything that is picked and can be started; says for how many that was so.
#[component]
pub(super) fn BulkStart(
    /// Which rows are picked.
    selection: Selection,
    /// What the list shows, for when everything that matches is meant.
    filter: ActionFilter,
    /// Loads the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let start = Request::new();
    let toasts = use_context::<Toasts>();
    let started = move |outcome: BulkOutcome| {
        if let Some(toasts) = toasts {
            let done = text!(locale, actions.bulk_started, count = outcome.done).to_string();
            if outcome.refused == 0 {
                toasts.say(&done);
            } else {
                let rest = text!(locale, actions.bulk_refused, count = outcome.refused);
                toasts.say(&format!("{done} {rest}"));
            }
        }
        selection.clear();
        reload.try_run(());
    };
    let press = Callback::new(move |()| {
        let picked = if selection.is_all_matching_untracked() {
            PickedActions::Matching(ActionFilter { cursor: None, ..filter.clone() })
        } else {
            PickedActions::Ids(selection.keys().iter().filter_map(|id| id.parse().ok()).collect())
        };
        start.send(actions_start_many(picked), started);
    });
    let error = Signal::derive(move || start.error());
    view! {
        <Button
            label=text!(locale, actions.start)
            icon="play"
            look=ButtonLook::Primary
            pending=start.pending()
            press=press
        />
        <InlineError error=error reload=reload/>
    }
}
