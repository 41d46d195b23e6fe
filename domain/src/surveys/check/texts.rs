//! The texts of a survey, and whether they are written.

use super::super::SurveyContent;
use super::super::piping::texts;
use crate::{Bilingual, Locale};

/// How many texts there are and how many of them are written, in each language: the completeness meter.
pub fn completeness(content: &SurveyContent, locale: Locale) -> (usize, usize) {
    let texts: Vec<&Bilingual> = [&content.title, &content.introduction, &content.invitation]
        .into_iter()
        .chain(content.questions.iter().flat_map(texts))
        // What is empty in both languages is not wanted.
        .filter(|text| !(text.ar.trim().is_empty() && text.en.trim().is_empty()))
        .collect();
    (texts.iter().filter(|text| !text.written(locale).trim().is_empty()).count(), texts.len())
}
