//! The picture of a choice: chosen, seen, changed and taken away.

use leptos::prelude::*;
use leptos::{ev, html};
use px360_domain::ids::SurveyPictureId;
use px360_domain::surveys::{KeptSurveyPicture, SURVEY_PICTURE_BYTES_MAX};
use px360_domain::{Locale, paths};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use super::draft::Draft;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

/// What a browser offers to choose: what the server reads.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// One choice of the draft.
#[derive(Clone, Copy)]
struct Place {
    draft: Draft,
    index: usize,
    at: usize,
}

impl Place {
    fn picture(self) -> Option<SurveyPictureId> {
        let body = self.draft.body.read();
        body.questions.get(self.index)?.kind.choices().get(self.at)?.picture
    }

    /// What its question and the choice itself are called by: it may move while a file is on its way.
    fn keys(self) -> Option<(String, String)> {
        self.draft.body.with_untracked(|body| {
            let question = body.questions.get(self.index)?;
            Some((question.key.clone(), question.kind.choices().get(self.at)?.key.clone()))
        })
    }
}

/// Gives a choice its picture, wherever it stands by now; nothing is done when it is gone, or shows none any more.
fn put(draft: Draft, (question, choice): &(String, String), picture: Option<SurveyPictureId>) {
    let index = draft.body.with_untracked(|body| {
        body.questions.iter().position(|it| it.key == *question && it.kind.takes_pictures())
    });
    let Some(index) = index else { return };
    draft.change(index, |question| {
        let choices = question.kind.parts_mut();
        let found = choices.and_then(|all| all.iter_mut().find(|it| it.key == *choice));
        if let Some(found) = found {
            found.picture = picture;
        }
    });
}

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
    let place = Place { draft, index, at };
    let picture = Memo::new(move |_| place.picture());
    let (sending, fault) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let kept = RwSignal::new(None::<String>);
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_: ev::Event| {
        let Some(field) = input.get_untracked().filter(|_| !sending.get_untracked()) else {
            return;
        };
        let file = field.files().and_then(|files| files.get(0));
        let Some((file, keys)) = file.zip(place.keys()) else { return };
        sending.set(true);
        fault.set(None);
        leptos::task::spawn_local(async move {
            match keep(&file).await {
                Ok(picture) => {
                    put(draft, &keys, Some(picture));
                    kept.set(Some(
                        text!(locale, surveys.picture_kept, number = number).to_string(),
                    ));
                }
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
    let remove = Callback::new(move |()| {
        if let Some(keys) = place.keys() {
            put(draft, &keys, None);
        }
        // The button is gone with the picture; whoever works with the keyboard goes on here.
        if let Some(field) = input.get_untracked() {
            let _ = field.focus();
        }
    });
    let words = move || match sending.get() {
        true => text!(locale, surveys.picture_sending),
        false => text!(locale, surveys.picture),
    };
    view! {
        <span class="choice-picture">
            <label class="button button-quiet" aria-busy=move || sending.get().to_string()>
                <input r#type="file" class="visually-hidden" accept=ACCEPT node_ref=input aria-label=label
                    on:change=chosen/>
                <Icon name="image"/>
                {words}
            </label>
            {move || picture.get().map(|picture| shown(locale, number, picture, remove))}
            <span role="status" class="visually-hidden">{move || kept.get()}</span>
            <span role="alert" class="fault">{move || fault.get()}</span>
        </span>
    }
}

fn shown(
    locale: Locale,
    number: usize,
    picture: SurveyPictureId,
    remove: Callback<()>,
) -> impl IntoView {
    let named = text!(locale, surveys.picture_remove, number = number).to_string();
    view! {
        <img src=paths::survey_picture(picture) alt=""/>
        <IconButton label=named icon="x" press=remove/>
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
    if file.size() > SURVEY_PICTURE_BYTES_MAX as f64 {
        return Err("too_large".to_owned());
    }
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
