//! The form of a system that sends, new or not.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::integrations::{SOURCE_NAME_CHARS_MAX, SourceKey};

use super::faults::unsaid;
use super::server_fns::{integrations_create_source, integrations_update_source};
use super::source_fields::{Begin, Fields, hospitals};
use crate::UiError;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::DialogFoot;
use crate::ui::failures;
use crate::ui::fields::{Checkbox, FieldSpec, NumberInput, TextInput};
use crate::ui::numbers::Code;
use crate::ui::toast::Toasts;

/// The fields that say themselves what is wrong with them.
const SHOWN: [&str; 8] = [
    "code",
    "name",
    "hospital_ids",
    "sending_application",
    "sending_facility",
    "retention_days",
    "silence_minutes_max",
    "failure_percent_max",
];

/// Why the form was refused, by the names that the server has for its fields.
#[derive(Clone, Copy)]
struct Asking {
    locale: Locale,
    error: Signal<Option<UiError>>,
}

impl Asking {
    /// A field under this id, with what is wrong with what the server calls so.
    fn field(self, id: &'static str, label: &'static str, name: &'static str) -> FieldSpec {
        FieldSpec::new(id, label).fault(self.fault(name))
    }

    fn fault(self, name: &'static str) -> Signal<Option<String>> {
        let Self { locale, error } = self;
        Signal::derive(move || failures::of_field(locale, error.read().as_ref()?, name))
    }
}

/// Asks for everything that can be said of a system that sends.
#[component]
pub(super) fn SourceForm(
    /// What it begins with.
    begin: Begin,
    /// Whether the dialog around it is open.
    open: RwSignal<bool>,
    /// Runs when it is kept; with the key of a new one.
    done: Callback<Option<SourceKey>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let fields = Fields::of(&begin);
    let (request, missing) = (Request::new(), RwSignal::new(None::<UiError>));
    let toasts = use_context::<Toasts>();
    let error = Signal::derive(move || missing.get().or_else(|| request.error()));
    let asking = Asking { locale, error };
    let names = names(asking, fields, &begin);
    let places = hospitals(locale, &begin, fields, asking.fault("hospital_ids"));
    let kept = move |key: Option<SourceKey>| {
        if let Some(toasts) = toasts {
            toasts.say(text!(locale, integrations.source_saved));
        }
        let _gone = open.try_set(false);
        done.try_run(key);
    };
    let save = Callback::new(move |()| {
        let cmd = match fields.read(&begin) {
            Ok(cmd) => cmd,
            Err(failure) => return missing.set(Some(failure.into())),
        };
        missing.set(None);
        match begin.source.as_ref().map(|source| source.id) {
            None => request.send(integrations_create_source(cmd), move |key| kept(Some(key))),
            Some(id) => request.send(integrations_update_source(id, cmd), move |()| kept(None)),
        }
    });
    view! {
        <form
            class="dialog-form"
            on:submit=move |ev| {
                ev.prevent_default();
                save.run(());
            }
        >
            {names}
            <Checkbox
                id="source-active"
                label=text!(locale, integrations.active)
                value=fields.active
            />
            {places}
            {over_mllp(asking, fields)}
            {limits(asking, fields)}
            <InlineError error=Signal::derive(move || unsaid(locale, error.get(), &SHOWN))/>
            <button r#type="submit" hidden></button>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, kit.save)
                    look=ButtonLook::Primary
                    pending=request.pending()
                    press=save
                />
            </DialogFoot>
        </form>
    }
}

/// What it is called. Its code never changes.
fn names(asking: Asking, fields: Fields, begin: &Begin) -> AnyView {
    let locale = asking.locale;
    let code = match &begin.source {
        Some(source) => {
            let code = source.code.clone();
            view! {
                <p>
                    <span class="hint">{text!(locale, integrations.code)}</span>
                    " "
                    <Code text=code/>
                </p>
            }
            .into_any()
        }
        None => view! {
            <TextInput
                field=asking
                    .field("source-code", text!(locale, integrations.code), "code")
                    .hint(text!(locale, integrations.code_hint))
                value=fields.code
                autocomplete="off"
            />
        }
        .into_any(),
    };
    view! {
        {code}
        <TextInput
            field=asking.field("source-name", text!(locale, integrations.name), "name")
            value=fields.name
            autocomplete="off"
            chars_max=SOURCE_NAME_CHARS_MAX
        />
    }
    .into_any()
}

/// By what it is known where nobody shows a key.
fn over_mllp(asking: Asking, fields: Fields) -> AnyView {
    let locale = asking.locale;
    let application = asking
        .field(
            "source-application",
            text!(locale, integrations.sending_application),
            "sending_application",
        )
        .hint(text!(locale, integrations.sending_hint))
        .optional();
    let facility = asking
        .field("source-facility", text!(locale, integrations.sending_facility), "sending_facility")
        .optional();
    view! {
        <TextInput field=application value=fields.application autocomplete="off"/>
        <TextInput field=facility value=fields.facility autocomplete="off"/>
    }
    .into_any()
}

/// How long its messages are kept, and from when on somebody is told that it does not do well.
fn limits(asking: Asking, fields: Fields) -> AnyView {
    let locale = asking.locale;
    let retention = asking
        .field("source-retention", text!(locale, integrations.retention), "retention_days")
        .hint(text!(locale, integrations.retention_hint))
        .optional();
    let silence = asking
        .field("source-silence", text!(locale, integrations.silence), "silence_minutes_max")
        .hint(text!(locale, integrations.silence_hint))
        .optional();
    let failures = asking
        .field("source-failures", text!(locale, integrations.failures), "failure_percent_max")
        .hint(text!(locale, integrations.failures_hint))
        .optional();
    view! {
        <NumberInput
            field=retention
            value=fields.retention
            unit=text!(locale, integrations.unit_days)
        />
        <NumberInput
            field=silence
            value=fields.silence
            unit=text!(locale, integrations.unit_minutes)
        />
        <NumberInput
            field=failures
            value=fields.failures
            unit=text!(locale, integrations.unit_percent)
        />
    }
    .into_any()
}
