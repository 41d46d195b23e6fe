//! What concerns the whole page: no connection, a newer program, a page that broke.

use leptos::ev;
use leptos::prelude::*;
use px360_domain::paths;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::ui::icon::Icon;

/// Says that there is no connection, for as long as there is none.
#[component]
pub(crate) fn OfflineBanner() -> impl IntoView {
    let locale = crate::texts::current();
    let offline = RwSignal::new(false);
    Effect::new(move || {
        offline.set(!window().navigator().on_line());
        let gone = window_event_listener(ev::offline, move |_| offline.set(true));
        let back = window_event_listener(ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    });
    view! {
        <div role="status" class="banner-place">
            {move || offline.get().then(|| view! {
                <p class="banner banner-warn">
                    <Icon name="wifi-off"/>
                    <span>{text!(locale, kit.offline)}</span>
                </p>
            })}
        </div>
    }
}

/// Says that the server runs another program than this page.
#[component]
pub(crate) fn NewVersionBanner(
    /// Whether it does.
    #[prop(into)]
    newer: Signal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <div role="status" class="banner-place">
            {move || newer.get().then(|| view! {
                <p class="banner banner-info">
                    <Icon name="info"/>
                    <span>{text!(locale, kit.new_version)}</span>
                    <button
                        r#type="button"
                        class="button"
                        on:click=move |_| {
                            let _ = window().location().reload();
                        }
                    >
                        {text!(locale, kit.reload)}
                    </button>
                </p>
            })}
        </div>
    }
}

/// What is said on the window when a call was refused because the page is an old one.
const OUTDATED: &str = "px360:outdated";

/// Shows the banner at once: a call was refused because the page is of another build.
#[cfg(feature = "hydrate")]
pub(crate) fn tell_newer_version() {
    if let Ok(event) = web_sys::Event::new(OUTDATED) {
        let _ = window().dispatch_event(&event);
    }
}

/// Whether the server hands out another build than this page was made of. Asked when somebody comes
/// back to the page, which is when an old one is likely; known at once when a call was refused.
pub(crate) fn newer_version() -> Signal<bool> {
    let newer = RwSignal::new(false);
    Effect::new(move || {
        let told = window_event_listener_untyped(OUTDATED, move |_| {
            newer.try_set(true);
        });
        on_cleanup(move || told.remove());
    });
    Effect::new(move || {
        let asked = window_event_listener(ev::focus, move |_| {
            leptos::task::spawn_local(async move {
                if let Some(there) = build_there().await
                    && Some(there) != build_here()
                {
                    newer.try_set(true);
                }
            });
        });
        on_cleanup(move || asked.remove());
    });
    newer.into()
}

fn build_here() -> Option<String> {
    document().document_element()?.get_attribute("data-build")
}

/// None without an answer of ours: that is for the banner about the connection.
async fn build_there() -> Option<String> {
    let answer = JsFuture::from(window().fetch_with_str(paths::BUILD)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// Says that the page broke. Hidden in the page from the start, because afterwards nothing could
/// build it; `broken.rs` uncovers it.
#[component]
pub(crate) fn BrokenBanner() -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <div id="page-broke" class="banner banner-warn" role="alert" hidden>
            <Icon name="triangle-alert"/>
            <span>{text!(locale, kit.broken_page)}</span>
            // This very address, by the browser itself.
            <a class="button" href="" rel="external">{text!(locale, kit.reload)}</a>
        </div>
    }
}
