//! The one place that writes a `<textarea>`.
//!
//! Leptos 0.8 does not escape the children of a textarea, so a text with `</textarea>` in it would
//! become live markup. Escaped inner HTML is what a browser without the bundle shows; the property
//! is what an awake page keeps in step.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// A labelled field for several lines of text.
#[component]
pub(crate) fn TextArea(
    /// The id of the field; that of hint and error are made of it.
    id: &'static str,
    /// The name that it is sent under.
    name: &'static str,
    /// What belongs in it.
    label: &'static str,
    /// One short sentence of help.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What is written.
    value: RwSignal<String>,
    /// What is wrong with it, as a sentence.
    #[prop(into)]
    fault: Signal<Option<String>>,
    /// What Ctrl+Enter does.
    #[prop(optional)]
    submit: Option<Callback<()>>,
) -> impl IntoView {
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described_by = {
        let (hint_id, fault_id) = (hint_id.clone(), fault_id.clone());
        move || {
            let parts =
                [hint.map(|_| hint_id.as_str()), fault.read().as_ref().map(|_| fault_id.as_str())];
            let ids: Vec<_> = parts.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let first_html = html_escape::encode_text(&value.get_untracked()).into_owned();
    view! {
        <div class="field" class:field-bad=move || fault.read().is_some()>
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="fault" id=fault_id hidden=move || fault.read().is_none()>
                <Icon name="octagon-alert"/>
                <span>{move || fault.get()}</span>
            </p>
            <textarea
                id=id
                name=name
                rows="4"
                dir="auto"
                aria-invalid=move || fault.read().as_ref().map(|_| "true")
                aria-describedby=described_by
                prop:value=move || value.get()
                on:input:target=move |ev| value.set(ev.target().value())
                on:keydown=move |ev| {
                    // The physical key: an Arabic layout has the same Enter, but not the same letters.
                    let sends = ev.code() == "Enter" && (ev.ctrl_key() || ev.meta_key());
                    if let Some(submit) = submit.filter(|_| sends) {
                        submit.run(());
                    }
                }
                inner_html=first_html
            ></textarea>
        </div>
    }
}
