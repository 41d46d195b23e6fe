//! Fields, faults and what guards them.

use leptos::prelude::*;

use crate::ui::button::{Button, ButtonLook};
use crate::ui::error_summary::{ErrorSummary, FieldProblem};
use crate::ui::fields::{
    BilingualField, Checkbox, Choice, FieldSpec, FileDrop, IdInput, NumberInput, PhoneInput,
    RadioGroup, Select, Switch, TextArea, TextInput,
};
use crate::ui::unsaved::UnsavedGuard;

/// What would end the element if it were not escaped.
const PAYLOAD: &str = "</textarea><script>window.broken = true</script>";

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let pieces = view! {
        {checked()}
        <div class="gallery-form">{typed()} {chosen()}</div>
    };
    super::section("g-forms", text!(locale, gallery.forms), pieces.into_any())
}

fn text(words: &str) -> RwSignal<String> {
    RwSignal::new(words.to_owned())
}

/// A form that is checked, with its summary and its guard.
fn checked() -> AnyView {
    let locale = crate::texts::current();
    let (name, tried) = (text(""), RwSignal::new(false));
    let faults = Memo::new(move |_| {
        let empty = name.read().trim().is_empty();
        (tried.get() && empty).then(|| FieldProblem {
            field: "g-name",
            sentence: text!(locale, gallery.name_missing).to_owned(),
        })
    });
    let name_fault = Signal::derive(move || faults.get().map(|problem| problem.sentence));
    let problems = Signal::derive(move || faults.get().into_iter().collect::<Vec<_>>());
    let changes = Signal::derive(move || usize::from(!name.read().is_empty()));
    let save = Callback::new(move |()| {
        tried.set(true);
        if !name.read_untracked().trim().is_empty() {
            name.set(String::new());
            tried.set(false);
        }
    });
    view! {
        <ErrorSummary problems=problems/>
        <div class="gallery-form">
            <TextInput
                field=FieldSpec::new("g-name", text!(locale, gallery.name))
                    .hint(text!(locale, gallery.name_hint))
                    .fault(name_fault)
                value=name
                chars_max=40
            />
        </div>
        <UnsavedGuard changes=changes>
            <Button label=text!(locale, gallery.save) look=ButtonLook::Primary press=save/>
        </UnsavedGuard>
        <div class="gallery-row">
            <Button label=text!(locale, gallery.send) look=ButtonLook::Primary press=save/>
        </div>
    }
    .into_any()
}

/// What is typed into.
fn typed() -> AnyView {
    let locale = crate::texts::current();
    view! {
        <TextInput
            field=FieldSpec::new("g-locked", text!(locale, gallery.code))
                .locked(text!(locale, gallery.why_locked))
            value=text("RYD")
        />
        <TextArea
            field=FieldSpec::new("g-area", text!(locale, gallery.comment)).optional()
            value=text(PAYLOAD)
            chars_max=60
        />
        <BilingualField
            field=FieldSpec::new("g-title", text!(locale, gallery.both_names))
            ids=("g-title-ar", "g-title-en")
            ar=text("العيادة")
            en=text("")
        />
        <NumberInput
            field=FieldSpec::new("g-minutes", text!(locale, gallery.wait))
            value=text("٤٥")
            unit=text!(locale, gallery.minutes)
        />
        <PhoneInput
            field=FieldSpec::new("g-phone", text!(locale, gallery.phone))
            value=text("٠٥٠١٢٣٤٥٦٧")
        />
        <IdInput
            field=FieldSpec::new("g-id", text!(locale, gallery.national_id)).optional()
            value=text("")
        />
    }
    .into_any()
}

/// What is chosen from.
fn chosen() -> AnyView {
    let locale = crate::texts::current();
    let on = RwSignal::new(true);
    let channels = vec![
        Choice::new("sms", text!(locale, gallery.sms)),
        Choice::new("whatsapp", text!(locale, gallery.whatsapp)),
        Choice::new("email", text!(locale, gallery.email)).hint(text!(locale, gallery.email_hint)),
    ];
    view! {
        <Select
            field=FieldSpec::new("g-select", text!(locale, gallery.way))
            value=text("")
            choices=channels.clone()
            empty=Some(text!(locale, gallery.choose).to_owned())
        />
        <RadioGroup
            field=FieldSpec::new("g-radio", text!(locale, gallery.way))
            value=text("sms")
            choices=channels
        />
        <Checkbox id="g-agree" label=text!(locale, gallery.agree) value=RwSignal::new(false)/>
        <Switch
            id="g-switch"
            label=text!(locale, gallery.messages)
            on=on
            turn=Callback::new(move |now| on.set(now))
        />
        <FileDrop
            field=FieldSpec::new("g-files", text!(locale, gallery.files)).optional()
            accept="image/*,application/pdf"
            megabytes_max=10
        />
    }
    .into_any()
}
