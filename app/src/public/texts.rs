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
        let foreign = texts.written(locale).is_empty().then_some(locale.other());
        Self {
            text: texts.pick(locale).to_owned(),
            lang: foreign.map(Locale::as_str),
            dir: foreign.map(Locale::dir),
        }
    }
}

/// The sentence for a fault code of a question, as summary and question both show it.
pub(super) fn fault(locale: Locale, number: Option<usize>, asked: &Question, code: &str) -> String {
    let fault = match (code, &asked.kind) {
        ("too_long", QuestionKind::Text { max_chars }) => {
            text!(locale, public.fault_too_long, count = *max_chars)
        }
        ("too_many", QuestionKind::Multiple { at_most: Some(count), .. }) => {
            text!(locale, public.fault_too_many, count = *count)
        }
        ("too_large", QuestionKind::File) => text!(locale, public.fault_file_large).to_owned(),
        ("file_busy", _) => text!(locale, public.fault_file_busy).to_owned(),
        ("not_a_file", _) => text!(locale, public.fault_file_kind).to_owned(),
        ("unknown_file", _) => text!(locale, public.fault_file_gone).to_owned(),
        ("not_a_mobile", _) => text!(locale, public.fault_mobile).to_owned(),
        ("required" | "wrong_type" | "not_on_the_scale" | "unknown_choice" | "not_a_day", kind) => {
            what_to_do(locale, kind)
        }
        _ => text!(locale, public.fault_unclear).to_owned(),
    };
    match number {
        Some(number) => text!(locale, public.fault_of_question, number = number, fault = fault),
        None => fault,
    }
}

fn what_to_do(locale: Locale, kind: &QuestionKind) -> String {
    use QuestionKind as Kind;
    if let (Some((low, high)), false) = (kind.range(), matches!(kind, Kind::Matrix { .. })) {
        return text!(locale, public.fault_scale, low = low, high = high);
    }
    let sentence = match kind {
        Kind::Single { .. } => text!(locale, public.fault_choice),
        Kind::Multiple { .. } => text!(locale, public.fault_several),
        Kind::Ranking { .. } => text!(locale, public.fault_ranking),
        Kind::Matrix { .. } => text!(locale, public.fault_rows),
        Kind::YesNo => text!(locale, public.fault_yes_no),
        Kind::Date => text!(locale, public.fault_day),
        Kind::Consent => text!(locale, public.fault_consent),
        Kind::Contact => text!(locale, public.fault_contact),
        Kind::File => text!(locale, public.fault_file),
        _ => text!(locale, public.fault_text),
    };
    sentence.to_owned()
}

/// Whole minutes until something is possible again, never less than one.
pub(super) fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60).max(1)
}
