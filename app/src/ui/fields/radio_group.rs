//! One of a few, all of them in sight.

use leptos::prelude::*;

use super::FieldSpec;

/// Something that may be chosen.
#[derive(Clone)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: &'static str,
    /// What it is called.
    pub(crate) label: String,
    /// More about it.
    pub(crate) hint: Option<String>,
}

impl Choice {
    /// A value and its name.
    pub(crate) fn new(value: &'static str, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), hint: None }
    }

    /// With more about it.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// A question with one answer. Nothing is chosen before somebody chooses.
#[component]
pub(crate) fn RadioGroup(
    /// What it says about itself.
    field: FieldSpec,
    /// The value that is chosen; empty for none.
    value: RwSignal<String>,
    /// What may be chosen.
    choices: Vec<Choice>,
) -> impl IntoView {
    let (name, locked) = (field.id, field.is_locked());
    let radios = choices
        .into_iter()
        .enumerate()
        .map(|(number, choice)| {
            // The first has the field's own id: that is where an error summary leads.
            let id = if number == 0 { name.to_owned() } else { format!("{name}-{number}") };
            let hint_id = format!("{id}-about");
            let described_by = choice.hint.is_some().then(|| hint_id.clone());
            let this = choice.value;
            view! {
                <div class="choice-line">
                    <label class="check" for=id.clone()>
                        <input
                            r#type="radio"
                            id=id.clone()
                            name=name
                            value=this
                            disabled=locked
                            checked=value.get_untracked() == this
                            aria-describedby=described_by
                            prop:checked=move || value.read().as_str() == this
                            on:change=move |_| value.set(this.to_owned())
                        />
                        <span>{choice.label}</span>
                    </label>
                    {choice.hint.map(|hint| view! {
                        <p class="hint check-hint" id=hint_id>{hint}</p>
                    })}
                </div>
            }
        })
        .collect_view();
    field.around_group(radios.into_any())
}
