//! How far something is.

use leptos::prelude::*;

use crate::ui::numbers::percent;

/// A bar that fills, with its share in words.
#[component]
pub(crate) fn Progress(
    /// What is being done.
    #[prop(into)]
    label: String,
    /// From 0 to 1.
    #[prop(into)]
    share: Signal<f64>,
) -> impl IntoView {
    let shown = move || percent(share.get());
    view! {
        <label class="progress">
            <span class="progress-words">
                <span>{label}</span>
                <span class="num">{shown}</span>
            </span>
            <progress max="1" prop:value=move || share.get() value=share.get_untracked()></progress>
        </label>
    }
}

/// The steps of a way, and where one is on it.
#[component]
pub(crate) fn Stepper(
    /// The steps, in order.
    steps: Vec<String>,
    /// The one that is being done, from 0.
    #[prop(into)]
    at: Signal<usize>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let count = steps.len();
    let lines = steps
        .into_iter()
        .enumerate()
        .map(|(number, name)| {
            let current = move || (at.get() == number).then_some("step");
            view! {
                <li class="stepper-step" class:stepper-done=move || { at.get() > number } aria-current=current>
                    <span class="stepper-number num" aria-hidden="true">{number + 1}</span>
                    <span>{name}</span>
                </li>
            }
        })
        .collect_view();
    let said = move || text!(locale, kit.step_of, at = at.get() + 1, of = count);
    view! {
        <div class="stepper">
            <p class="visually-hidden">{said}</p>
            <ol>{lines}</ol>
        </div>
    }
}
