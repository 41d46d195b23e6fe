//! One number, with everything that keeps it honest: how many answers, how far off, against what.

use leptos::prelude::*;

/// A number that somebody steers by.
#[derive(Clone)]
pub(crate) struct Kpi {
    /// Its id.
    pub(crate) id: &'static str,
    /// What it measures.
    pub(crate) title: &'static str,
    /// The number, written out; none without data.
    pub(crate) value: Option<String>,
    /// What it is made of: how many, which interval.
    pub(crate) basis: String,
    /// How it moved, in words.
    pub(crate) change: Option<String>,
    /// How it is computed.
    pub(crate) definition: String,
}

/// A tile for one number.
#[component]
pub(crate) fn KpiTile(
    /// The number.
    kpi: Kpi,
    /// A small drawing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let Kpi { id, title, value, basis, change, definition } = kpi;
    view! {
        <section class="card tile" aria-labelledby=id>
            <h2 id=id class="card-title">{title}</h2>
            <p class="kpi">
                {match value {
                    Some(value) => view! { <span class="num">{value}</span> }.into_any(),
                    None => view! { <span class="kpi-none">{text!(locale, kit.no_data)}</span> }.into_any(),
                }}
            </p>
            {children.map(|children| children())}
            <p class="hint">{basis}</p>
            {change.map(|change| view! { <p class="kpi-change">{change}</p> })}
            <details class="why">
                <summary>{text!(locale, kit.definition)}</summary>
                <p>{definition}</p>
            </details>
        </section>
    }
}
