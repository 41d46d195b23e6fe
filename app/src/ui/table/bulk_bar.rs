//! What can be done with the picked rows, in place of the toolbar.

use leptos::prelude::*;

use super::Selection;
use crate::ui::numbers::grouped;

/// Appears as soon as a row is picked, and says how many are meant.
#[component]
pub(crate) fn BulkBar(
    /// Which rows are picked.
    selection: Selection,
    /// How many rows this page has.
    page: usize,
    /// How many rows the filter finds.
    total: i64,
    /// The deeds.
    children: ChildrenFn,
) -> impl IntoView {
    let locale = crate::texts::current();
    let meant = move || {
        if selection.is_all_matching() {
            total
        } else {
            i64::try_from(selection.count()).unwrap_or(i64::MAX)
        }
    };
    let whole_page = move || selection.count() == page && !selection.is_all_matching();
    let more = total > i64::try_from(page).unwrap_or(i64::MAX);
    let shown = Memo::new(move |_| meant() > 0);
    view! {
        <div class="bulk" role="region" aria-label=text!(locale, kit.bulk_label) hidden=move || !shown.get()>
            <p class="bulk-count" role="status">
                {move || text!(locale, kit.picked, count = meant(), shown = grouped(meant())).to_string()}
            </p>
            {move || (more && whole_page()).then(|| view! {
                <button
                    r#type="button"
                    class="button button-quiet"
                    on:click=move |_| selection.pick_all_matching()
                >
                    {text!(locale, kit.pick_all_matching, count = total, shown = grouped(total)).to_string()}
                </button>
            })}
            {move || shown.get().then(|| children())}
            <button r#type="button" class="button button-quiet" on:click=move |_| selection.clear()>
                {text!(locale, kit.pick_none)}
            </button>
        </div>
    }
}
