//! What is wrong, at the top of a page: the GOV.UK pattern.

use leptos::prelude::*;
use px360_domain::Locale;

/// One fault: the sentence, and the control that mends it.
pub(super) struct Fault {
    /// The very words that stand at the control as well.
    pub(super) sentence: String,
    /// The id of the control, where one control mends it.
    pub(super) control: Option<String>,
}

/// The summary, which takes the focus; none without faults.
pub(super) fn error_summary(locale: Locale, faults: Vec<Fault>) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = faults
        .into_iter()
        .map(|Fault { sentence, control }| match control {
            Some(id) => view! { <li><a href=format!("#{id}")>{sentence}</a></li> }.into_any(),
            None => view! { <li>{sentence}</li> }.into_any(),
        })
        .collect();
    let summary = view! {
        <div class="sum" role="alert" tabindex="-1" autofocus>
            <h2>{text!(locale, public.problem)}</h2>
            <ul>{links}</ul>
        </div>
    };
    Some(summary.into_any())
}
