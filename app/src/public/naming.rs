//! Names of a visit in the texts of its survey.

use std::sync::Arc;

use chrono::NaiveDate;
use px360_domain::dates::HijriDate;
use px360_domain::surveys::OpenSurvey;
use px360_domain::surveys::piping::{Placeholder, filled};
use px360_domain::surveys::posters::PosterFace;
use px360_domain::{Bilingual, Locale};

use crate::ui::dates::{date, hijri};
use crate::ui::numbers::isolated_words;

/// What is known of the place and the visit that a text names.
struct Known<'a> {
    hospital: &'a Bilingual,
    department: Option<&'a Bilingual>,
    physician: Option<&'a Bilingual>,
    visited: Option<(NaiveDate, HijriDate)>,
}

/// The survey with every name in its place; where one is not known, words that fit any sentence.
pub fn with_names(survey: OpenSurvey) -> OpenSurvey {
    if !survey.content.names_something() {
        return survey;
    }
    let known = Known {
        hospital: &survey.hospital,
        department: survey.department.as_ref(),
        physician: survey.physician.as_ref(),
        visited: survey.visited,
    };
    let content = survey.content.with_names(&|name, locale| known.value(name, locale));
    OpenSurvey { content: Arc::new(content), named: true, ..survey }
}

/// The same of what stands on the page behind a poster.
pub(super) fn face_with_names(face: PosterFace) -> PosterFace {
    let known = Known {
        hospital: &face.hospital,
        department: face.department.as_ref(),
        physician: None,
        visited: None,
    };
    let fill = |text: &Bilingual| {
        let of = |text: &str, locale| filled(text, &|name| known.value(name, locale));
        Bilingual { ar: of(&text.ar, Locale::Ar), en: of(&text.en, Locale::En) }
    };
    let (title, introduction) = (fill(&face.title), fill(&face.introduction));
    PosterFace { title, introduction, ..face }
}

impl Known<'_> {
    fn value(&self, name: Placeholder, locale: Locale) -> String {
        let found = match name {
            Placeholder::Physician => self.physician.map(|it| it.pick(locale).to_owned()),
            Placeholder::Department => self.department.map(|it| it.pick(locale).to_owned()),
            Placeholder::Hospital => Some(self.hospital.pick(locale).to_owned()),
            Placeholder::VisitDate => self.day(locale),
        };
        found.map_or_else(|| name.unknown(locale).to_owned(), |found| isolated_words(&found))
    }

    fn day(&self, locale: Locale) -> Option<String> {
        let (day, of_day) = self.visited?;
        let (date, hijri) = (date(locale, day), hijri(locale, of_day));
        Some(text!(locale, public.visit_date, date = date, hijri = hijri))
    }
}
