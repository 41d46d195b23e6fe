//! A scale as radios: the browser turns it round in Arabic and knows its arrow keys.

use leptos::prelude::*;

use super::FieldSpec;

/// What the steps of a scale look like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScaleLook {
    /// Numbers in boxes, such as 0 to 10.
    Numbers,
    /// Stars, filled up to the chosen one.
    Stars,
}

/// A question with one step of a scale as its answer. The lowest step is where reading begins.
#[component]
pub(crate) fn ScaleInput(
    /// What it says about itself.
    field: FieldSpec,
    /// The step that is chosen; empty for none.
    value: RwSignal<String>,
    /// The lowest and the highest step.
    range: (u8, u8),
    /// What the lowest step means.
    #[prop(into)]
    low: String,
    /// What the highest step means.
    #[prop(into)]
    high: String,
    /// What the steps look like.
    look: ScaleLook,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (from, to) = range;
    let name = field.id;
    let steps = (from..=to)
        .map(|step| {
            let id = if step == from { name.to_owned() } else { format!("{name}-{step}") };
            let end =
                if step == from { Some(low.clone()) } else { (step == to).then(|| high.clone()) };
            let spoken = match (look, end) {
                (ScaleLook::Stars, _) => {
                    text!(locale, kit.stars, count = step, of = to).to_string()
                }
                (ScaleLook::Numbers, Some(end)) => format!("{step} – {end}"),
                (ScaleLook::Numbers, None) => step.to_string(),
            };
            let on = move || {
                let chosen: Option<u8> = value.read().parse().ok();
                match look {
                    ScaleLook::Numbers => chosen == Some(step),
                    ScaleLook::Stars => chosen.is_some_and(|chosen| step <= chosen),
                }
            };
            let shown = match look {
                ScaleLook::Numbers => view! { <span class="num">{step}</span> }.into_any(),
                ScaleLook::Stars => view! { <crate::ui::icon::Icon name="star"/> }.into_any(),
            };
            view! {
                <label class="scale-step" class:scale-on=on for=id.clone()>
                    <input
                        r#type="radio"
                        class="visually-hidden"
                        id=id.clone()
                        name=name
                        value=step
                        aria-label=spoken
                        checked=value.get_untracked() == step.to_string()
                        prop:checked=move || *value.read() == step.to_string()
                        on:change=move |_| value.set(step.to_string())
                    />
                    {shown}
                </label>
            }
        })
        .collect_view();
    let clear = move || {
        (!value.read().is_empty()).then(|| {
            view! {
                <button r#type="button" class="button button-quiet" on:click=move |_| value.set(String::new())>
                    {text!(locale, kit.clear_answer)}
                </button>
            }
        })
    };
    let class = match look {
        ScaleLook::Numbers => "scale",
        ScaleLook::Stars => "scale scale-stars",
    };
    let controls = view! {
        <div class=class>{steps}</div>
        <p class="scale-ends" aria-hidden="true"><span>{low}</span><span>{high}</span></p>
        {clear}
    };
    field.around_group(controls.into_any())
}
