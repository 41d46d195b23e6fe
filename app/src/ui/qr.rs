//! Squares that a camera reads.

use leptos::prelude::*;
use px360_domain::accounts::QrPicture;

/// A QR code.
#[component]
pub(crate) fn Qr(
    /// Its squares.
    picture: QrPicture,
    /// What it leads to, for whoever does not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let side = picture.side;
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}")>
            <path d=picture.path.expose().to_owned()></path>
        </svg>
    }
}
