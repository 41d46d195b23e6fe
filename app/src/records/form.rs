//! The form of a record, new or not.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::records::{Field, FieldValue, Form, Kept, RecordKind, RecordView, SaveRecord};
use px360_domain::{Failure, Locale};

use super::fields::Filled;
use super::inputs::{Asking, control};
use super::server_fns::{records_remove, records_save};
use super::words;
use crate::UiError;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::dialog::ConfirmDialog;
use crate::ui::error_summary::{ErrorSummary, FieldProblem};
use crate::ui::failures;
use crate::ui::toast::Toasts;

/// Asks for every field that can be written.
#[component]
pub(super) fn RecordForm(
    /// What kind of record.
    kind: RecordKind,
    /// What it is now; none for a new one.
    #[prop(default = None)]
    record: Option<RecordView>,
    /// Runs after a change.
    #[prop(optional)]
    saved: Option<Callback<()>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let exists = record.is_some();
    let existing = record.as_ref().map(|record| Kept { id: record.id, version: record.version });
    let fields = StoredValue::new(begin(kind, record.as_ref()));
    let request = Request::new();
    let asking = Asking { error: Signal::derive(move || request.error()), exists };
    let toasts = use_context::<Toasts>();
    let say = move |words: &'static str| {
        if let Some(toasts) = toasts {
            toasts.say(words);
        }
    };
    let navigate = use_navigate();
    let save = Callback::new(move |()| {
        let values = untrack(|| fields.with_value(|fields| sent(fields)));
        let navigate = navigate.clone();
        request.send(records_save(SaveRecord { kind, existing, fields: values }), move |kept| {
            match saved {
                Some(saved) => {
                    say(text!(locale, records.saved));
                    saved.run(());
                }
                None => {
                    say(text!(locale, records.created));
                    let to = format!("{}/{}", kind.page(locale), kept.id);
                    navigate(&to, NavigateOptions::default());
                }
            }
        });
    });
    let controls = fields.with_value(|fields| {
        fields.iter().map(|filled| control(asking, filled.field.name, *filled)).collect_view()
    });
    let label = if exists { text!(locale, records.save) } else { text!(locale, records.create) };
    view! {
        <ErrorSummary problems=Signal::derive(move || problems(locale, kind, request.error()))/>
        <Card title=text!(locale, records.details) id="details">
            <form
                class="record-form"
                on:submit=move |ev| {
                    ev.prevent_default();
                    save.run(());
                }
            >
                {controls}
                <InlineError error=Signal::derive(move || failures::beside_fields_of(request.error(), "record_stale"))/>
                <div class="form-foot">
                    <button r#type="submit" hidden></button>
                    <Button
                        label=label
                        look=ButtonLook::Primary
                        pending=request.pending()
                        press=save
                    />
                    {existing.map(|existing| view! { <Remove kind=kind existing=existing/> })}
                </div>
            </form>
        </Card>
    }
}

/// What a form asks for, with what it begins with.
fn begin(kind: RecordKind, record: Option<&RecordView>) -> Vec<Filled> {
    // A password is given once, and changed in another place.
    let is_over = |field: &&Field| record.is_some() && field.form == Form::Secret;
    let asked = kind.fields().iter().filter(|field| !field.derived && !is_over(field));
    asked
        .map(|field| {
            let value = record.map(|record| record.value(kind, field.name));
            Filled::new(field, value.unwrap_or(&FieldValue::Empty))
        })
        .collect()
}

fn sent(fields: &[Filled]) -> Vec<(String, FieldValue)> {
    fields.iter().map(|filled| (filled.field.name.to_owned(), filled.value())).collect()
}

/// Every fault, with the field that it is about.
fn problems(locale: Locale, kind: RecordKind, error: Option<UiError>) -> Vec<FieldProblem> {
    let Some(UiError::Refused(Failure::Invalid { faults })) = error else { return Vec::new() };
    let line = |fault: &px360_domain::FieldFault| {
        let first = fault.field.split('.').next().unwrap_or_default();
        let field = kind.field(first)?;
        let sentence = failures::fault(locale, fault);
        let sentence = format!("{}: {sentence}", words::label(locale, field));
        Some(FieldProblem { field: field.name, sentence })
    };
    faults.iter().filter_map(line).collect()
}

/// The way out of every list, asked once more.
#[component]
fn Remove(
    /// What kind of record.
    kind: RecordKind,
    /// Which.
    existing: Kept,
) -> impl IntoView {
    let locale = crate::texts::current();
    let open = RwSignal::new(false);
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    let confirm = Callback::new(move |()| {
        let navigate = navigate.clone();
        request.send(records_remove(kind, existing), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, records.removed));
            }
            navigate(&kind.page(locale), NavigateOptions::default());
        });
    });
    let ask = Callback::new(move |()| open.set(true));
    // Why it was refused stands on the page; the question has been answered.
    Effect::new(move || {
        if request.error().is_some() {
            open.set(false);
        }
    });
    view! {
        <Button
            label=text!(locale, records.remove)
            icon="trash-2"
            look=ButtonLook::Quiet
            press=ask
        />
        <InlineError error=Signal::derive(move || failures::beside_fields_of(request.error(), "record_stale"))/>
        <ConfirmDialog
            id="remove"
            title=text!(locale, records.remove_title)
            consequence=text!(locale, records.remove_text)
            deed=text!(locale, records.remove)
            open=open
            pending=request.pending()
            confirm=confirm
        />
    }
}
