//! Nothing that was typed is lost by a slip.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

use crate::ui::dialog::ConfirmDialog;

/// Asks before a page with unsaved changes is left: by a link, by closing the tab, by reloading it.
/// Says all the time how many changes there are.
#[component]
pub(crate) fn UnsavedGuard(
    /// How many changes are not saved.
    #[prop(into)]
    changes: Signal<usize>,
    /// Saves them, and the button for it.
    children: ChildrenFn,
) -> impl IntoView {
    let locale = crate::texts::current();
    let asking = RwSignal::new(false);
    let target = RwSignal::new(None::<String>);
    Effect::new(move || watch(changes, asking, target));
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        asking.set(false);
        if let Some(address) = target.get_untracked() {
            navigate(&address, leptos_router::NavigateOptions::default());
        }
    });
    let said = move || text!(locale, kit.unsaved, count = changes.get()).to_string();
    view! {
        <div class="sticky-bar" hidden=move || changes.get() == 0>
            <p role="status">{said}</p>
            {children()}
        </div>
        <ConfirmDialog
            id="unsaved"
            title=text!(locale, kit.unsaved_title)
            consequence=text!(locale, kit.unsaved_text)
            deed=text!(locale, kit.unsaved_leave)
            open=asking
            confirm=leave
        />
    }
}

fn watch(changes: Signal<usize>, asking: RwSignal<bool>, target: RwSignal<Option<String>>) {
    let unload = window_event_listener(ev::beforeunload, move |ev| {
        if changes.get_untracked() > 0 {
            ev.prevent_default();
        }
    });
    // Before the router hears of it: it listens on the window, in the bubbling phase.
    let clicks = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::MouseEvent)>::new(
        move |ev: web_sys::MouseEvent| {
            if changes.get_untracked() == 0 || ev.ctrl_key() || ev.meta_key() || ev.shift_key() {
                return;
            }
            let target_element =
                ev.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let link = target_element.and_then(|element| element.closest("a[href]").ok().flatten());
            let Some(link) =
                link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok())
            else {
                return;
            };
            let here = window().location().pathname().unwrap_or_default();
            if link.target() == "_blank" || link.pathname() == here {
                return;
            }
            ev.prevent_default();
            ev.stop_propagation();
            target.set(Some(format!("{}{}", link.pathname(), link.search())));
            asking.set(true);
        },
    );
    let document = document();
    let listener: &web_sys::js_sys::Function = clicks.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback_and_bool("click", listener, true);
    let clicks = send_wrapper::SendWrapper::new(clicks);
    on_cleanup(move || {
        unload.remove();
        let listener: &web_sys::js_sys::Function = clicks.as_ref().unchecked_ref();
        let _ = leptos::prelude::document()
            .remove_event_listener_with_callback_and_bool("click", listener, true);
    });
}
