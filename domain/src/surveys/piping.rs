//! Names in the texts of a survey: `How well did {physician} listen?`
//!
//! Where a name is not known, words stand there that fit any sentence of that language.

use super::{Question, QuestionKind, SurveyContent};
use crate::{Bilingual, Locale};

closed_enum! {
    /// What can stand in braces.
    pub enum Placeholder {
        /// Who treated.
        Physician => "physician",
        /// In which department.
        Department => "department",
        /// In which hospital.
        Hospital => "hospital",
        /// On which day, by both calendars.
        VisitDate => "visit_date",
    }
}

impl Placeholder {
    /// What can stand in a message to a patient: what fits into a line.
    pub const OF_MESSAGES: [Self; 3] = [Self::Physician, Self::Department, Self::Hospital];

    /// The words that stand there when the name is not known, and fit any sentence.
    pub const fn unknown(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Physician, Locale::Ar) => "طبيبكم",
            (Self::Physician, Locale::En) => "your doctor",
            (Self::Department, Locale::Ar) => "القسم",
            (Self::Department, Locale::En) => "the department",
            (Self::Hospital, Locale::Ar) => "المستشفى",
            (Self::Hospital, Locale::En) => "the hospital",
            (Self::VisitDate, Locale::Ar) => "يوم زيارتكم",
            (Self::VisitDate, Locale::En) => "the day of your visit",
        }
    }
}

/// The words in braces of a text: letters and `_` only, so that other braces mean nothing.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|piece| match piece {
        Piece::Named(name) => Some(name),
        Piece::Words(_) => None,
    })
}

/// The text with every name in its place; what is no name of ours stays as it is written.
pub fn filled(text: &str, value: &impl Fn(Placeholder) -> String) -> String {
    pieces(text)
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Named(name) => match name.parse() {
                Ok(known) => value(known),
                Err(_unknown) => format!("{{{name}}}"),
            },
        })
        .collect()
}

/// The text as it reads where no visit is known: for whoever reads about many.
pub fn general(text: &Bilingual) -> Bilingual {
    let of = |text: &str, locale| filled(text, &|name| name.unknown(locale).to_owned());
    Bilingual { ar: of(&text.ar, Locale::Ar), en: of(&text.en, Locale::En) }
}

enum Piece<'a> {
    Words(&'a str),
    Named(&'a str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let inside = rest.strip_prefix('{').and_then(|after| after.split_once('}'));
        if let Some((name, after)) = inside.filter(|(name, _)| is_name(name)) {
            rest = after;
            return Some(Piece::Named(name));
        }
        // A brace that opens no name is a letter like any other.
        let next = rest.char_indices().skip(1).find(|(_, letter)| *letter == '{');
        let (words, after) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(Piece::Words(words))
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl SurveyContent {
    /// Whether a text of it names something.
    pub fn names_something(&self) -> bool {
        let named = |text: &Bilingual| {
            placeholders(&text.ar).next().is_some() || placeholders(&text.en).next().is_some()
        };
        named(&self.title)
            || named(&self.introduction)
            || self.questions.iter().any(|question| texts(question).into_iter().any(named))
    }

    /// The same survey with every name in its place, in both languages.
    pub fn with_names(&self, value: &impl Fn(Placeholder, Locale) -> String) -> Self {
        let mut content = self.clone();
        let fill = |text: &mut Bilingual| {
            text.ar = filled(&text.ar, &|known| value(known, Locale::Ar));
            text.en = filled(&text.en, &|known| value(known, Locale::En));
        };
        fill(&mut content.title);
        fill(&mut content.introduction);
        for question in &mut content.questions {
            texts_mut(question).into_iter().for_each(fill);
        }
        content
    }
}

/// Every text of a question.
pub(super) fn texts(question: &Question) -> Vec<&Bilingual> {
    let mut texts = vec![&question.text];
    texts.extend(&question.hint);
    match &question.kind {
        QuestionKind::Nps { low, high }
        | QuestionKind::Rating { low, high, .. }
        | QuestionKind::Csat { low, high }
        | QuestionKind::Ces { low, high } => texts.extend([low, high]),
        QuestionKind::Matrix { rows, columns } => {
            texts.extend(rows.iter().map(|row| &row.label));
            texts.extend(columns);
        }
        kind => texts.extend(kind.choices().iter().map(|choice| &choice.label)),
    }
    texts
}

/// The same, to be changed.
fn texts_mut(question: &mut Question) -> Vec<&mut Bilingual> {
    let mut texts = vec![&mut question.text];
    texts.extend(&mut question.hint);
    match &mut question.kind {
        QuestionKind::Nps { low, high }
        | QuestionKind::Rating { low, high, .. }
        | QuestionKind::Csat { low, high }
        | QuestionKind::Ces { low, high } => texts.extend([low, high]),
        QuestionKind::Matrix { rows, columns } => {
            texts.extend(rows.iter_mut().map(|row| &mut row.label));
            texts.extend(columns);
        }
        kind => {
            if let Some(choices) = kind.parts_mut() {
                texts.extend(choices.iter_mut().map(|choice| &mut choice.label));
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::super::samples::{nps, question, survey};
    use super::*;

    fn name(known: Placeholder) -> String {
        format!("<{known}>")
    }

    #[test]
    fn a_known_name_is_put_in_its_place_and_other_braces_stay() {
        for (text, expected) in [
            ("هل أصغى إليكم {physician}؟", "هل أصغى إليكم <physician>؟"),
            ("{hospital}{department}", "<hospital><department>"),
            ("{visit_date}", "<visit_date>"),
            ("{nobody} {physician", "{nobody} {physician"),
            ("{} { } {Physician} {{physician}}", "{} { } {Physician} {<physician>}"),
            ("", ""),
        ] {
            assert_eq!(filled(text, &name), expected, "{text}");
        }
        let found: Vec<&str> = placeholders("{nobody} and {physician} {").collect();
        assert_eq!(found, ["nobody", "physician"]);
    }

    #[test]
    fn a_value_with_braces_is_only_a_value() {
        assert_eq!(filled("{physician}", &|_| "{hospital}".to_owned()), "{hospital}");
    }

    #[test]
    fn every_text_of_a_survey_is_filled_in_its_own_language() {
        let mut content = survey(vec![question("q", nps())]);
        assert!(!content.names_something());
        content.questions[0].text = Bilingual::new("{physician}", "Dr {physician}");
        assert!(content.names_something());
        let filled = content.with_names(&|known, locale| format!("{known}-{locale}"));
        assert_eq!(filled.questions[0].text, Bilingual::new("physician-ar", "Dr physician-en"));
        assert!(!filled.names_something());
    }
}
