//! "Enter answers": on the phone, on a device of the house, or from paper.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::{AnswerMode, BeginEntry};

use super::super::server_fns::surveys_begin_entry;
use super::super::words;
use crate::request::Request;
use crate::ui::menu_button::{Command, MenuButton};

/// The menu; it leads to the patient's own page.
pub(super) fn menu(locale: Locale, id: SurveyId, request: Request) -> AnyView {
    let modes = [
        (AnswerMode::Phone, "phone"),
        (AnswerMode::Kiosk, "monitor"),
        (AnswerMode::Paper, "file-text"),
    ];
    let command = |(mode, icon)| Command {
        label: words::mode(locale, mode).to_owned(),
        icon,
        keys: None,
        why_not: None,
        run: Callback::new(move |()| {
            request.send(surveys_begin_entry(id, BeginEntry { mode }), |entry| {
                // Not a page of ours: the patient's pages know nothing of who is signed in.
                let _ = window().location().set_href(&entry.path);
            });
        }),
    };
    let commands = modes.into_iter().map(command).collect();
    view! {
        <MenuButton label=text!(locale, surveys.enter_answers) icon="pencil" commands=commands/>
    }
    .into_any()
}
