//! How much is written in each language, and how long the survey takes.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::{SurveyContent, completeness};

/// Both, of what is written by now.
#[component]
pub(super) fn Meter(
    /// What is written.
    #[prop(into)]
    body: Signal<SurveyContent>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let line = move |language: Locale| {
        let share = Memo::new(move |_| {
            let (written, all) = completeness(&body.read(), language);
            (written * 100).checked_div(all).unwrap_or_default()
        });
        let id = match language {
            Locale::Ar => "meter-ar",
            Locale::En => "meter-en",
        };
        view! {
            <span class="meter-line">
                <label for=id lang=language.as_str()>{text!(language, common.language_name)}</label>
                <meter id=id min="0" max="100" low="99" high="100" optimum="100" value=move || share.get()></meter>
                <span class="num">{move || format!("{}%", share.get())}</span>
            </span>
        }
    };
    let takes = move || {
        let minutes = body.read().seconds().div_ceil(60);
        text!(locale, surveys.takes, count = minutes).to_string()
    };
    view! {
        <div class="meter">
            {line(Locale::Ar)}
            {line(Locale::En)}
            <span class="hint">{takes}</span>
        </div>
    }
}
