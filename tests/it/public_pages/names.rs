//! Names of a visit in the texts of its survey.

use std::sync::Arc;

use px360_app::public::{SurveyPage, survey_page, with_names};
use px360_domain::dates::HijriDate;
use px360_domain::surveys::{Answers, OpenSurvey};
use px360_domain::{Bilingual, Locale};

use super::sample;

/// The first page of the sample, asking about whoever treated and about the day.
fn asked(physician: Option<Bilingual>, locale: Locale) -> String {
    let mut survey = sample::survey();
    let content = Arc::make_mut(&mut survey.content);
    let first = content.questions.iter_mut().find(|question| question.page == 1).unwrap();
    first.text = Bilingual::new(
        "هل أصغى إليكم {physician} في {visit_date}؟",
        "Did {physician} listen on {visit_date}?",
    );
    let day = "2026-11-23".parse().unwrap();
    let visited = Some((day, HijriDate { year: 1448, month: 6, day: 13 }));
    let visited = visited.filter(|_| physician.is_some());
    let survey = with_names(OpenSurvey { physician, visited, ..survey });
    survey_page(&SurveyPage {
        survey: &survey,
        base: sample::BASE,
        query: "",
        page: 1,
        locale,
        answers: &Answers::new(),
        faults: &[],
        notice: None,
    })
}

#[test]
fn each_patient_reads_the_name_of_their_own_physician_and_the_day_by_both_calendars() {
    let named = |ar: &str, en: &str| Some(Bilingual::new(ar, en));
    let first = asked(named("د. أحمد الزهراني", "Dr Ahmed"), Locale::Ar);
    assert!(first.contains("هل أصغى إليكم \u{2068}د. أحمد الزهراني\u{2069} في "), "{first}");
    assert!(first.contains("23 نوفمبر 2026 (13 جمادى الآخرة 1448"), "{first}");
    let second = asked(named("<b>د. هند</b>", "Dr Hind"), Locale::Ar);
    assert!(!second.contains("أحمد"), "a page is not kept for others: {second}");
    assert!(second.contains("&lt;b&gt;د. هند"), "{second}");
}

#[test]
fn where_a_name_is_not_known_words_stand_that_fit_the_sentence() {
    assert!(asked(None, Locale::Ar).contains("هل أصغى إليكم طبيبكم في يوم زيارتكم؟"));
    assert!(asked(None, Locale::En).contains("Did your doctor listen on the day of your visit?"));
}
