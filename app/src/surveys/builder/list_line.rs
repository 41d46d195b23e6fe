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
    view! {
        <li class="rule">
            <div class="rule-words">{said}</div>
            <IconButton label=remove icon="trash-2" press=press/>
        </li>
    }
    .into_any()
}
