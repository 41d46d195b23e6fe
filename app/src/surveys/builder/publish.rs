//! Publishing a draft: first how it differs and what is the matter, then the deed.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::authoring::{SeenSurveyDraft, SurveyTemplateDetail};
use px360_domain::surveys::blocks;

use super::changes::changes;
use super::draft::Draft;
use super::findings::sentence;
use crate::request::Request;
use crate::surveys::server_fns::{surveys_publish, surveys_template};
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::failures;
use crate::ui::toast::Toasts;

/// The button, and the sheet behind it.
#[component]
pub(super) fn PublishButton(
    /// The draft.
    draft: Draft,
    /// Shows what is kept by now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (open, looking, publishing) = (RwSignal::new(false), Request::new(), Request::new());
    let found = RwSignal::new(None::<SurveyTemplateDetail>);
    let toasts = use_context::<Toasts>();
    let look = Callback::new(move |()| {
        // What is shown is what would be published.
        draft.save(move || {
            looking.send(surveys_template(draft.id, None), move |detail| {
                found.set(Some(detail));
                open.set(true);
            });
        });
    });
    let publish = Callback::new(move |()| {
        let cmd = SeenSurveyDraft { lock_version: draft.lock_version.get_untracked() };
        publishing.send(surveys_publish(draft.id, cmd), move |()| {
            open.set(false);
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, surveys.published));
            }
            reload.run(());
        });
    });
    let why_not = Signal::derive(move || {
        let blocked = found.read().as_ref().is_some_and(|found| blocks(&found.findings));
        blocked.then(|| text!(locale, surveys.publish_blocked).to_owned())
    });
    let body = move || found.read().as_ref().map(|found| shown(locale, found));
    view! {
        <Button
            label=text!(locale, surveys.publish)
            icon="send"
            look=ButtonLook::Primary
            pending=looking.pending()
            press=look
        />
        <InlineError error=Signal::derive(move || looking.error())/>
        <Dialog id="publish" title=text!(locale, surveys.publish_title) open=open sheet=true>
            {body}
            <InlineError error=Signal::derive(move || failures::of_record(publishing.error())) reload=reload/>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, surveys.publish_now)
                    look=ButtonLook::Primary
                    pending=publishing.pending()
                    why_not=why_not
                    press=publish
                />
            </DialogFoot>
        </Dialog>
    }
}

fn shown(locale: Locale, found: &SurveyTemplateDetail) -> AnyView {
    let lines = found.findings.iter();
    let lines = lines.map(|one| view! { <li>{sentence(locale, &found.content, one)}</li> });
    let lines = lines.collect_view();
    let any = !found.findings.is_empty();
    view! {
        <p>{text!(locale, surveys.publish_text)}</p>
        {any.then(|| view! {
            <h3>{text!(locale, surveys.findings)}</h3>
            <ul class="findings">{lines}</ul>
        })}
        <h3>{text!(locale, journeys.changes)}</h3>
        {match found.compared_with {
            Some(_) => changes(locale, &found.changes),
            None => view! { <p class="hint">{text!(locale, surveys.first_version)}</p> }.into_any(),
        }}
    }
    .into_any()
}
