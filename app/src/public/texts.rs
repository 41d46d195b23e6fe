//! Sentences that are put together: faults of questions, and content in either language.

use px360_domain::surveys::{Question, QuestionKind};
use px360_domain::{Bilingual, Locale};

/// A text of the house's content, and its language where that differs from the page's.
pub(super) struct Spoken {
    /// The text.
    pub(super) text: String,
    /// Set when only the other language was written, so that it is read out and laid out right.
    pub(super) lang: Option<&'static str>,
    /// The direction that goes with `lang`.
    pub(super) dir: Option<&'static str>,
}

impl Spoken {
    /// What a reader of this language gets to see.
    pub(super) fn of(texts: &Bilingual, locale: Locale) -> Self {
        let written = match locale {
            Locale::Ar => &texts.ar,
            Locale::En => &texts.en,
        };
        let foreign = written.is_empty().then_some(locale.other());
        Self {
            text: texts.pick(locale).to_owned(),
            lang: foreign.map(Locale::as_str),
            dir: foreign.map(Locale::dir),
        }
    }
}

/// The sentence for a fault code of a question, as summary and question both show it.
pub(super) fn fault(locale: Locale, number: usize, question: &Question, code: &str) -> String {
    let fault = match (code, &question.kind) {
        ("too_long", QuestionKind::Text { max_chars }) => {
            let count = *max_chars;
            text!(locale, public.fault_too_long, count = count)
        }
        ("required" | "wrong_type" | "not_on_the_scale" | "unknown_choice", kind) => {
            what_to_do(locale, kind)
        }
        _ => text!(locale, public.fault_unclear).to_owned(),
    };
    text!(locale, public.fault_of_question, number = number, fault = fault)
}

fn what_to_do(locale: Locale, kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Nps { .. } => text!(locale, public.fault_scale, low = 0, high = 10),
        QuestionKind::Rating { max, .. } => text!(locale, public.fault_scale, low = 1, high = *max),
        QuestionKind::Single { .. } => text!(locale, public.fault_choice).to_owned(),
        QuestionKind::YesNo => text!(locale, public.fault_yes_no).to_owned(),
        QuestionKind::Text { .. } => text!(locale, public.fault_text).to_owned(),
    }
}

/// Whole minutes until something is possible again, never less than one.
pub(super) fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60).max(1)
}
