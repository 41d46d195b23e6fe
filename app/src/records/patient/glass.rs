//! Breaking the glass before a patient's identity.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::records::{BreakGlass, GLASS_NOTE_CHARS_MAX, GlassPurpose, OpenGlass};
use uuid::Uuid;

use super::super::server_fns::records_break_glass;
use crate::request::Request;
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Card;
use crate::ui::dates::date_time;
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, RadioGroup, TextArea};
use crate::ui::icon::Icon;

/// The form that asks why.
#[component]
pub(crate) fn GlassCard(
    /// Whose identity.
    id: Uuid,
    /// Asks for the patient again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (purpose, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let unsaid = RwSignal::new(false);
    let request = Request::new();
    let send = Callback::new(move |()| {
        let chosen = purpose.get_untracked().parse::<GlassPurpose>();
        unsaid.set(chosen.is_err());
        let Ok(purpose) = chosen else { return };
        let cmd = BreakGlass { purpose, note: note.get_untracked() };
        request.send(records_break_glass(id, cmd), move |_| reload.run(()));
    });
    let no_purpose = Signal::derive(move || {
        unsaid.get().then(|| text!(locale, records.glass_purpose_required).to_owned())
    });
    let fault = Signal::derive(move || failures::of_field(locale, &request.error()?, "note"));
    let choices = GlassPurpose::ALL
        .iter()
        .map(|purpose| Choice::new(purpose.as_str(), purpose_word(locale, *purpose)))
        .collect();
    view! {
        <Card title=text!(locale, records.glass_title) id="glass">
            <details class="glass">
                <summary class="button">
                    <Icon name="lock-open"/>
                    {text!(locale, records.glass_open)}
                </summary>
                <form
                    class="stack"
                    on:submit=move |ev| {
                        ev.prevent_default();
                        send.run(());
                    }
                >
                    <p class="hint">{text!(locale, records.glass_hint)}</p>
                    <RadioGroup
                        field=FieldSpec::new("purpose", text!(locale, records.glass_purpose))
                            .fault(no_purpose)
                        value=purpose
                        choices=choices
                    />
                    <TextArea
                        field=FieldSpec::new("note", text!(locale, records.glass_note))
                            .hint(text!(locale, records.glass_note_hint))
                            .fault(fault)
                        value=note
                        chars_max=GLASS_NOTE_CHARS_MAX
                        submit=send
                    />
                    <InlineError error=Signal::derive(move || {
                        failures::beside_fields(request.error())
                    })/>
                    <div class="form-foot">
                        <Button
                            label=text!(locale, records.glass_show)
                            icon="eye"
                            pending=request.pending()
                            press=send
                        />
                    </div>
                </form>
            </details>
        </Card>
    }
}

/// Says that an identity is shown, and until when.
#[component]
pub(crate) fn GlassNote(
    /// The glass that was broken.
    glass: OpenGlass,
) -> impl IntoView {
    let locale = crate::texts::current();
    let until = date_time(locale, glass.until);
    view! {
        <div class="alert alert-warn" role="status">
            <Icon name="eye"/>
            <p>{text!(locale, records.glass_until, until = until).to_string()}</p>
        </div>
    }
}

fn purpose_word(locale: Locale, purpose: GlassPurpose) -> &'static str {
    match purpose {
        GlassPurpose::Treatment => text!(locale, records.glass_treatment),
        GlassPurpose::Emergency => text!(locale, records.glass_emergency),
        GlassPurpose::PatientRequest => text!(locale, records.glass_patient_request),
        GlassPurpose::Quality => text!(locale, records.glass_quality),
    }
}
