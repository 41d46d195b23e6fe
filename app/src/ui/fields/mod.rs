//! The field family: one frame of label, hint and fault around every control.
//!
//! A field keeps what was typed, whatever is said about it: faults stand beside the text and never
//! replace it. The control's `name` is the field's id, so that a form also works without scripts.

mod bilingual;
mod checkbox;
mod date_input;
mod date_range;
mod digits;
mod file_drop;
mod known_input;
mod number_input;
mod radio_group;
mod scale_input;
mod select;
mod switch;
mod text_area;
mod text_input;

use leptos::prelude::*;

pub(crate) use bilingual::BilingualField;
pub(crate) use checkbox::Checkbox;
pub(crate) use date_input::DateInput;
pub(crate) use date_range::{DateRange, DateRangeInput, Preset};
pub(crate) use file_drop::FileDrop;
pub(crate) use known_input::{IdInput, PhoneInput};
pub(crate) use number_input::NumberInput;
pub(crate) use radio_group::{Choice, RadioGroup};
pub(crate) use scale_input::{ScaleInput, ScaleLook};
pub(crate) use select::Select;
pub(crate) use switch::Switch;
pub(crate) use text_area::TextArea;
pub(crate) use text_input::TextInput;

use crate::ui::icon::Icon;

/// What every field says about itself.
#[derive(Clone)]
pub(crate) struct FieldSpec {
    /// The id of the control, and the name that it is sent under.
    pub(crate) id: &'static str,
    label: String,
    hint: Option<String>,
    optional: bool,
    fault: Signal<Option<String>>,
    why_not: Option<String>,
    also_described_by: Option<String>,
}

impl FieldSpec {
    /// A field that must be filled.
    pub(crate) fn new(id: &'static str, label: impl Into<String>) -> Self {
        Self {
            id,
            label: label.into(),
            hint: None,
            optional: false,
            fault: Signal::stored(None),
            why_not: None,
            also_described_by: None,
        }
    }

    /// With one short sentence of help.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// One that may stay empty. Said in words: an asterisk explains nothing.
    pub(crate) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// With what is wrong with it, as a sentence.
    pub(crate) fn fault(self, fault: impl Into<Signal<Option<String>>>) -> Self {
        Self { fault: fault.into(), ..self }
    }

    /// One that can be read and not changed, and why.
    pub(crate) fn locked(self, why_not: impl Into<String>) -> Self {
        Self { why_not: Some(why_not.into()), ..self }
    }

    /// One about which a part of the control itself says something, under this id.
    fn also_described_by(self, id: Option<String>) -> Self {
        Self { also_described_by: id, ..self }
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.why_not.is_some()
    }

    pub(crate) fn is_bad(&self) -> Signal<bool> {
        let fault = self.fault;
        Signal::derive(move || fault.read().is_some())
    }

    /// `aria-invalid` of the control.
    pub(crate) fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + use<> {
        let fault = self.fault;
        move || fault.read().is_some().then_some("true")
    }

    /// `aria-describedby` of the control: the ids of all that is said about it.
    pub(crate) fn described_by(&self) -> impl Fn() -> Option<String> + Clone + Send + use<> {
        let (id, fault) = (self.id, self.fault);
        let (hint, lock) = (self.hint.is_some(), self.why_not.is_some());
        let also = self.also_described_by.clone();
        move || {
            let mut ids = Vec::new();
            ids.extend(hint.then(|| format!("{id}-hint")));
            ids.extend(lock.then(|| format!("{id}-lock")));
            ids.extend(fault.read().is_some().then(|| format!("{id}-fault")));
            ids.extend(also.clone());
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    /// The frame around one control.
    pub(crate) fn around(self, control: AnyView) -> AnyView {
        let bad = self.is_bad();
        let label = view! {
            <label for=self.id>{self.label.clone()} {self.optional_mark()}</label>
        };
        view! {
            <div class="field" class:field-bad=bad>
                {label}
                {self.remarks()}
                {control}
            </div>
        }
        .into_any()
    }

    /// The frame around several controls that answer one question.
    pub(crate) fn around_group(self, controls: AnyView) -> AnyView {
        let bad = self.is_bad();
        let described_by = self.described_by();
        let legend = view! { <legend>{self.label.clone()} {self.optional_mark()}</legend> };
        view! {
            <fieldset
                class="field fieldset"
                class:field-bad=bad
                id=format!("{}-group", self.id)
                aria-describedby=described_by
            >
                {legend}
                {self.remarks()}
                {controls}
            </fieldset>
        }
        .into_any()
    }

    fn optional_mark(&self) -> Option<impl IntoView + use<>> {
        let locale = crate::texts::current();
        self.optional.then(|| {
            view! { <span class="field-optional">{text!(locale, kit.optional)}</span> }
        })
    }

    fn remarks(&self) -> impl IntoView + use<> {
        let (id, fault) = (self.id, self.fault);
        let hint = self.hint.clone().map(|hint| {
            view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }
        });
        let lock = self.why_not.clone().map(|why| {
            view! {
                <p class="hint field-lock" id=format!("{id}-lock")>
                    <Icon name="lock"/>
                    <span>{why}</span>
                </p>
            }
        });
        view! {
            {hint}
            {lock}
            <p class="fault" id=format!("{id}-fault") hidden=move || fault.read().is_none()>
                <Icon name="octagon-alert"/>
                <span>{move || fault.get()}</span>
            </p>
        }
    }
}
