//! The line that says that something was done. Never the only place of an error.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::icon::Icon;

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// Says one thing at a time, anywhere in the frame.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    message: RwSignal<Option<String>>,
    /// Which message is shown, so that an old timer does not take a new message away.
    number: StoredValue<u32>,
}

impl Toasts {
    /// For the frame, which shows them.
    pub(crate) fn provide() -> Self {
        let toasts = Self { message: RwSignal::new(None), number: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Shows the sentence for a while.
    pub(crate) fn say(self, sentence: &str) {
        let number = self.number.try_update_value(|number| {
            *number += 1;
            *number
        });
        self.message.set(Some(sentence.to_owned()));
        set_timeout(
            move || {
                if self.number.try_get_value() == number {
                    self.message.try_set(None);
                }
            },
            SHOWN_FOR,
        );
    }
}

/// Where toasts appear; present from the start, so that screen readers listen to it.
#[component]
pub(crate) fn ToastPlace(
    /// What to show.
    toasts: Toasts,
) -> impl IntoView {
    let locale = crate::texts::current();
    let shown = move || {
        toasts.message.get().map(|sentence| {
            view! {
                <div class="toast">
                    <Icon name="circle-check"/>
                    <span>{sentence}</span>
                    <button
                        r#type="button"
                        class="button button-quiet button-icon"
                        aria-label=text!(locale, common.dismiss)
                        on:click=move |_| toasts.message.set(None)
                    >
                        <Icon name="x"/>
                    </button>
                </div>
            }
        })
    };
    view! { <div class="toasts" role="status">{shown}</div> }
}
