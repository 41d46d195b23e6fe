//! The picture of a choice: chosen, seen, changed and taken away.

use leptos::prelude::*;
use leptos::{ev, html};
use px360_domain::ids::SurveyPictureId;
use px360_domain::surveys::{Choice, KeptSurveyPicture};
use px360_domain::{Locale, paths};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use super::draft::Draft;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

/// What a browser offers to choose: what the server reads.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// The picture of one choice, with what can be done about it.
#[component]
pub(super) fn ChoicePicture(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Which of its choices.
    at: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let number = at + 1;
    let picture = Memo::new(move |_| {
        let body = draft.body.read();
        let choices = body.questions.get(index).map_or(&[][..], |it| it.kind.choices());
        choices.get(at).and_then(|choice| choice.picture)
    });
    let put = move |picture: Option<SurveyPictureId>| {
        draft.change(index, |question| {
            let choices = question.kind.parts_mut();
            let choice: Option<&mut Choice> = choices.and_then(|choices| choices.get_mut(at));
            if let Some(choice) = choice {
                choice.picture = picture;
            }
        });
    };
    let (sending, fault) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_: ev::Event| {
        let Some(field) = input.get_untracked() else { return };
        let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
        sending.set(true);
        fault.set(None);
        leptos::task::spawn_local(async move {
            match keep(&file).await {
                Ok(picture) => put(Some(picture)),
                Err(code) => fault.set(Some(sentence(locale, &code).to_owned())),
            }
            sending.set(false);
            // The same file may be chosen again.
            field.set_value("");
        });
    };
    let label = move || match picture.get() {
        Some(_) => text!(locale, surveys.picture_change, number = number).to_string(),
        None => text!(locale, surveys.picture_add, number = number).to_string(),
    };
    let shown = move || {
        picture.get().map(|picture| {
            let remove = Callback::new(move |()| put(None));
            let named = text!(locale, surveys.picture_remove, number = number).to_string();
            view! {
                <img src=paths::survey_picture(picture) alt=""/>
                <IconButton label=named icon="x" press=remove/>
            }
        })
    };
    let words = move || match sending.get() {
        true => text!(locale, surveys.picture_sending),
        false => text!(locale, surveys.picture),
    };
    view! {
        <span class="choice-picture">
            <label class="button button-quiet" aria-busy=move || sending.get().to_string()>
                <input r#type="file" class="vh" accept=ACCEPT node_ref=input aria-label=label
                    disabled=move || sending.get() on:change=chosen/>
                <Icon name="image"/>
                {words}
            </label>
            {shown}
            <span role="alert" class="fault">{move || fault.get()}</span>
        </span>
    }
}

fn sentence(locale: Locale, code: &str) -> &'static str {
    match code {
        "not_a_picture" => text!(locale, surveys.picture_none),
        "too_large" => text!(locale, surveys.picture_too_large),
        _ => text!(locale, surveys.picture_failed),
    }
}

/// Hands a file in; a code where it was not kept.
async fn keep(file: &web_sys::File) -> Result<SurveyPictureId, String> {
    let lost = |_| String::from("lost");
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(file);
    let answer = window().fetch_with_str_and_init(paths::KEEP_PICTURE, &init);
    let answer = JsFuture::from(answer).await.map_err(lost)?;
    let answer: web_sys::Response = answer.dyn_into().map_err(lost)?;
    let told = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?;
    let told = told.as_string().unwrap_or_default();
    if answer.ok() {
        let kept: Result<KeptSurveyPicture, _> = serde_json::from_str(&told);
        return kept.map(|kept| kept.id).map_err(|_unreadable| "lost".to_owned());
    }
    // What a proxy says of a large file is no document of ours.
    let codes = ["not_a_picture", "too_large"];
    let code = codes.into_iter().find(|code| told.contains(code));
    Err(if answer.status() == 413 { "too_large" } else { code.unwrap_or("lost") }.to_owned())
}
