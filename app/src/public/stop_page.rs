//! "Stop these messages", all of them or one way: asked before it is done, and taken back on the same page.

use leptos::prelude::*;
use px360_domain::notifications::{Channel, PreferredTime};
use px360_domain::surveys::{OpenSurvey, StoppedMessages};
use px360_domain::{Locale, paths};

use super::calm_pages::page;

/// What the fields are called, and what stands for all ways.
const STOP: &str = "stop";
const RESUME: &str = "resume";
const ALL: &str = "all";
const TIME: &str = "time";
const ANY: &str = "any";

/// What a patient wants; without a channel, of all ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// No more messages.
    Stop(Option<Channel>),
    /// Messages again.
    Resume(Option<Channel>),
    /// To be written to in this part of the day, or at any hour.
    Time(Option<PreferredTime>),
}

/// What the posted button says, if it is one of ours.
pub(super) fn wish(fields: &[(String, String)]) -> Option<Wish> {
    let said = |name: &str| {
        let word = fields.iter().find(|(key, _)| key == name).map(|(_, word)| word.as_str())?;
        if word == ALL { Some(None) } else { word.parse().ok().map(Some) }
    };
    let time = || {
        let word = fields.iter().find(|(key, _)| key == TIME).map(|(_, word)| word.as_str())?;
        if word == ANY { Some(None) } else { word.parse().ok().map(Some) }
    };
    said(STOP)
        .map(Wish::Stop)
        .or_else(|| said(RESUME).map(Wish::Resume))
        .or_else(|| time().map(Wish::Time))
}

/// Asks whether messages should stop, or says that they have.
pub fn stop_page(
    survey: &OpenSurvey,
    base: &str,
    locale: Locale,
    stopped: &StoppedMessages,
) -> String {
    let title = if stopped.all {
        text!(locale, public.stopped_title)
    } else {
        text!(locale, public.stop_title)
    };
    let action = format!("{}?lang={}", paths::stop(base), locale.as_str());
    page(survey, locale, title, stopped.all, || {
        if stopped.all {
            return view! {
                <p>{text!(locale, public.stopped_text)}</p>
                <form method="post" action=action>
                    <button name=RESUME value=ALL>{text!(locale, public.stop_undo)}</button>
                </form>
            }
            .into_any();
        }
        let several = stopped.channels.len() > 1 || stopped.channels.iter().any(|(_, it)| *it);
        let ways = several.then(|| {
            let ways = stopped.channels.iter().map(|(channel, off)| way(locale, *channel, *off));
            view! {
                <section>
                    <h2>{text!(locale, public.stop_a_way)}</h2>
                    {ways.collect_view()}
                </section>
            }
        });
        view! {
            <p>{text!(locale, public.stop_text)}</p>
            <form method="post" action=action.clone()>
                <button name=STOP value=ALL>{text!(locale, public.stop_do)}</button>
                {ways}
            </form>
            {times(locale, action, stopped.preferred_time)}
        }
        .into_any()
    })
}

/// When messages may come.
fn times(locale: Locale, action: String, preferred: Option<PreferredTime>) -> AnyView {
    let choices = [
        (None, text!(locale, public.time_any)),
        (Some(PreferredTime::Morning), text!(locale, public.time_morning)),
        (Some(PreferredTime::Afternoon), text!(locale, public.time_afternoon)),
        (Some(PreferredTime::Evening), text!(locale, public.time_evening)),
    ];
    let choices = choices.map(|(time, label)| {
        let value = time.map_or(ANY, PreferredTime::as_str);
        view! {
            <label class="row">
                <input type="radio" name=TIME value=value checked=time == preferred/>
                <span>{label}</span>
            </label>
        }
    });
    let kept = preferred.map(|_| view! { <p class="note">{text!(locale, public.time_kept)}</p> });
    view! {
        <form method="post" action=action>
            <fieldset>
                <legend><h2>{text!(locale, public.time_title)}</h2></legend>
                <p class="hint">{text!(locale, public.time_text)}</p>
                <div>{choices.into_iter().collect_view()}</div>
            </fieldset>
            {kept}
            <button class="quiet">{text!(locale, public.time_do)}</button>
        </form>
    }
    .into_any()
}

/// One way by which messages come: on, or stopped.
fn way(locale: Locale, channel: Channel, stopped: bool) -> AnyView {
    let (name, label, state) = match (channel, stopped) {
        (Channel::Sms, false) => (STOP, text!(locale, public.stop_sms), None),
        (Channel::Whatsapp, false) => (STOP, text!(locale, public.stop_whatsapp), None),
        (Channel::Email, false) => (STOP, text!(locale, public.stop_email), None),
        (Channel::Sms, true) => {
            (RESUME, text!(locale, public.resume_sms), Some(text!(locale, public.stopped_sms)))
        }
        (Channel::Whatsapp, true) => (
            RESUME,
            text!(locale, public.resume_whatsapp),
            Some(text!(locale, public.stopped_whatsapp)),
        ),
        (Channel::Email, true) => {
            (RESUME, text!(locale, public.resume_email), Some(text!(locale, public.stopped_email)))
        }
    };
    view! {
        {state.map(|said| view! { <p class="note" role="status">{said}</p> })}
        <button name=name value=channel.as_str() class="quiet">{label}</button>
    }
    .into_any()
}
