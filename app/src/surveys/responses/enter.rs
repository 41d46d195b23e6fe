//! "Enter answers": on the phone, on a device of the house, or from paper.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::accounts::QrPicture;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::{AnswerMode, BeginEntry};

use super::super::server_fns::surveys_begin_entry;
use super::super::words;
use crate::request::Request;
use crate::ui::dialog::Dialog;
use crate::ui::menu_button::{Command, MenuButton};
use crate::ui::qr::Qr;

/// What entering begins with, for a whole list.
#[derive(Clone, Copy)]
pub(super) struct Entering {
    /// The request, with what went wrong.
    pub(super) request: Request,
    /// The code that the patient's device reads.
    picture: RwSignal<Option<QrPicture>>,
    open: RwSignal<bool>,
}

impl Entering {
    pub(super) fn new() -> Self {
        let (picture, open) = (RwSignal::new(None), RwSignal::new(false));
        Self { request: Request::new(), picture, open }
    }

    fn begin(self, id: SurveyId, mode: AnswerMode) {
        self.request.send(surveys_begin_entry(id, BeginEntry { mode }), move |entry| {
            match entry.picture {
                // Nobody hands over a browser in which they are signed in.
                Some(picture) => {
                    self.picture.set(Some(picture));
                    self.open.set(true);
                }
                // Not a page of ours: the patient's pages know nothing of who is signed in.
                None => {
                    let _ = window().location().set_href(&entry.path);
                }
            }
        });
    }
}

/// The menu of one survey; it leads to the patient's own page.
pub(super) fn menu(locale: Locale, id: SurveyId, entering: Entering) -> AnyView {
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
        run: Callback::new(move |()| entering.begin(id, mode)),
    };
    let commands = modes.into_iter().map(command).collect();
    view! {
        <MenuButton label=text!(locale, surveys.enter_answers) icon="pencil" commands=commands/>
    }
    .into_any()
}

/// The code for the device that is handed to the patient.
#[component]
pub(super) fn KioskDialog(
    /// What began.
    entering: Entering,
) -> impl IntoView {
    let locale = crate::texts::current();
    let picture = move || {
        entering.picture.get().map(|picture| {
            view! { <Qr picture=picture label=text!(locale, surveys.kiosk_picture)/> }
        })
    };
    view! {
        <Dialog id="kiosk" title=words::mode(locale, AnswerMode::Kiosk) open=entering.open>
            <p>{text!(locale, surveys.kiosk_text)}</p>
            {picture}
        </Dialog>
    }
}
