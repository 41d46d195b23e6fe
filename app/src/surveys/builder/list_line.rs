//! One line of a list that stands in the draft.

use leptos::prelude::*;
use px360_domain::surveys::SurveyContent;

use super::draft::Draft;
use crate::ui::button::IconButton;

/// What a line says, with a button that takes it out of its list.
pub(super) fn list_line<T: 'static>(
    draft: Draft,
    said: String,
    remove: &'static str,
    list: fn(&mut SurveyContent) -> &mut Vec<T>,
    at: usize,
) -> AnyView {
    let press = Callback::new(move |()| {
        draft.body.update(|body| {
            let lines = list(body);
            if at < lines.len() {
                lines.remove(at);
            }
        });
    });
    line(said, remove, press)
}

/// What a line says, with a button that takes it away.
pub(super) fn line(said: String, label: &'static str, remove: Callback<()>) -> AnyView {
    view! {
        <li class="rule">
            <div class="rule-words">{said}</div>
            <IconButton label=label icon="trash-2" press=remove/>
        </li>
    }
    .into_any()
}
