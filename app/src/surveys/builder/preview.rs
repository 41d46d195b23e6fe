//! What patients will see: the pages themselves, in both languages, as the draft is kept.

use leptos::prelude::*;
use px360_domain::ids::SurveyVersionId;
use px360_domain::{Locale, paths};

use crate::ui::fields::{Choice, FieldSpec, RadioGroup};

/// A phone for each language.
#[component]
pub(super) fn Preview(
    /// Which version.
    version: SurveyVersionId,
    /// Which page, from 1.
    #[prop(into)]
    page: Signal<u8>,
    /// Counts what was kept: the phones follow it.
    #[prop(into)]
    round: Signal<i32>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let width = RwSignal::new("360".to_owned());
    let phone = move |language: Locale| {
        let address = move || {
            format!("{}?r={}", paths::survey_preview(language, version, page.get()), round.get())
        };
        let title = match language {
            Locale::Ar => text!(locale, surveys.preview_ar),
            Locale::En => text!(locale, surveys.preview_en),
        };
        view! {
            <div class="phone" class:phone-wide=move || *width.read() == "768">
                <iframe title=title src=address></iframe>
            </div>
        }
    };
    let widths = vec![
        Choice::new("360", text!(locale, surveys.preview_phone)),
        Choice::new("768", text!(locale, surveys.preview_tablet)),
    ];
    view! {
        <section class="card preview" aria-labelledby="preview">
            <h2 id="preview" class="card-title">{text!(locale, surveys.preview)}</h2>
            <p class="hint">{text!(locale, surveys.preview_hint)}</p>
            <RadioGroup
                field=FieldSpec::new("preview-width", text!(locale, surveys.preview_width))
                value=width
                choices=widths
            />
            <div class="phones">{phone(Locale::Ar)} {phone(Locale::En)}</div>
        </section>
    }
}
