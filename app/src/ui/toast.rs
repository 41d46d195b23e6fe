//! Lines that say that something was done. Never the only place of an error.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::ui::icon::Icon;

const SHOWN_FOR: Duration = Duration::from_secs(6);
/// What can be taken back stays longer: one has to read it, and to decide.
const SHOWN_FOR_WITH_UNDO: Duration = Duration::from_secs(10);
/// More at once would hide the page.
const AT_ONCE_MAX: usize = 3;

/// One line.
#[derive(Clone)]
struct Toast {
    number: u32,
    sentence: String,
    undo: Option<Undo>,
}

/// The way back. No `Callback`: it lives longer than the page that offered it.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// Says things anywhere in the frame, the newest last.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    /// Nothing goes away while somebody reads.
    held: RwSignal<bool>,
    number: StoredValue<u32>,
}

impl Toasts {
    /// For the frame, which shows them.
    pub(crate) fn provide() -> Self {
        let toasts = Self {
            shown: RwSignal::new(Vec::new()),
            held: RwSignal::new(false),
            number: StoredValue::new(0),
        };
        provide_context(toasts);
        toasts
    }

    /// Shows the sentence for a while.
    pub(crate) fn say(self, sentence: &str) {
        self.show(sentence, None, SHOWN_FOR);
    }

    /// Shows the sentence for a while, with the way back.
    pub(crate) fn say_with_undo(self, sentence: &str, undo: impl Fn() + Send + Sync + 'static) {
        self.show(sentence, Some(Arc::new(undo)), SHOWN_FOR_WITH_UNDO);
    }

    fn show(self, sentence: &str, undo: Option<Undo>, shown_for: Duration) {
        let number = self.number.try_update_value(|number| {
            *number += 1;
            *number
        });
        let Some(number) = number else { return };
        self.shown.update(|shown| {
            shown.push(Toast { number, sentence: sentence.to_owned(), undo });
            let surplus = shown.len().saturating_sub(AT_ONCE_MAX);
            shown.drain(..surplus);
        });
        self.leave_after(number, shown_for);
    }

    fn leave_after(self, number: u32, shown_for: Duration) {
        set_timeout(
            move || {
                if self.held.try_get_untracked().unwrap_or_default() {
                    self.leave_after(number, shown_for);
                } else {
                    self.remove(number);
                }
            },
            shown_for,
        );
    }

    fn remove(self, number: u32) {
        // The page may be gone by now.
        self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Where toasts appear; present from the start, so that screen readers listen to it.
#[component]
pub(crate) fn ToastPlace(
    /// What to show.
    toasts: Toasts,
) -> impl IntoView {
    let hold = move |held: bool| toasts.held.set(held);
    view! {
        <div
            class="toasts"
            role="status"
            on:pointerenter=move |_| hold(true)
            on:pointerleave=move |_| hold(false)
            on:focusin=move |_| hold(true)
            on:focusout=move |_| hold(false)
        >
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <ToastLine toast=toast toasts=toasts/>
            </For>
        </div>
    }
}

#[component]
fn ToastLine(
    /// The line.
    toast: Toast,
    /// Where it is shown.
    toasts: Toasts,
) -> impl IntoView {
    let locale = crate::texts::current();
    let Toast { number, sentence, undo } = toast;
    let leave = move || {
        toasts.held.set(false);
        toasts.remove(number);
    };
    view! {
        <div class="toast">
            <Icon name="circle-check"/>
            <span>{sentence}</span>
            {undo.map(|undo| view! {
                <button
                    r#type="button"
                    class="button button-quiet toast-undo"
                    on:click=move |_| {
                        leave();
                        undo();
                    }
                >
                    <Icon name="undo-2"/>
                    {text!(locale, kit.undo)}
                </button>
            })}
            <button
                r#type="button"
                class="button button-quiet button-icon"
                aria-label=text!(locale, common.dismiss)
                on:click=move |_| leave()
            >
                <Icon name="x"/>
            </button>
        </div>
    }
}
