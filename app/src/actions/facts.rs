//! What is known about an action: its clocks, its patient, what the patient answered.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::actions::{ActionDetail, AnsweredQuestion, Clock};
use px360_domain::calendar::WorkSpan;
use px360_domain::dates::{HijriDate, in_riyadh};
use px360_domain::surveys::Answer;
use px360_domain::{Bilingual, Locale};

use super::{timeline, words};
use crate::surveys::FileLink;
use crate::ui::card::Card;
use crate::ui::dates::{When, date, hijri, time};
use crate::ui::duration::duration;
use crate::ui::facts::{Fact, Facts};
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, Num};

/// Both clocks, met, missed or running.
#[component]
pub(super) fn Clocks(
    /// What is known.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    let card = detail.card;
    let (overdue, as_of) = (card.overdue, detail.as_of);
    let clock = |clock: Clock, due_at, done_at| {
        let running = card.clock == Some(clock);
        view! {
            <ClockFact
                clock=clock
                due_at=due_at
                done_at=done_at
                running=running
                overdue=running && overdue
                as_of=as_of
            />
        }
    };
    let response = clock(Clock::Response, detail.response_due_at, detail.responded_at);
    let resolution = clock(Clock::Resolution, detail.resolution_due_at, detail.closed_at);
    let why = (!detail.why_due.is_empty()).then(|| {
        let (due_at, hijri_due) = (card.due_at, detail.due_hijri);
        view! { <WhyDue spans=detail.why_due due_at=due_at hijri_due=hijri_due/> }
    });
    view! {
        <Card title=text!(locale, actions.clocks) id="clocks">
            <Facts>{response} {resolution}</Facts>
            {why}
        </Card>
    }
}

#[component]
fn ClockFact(
    /// Which clock.
    clock: Clock,
    /// Its deadline.
    due_at: DateTime<Utc>,
    /// When it was stopped.
    done_at: Option<DateTime<Utc>>,
    /// Whether it is the one that counts now.
    running: bool,
    /// Whether it has passed its deadline.
    overdue: bool,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (icon, class, word) = match done_at {
        Some(at) if at <= due_at => {
            ("circle-check", "sla sla-fine", text!(locale, actions.clock_met))
        }
        Some(_) => ("octagon-alert", "sla sla-overdue", text!(locale, actions.clock_missed)),
        None if overdue => {
            ("octagon-alert", "sla sla-overdue", text!(locale, actions.clock_overdue))
        }
        None if running => ("clock", "sla sla-fine", text!(locale, actions.clock_running)),
        None => ("circle", "sla sla-idle", text!(locale, actions.clock_waiting)),
    };
    view! {
        <Fact name=words::clock(locale, clock)>
            <span class=class>
                <Icon name=icon/>
                {word}
            </span>
            <span class="second-line">
                {text!(locale, actions.due)} " " <When at=due_at as_of=as_of/>
            </span>
            {done_at.map(|at| view! {
                <span class="second-line">
                    {text!(locale, actions.done_at)} " " <When at=at as_of=as_of/>
                </span>
            })}
        </Fact>
    }
}

/// The ledger of working time that leads to the deadline.
#[component]
fn WhyDue(
    /// The stretches that count.
    spans: Vec<WorkSpan>,
    /// Where they lead.
    due_at: Option<DateTime<Utc>>,
    /// The same day in the other calendar.
    hijri_due: Option<HijriDate>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let total: i64 = spans.iter().map(|span| span.minutes).sum();
    let rows = spans
        .into_iter()
        .map(|span| {
            view! {
                <tr>
                    <th scope="row">{date(locale, in_riyadh(span.from).date())}</th>
                    <td><Num text=format!("{}–{}", time(span.from), time(span.to))/></td>
                    <td>{duration(locale, span.minutes)}</td>
                </tr>
            }
        })
        .collect_view();
    let due = due_at.map(|at| {
        let day = date(locale, in_riyadh(at).date());
        let day = match hijri_due {
            Some(hijri_due) => {
                let hijri = hijri(locale, hijri_due);
                text!(locale, common.both_calendars, gregorian = day, hijri = hijri)
            }
            None => day,
        };
        text!(locale, common.date_time, date = day, time = time(at))
    });
    view! {
        <details class="why">
            <summary>{text!(locale, actions.why_due)}</summary>
            <p class="hint">{text!(locale, actions.why_due_hint)}</p>
            <table class="table table-small">
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, actions.why_day)}</th>
                        <th scope="col">{text!(locale, actions.why_hours)}</th>
                        <th scope="col">{text!(locale, actions.why_counted)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">{text!(locale, actions.why_total)}</th>
                        <td>{duration(locale, total)}</td>
                    </tr>
                </tfoot>
            </table>
            {due.map(|due| view! { <p class="why-due">{text!(locale, actions.why_result, at = due)}</p> })}
        </details>
    }
}

/// Whose action it is, and where.
#[component]
pub(super) fn PatientFacts(
    /// What is known.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    let card = detail.card;
    let named = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <Fact name=name><bdi>{value}</bdi></Fact> })
    };
    let pick = move |value: &px360_domain::Bilingual| value.pick(locale).to_owned();
    let callback = match detail.callback {
        Some(true) => text!(locale, actions.callback_yes),
        Some(false) => text!(locale, actions.callback_no),
        None => text!(locale, actions.callback_unknown),
    };
    view! {
        <Card title=text!(locale, actions.patient_and_visit) id="patient">
            <Facts>
                {named(text!(locale, actions.patient), Some(pick(&card.patient)))}
                {detail.patient_phone.map(|phone| view! { <Phone phone=phone/> })}
                {detail.patient_mrn.map(|mrn| view! {
                    <Fact name=text!(locale, actions.mrn)><Code text=mrn/></Fact>
                })}
                <Fact name=text!(locale, actions.callback_consent)>{callback}</Fact>
                {named(text!(locale, actions.hospital), Some(pick(&card.hospital)))}
                {named(text!(locale, actions.department), card.department.as_ref().map(pick))}
                {named(text!(locale, actions.stage), card.stage.as_ref().map(pick))}
                {named(text!(locale, actions.physician), detail.physician.as_ref().map(pick))}
                <Fact name=text!(locale, actions.encounter)><Code text=detail.encounter/></Fact>
                {named(text!(locale, actions.owner), card.owner.as_ref().map(pick))}
            </Facts>
        </Card>
    }
}

/// A number to call, unless it is masked.
#[component]
fn Phone(
    /// The number.
    phone: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let number = if phone.starts_with('+') {
        let href = format!("tel:{phone}");
        view! { <a href=href rel="external"><Code text=phone/></a> }.into_any()
    } else {
        view! { <Code text=phone/> }.into_any()
    };
    view! { <Fact name=text!(locale, actions.phone)>{number}</Fact> }
}

/// A complaint that came again.
pub(super) struct Again {
    /// Which time this is, from 2.
    pub(super) number: usize,
    /// When.
    pub(super) at: DateTime<Utc>,
    /// Whether the patient agreed to be called about it.
    pub(super) callback: Option<bool>,
    /// The page's own instant.
    pub(super) as_of: DateTime<Utc>,
}

/// What the patient answered, with what opened the action marked.
#[component]
pub(super) fn Answers(
    /// The answers, in the order of the survey.
    answers: Vec<AnsweredQuestion>,
    /// When they were given, where the complaint is an older one.
    again: Option<Again>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let items = answers
        .into_iter()
        .map(|answered| {
            let triggered = answered.triggered;
            view! {
                <div class="answer" class:answer-triggered=triggered>
                    <dt dir="auto">
                        {answered.text.pick(locale).to_owned()}
                        {answered.row.map(|row| view! { " – "<bdi>{row.pick(locale).to_owned()}</bdi> })}
                    </dt>
                    <dd>
                        {match answered.file {
                            Some(id) => view! { <FileLink id=id name=text!(locale, actions.file)/> }.into_any(),
                            None => given(locale, answered.answer, answered.names, answered.out_of),
                        }}
                        {triggered.then(|| view! {
                            <span class="badge badge-bad">
                                <Icon name="flag"/>
                                {text!(locale, actions.triggered)}
                            </span>
                        })}
                    </dd>
                </div>
            }
        })
        .collect_view();
    let (title, id) = match &again {
        Some(again) => (text!(locale, actions.answers_again), format!("answers-{}", again.number)),
        None => (text!(locale, actions.answers), "answers".to_owned()),
    };
    let said = again.map(|Again { at, as_of, callback, .. }| {
        let call = callback.map(|agreed| {
            view! { " · " {timeline::call(locale, agreed)} }
        });
        view! { <p class="hint"><When at=at as_of=as_of/> {call}</p> }
    });
    view! {
        <Card title=title id=id>
            {said}
            <dl class="answers">{items}</dl>
        </Card>
    }
}

fn given(locale: Locale, answer: Answer, names: Vec<Bilingual>, out_of: Option<u8>) -> AnyView {
    if !names.is_empty() {
        let separator = text!(locale, common.list_separator);
        let names: Vec<String> = names.iter().map(|name| name.pick(locale).to_owned()).collect();
        return view! { <strong class="answer-value">{names.join(separator)}</strong> }.into_any();
    }
    match (answer, out_of) {
        (Answer::Number(value), Some(best)) => {
            let words = text!(locale, actions.value_of, value = value, best = best);
            view! { <strong class="answer-value">{words}</strong> }.into_any()
        }
        (Answer::Number(value), None) => {
            view! { <strong class="answer-value"><Num text=value.to_string()/></strong> }.into_any()
        }
        (Answer::YesNo(yes), _) => {
            let word = if yes { text!(locale, common.yes) } else { text!(locale, common.no) };
            view! { <strong class="answer-value">{word}</strong> }.into_any()
        }
        (Answer::NotApplicable, _) => {
            let words = text!(locale, actions.not_applicable);
            view! { <span class="muted">{words}</span> }.into_any()
        }
        // The choices of a version that is gone.
        (Answer::Choices(keys), _) => {
            view! { <strong class="answer-value" dir="ltr">{keys.join(", ")}</strong> }.into_any()
        }
        (Answer::Words(words), _) => {
            view! { <blockquote class="answer-words" dir="auto">{words}</blockquote> }.into_any()
        }
    }
}
