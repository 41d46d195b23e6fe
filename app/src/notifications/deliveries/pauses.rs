//! Stopping messages to patients, and letting them go on.

use leptos::prelude::*;
use px360_domain::notifications::{
    DeliveryPause, DeliveryPauseList, PAUSE_REASON_CHARS_MAX, PauseDelivery,
};
use px360_domain::{Bilingual, Locale};

use crate::loaded::load;
use crate::notifications::server_fns::{
    notifications_pause, notifications_pauses, notifications_resume,
};
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dates::date_time;
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, Select, TextArea};
use crate::ui::icon::Icon;
use crate::ui::numbers::{grouped, isolated_words};

/// What stands still, and the button that stops more.
#[component]
pub(super) fn Pauses() -> impl IntoView {
    let pauses = load(|| (), |()| notifications_pauses());
    let reload = Callback::new(move |()| pauses.refetch());
    let body = move || {
        // The log below says what went wrong, if anything did.
        let list = pauses.get()?.ok()?;
        Some(view! { <Standing list=list reload=reload/> })
    };
    view! { <Transition>{body}</Transition> }
}

#[component]
fn Standing(
    /// What came back.
    list: DeliveryPauseList,
    /// Shows what is true now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let resuming = Request::new();
    let may_pause = list.may_pause_group || !list.hospitals.is_empty();
    let lines = list.items.iter().map(|it| line(locale, it, resuming, reload)).collect_view();
    let open = RwSignal::new(false);
    let form = may_pause.then(|| {
        view! {
            <div class="pause-foot">
                <Button
                    label=text!(locale, surveys.pause_messages)
                    icon="circle-pause"
                    press=Callback::new(move |()| open.set(true))
                />
            </div>
            <PauseDialog open=open list=list.clone() reload=reload/>
        }
    });
    view! {
        <div role="status" class="pauses">{lines}</div>
        <InlineError error=Signal::derive(move || resuming.error()) reload=reload/>
        {form}
    }
}

/// One pause, where it cannot be overlooked.
fn line(locale: Locale, pause: &DeliveryPause, resuming: Request, reload: Callback<()>) -> AnyView {
    let name = |name: &Bilingual| isolated_words(name.pick(locale));
    let whose = pause.hospital.as_ref().map_or_else(
        || text!(locale, surveys.paused_everywhere).to_owned(),
        |hospital| text!(locale, surveys.paused_hospital, hospital = name(hospital)).to_string(),
    );
    let survey = pause.survey.as_ref().map(|survey| {
        view! { " · " <bdi dir="auto">{survey.pick(locale).to_owned()}</bdi> }
    });
    let by = text!(
        locale,
        surveys.paused_by,
        name = name(&pause.paused_by),
        at = date_time(locale, pause.paused_at)
    )
    .to_string();
    let waiting = text!(
        locale,
        surveys.paused_waiting,
        count = pause.waiting,
        shown = grouped(pause.waiting)
    )
    .to_string();
    let id = pause.id;
    let resume = pause.may_resume.then(|| {
        let press = Callback::new(move |()| {
            resuming.send(notifications_resume(id), move |()| reload.run(()));
        });
        view! {
            <Button
                label=text!(locale, surveys.resume_messages)
                icon="play"
                pending=resuming.pending()
                press=press
            />
        }
    });
    view! {
        <div class="banner banner-warn">
            <Icon name="circle-pause"/>
            <div class="pause-words">
                <strong>{whose} {survey}</strong>
                <p dir="auto">{pause.reason.clone()}</p>
                <p class="places"><span>{by}</span> <span>{waiting}</span></p>
            </div>
            {resume}
        </div>
    }
    .into_any()
}

#[component]
fn PauseDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What may be stopped.
    list: DeliveryPauseList,
    /// Shows what is true now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let group = list.may_pause_group.then(|| Choice::new("", text!(locale, journeys.whole_group)));
    let hospitals = list.hospitals.iter();
    let hospitals =
        hospitals.map(|hospital| Choice::new(hospital.id.to_string(), hospital.name.pick(locale)));
    let owners: Vec<Choice> = group.into_iter().chain(hospitals).collect();
    let surveys = list.surveys.iter();
    let surveys: Vec<Choice> =
        surveys.map(|one| Choice::new(one.id.to_string(), one.name.pick(locale))).collect();
    let text = || RwSignal::new(String::new());
    let (survey, reason) = (text(), text());
    let owner = RwSignal::new(owners.first().map(|it| it.value.clone()).unwrap_or_default());
    let (owners, surveys) = (StoredValue::new(owners), StoredValue::new(surveys));
    let request = Request::new();
    let fault = move || {
        Signal::derive(move || {
            request.error().and_then(|error| failures::of_field(locale, &error, "reason"))
        })
    };
    let pause = Callback::new(move |()| {
        let cmd = PauseDelivery {
            hospital_id: owner.read_untracked().parse().ok(),
            template_id: survey.read_untracked().parse().ok(),
            reason: reason.get_untracked(),
        };
        request.send(notifications_pause(cmd), move |_id| {
            open.set(false);
            reload.run(());
        });
    });
    view! {
        <Dialog id="pause-messages" title=text!(locale, surveys.pause_messages) open=open>
            <p class="hint">{text!(locale, surveys.pause_text)}</p>
            <Select
                field=FieldSpec::new("pause-owner", text!(locale, surveys.pause_where))
                value=owner
                choices=owners.get_value()
            />
            <Select
                field=FieldSpec::new("pause-survey", text!(locale, surveys.rule_survey))
                value=survey
                choices=surveys.get_value()
                empty=Some(text!(locale, surveys.rule_all_surveys).to_owned())
            />
            <TextArea
                field=FieldSpec::new("pause-reason", text!(locale, surveys.pause_reason)).fault(fault())
                value=reason
                chars_max=PAUSE_REASON_CHARS_MAX
            />
            <InlineError error=Signal::derive(move || failures::beside_fields(request.error()))/>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, surveys.pause_messages)
                    icon="circle-pause"
                    look=ButtonLook::Danger
                    pending=request.pending()
                    press=pause
                />
            </DialogFoot>
        </Dialog>
    }
}
