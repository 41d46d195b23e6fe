//! Wakes the page up in the browser.

/// Called by the script of every staff page, once.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        px360_app::show_broken(&panic.to_string());
    }));
    leptos::mount::hydrate_body(px360_app::App);
}
