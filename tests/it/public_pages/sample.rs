//! One survey of three pages, and how the tests look at it.

use std::collections::BTreeMap;
use std::sync::Arc;

use px360_app::public::{SurveyPage, survey_page};
use px360_domain::surveys::logic::Facts;
use px360_domain::surveys::{Answer, Answers, OpenSurvey, OpenSurveyState, check_page};
use px360_domain::{Bilingual, Failure, FieldFault, Locale};

pub(super) const BASE: &str = "/s/k1.AZq0-token_9";

pub(super) fn survey() -> OpenSurvey {
    let content = serde_json::from_str(include_str!("sample.json")).unwrap();
    OpenSurvey {
        id: "00000000-0000-7000-8000-000000000000".parse().unwrap(),
        content: Arc::new(content),
        version: "0199a".to_owned(),
        hospital: Bilingual::new("مستشفى النور بالرياض", "Al Noor Hospital, Riyadh"),
        help_phone: Some("920001234".to_owned()),
        department: Some(Bilingual::new("عيادة القلب", "Cardiology clinic")),
        physician: Some(Bilingual::new("د. أحمد الزهراني", "Dr Ahmed Alzahrani")),
        visited: None,
        named: false,
        anonymous: false,
        for_child: false,
        language: Locale::Ar,
        answers: Answers::new(),
        files: BTreeMap::new(),
        facts: Facts::new(),
        state: OpenSurveyState::Open,
    }
}

pub(super) fn answered(entries: &[(&str, Answer)]) -> Answers {
    entries.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect()
}

/// A page of the survey, as GET shows it.
pub(super) fn rendered(page: u8, locale: Locale, answers: &Answers) -> String {
    faulty(page, locale, answers, &[])
}

pub(super) fn faulty(page: u8, locale: Locale, answers: &Answers, faults: &[FieldFault]) -> String {
    let survey = survey();
    let page = SurveyPage {
        survey: &survey,
        base: BASE,
        query: "",
        page,
        locale,
        answers,
        faults,
        notice: None,
    };
    survey_page(&page)
}

pub(super) fn faults_of(page: u8, answers: &Answers) -> Vec<FieldFault> {
    match check_page(&survey().content, page, answers, &Facts::new(), true) {
        Err(Failure::Invalid { faults }) => faults,
        other => panic!("expected faults, got {other:?}"),
    }
}

/// The order in which texts stand in the page; panics when one is missing.
pub(super) fn in_order(html: &str, texts: &[&str]) -> bool {
    let places: Vec<usize> = texts
        .iter()
        .map(|text| html.find(text).unwrap_or_else(|| panic!("`{text}` is not in {html}")))
        .collect();
    places.is_sorted()
}
