//! The way to the other pages of a list.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// Links to the first and the next page.
#[component]
pub(crate) fn Pager(
    /// The address of the first page; none on the first page.
    first: Option<String>,
    /// The address of the next page; none on the last.
    next: Option<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=text!(locale, common.pages_label)>
                {first.map(|href| view! {
                    <a class="button" href=href>{text!(locale, common.first_page)}</a>
                })}
                {next.map(|href| view! {
                    <a class="button" rel="next" href=href>
                        {text!(locale, common.next_page)}
                        <Icon name="chevron-right"/>
                    </a>
                })}
            </nav>
        }
    })
}
