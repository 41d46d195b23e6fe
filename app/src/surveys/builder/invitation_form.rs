//! The words of the invitation, and the text message that they make: how long it is and what it costs, while one types.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::notifications::TextMessage;
use px360_domain::surveys::INVITATION_CHARS_MAX;

use super::draft::Draft;
use crate::ui::fields::{FieldSpec, TextArea};
use crate::ui::numbers::{Code, grouped, riyals};

/// The words in both languages, each above its message.
#[component]
pub(super) fn Invitation(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let words = draft.body.with_untracked(|body| body.invitation.clone());
    let (ar, en) = (RwSignal::new(words.ar), RwSignal::new(words.en));
    Effect::new(move |began: Option<()>| {
        let (ar, en) = (ar.get(), en.get());
        if began.is_some() {
            draft.body.update(|body| (body.invitation.ar, body.invitation.en) = (ar, en));
        }
    });
    let side = move |id, label, value, language| {
        view! {
            <div class="invitation">
                <TextArea
                    field=FieldSpec::new(id, label).optional()
                    value=value
                    chars_max=INVITATION_CHARS_MAX
                />
                <Message draft=draft language=language/>
            </div>
        }
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.invitation)}</legend>
            <p class="hint">
                {text!(locale, surveys.invitation_hint)} " "
                <Code text="{hospital}"/> " " <Code text="{department}"/> " " <Code text="{physician}"/>
            </p>
            <div class="field-pair">
                {side("invitation-ar", text!(locale, surveys.invitation_ar), ar, Locale::Ar)}
                {side("invitation-en", text!(locale, surveys.invitation_en), en, Locale::En)}
            </div>
            <p class="hint">{text!(locale, surveys.invitation_whatsapp)}</p>
        </fieldset>
    }
}

/// The message as a phone shows it, and what the networks charge.
#[component]
fn Message(
    /// The draft.
    draft: Draft,
    /// In which language.
    language: Locale,
) -> impl IntoView {
    let locale = crate::texts::current();
    let message = Memo::new(move |_| {
        draft.body.with(|body| {
            draft.message.with_value(|sample| sample.message(&body.invitation, language))
        })
    });
    let charged = move || {
        let TextMessage { letters, wide, parts } = message.with(|text| TextMessage::of(text));
        let letters = text!(
            locale,
            surveys.message_letters,
            count = i64::try_from(letters).unwrap_or(i64::MAX)
        );
        let parts = i64::from(parts);
        let counted = text!(locale, surveys.segments, count = parts, shown = grouped(parts));
        let alphabet = if wide {
            text!(locale, surveys.message_wide)
        } else {
            text!(locale, surveys.message_narrow)
        };
        let price = draft.message.with_value(|sample| sample.segment_halalas);
        let cost = price.map(|halalas| {
            let amount = riyals(i64::from(halalas) * parts);
            text!(locale, surveys.meter_cost, amount = amount).to_string()
        });
        let line =
            [Some(letters.to_string()), Some(counted.to_string()), Some(alphabet.to_owned()), cost];
        line.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let label = match language {
        Locale::Ar => text!(locale, surveys.message_ar),
        Locale::En => text!(locale, surveys.message_en),
    };
    view! {
        <figure class="message">
            <figcaption class="hint">{label}</figcaption>
            <p class="bubble" lang=language.as_str() dir=language.dir()>{message}</p>
            <p class="hint" aria-live="polite">{charged}</p>
        </figure>
    }
}
