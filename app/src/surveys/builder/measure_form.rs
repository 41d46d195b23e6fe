//! What answers are worth, and of whom they speak.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::{Domain, MeasureAttribution, Question, QuestionKind};

use super::draft::Draft;
use super::fields::{bound, numbers};
use crate::surveys::words::{attribution, domain};
use crate::ui::fields::{Checkbox, Choice, FieldSpec, Select, TextInput};

pub(super) fn measure_form(
    locale: Locale,
    draft: Draft,
    index: usize,
    question: &Question,
) -> AnyView {
    let measure = &question.measure;
    let about = measure.domain.map(|domain| domain.to_string()).unwrap_or_default();
    let about = bound(draft, index, about, |question, word: String| {
        question.measure.domain = word.parse().ok();
    });
    let whom = bound(draft, index, measure.attribution.to_string(), |question, word: String| {
        question.measure.attribution = word.parse().unwrap_or(MeasureAttribution::Department);
    });
    let domains =
        Domain::ALL.iter().map(|one| Choice::new(one.as_str(), domain(locale, *one))).collect();
    let whoms = MeasureAttribution::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), attribution(locale, *one)))
        .collect();
    let scale = question.kind.range().is_some() || question.kind == QuestionKind::YesNo;
    view! {
        <div class="field-pair">
            <Select
                field=FieldSpec::new("measure-domain", text!(locale, surveys.domain))
                value=about
                choices=domains
                empty=Some(text!(locale, surveys.no_domain).to_owned())
            />
            <Select
                field=FieldSpec::new("measure-attribution", text!(locale, surveys.attribution))
                value=whom
                choices=whoms
            />
        </div>
        {scale.then(|| of_a_scale(locale, draft, index, question))}
        {best_choices(locale, draft, index, question)}
    }
    .into_any()
}

fn of_a_scale(locale: Locale, draft: Draft, index: usize, question: &Question) -> AnyView {
    let reverse = bound(draft, index, question.measure.reverse, |question, on| {
        question.measure.reverse = on;
    });
    let top = question.kind.range().map(|_| {
        let line: Vec<String> = question.measure.top_box.iter().map(u8::to_string).collect();
        let line = bound(draft, index, line.join(", "), |question, line: String| {
            question.measure.top_box = numbers(&line);
        });
        view! {
            <TextInput
                field=FieldSpec::new("measure-top", text!(locale, surveys.top_box))
                    .hint(text!(locale, surveys.top_box_hint))
                    .optional()
                value=line
            />
        }
    });
    view! {
        {top}
        <Checkbox id="measure-reverse" label=text!(locale, surveys.reverse) value=reverse/>
    }
    .into_any()
}

/// Which choices count as the best, where one is chosen.
fn best_choices(
    locale: Locale,
    draft: Draft,
    index: usize,
    question: &Question,
) -> Option<AnyView> {
    let QuestionKind::Single { choices } = &question.kind else { return None };
    let boxes = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let key = choice.key.clone();
            let id = format!("best-{at}");
            let checked = question.measure.best_choices.contains(&key);
            let label = choice.label.pick(locale).to_owned();
            let turn = move |on: bool| {
                draft.change(index, |question| {
                    let best = &mut question.measure.best_choices;
                    best.retain(|known| *known != key);
                    if on {
                        best.push(key.clone());
                    }
                });
            };
            view! {
                <label class="check" for=id.clone()>
                    <input
                        r#type="checkbox"
                        id=id.clone()
                        checked=checked
                        on:change:target=move |ev| turn(ev.target().checked())
                    />
                    <bdi dir="auto">{label}</bdi>
                </label>
            }
        })
        .collect_view();
    let view = view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.best_choices)}</legend>
            {boxes}
        </fieldset>
    };
    Some(view.into_any())
}
