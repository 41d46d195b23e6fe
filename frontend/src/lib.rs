//! Wakes the page up in the browser.

/// Called by the script of every staff page, once.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        px360_app::show_broken(&panic.to_string());
    }));
    // Once more, for a network that stumbled; the file is fetched anew.
    if px360_app::fetch_for_page().await || px360_app::fetch_for_page().await {
        let typed = px360_app::TypedMeanwhile::read();
        leptos::mount::hydrate_body(px360_app::App);
        typed.put_back();
        px360_app::say_awake();
    } else {
        px360_app::show_asleep();
    }
}
