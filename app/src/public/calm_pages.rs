//! Pages without questions: thanks, "already answered", "no longer open", and what went wrong.

use leptos::prelude::*;
use px360_domain::surveys::{OpenSurvey, OpenSurveyState};
use px360_domain::{Bilingual, Failure, Locale, paths};

use super::shell::{self, Document};
use super::texts::{Spoken, minutes};

/// Where the answer to "may we call you?" is posted to, below the survey's address.
const CALLBACK: &str = "callback";
/// Where thanks are said, below the survey's address.
const DONE: &str = "done";

/// Thanks for a completed survey at this address, with "may we call you?" until that is answered.
pub fn done_page(survey: &OpenSurvey, base: &str, locale: Locale) -> String {
    let title = text!(locale, public.done_title);
    page(survey, locale, title, true, || {
        let after = match survey.state {
            OpenSurveyState::Completed { .. } if survey.anonymous || survey.content.anonymous => {
                Some(view! { <p>{text!(locale, public.done_close)}</p> }.into_any())
            }
            OpenSurveyState::Completed { callback: None, low_score } => {
                Some(callback_question(base, locale, low_score))
            }
            OpenSurveyState::Completed { callback: Some(agreed), .. } => {
                let chosen = if agreed {
                    text!(locale, public.callback_agreed)
                } else {
                    text!(locale, public.callback_declined)
                };
                let said = view! {
                    <p class="note" role="status">{chosen}</p>
                    <p>{text!(locale, public.done_close)}</p>
                };
                Some(said.into_any())
            }
            OpenSurveyState::ScreenedOut => {
                Some(view! { <p>{text!(locale, public.screened_out)}</p> }.into_any())
            }
            OpenSurveyState::Open | OpenSurveyState::Closed => None,
        };
        // Whom a quota left out has helped nobody.
        let helped = survey.state != OpenSurveyState::ScreenedOut;
        let helped = helped.then(|| view! { <p>{text!(locale, public.done_text)}</p> });
        view! { {helped} {after} }.into_any()
    })
}

fn callback_question(base: &str, locale: Locale, low_score: bool) -> AnyView {
    let action = format!("{base}/{CALLBACK}?lang={}", locale.as_str());
    let sorry = low_score.then(|| view! { <p>{text!(locale, public.callback_sorry)}</p> });
    let question = if low_score {
        text!(locale, public.callback_ask_low)
    } else {
        text!(locale, public.callback_ask)
    };
    view! {
        <form method="post" action=action class="q">
            {sorry}
            <fieldset>
                <legend><h2>{question}</h2></legend>
                <div class="pair">
                    <button name="agreed" value="yes">{text!(locale, public.callback_yes)}</button>
                    <button name="agreed" value="no" class="quiet">
                        {text!(locale, public.callback_no)}
                    </button>
                </div>
            </fieldset>
        </form>
    }
    .into_any()
}

/// The survey was answered before: nothing is wrong, nothing is left to do.
pub fn already_answered_page(survey: &OpenSurvey, base: &str, locale: Locale) -> String {
    let title = text!(locale, public.already_title);
    let thanks = format!("{base}/{DONE}?lang={}", locale.as_str());
    page(survey, locale, title, true, || {
        view! {
            <p>{text!(locale, public.already_text)}</p>
            <p><a href=thanks>{text!(locale, public.already_link)}</a></p>
        }
        .into_any()
    })
}

/// The survey's time ran out, or the visit behind it was cancelled.
pub fn closed_page(survey: &OpenSurvey, locale: Locale) -> String {
    let title = text!(locale, public.closed_title);
    page(survey, locale, title, false, || {
        view! { <p>{text!(locale, public.closed_text)}</p> }.into_any()
    })
}

pub(super) fn page(
    survey: &OpenSurvey,
    locale: Locale,
    heading: &'static str,
    well: bool,
    rest: impl FnOnce() -> AnyView,
) -> String {
    let place = (&survey.hospital, survey.help_phone.as_deref());
    frame(place, locale, (heading, ""), || {
        view! { {well.then(tick)} <h1>{heading}</h1> {rest()} }.into_any()
    })
}

/// A page of this hospital (with the number to call for help, where it has one), a link to the other language, and nothing
/// to answer on it. `query` is what its address has behind the language.
pub(super) fn frame(
    (hospital, help_phone): (&Bilingual, Option<&str>),
    locale: Locale,
    (title, query): (&str, &str),
    main: impl FnOnce() -> AnyView,
) -> String {
    let place = hospital.pick(locale);
    let title = text!(locale, public.titled, page = title, place = place);
    shell::render(Document { locale, title, script: false }, || {
        let other = locale.other();
        let switch = format!("?lang={}{query}", other.as_str());
        let Spoken { text, lang, dir } = Spoken::of(hospital, locale);
        view! {
            <body class="calm">
                <header>
                    <p class="brand" lang=lang dir=dir>{text}</p>
                    <a class="lang" href=switch lang=other.as_str() dir=other.dir()
                        hreflang=other.as_str()>
                        {text!(locale, public.other_language)}
                    </a>
                </header>
                <main>{main()}</main>
                {help_line(help_phone, locale).map(|help| view! { <footer>{help}</footer> })}
            </body>
        }
        .into_any()
    })
}

/// Whom to call: at the foot of every page that knows it, before whatever else stands there (WCAG 2.2, 3.2.6).
pub(super) fn help_line(phone: Option<&str>, locale: Locale) -> Option<AnyView> {
    let phone = phone?.to_owned();
    let href = format!("tel:{phone}");
    let help = text!(locale, public.help);
    Some(view! { <p>{help} " " <a href=href dir="ltr">{phone}</a></p> }.into_any())
}

fn tick() -> AnyView {
    view! {
        <svg class="tick" viewBox="0 0 24 24" aria-hidden="true">
            <path d="m5 13 5 5 9-11"/>
        </svg>
    }
    .into_any()
}

/// What a refusal looks like to a patient whose language is unknown: both, Arabic first.
pub fn refused_page(failure: &Failure) -> String {
    let said = |locale| match failure {
        Failure::NotFound { .. } => {
            (text!(locale, public.unknown_title), text!(locale, public.unknown_text).to_owned())
        }
        Failure::TooMany { retry_after_seconds } => {
            let count = minutes(*retry_after_seconds);
            (text!(locale, public.busy_title), text!(locale, public.busy_text, count = count))
        }
        _ => (text!(locale, public.trouble_title), text!(locale, public.trouble_text).to_owned()),
    };
    in_both(said, |_locale| None)
}

/// An address that is nobody's, typed or followed by whoever it may be: both languages, and a way on.
pub fn nowhere_page() -> String {
    let said = |locale| {
        (text!(locale, public.nowhere_title), text!(locale, public.nowhere_text).to_owned())
    };
    in_both(said, |locale| {
        let label = text!(locale, public.nowhere_home);
        Some(view! { <p><a href=paths::home(locale)>{label}</a></p> }.into_any())
    })
}

/// A heading, a sentence and what follows, in Arabic and below that in English.
fn in_both(
    said: impl Fn(Locale) -> (&'static str, String),
    rest: impl Fn(Locale) -> Option<AnyView>,
) -> String {
    let (arabic, english) = (said(Locale::Ar), said(Locale::En));
    let title = text!(Locale::Ar, public.titled, page = arabic.0, place = english.0);
    shell::render(Document { locale: Locale::Ar, title, script: false }, || {
        view! {
            <body class="calm plain">
                <main>
                    <section><h1>{arabic.0}</h1><p>{arabic.1}</p>{rest(Locale::Ar)}</section>
                    <section lang="en" dir="ltr">
                        <h2>{english.0}</h2>
                        <p>{english.1}</p>
                        {rest(Locale::En)}
                    </section>
                </main>
            </body>
        }
        .into_any()
    })
}
