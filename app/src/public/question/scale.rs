//! Scales: radios in a row, the lowest value where reading begins.

use std::ops::RangeInclusive;

use leptos::prelude::*;
use px360_domain::Bilingual;
use px360_domain::surveys::{Answer, RatingLook};

use super::{Asked, control};

impl Asked<'_> {
    pub(super) fn rating(
        &self,
        max: u8,
        look: RatingLook,
        low: &Bilingual,
        high: &Bilingual,
    ) -> AnyView {
        match look {
            RatingLook::Numbers => self.scale(1..=max, columns(max), low, high, digits),
            RatingLook::Stars => {
                let class = stars_columns(max);
                self.scale(1..=max, class, low, high, |value| with_number(star(), value))
            }
            RatingLook::Faces => self.scale(1..=max, columns(max), low, high, |value| {
                with_number(face(value, max), value)
            }),
        }
    }

    pub(super) fn scale(
        &self,
        values: RangeInclusive<u8>,
        class: &'static str,
        low: &Bilingual,
        high: &Bilingual,
        shown: impl Fn(u8) -> AnyView,
    ) -> AnyView {
        let end = |value: u8, meaning: &Bilingual| {
            text!(self.locale, public.scale_end, value = value, meaning = meaning.pick(self.locale))
        };
        let (first, last) = (*values.start(), *values.end());
        let (low, high) = (end(first, low), end(last, high));
        let cells: Vec<AnyView> = values
            .map(|value| {
                let spoken = match value {
                    value if value == first => Some(low.clone()),
                    value if value == last => Some(high.clone()),
                    _ => None,
                };
                let checked = self.answer() == Some(&Answer::Number(value));
                let is_first = value == first;
                self.radio(value.to_string(), checked, is_first, spoken, shown(value))
            })
            .collect();
        view! {
            <div class=class>{cells}</div>
            // The first and the last radio say the same to those who listen.
            <p class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></p>
        }
        .into_any()
    }

    pub(super) fn yes_no(&self) -> AnyView {
        let cell = |value: bool, label: &'static str| {
            let word = if value { "yes" } else { "no" };
            let checked = self.answer() == Some(&Answer::YesNo(value));
            self.radio(word.to_owned(), checked, value, None, label.into_any())
        };
        let (yes, no) = (text!(self.locale, public.yes), text!(self.locale, public.no));
        let cells = vec![cell(true, yes), cell(false, no)];
        view! { <div class="g g2">{cells}</div> }.into_any()
    }

    fn radio(
        &self,
        value: String,
        checked: bool,
        is_first: bool,
        spoken: Option<String>,
        label: AnyView,
    ) -> AnyView {
        let id = is_first.then(|| control(self.place, 0));
        let name = self.question.key.clone();
        view! {
            <label>
                <input type="radio" name=name value=value id=id checked=checked aria-label=spoken/>
                <span>{label}</span>
            </label>
        }
        .into_any()
    }
}

/// A value shown as itself.
pub(super) fn digits(value: u8) -> AnyView {
    value.to_string().into_any()
}

fn with_number(sign: AnyView, value: u8) -> AnyView {
    view! { {sign}<b>{value}</b> }.into_any()
}

fn star() -> AnyView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="m12 3 2.7 5.8 6.3.8-4.6 4.4 1.2 6.3-5.6-3.1-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z"/>
        </svg>
    }
    .into_any()
}

/// A face whose mouth bends from sad to happy.
fn face(value: u8, max: u8) -> AnyView {
    // Between 11 and 21: how far down the middle of the mouth is; its ends stay where they are.
    let middle =
        11 + 10 * u32::from(value.saturating_sub(1)) / u32::from(max.saturating_sub(1).max(1));
    let mouth = ["M8,16Q12", &middle.to_string(), "16,16"].join(",");
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true" class="face">
            <circle cx="12" cy="12" r="9"/>
            <path d="M9 9.5v.5M15 9.5v.5"/>
            <path d=mouth/>
        </svg>
    }
    .into_any()
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

/// The same, where everything up to the chosen value is filled.
const fn stars_columns(max: u8) -> &'static str {
    match max {
        0..=3 => "g g3 stars",
        4 | 7 | 8 => "g g4 stars",
        5 | 9 | 10 => "g g5 stars",
        _ => "g g6 stars",
    }
}
