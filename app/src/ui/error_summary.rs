//! Everything that keeps a form from being sent, above the form and with the same words as beside
//! the fields.

use leptos::html;
use leptos::prelude::*;

use crate::ui::icon::Icon;

/// One fault: the id of the field, and the sentence beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldProblem {
    /// The id of the field; for a group, that of its first control.
    pub(crate) field: &'static str,
    /// What is wrong.
    pub(crate) sentence: String,
}

/// The list of faults. The keyboard goes here when it appears, also for a single one.
#[component]
pub(crate) fn ErrorSummary(
    /// What is wrong; empty while nothing is.
    #[prop(into)]
    problems: Signal<Vec<FieldProblem>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if !problems.read().is_empty()
            && let Some(place) = place.get()
        {
            let _ = place.focus();
        }
    });
    let shown = move || !problems.read().is_empty();
    let lines = move || {
        problems
            .get()
            .into_iter()
            .map(|problem| {
                view! {
                    <li>
                        <a href=format!("#{}", problem.field) rel="external">{problem.sentence}</a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=shown>
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="problems" node_ref=place>
                <h2 id="problems">
                    <Icon name="octagon-alert"/>
                    {text!(locale, kit.error_summary)}
                </h2>
                <ul>{lines}</ul>
            </div>
        </Show>
    }
}
