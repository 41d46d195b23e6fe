//! The whole logic at a glance: each question, when it is asked, and where it leads.

use leptos::prelude::*;

use super::draft::Draft;
use super::logic_words;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// The button, and the map behind it.
#[component]
pub(super) fn LogicMap(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let open = RwSignal::new(false);
    let lines = move || {
        let body = draft.body.read();
        body.questions
            .iter()
            .enumerate()
            .map(|(index, question)| {
                let name = logic_words::question_name(locale, &body, &question.key);
                let when = question.shown_if.as_ref().map(|condition| {
                    let said = logic_words::condition(locale, &body, condition);
                    let said = text!(locale, surveys.asked_when, when = said).to_string();
                    view! { <li class="map-when"><Icon name="eye"/>{said}</li> }
                });
                let rules = question
                    .rules
                    .iter()
                    .map(|rule| {
                        let said = logic_words::rule(locale, &body, rule);
                        view! { <li class="map-rule"><Icon name="route"/>{said}</li> }
                    })
                    .collect_view();
                let show = move |_| {
                    draft.select(Some(index));
                    open.set(false);
                };
                view! {
                    <li class="map-step">
                        <button r#type="button" class="finding-link" on:click=show>
                            <bdi dir="auto">{name}</bdi>
                        </button>
                        <ul>{when} {rules}</ul>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Button
            label=text!(locale, surveys.logic_map)
            icon="route"
            press=Callback::new(move |()| open.set(true))
        />
        <Dialog id="logic-map" title=text!(locale, surveys.logic_map) open=open sheet=true>
            <p class="hint">{text!(locale, surveys.logic_map_hint)}</p>
            <ol class="logic-map">{lines}</ol>
        </Dialog>
    }
}
