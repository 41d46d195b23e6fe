//! The control of one field.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::records::{Form, RecordKind};

use super::cell::said;
use super::fields::{Filled, Input};
use super::rows::Rows;
use super::server_fns::records_options;
use super::words;
use crate::UiError;
use crate::ui::combobox::{Combobox, Pick, Search};
use crate::ui::failures;
use crate::ui::fields::{
    Checkbox, Choice, DateInput, FieldSpec, IdInput, NumberInput, PhoneInput, Select, TextInput,
};

/// What all controls of a form need to know.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// Why the form was refused.
    pub(super) error: Signal<Option<UiError>>,
    /// Whether the record is there already, so that some fields stay as they are.
    pub(super) exists: bool,
}

impl Asking {
    /// What is wrong with the field of this name.
    pub(super) fn fault(self, locale: Locale, name: &'static str) -> Signal<Option<String>> {
        let error = self.error;
        Signal::derive(move || failures::of_field(locale, error.read().as_ref()?, name))
    }
}

/// The control of one field under this id, which is also the name that faults have.
pub(super) fn control(asking: Asking, id: &'static str, filled: Filled) -> AnyView {
    let locale = crate::texts::current();
    let Filled { field, input } = filled;
    let label = words::label(locale, field);
    let mut spec = FieldSpec::new(id, label).fault(asking.fault(locale, id));
    if !field.required && !matches!(field.form, Form::Flag) {
        spec = spec.optional();
    }
    if let Some(hint) = words::hint(locale, field) {
        spec = spec.hint(hint);
    }
    if asking.exists && field.fixed {
        spec = spec.locked(text!(locale, records.fixed_hint));
    }
    match (field.form, input) {
        (Form::Rows(fields), Input::Rows(rows)) => {
            view! { <Rows asking=asking spec=spec fields=fields rows=rows/> }.into_any()
        }
        (Form::Ref(kind), Input::Ref(value)) => reference(spec, kind, value),
        (_, Input::Flag(value)) => view! { <Checkbox id=id label=label value=value/> }.into_any(),
        (form, Input::Text(value)) => text(locale, spec, form, value, field.required),
        _ => ().into_any(),
    }
}

fn text(
    locale: Locale,
    spec: FieldSpec,
    form: Form,
    value: RwSignal<String>,
    required: bool,
) -> AnyView {
    match form {
        Form::Phone => view! { <PhoneInput field=spec value=value/> }.into_any(),
        Form::Dial => view! {
            <TextInput field=spec value=value kind="tel" autocomplete="off"/>
        }
        .into_any(),
        Form::IdNumber => view! { <IdInput field=spec value=value/> }.into_any(),
        Form::Time => view! { <TextInput field=spec value=value kind="time"/> }.into_any(),
        Form::Day => view! { <DateInput field=spec value=value/> }.into_any(),
        Form::Degrees(..) => view! { <NumberInput field=spec value=value/> }.into_any(),
        Form::Choice(known) => {
            let choices =
                known.iter().map(|word| Choice::new(*word, words::choice(locale, word))).collect();
            let empty = (!required && value.read_untracked().is_empty())
                .then(|| text!(locale, records.choose).to_owned());
            view! { <Select field=spec value=value choices=choices empty=empty/> }.into_any()
        }
        Form::Email => view! {
            <TextInput field=spec value=value kind="email" autocomplete="off"/>
        }
        .into_any(),
        Form::Secret => {
            let spec = spec.hint(text!(locale, account.password_hint));
            view! { <TextInput field=spec value=value kind="password" autocomplete="new-password"/> }
                .into_any()
        }
        _ => view! { <TextInput field=spec value=value autocomplete="off"/> }.into_any(),
    }
}

fn reference(spec: FieldSpec, kind: RecordKind, value: RwSignal<Option<Pick>>) -> AnyView {
    let locale = crate::texts::current();
    let spec = spec.hint(text!(locale, records.ref_hint));
    view! { <Combobox field=spec value=value search=search_of(locale, kind)/> }.into_any()
}

/// Finds the records of a kind by what is typed.
pub(super) fn search_of(locale: Locale, kind: RecordKind) -> Search {
    Search::new(move |search| async move {
        let found = records_options(kind, search, Vec::new()).await?;
        Ok(found
            .into_iter()
            .map(|option| Pick {
                value: option.id.to_string(),
                label: said(locale, &option.name),
                detail: Some(option.detail).filter(|detail| !detail.is_empty()),
                why_not: None,
            })
            .collect())
    })
}
