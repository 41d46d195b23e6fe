//! What is special about a kind of question: the ends of its scale, its choices, its limits.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::{Question, QuestionKind, RatingLook};

use super::choices_form::{Columns, Parts};
use super::draft::Draft;
use super::fields::{bound, number};
use crate::surveys::words::rating_look;
use crate::ui::fields::{BilingualField, Choice, FieldSpec, NumberInput, RadioGroup, Select};

pub(super) fn kind_form(
    locale: Locale,
    draft: Draft,
    index: usize,
    question: &Question,
) -> AnyView {
    let ends = question.kind.ends().is_some().then(|| ends(locale, draft, index, question));
    let rest = match &question.kind {
        QuestionKind::Rating { max, look, .. } => rating(locale, draft, index, (*max, *look)),
        QuestionKind::Single { .. } | QuestionKind::Ranking { .. } => {
            view! { <Parts draft=draft index=index/> }.into_any()
        }
        QuestionKind::Multiple { at_most, .. } => {
            let limit = at_most_field(locale, draft, index, *at_most);
            view! { <Parts draft=draft index=index/> {limit} }.into_any()
        }
        QuestionKind::Matrix { .. } => view! {
            <Parts draft=draft index=index/>
            <Columns draft=draft index=index/>
        }
        .into_any(),
        QuestionKind::Text { max_chars } => text_limit(locale, draft, index, *max_chars),
        _ => ().into_any(),
    };
    view! { {ends} {rest} }.into_any()
}

/// What the lowest and the highest value mean.
fn ends(locale: Locale, draft: Draft, index: usize, question: &Question) -> AnyView {
    let texts = question.kind.ends().map(|(low, high)| (low.clone(), high.clone()));
    let (low, high) = texts.unwrap_or_default();
    let field = |value: String, put: fn(&mut QuestionKind, String)| {
        bound(draft, index, value, move |question, text| put(&mut question.kind, text))
    };
    let low_ar = field(low.ar, |kind, text| {
        if let Some((low, _)) = kind.ends_mut() {
            low.ar = text;
        }
    });
    let low_en = field(low.en, |kind, text| {
        if let Some((low, _)) = kind.ends_mut() {
            low.en = text;
        }
    });
    let high_ar = field(high.ar, |kind, text| {
        if let Some((_, high)) = kind.ends_mut() {
            high.ar = text;
        }
    });
    let high_en = field(high.en, |kind, text| {
        if let Some((_, high)) = kind.ends_mut() {
            high.en = text;
        }
    });
    view! {
        <BilingualField
            field=FieldSpec::new("scale-low", text!(locale, surveys.scale_low))
            ids=("scale-low-ar", "scale-low-en")
            ar=low_ar
            en=low_en
        />
        <BilingualField
            field=FieldSpec::new("scale-high", text!(locale, surveys.scale_high))
            ids=("scale-high-ar", "scale-high-en")
            ar=high_ar
            en=high_en
        />
    }
    .into_any()
}

fn rating(locale: Locale, draft: Draft, index: usize, (max, look): (u8, RatingLook)) -> AnyView {
    let most = bound(draft, index, max.to_string(), |question, text: String| {
        if let QuestionKind::Rating { max, .. } = &mut question.kind {
            *max = text.parse().unwrap_or(*max);
        }
    });
    let shown = bound(draft, index, look.to_string(), |question, word: String| {
        if let QuestionKind::Rating { look, .. } = &mut question.kind {
            *look = word.parse().unwrap_or(*look);
        }
    });
    let sizes = (3..=10).map(|max| Choice::new(max.to_string(), max.to_string())).collect();
    let looks = RatingLook::ALL
        .iter()
        .map(|look| Choice::new(look.as_str(), rating_look(locale, *look)))
        .collect();
    view! {
        <div class="field-pair">
            <Select
                field=FieldSpec::new("rating-max", text!(locale, surveys.rating_max))
                value=most
                choices=sizes
            />
            <RadioGroup
                field=FieldSpec::new("rating-look", text!(locale, surveys.rating_look))
                value=shown
                choices=looks
            />
        </div>
    }
    .into_any()
}

fn at_most_field(locale: Locale, draft: Draft, index: usize, at_most: Option<u8>) -> AnyView {
    let limit = at_most.map(|most| most.to_string()).unwrap_or_default();
    let limit = bound(draft, index, limit, |question, text: String| {
        if let QuestionKind::Multiple { at_most, .. } = &mut question.kind {
            *at_most = number(&text);
        }
    });
    view! {
        <NumberInput
            field=FieldSpec::new("choices-most", text!(locale, surveys.at_most)).optional()
            value=limit
        />
    }
    .into_any()
}

fn text_limit(locale: Locale, draft: Draft, index: usize, max_chars: u16) -> AnyView {
    let limit = bound(draft, index, max_chars.to_string(), |question, text: String| {
        if let QuestionKind::Text { max_chars } = &mut question.kind {
            // What is no number becomes one that the check names.
            *max_chars = number(&text).unwrap_or_default();
        }
    });
    view! {
        <NumberInput
            field=FieldSpec::new("text-max", text!(locale, surveys.max_chars))
            value=limit
        />
    }
    .into_any()
}
