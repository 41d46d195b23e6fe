//! One question with its answer so far: native controls only, lowest value first.

use leptos::prelude::*;
use px360_domain::surveys::{Answer, Choice, Question, QuestionKind};
use px360_domain::{Bilingual, Locale};

use super::text_area::text_area;
use super::texts::Spoken;

/// A question as it is shown.
pub(super) struct Asked<'a> {
    /// What is asked.
    pub(super) question: &'a Question,
    /// Its number in the whole survey, from 1.
    pub(super) number: usize,
    /// The language of the page.
    pub(super) locale: Locale,
    /// The answer so far.
    pub(super) answer: Option<&'a Answer>,
    /// The sentence about what is wrong with it.
    pub(super) fault: Option<String>,
}

/// The id of a question's first control: what the error summary links to.
pub(super) fn first_control(number: usize) -> String {
    format!("q{number}")
}

impl Asked<'_> {
    /// The whole question.
    pub(super) fn view(&self) -> AnyView {
        match &self.question.kind {
            QuestionKind::Text { max_chars } => self.free_text(*max_chars),
            kind => {
                let class = if self.fault.is_some() { "q bad" } else { "q" };
                let described_by = self.described_by();
                view! {
                    <fieldset class=class aria-describedby=described_by>
                        <legend>{self.heading(None)}</legend>
                        {self.help()}
                        {self.controls(kind)}
                        {(!self.question.required).then(|| self.clear_button())}
                    </fieldset>
                }
                .into_any()
            }
        }
    }

    fn controls(&self, kind: &QuestionKind) -> AnyView {
        match kind {
            QuestionKind::Nps { low, high } => self.scale(0, 10, "g nps", low, high),
            QuestionKind::Rating { max, low, high } => {
                self.scale(1, *max, columns(*max), low, high)
            }
            QuestionKind::Single { choices } => self.choices(choices),
            QuestionKind::YesNo => self.yes_no(),
            QuestionKind::Text { .. } => ().into_any(),
        }
    }

    fn heading(&self, label_for: Option<String>) -> AnyView {
        let number = text!(self.locale, public.question_number, number = self.number);
        let Spoken { text, lang, dir } = Spoken::of(&self.question.text, self.locale);
        let optional = (!self.question.required).then(|| {
            let optional = format!(" {}", text!(self.locale, public.optional));
            view! { <span class="opt">{optional}</span> }
        });
        let asked = view! { <span lang=lang dir=dir>{text}</span> };
        match label_for {
            None => view! { <small>{number}</small><h2>{asked}{optional}</h2> }.into_any(),
            Some(id) => view! {
                <small>{number}</small>
                <h2><label for=id>{asked}{optional}</label></h2>
            }
            .into_any(),
        }
    }

    fn help(&self) -> AnyView {
        let hint = self.question.hint.as_ref().map(|hint| {
            let Spoken { text, lang, dir } = Spoken::of(hint, self.locale);
            view! { <p class="hint" id=format!("h{}", self.number) lang=lang dir=dir>{text}</p> }
        });
        let fault = self
            .fault
            .clone()
            .map(|fault| view! { <p class="err" id=format!("e{}", self.number)>{fault}</p> });
        view! { {hint}{fault} }.into_any()
    }

    fn described_by(&self) -> Option<String> {
        let ids: Vec<String> = [
            self.question.hint.is_some().then(|| format!("h{}", self.number)),
            self.fault.is_some().then(|| format!("e{}", self.number)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn scale(
        &self,
        first: u8,
        last: u8,
        class: &'static str,
        low: &Bilingual,
        high: &Bilingual,
    ) -> AnyView {
        let end = |value: u8, meaning: &Bilingual| {
            text!(self.locale, public.scale_end, value = value, meaning = meaning.pick(self.locale))
        };
        let (low, high) = (end(first, low), end(last, high));
        let cells: Vec<AnyView> = (first..=last)
            .map(|value| {
                let spoken = match value {
                    value if value == first => Some(low.clone()),
                    value if value == last => Some(high.clone()),
                    _ => None,
                };
                let checked = self.answer == Some(&Answer::Number(value));
                let is_first = value == first;
                self.radio(value.to_string(), checked, is_first, spoken, value.to_string())
            })
            .collect();
        view! {
            <div class=class>{cells}</div>
            // The first and the last radio say the same to those who listen.
            <p class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></p>
        }
        .into_any()
    }

    fn yes_no(&self) -> AnyView {
        let cell = |value: bool, label: String| {
            let word = if value { "yes" } else { "no" };
            let checked = self.answer == Some(&Answer::YesNo(value));
            self.radio(word.to_owned(), checked, value, None, label)
        };
        let (yes, no) = (text!(self.locale, public.yes), text!(self.locale, public.no));
        let cells = vec![cell(true, yes.to_owned()), cell(false, no.to_owned())];
        view! { <div class="g g2">{cells}</div> }.into_any()
    }

    fn choices(&self, choices: &[Choice]) -> AnyView {
        let rows: Vec<AnyView> = choices
            .iter()
            .enumerate()
            .map(|(index, choice)| {
                let chosen = matches!(self.answer, Some(Answer::Words(key)) if *key == choice.key);
                let Spoken { text, lang, dir } = Spoken::of(&choice.label, self.locale);
                let id = (index == 0).then(|| first_control(self.number));
                let name = self.question.key.clone();
                let value = choice.key.clone();
                view! {
                    <label class="row">
                        <input type="radio" name=name value=value id=id checked=chosen/>
                        <span lang=lang dir=dir>{text}</span>
                    </label>
                }
                .into_any()
            })
            .collect();
        view! { <div>{rows}</div> }.into_any()
    }

    fn radio(
        &self,
        value: String,
        checked: bool,
        is_first: bool,
        spoken: Option<String>,
        label: String,
    ) -> AnyView {
        let id = is_first.then(|| first_control(self.number));
        let name = self.question.key.clone();
        view! {
            <label>
                <input type="radio" name=name value=value id=id checked=checked aria-label=spoken/>
                <span>{label}</span>
            </label>
        }
        .into_any()
    }

    /// Radios cannot be taken back by themselves; the script shows this once one is chosen.
    fn clear_button(&self) -> AnyView {
        let key = self.question.key.clone();
        let hidden = self.answer.is_none();
        view! {
            <button class="clear" name="clear" value=key formnovalidate hidden=hidden>
                {text!(self.locale, public.clear)}
            </button>
        }
        .into_any()
    }

    fn free_text(&self, max_chars: u16) -> AnyView {
        let class = if self.fault.is_some() { "q bad" } else { "q" };
        let id = first_control(self.number);
        let limit = format!("m{}", self.number);
        let described_by =
            [self.described_by(), Some(limit.clone())].into_iter().flatten().collect::<Vec<_>>();
        let entered = match self.answer {
            Some(Answer::Words(words)) => words.as_str(),
            _ => "",
        };
        let area = text_area(
            self.question.key.clone(),
            id.clone(),
            described_by.join(" "),
            self.fault.is_some(),
            max_chars,
            entered,
        );
        view! {
            <div class=class>
                {self.heading(Some(id))}
                {self.help()}
                {area}
                <p class="hint max" id=limit>
                    {text!(self.locale, public.characters_at_most, count = max_chars)}
                </p>
            </div>
        }
        .into_any()
    }
}

/// Ratings of more than six values stand in two rows, so that each stays a thumb wide.
const fn columns(max: u8) -> &'static str {
    match max {
        0..=3 => "g g3",
        4 | 7 | 8 => "g g4",
        5 | 9 | 10 => "g g5",
        _ => "g g6",
    }
}
