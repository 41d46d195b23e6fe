//! All answers of a long survey once more, before they are handed in.

use leptos::prelude::*;
use px360_domain::surveys::{Answer, OpenSurvey, Question, QuestionKind};
use px360_domain::{Bilingual, Locale, paths};

use super::calm_pages::frame;
use super::texts::Spoken;
use crate::ui::dates::date;

/// What was asked and answered, each with a way back, and the button that sends it.
///
/// `base` is the address of the survey; `query` is what every address of it has behind the language.
pub fn review_page(survey: &OpenSurvey, base: &str, query: &str, locale: Locale) -> String {
    let title = text!(locale, public.review_title);
    let place = (&survey.hospital, survey.help_phone.as_deref());
    frame(place, locale, (title, query), || {
        let way = survey.path();
        let asked = way.questions(&survey.content).filter(|it| it.kind.takes_answers());
        let lines = asked.map(|question| line(survey, question, (base, query), locale));
        let lines: Vec<AnyView> = lines.collect();
        let action = format!("{}?lang={}{query}", paths::review(base), locale.as_str());
        view! {
            <h1>{title}</h1>
            <p>{text!(locale, public.review_text)}</p>
            <dl class="said">{lines}</dl>
            <form method="post" action=action>
                <button>{text!(locale, public.send)}</button>
            </form>
        }
        .into_any()
    })
}

fn line(
    survey: &OpenSurvey,
    question: &Question,
    (base, query): (&str, &str),
    locale: Locale,
) -> AnyView {
    let Spoken { text, lang, dir } = Spoken::of(&question.text, locale);
    let given: Vec<AnyView> = question
        .answer_keys()
        .filter_map(|key| survey.answers.get(&key).map(|answer| (key, answer)))
        .map(|(key, answer)| {
            let row = question.row(&key).map(|row| format!("{}: ", row.pick(locale)));
            view! { <dd>{row} {said(survey, question, &key, answer, locale)}</dd> }.into_any()
        })
        .collect();
    let given = if given.is_empty() {
        view! { <dd class="hint">{text!(locale, public.review_nothing)}</dd> }.into_any()
    } else {
        given.into_any()
    };
    let href = format!("{base}/{}?lang={}{query}", question.page, locale.as_str());
    view! {
        <div class="q">
            <dt lang=lang dir=dir>{text.clone()}</dt>
            {given}
            <dd>
                <a href=href>
                    {text!(locale, public.review_change)}
                    <span class="vh">": " {text}</span>
                </a>
            </dd>
        </div>
    }
    .into_any()
}

/// An answer in the words that the patient saw.
fn said(
    survey: &OpenSurvey,
    question: &Question,
    key: &str,
    answer: &Answer,
    locale: Locale,
) -> AnyView {
    let names: Vec<&str> =
        question.names(answer).into_iter().map(|name: &Bilingual| name.pick(locale)).collect();
    match answer {
        Answer::NotApplicable => text!(locale, public.not_applicable).into_any(),
        Answer::YesNo(true) => text!(locale, public.yes).into_any(),
        Answer::YesNo(false) => text!(locale, public.no).into_any(),
        _ if !names.is_empty() => names.join(text!(locale, common.list_separator)).into_any(),
        Answer::Number(value) => {
            let most = question.kind.range().map_or(*value, |(_, most)| most);
            view! { <bdi dir="ltr">{format!("{value} / {most}")}</bdi> }.into_any()
        }
        Answer::Words(words) => {
            let words = match &question.kind {
                QuestionKind::File => survey.files.get(key).map_or_else(
                    || text!(locale, public.file_there).to_owned(),
                    |file| file.name.clone(),
                ),
                QuestionKind::Date => {
                    words.parse().map_or_else(|_no_day| words.clone(), |day| date(locale, day))
                }
                _ => words.clone(),
            };
            view! { <span dir="auto" class="words-said">{words}</span> }.into_any()
        }
        Answer::Choices(keys) => keys.join(", ").into_any(),
    }
}
