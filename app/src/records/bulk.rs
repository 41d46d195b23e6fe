//! One deed for several records.

use leptos::prelude::*;
use px360_domain::bulk::BulkOutcome;
use px360_domain::records::{BulkDeed, PickedRecords, RecordKind, RecordQuery};

use super::server_fns::records_change_many;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::table::Selection;
use crate::ui::toast::Toasts;

/// What can be done to whatever is picked; says for how many it was possible.
#[component]
pub(super) fn BulkDeeds(
    /// Of what kind.
    kind: RecordKind,
    /// Which rows are picked.
    selection: Selection,
    /// What the list shows, for when everything that matches is meant.
    query: RecordQuery,
    /// Loads the list again.
    reload: Callback<()>,
    /// Whether somebody is asked if they mean it.
    ask: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let finished = move |deed: BulkDeed, outcome: BulkOutcome| {
        if let Some(toasts) = toasts {
            let done = match deed {
                BulkDeed::Flag(_) => {
                    text!(locale, records.bulk_done, count = outcome.done).to_string()
                }
                BulkDeed::Remove => {
                    text!(locale, records.bulk_removed, count = outcome.done).to_string()
                }
            };
            if outcome.refused == 0 {
                toasts.say(&done);
            } else {
                let rest = text!(locale, records.bulk_refused, count = outcome.refused);
                toasts.say(&format!("{done} {rest}"));
            }
        }
        selection.clear();
        reload.try_run(());
    };
    let act = Callback::new(move |deed: BulkDeed| {
        ask.set(false);
        let picked = if selection.is_all_matching_untracked() {
            PickedRecords::Matching(query.clone())
        } else {
            PickedRecords::Ids(selection.keys().iter().filter_map(|id| id.parse().ok()).collect())
        };
        let call = records_change_many(kind, picked, deed);
        request.send(call, move |outcome| finished(deed, outcome));
    });
    let (yes, no) = match kind {
        RecordKind::Patient => {
            (text!(locale, records.bulk_leave_alone), text!(locale, records.bulk_contact))
        }
        _ => (text!(locale, records.bulk_activate), text!(locale, records.bulk_deactivate)),
    };
    let set = move |label: &'static str, flag: bool| {
        view! {
            <Button
                label=label
                pending=request.pending()
                press=Callback::new(move |()| act.run(BulkDeed::Flag(flag)))
            />
        }
    };
    view! {
        {set(yes, true)}
        {set(no, false)}
        <Button
            label=text!(locale, records.remove)
            icon="trash-2"
            look=ButtonLook::Quiet
            pending=request.pending()
            press=Callback::new(move |()| ask.set(true))
        />
        <InlineError error=Signal::derive(move || request.error()) reload=reload/>
        <ConfirmDialog
            id="remove-picked"
            title=text!(locale, records.bulk_remove_title)
            consequence=text!(locale, records.bulk_remove_text)
            deed=text!(locale, records.remove)
            open=ask
            confirm=Callback::new(move |()| act.run(BulkDeed::Remove))
        />
    }
}
