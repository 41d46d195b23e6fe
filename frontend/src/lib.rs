//! Wakes the page up in the browser.

/// Called by the script of every staff page, once.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(px360_app::App);
}
