//! What became of the rows, or would.

use leptos::prelude::*;
use px360_domain::records::{Import, ImportStatus};

use super::words;
use crate::ui::card::Card;
use crate::ui::numbers::grouped;

/// How many rows are new, change something, say nothing new, and cannot be kept.
#[component]
pub(super) fn Outcome(
    /// The import.
    import: Import,
) -> impl IntoView {
    let locale = crate::texts::current();
    let tried = matches!(import.status, ImportStatus::Checking | ImportStatus::Checked);
    let counts = [
        ("made", text!(locale, records.import_made), import.made),
        ("changed", text!(locale, records.import_changed), import.changed),
        ("same", text!(locale, records.import_same), import.same),
        ("faulty", text!(locale, records.import_faulty), import.faulty),
    ];
    let counts = counts
        .into_iter()
        .map(|(id, word, count)| {
            let bad = id == "faulty" && count > 0;
            view! {
                <div class="import-count" class:import-bad=bad data-count=id>
                    <dt>{word}</dt>
                    <dd><span class="num">{grouped(i64::from(count))}</span></dd>
                </div>
            }
        })
        .collect_view();
    let title =
        if tried { text!(locale, records.import_would) } else { text!(locale, records.import_did) };
    let remark = words::remark(locale, &import);
    view! {
        <Card id="import-outcome" title=title>
            <dl class="import-counts">{counts}</dl>
            {remark.map(|remark| view! { <p class="hint">{remark}</p> })}
        </Card>
    }
}
