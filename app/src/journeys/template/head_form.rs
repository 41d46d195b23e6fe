//! What a template says as a whole: its name, and what ends the visit.

use leptos::prelude::*;

use super::draft::Draft;
use super::fields::{codes, line};
use crate::ui::fields::{BilingualField, FieldSpec, TextInput};

/// The name of the journey, and the codes that end the visit.
#[component]
pub(super) fn HeadForm(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (ar, en, closing) = draft.body.with_untracked(|body| {
        let name = body.name.clone();
        let closing = line(&body.closing_codes);
        (RwSignal::new(name.ar), RwSignal::new(name.en), RwSignal::new(closing))
    });
    Effect::new(move |began: Option<()>| {
        let (ar, en, closing) = (ar.get(), en.get(), codes(&closing.read()));
        if began.is_some() {
            draft.body.update(|body| {
                body.name.ar = ar;
                body.name.en = en;
                body.closing_codes = closing;
            });
        }
    });
    view! {
        <div class="template-head">
            <BilingualField
                field=FieldSpec::new("template-name", text!(locale, journeys.template_name))
                ids=("template-name-ar", "template-name-en")
                ar=ar
                en=en
            />
            <TextInput
                field=FieldSpec::new("closing-codes", text!(locale, journeys.closing_codes))
                    .hint(text!(locale, journeys.closing_codes_hint))
                value=closing
            />
        </div>
    }
}
