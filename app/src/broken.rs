//! What is left to do when the page itself broke: nothing in it will answer any more.

use px360_domain::paths;
use wasm_bindgen::JsValue;

/// The bar that the frame keeps hidden.
const BAR: &str = "page-broke";

/// Shows the bar with the way out and tells the server. Called by the panic hook, so it uses nothing
/// but the browser: what Leptos knows may be half-done.
pub fn show_broken(what: &str) {
    let Some(window) = web_sys::window() else { return };
    show_asleep();
    let report: String = what.chars().take(1_000).collect();
    let _: Result<bool, JsValue> =
        window.navigator().send_beacon_with_opt_str(paths::PAGE_BROKE, Some(&report));
}

/// Shows the bar alone: the page's code could not be fetched, of which the server knows more than we do, or
/// nothing, because the network is away or somebody left.
pub fn show_asleep() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(bar) = document.and_then(|document| document.get_element_by_id(BAR)) {
        let _ = bar.remove_attribute("hidden");
    }
}
