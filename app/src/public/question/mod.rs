//! One question with its answer so far: native controls only, lowest value first.

mod choices;
mod fields;
mod file;
mod matrix;
mod scale;

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::{Answer, Answers, Question, QuestionKind, SurveyFile};

use self::scale::digits;
use super::texts::Spoken;

/// A question as it is shown.
pub(super) struct Asked<'a> {
    /// What is asked.
    pub(super) question: &'a Question,
    /// Its number among the questions that are asked, from 1; none of statements.
    pub(super) number: Option<usize>,
    /// Its place in the whole survey, from 1: what its controls are called by.
    pub(super) place: usize,
    /// Whether it has to be answered.
    pub(super) required: bool,
    /// The language of the page.
    pub(super) locale: Locale,
    /// The answers so far, of all questions.
    pub(super) answers: &'a Answers,
    /// The file that was added to it.
    pub(super) file: Option<&'a SurveyFile>,
    /// The sentence about what is wrong with it.
    pub(super) fault: Option<String>,
}

/// The id of a control of the question at this place, counted from 0: what the error summary links to.
pub(super) fn control(place: usize, index: usize) -> String {
    if index == 0 { format!("q{place}") } else { format!("q{place}-{index}") }
}

impl Asked<'_> {
    /// The whole question.
    pub(super) fn view(&self) -> AnyView {
        match &self.question.kind {
            QuestionKind::Text { max_chars } => self.free_text(*max_chars),
            QuestionKind::Date => self.day(),
            QuestionKind::Statement => self.statement(),
            QuestionKind::Contact => self.contact(),
            QuestionKind::File => self.file(),
            QuestionKind::Consent => self.consent(),
            QuestionKind::Ranking { choices } => self.ranking(choices),
            QuestionKind::Matrix { rows, columns } => self.matrix(rows, columns),
            kind => self.group(self.controls(kind)),
        }
    }

    fn controls(&self, kind: &QuestionKind) -> AnyView {
        match kind {
            QuestionKind::Nps { low, high } => self.scale(0..=10, "g nps", low, high, digits),
            QuestionKind::Rating { max, low, high, look } => self.rating(*max, *look, low, high),
            QuestionKind::Csat { low, high } => self.scale(1..=5, "g g5", low, high, digits),
            QuestionKind::Ces { low, high } => self.scale(1..=7, "g g7", low, high, digits),
            QuestionKind::Single { choices } => self.single(choices),
            QuestionKind::Multiple { choices, at_most } => self.several(choices, *at_most),
            QuestionKind::YesNo => self.yes_no(),
            _ => ().into_any(),
        }
    }

    /// Controls that belong together: the question is what they are called.
    fn group(&self, controls: AnyView) -> AnyView {
        let many = matches!(self.question.kind, QuestionKind::Multiple { .. });
        view! {
            <fieldset class=self.class() aria-describedby=self.described_by()>
                <legend>{self.heading(None)}</legend>
                {self.help()}
                {controls}
                {self.not_applicable(&self.question.key)}
                {(!self.required && !many).then(|| self.clear_button())}
            </fieldset>
        }
        .into_any()
    }

    fn class(&self) -> &'static str {
        if self.fault.is_some() { "q bad" } else { "q" }
    }

    fn answer(&self) -> Option<&Answer> {
        self.answers.get(&self.question.key)
    }

    fn heading(&self, label_for: Option<String>) -> AnyView {
        let number = self.number.map(|number| {
            view! { <small>{text!(self.locale, public.question_number, number = number)}</small> }
        });
        let Spoken { text, lang, dir } = Spoken::of(&self.question.text, self.locale);
        let optional = (!self.required && self.number.is_some()).then(|| {
            let optional = format!(" {}", text!(self.locale, public.optional));
            view! { <span class="opt">{optional}</span> }
        });
        let asked = view! { <span lang=lang dir=dir>{text}</span> };
        match label_for {
            None => view! { {number}<h2>{asked}{optional}</h2> }.into_any(),
            Some(id) => {
                view! { {number}<h2><label for=id>{asked}{optional}</label></h2> }.into_any()
            }
        }
    }

    fn help(&self) -> AnyView {
        let hint = self.question.hint.as_ref().map(|hint| {
            let Spoken { text, lang, dir } = Spoken::of(hint, self.locale);
            view! { <p class="hint" id=format!("h{}", self.place) lang=lang dir=dir>{text}</p> }
        });
        let fault = self
            .fault
            .clone()
            .map(|fault| view! { <p class="err" id=format!("e{}", self.place)>{fault}</p> });
        view! { {hint}{fault} }.into_any()
    }

    fn described_by(&self) -> Option<String> {
        let ids: Vec<String> = [
            self.question.hint.is_some().then(|| format!("h{}", self.place)),
            self.fault.is_some().then(|| format!("e{}", self.place)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// "Does not apply to me": the last radio, apart from the scale.
    fn not_applicable(&self, key: &str) -> Option<AnyView> {
        let many = matches!(self.question.kind, QuestionKind::Multiple { .. });
        (self.question.not_applicable && !many).then(|| {
            let chosen = self.answers.get(key) == Some(&Answer::NotApplicable);
            let name = key.to_owned();
            view! {
                <label class="row na">
                    <input type="radio" name=name value="na" checked=chosen/>
                    <span>{text!(self.locale, public.not_applicable)}</span>
                </label>
            }
            .into_any()
        })
    }

    /// Radios cannot be taken back by themselves; the script shows this once one is chosen.
    fn clear_button(&self) -> AnyView {
        let key = self.question.key.clone();
        let hidden = self.answer().is_none();
        view! {
            <button class="clear" name="clear" value=key formnovalidate hidden=hidden>
                {text!(self.locale, public.clear)}
            </button>
        }
        .into_any()
    }

    /// Nothing is asked.
    fn statement(&self) -> AnyView {
        view! { <section class="q">{self.heading(None)}{self.help()}</section> }.into_any()
    }
}
