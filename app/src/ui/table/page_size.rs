//! How many rows a page has.

use leptos::prelude::*;

use super::address::SIZES;

/// Links to this list with fewer or more rows on a page; nothing where all rows fit anyway.
#[component]
pub(crate) fn PageSize<F>(
    /// The chosen size; none for the default.
    chosen: Option<u16>,
    /// How many rows the filter finds.
    total: i64,
    /// The address with this size.
    href: F,
) -> impl IntoView
where
    F: Fn(Option<u16>) -> String,
{
    let locale = crate::texts::current();
    let [usual, smallest, largest] = SIZES;
    let sizes = [smallest, usual, largest];
    (total > i64::from(smallest)).then(|| {
        let links = sizes
            .into_iter()
            .map(|size| {
                let said = (size != usual).then_some(size);
                let current = (chosen == said).then_some("true");
                view! {
                    <li>
                        <a class="segment" href=href(said) aria-current=current>
                            <span class="num">{size}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav class="segments page-size" aria-label=text!(locale, kit.rows_per_page)>
                <span class="hint" aria-hidden="true">{text!(locale, kit.rows_per_page)}</span>
                <ul>{links}</ul>
            </nav>
        }
    })
}
