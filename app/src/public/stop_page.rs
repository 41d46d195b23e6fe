//! "Stop these messages": asked before it is done, and taken back on the same page.

use leptos::prelude::*;
use px360_domain::surveys::OpenSurvey;
use px360_domain::{Locale, paths};

use super::calm_pages::page;

/// Asks whether messages should stop, or says that they have.
pub fn stop_page(survey: &OpenSurvey, base: &str, locale: Locale, stopped: bool) -> String {
    let title = if stopped {
        text!(locale, public.stopped_title)
    } else {
        text!(locale, public.stop_title)
    };
    let action = format!("{}?lang={}", paths::stop(base), locale.as_str());
    page(survey, locale, title, stopped, || {
        let (said, word, button) = if stopped {
            (text!(locale, public.stopped_text), "no", text!(locale, public.stop_undo))
        } else {
            (text!(locale, public.stop_text), "yes", text!(locale, public.stop_do))
        };
        view! {
            <p>{said}</p>
            <form method="post" action=action>
                <button name="stop" value=word>{button}</button>
            </form>
        }
        .into_any()
    })
}
