//! One of a few, all of them in sight.

use leptos::prelude::*;

use super::FieldSpec;

/// Something that may be chosen.
#[derive(Clone, PartialEq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What it is called.
    pub(crate) label: String,
    /// More about it.
    pub(crate) hint: Option<String>,
}

impl Choice {
    /// A value and its name.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
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
            let is_chosen = {
                let this = this.clone();
                move |chosen: &str| chosen == this
            };
            let chosen = is_chosen.clone();
            view! {
                <div class="choice-line">
                    <label class="check" for=id.clone()>
                        <input
                            r#type="radio"
                            id=id.clone()
                            name=name
                            value=this.clone()
                            disabled=locked
                            checked=is_chosen(&value.get_untracked())
                            aria-describedby=described_by
                            prop:checked=move || chosen(&value.read())
                            on:change=move |_| value.set(this.clone())
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
