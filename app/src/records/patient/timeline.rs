//! Patient 360: everything that happened to a patient, newest first.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use px360_domain::journeys::{JourneyStatus, JourneyType};
use px360_domain::notifications::{Channel, NotificationStatus, SuppressionReason};
use px360_domain::records::{Happened, PatientEvent, PatientTimeline, RecordKind};
use px360_domain::{Bilingual, Locale, paths};
use uuid::Uuid;

use super::super::record_page::CURSOR;
use crate::actions::{severity_word, status_word};
use crate::loaded::Loaded;
use crate::notifications::reason_word;
use crate::ui::badge::Tone;
use crate::ui::card::Card;
use crate::ui::failures::sentence;
use crate::ui::numbers::{isolated, isolated_words};
use crate::ui::table::Pager;
use crate::ui::timeline::{Happening, Happenings};

/// One page of it.
#[component]
pub(crate) fn TimelineCard(
    /// Whose.
    id: Uuid,
    /// What happened.
    timeline: Loaded<PatientTimeline>,
    /// Whether this is a page behind the first.
    later: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let page = format!("{}/{id}", RecordKind::Patient.page(locale));
    let body = move || {
        let shown = match timeline.get()? {
            Ok(timeline) => timeline,
            Err(error) => {
                return Some(
                    view! { <p class="inline-error" role="alert">{sentence(locale, &error)}</p> }
                        .into_any(),
                );
            }
        };
        let next = shown.next_cursor.map(|cursor| {
            let mut query = ParamsMap::new();
            query.insert(CURSOR, cursor);
            format!("{page}{}#timeline", query.to_query_string())
        });
        let first = later.then(|| format!("{page}#timeline"));
        let surveys = shown.surveys.then(|| {
            let href = format!("{}?patient={id}", paths::survey_instances(locale));
            view! { <p><a class="row-link" href=href>{text!(locale, records.to_surveys)}</a></p> }
        });
        if shown.items.is_empty() {
            return Some(
                view! {
                    <p class="hint">{text!(locale, records.timeline_empty)}</p>
                    <Pager first=first next=next/>
                }
                .into_any(),
            );
        }
        let happenings: Vec<Happening> =
            shown.items.into_iter().map(|event| happening(locale, event)).collect();
        Some(
            view! {
                {surveys}
                <Happenings happenings=happenings as_of=shown.as_of/>
                <Pager first=first next=next/>
            }
            .into_any(),
        )
    };
    view! { <Card title=text!(locale, records.timeline) id="timeline">{body}</Card> }
}

/// An event without what most of them lack.
fn plain(icon: &'static str, tone: Tone, title: String) -> Happening {
    Happening {
        icon,
        tone,
        kind: "",
        title,
        towards: None,
        by: None,
        at: chrono::DateTime::UNIX_EPOCH,
        text: None,
        internal: false,
        href: None,
    }
}

fn happening(locale: Locale, event: PatientEvent) -> Happening {
    let it = match event.what {
        Happened::Encounter { kind, number, status } => encounter(locale, kind, &number, status),
        Happened::Stage { stage, department, physician } => {
            let stage = isolated_words(stage.pick(locale));
            let title = text!(locale, records.timeline_stage, stage = stage).to_string();
            let places = [department, physician].into_iter().flatten();
            let places: Vec<String> = places.map(|name| name.pick(locale).to_owned()).collect();
            let text = (!places.is_empty()).then(|| places.join(" · "));
            Happening { text, ..plain("circle-check", Tone::Mute, title) }
        }
        Happened::Invitation { stage, status, reason, channel } => {
            invitation(locale, &stage, (status, reason), channel)
        }
        Happened::Response { stage, nps, score, callback, words } => {
            let answer = Answered { nps, score, callback };
            Happening { text: words, ..response(locale, &stage, &answer) }
        }
        Happened::Action { id, reference, severity, status, .. } => {
            let title = text!(
                locale,
                records.timeline_action,
                reference = isolated(&reference),
                severity = severity_word(locale, severity),
                status = status_word(locale, status)
            );
            let href = Some(paths::action(locale, id));
            Happening { href, ..plain("flag", Tone::Bad, title.to_string()) }
        }
    };
    Happening { at: event.at, by: Some(event.hospital.pick(locale).to_owned()), ..it }
}

fn encounter(locale: Locale, kind: JourneyType, number: &str, status: JourneyStatus) -> Happening {
    let kind = match kind {
        JourneyType::Ems => text!(locale, records.timeline_ems),
        JourneyType::Inpatient => text!(locale, records.timeline_inpatient),
        JourneyType::Opd => text!(locale, records.timeline_opd),
    };
    let number = isolated(number);
    let title = match status {
        JourneyStatus::Cancelled => {
            text!(locale, records.timeline_cancelled, kind = kind, number = number).to_string()
        }
        JourneyStatus::Active | JourneyStatus::Completed => {
            text!(locale, records.timeline_encounter, kind = kind, number = number).to_string()
        }
    };
    plain("hospital", Tone::Brand, title)
}

fn invitation(
    locale: Locale,
    stage: &Bilingual,
    (status, reason): (NotificationStatus, Option<SuppressionReason>),
    channel: Option<Channel>,
) -> Happening {
    let stage = isolated_words(stage.pick(locale));
    let title = match status {
        NotificationStatus::Queued | NotificationStatus::Sending => {
            text!(locale, records.timeline_invitation_waits, stage = stage).to_string()
        }
        NotificationStatus::Sent | NotificationStatus::Delivered | NotificationStatus::Read => {
            text!(locale, records.timeline_invited, stage = stage).to_string()
        }
        NotificationStatus::Suppressed => {
            text!(locale, records.timeline_not_invited, stage = stage).to_string()
        }
        NotificationStatus::Failed => {
            text!(locale, records.timeline_invitation_failed, stage = stage).to_string()
        }
    };
    let (icon, tone) = match status {
        NotificationStatus::Suppressed => ("minus", Tone::Warn),
        NotificationStatus::Failed => ("octagon-alert", Tone::Bad),
        _ => ("send", Tone::Info),
    };
    let why = reason.map(|reason| reason_word(locale, reason));
    let by = channel.map(|channel| channel_word(locale, channel));
    let text = why.or(by).map(str::to_owned);
    Happening { text, ..plain(icon, tone, title) }
}

struct Answered {
    nps: Option<u8>,
    score: Option<u8>,
    callback: Option<bool>,
}

fn response(locale: Locale, stage: &Bilingual, answer: &Answered) -> Happening {
    let stage = isolated_words(stage.pick(locale));
    let title = text!(locale, records.timeline_response, stage = stage).to_string();
    let nps = answer.nps.map(|nps| text!(locale, records.timeline_nps, nps = nps).to_string());
    let score =
        answer.score.map(|score| text!(locale, records.timeline_score, score = score).to_string());
    let calls = answer.callback == Some(true);
    let calls = calls.then(|| text!(locale, records.timeline_callback).to_owned());
    let measures: Vec<String> = [nps, score, calls].into_iter().flatten().collect();
    let tone = match answer.nps {
        Some(0..=6) => Tone::Bad,
        Some(7..=8) => Tone::Warn,
        Some(_) => Tone::Ok,
        None => Tone::Info,
    };
    let towards = (!measures.is_empty()).then(|| measures.join(" · "));
    Happening { towards, ..plain("message-square-text", tone, title) }
}

fn channel_word(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => text!(locale, records.word_sms),
        Channel::Whatsapp => text!(locale, records.word_whatsapp),
        Channel::Email => text!(locale, records.word_email),
    }
}
