//! Going somewhere else instead of showing a page.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Leaves for another of the staff pages.
#[component]
pub(crate) fn Leave(
    /// The address.
    to: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ssr::leave_for(&to);
    let navigate = use_navigate();
    Effect::new(move || {
        // Replaced, so that the way back does not lead here again.
        navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}

/// Leaves for a page that is none of the staff's, such as the sign-in page.
#[component]
pub(crate) fn LeaveStaffPages(
    /// The address.
    to: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ssr::leave_for(&to);
    Effect::new(move || {
        let _ = window().location().replace(&to);
    });
}
