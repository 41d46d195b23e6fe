//! Names of a visit in the texts of its survey.

use std::sync::Arc;

use px360_domain::surveys::OpenSurvey;
use px360_domain::surveys::piping::{Placeholder, filled};
use px360_domain::surveys::posters::PosterFace;
use px360_domain::{Bilingual, Locale};

use crate::ui::dates::{date, hijri};

/// Marks around a name of another direction (FSI and PDI).
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// The survey with every name in its place; where one is not known, words that fit any sentence.
pub fn with_names(survey: OpenSurvey) -> OpenSurvey {
    if !survey.content.names_something() {
        return survey;
    }
    let content = survey.content.with_names(&|known, locale| value(&survey, known, locale));
    OpenSurvey { content: Arc::new(content), named: true, ..survey }
}

/// The same of what stands on the page behind a poster.
pub(super) fn face_with_names(face: PosterFace) -> PosterFace {
    let fill = |text: &Bilingual| {
        let of = |text: &str, locale| {
            filled(text, &|known| match (known, &face.department) {
                (Placeholder::Hospital, _) => isolated(face.hospital.pick(locale)),
                (Placeholder::Department, Some(department)) => isolated(department.pick(locale)),
                (known, _) => unknown(known, locale).to_owned(),
            })
        };
        Bilingual { ar: of(&text.ar, Locale::Ar), en: of(&text.en, Locale::En) }
    };
    PosterFace { title: fill(&face.title), introduction: fill(&face.introduction), ..face.clone() }
}

/// What stands where a name is not known.
fn unknown(known: Placeholder, locale: Locale) -> &'static str {
    match known {
        Placeholder::Physician => text!(locale, public.your_physician),
        Placeholder::Department => text!(locale, public.the_department),
        Placeholder::Hospital => text!(locale, public.the_hospital),
        Placeholder::VisitDate => text!(locale, public.day_of_visit),
    }
}

fn value(survey: &OpenSurvey, known: Placeholder, locale: Locale) -> String {
    let name = |name: &Bilingual| isolated(name.pick(locale));
    let found = match known {
        Placeholder::Physician => survey.physician.as_ref().map(name),
        Placeholder::Department => survey.department.as_ref().map(name),
        Placeholder::Hospital => Some(name(&survey.hospital)),
        Placeholder::VisitDate => survey.visited.map(|(day, of_day)| {
            let (date, hijri) = (date(locale, day), hijri(locale, of_day));
            isolated(&text!(locale, public.visit_date, date = date, hijri = hijri))
        }),
    };
    found.unwrap_or_else(|| unknown(known, locale).to_owned())
}

fn isolated(name: &str) -> String {
    format!("{}{name}{}", ISOLATE.0, ISOLATE.1)
}
