//! Every kind of question, as it stands on the page.

use std::sync::Arc;

use px360_app::public::{SurveyPage, review_page, survey_page};
use px360_domain::Locale;
use px360_domain::surveys::authoring::QuestionType;
use px360_domain::surveys::{
    Answer, Answers, OpenSurvey, Question, SurveyContent, SurveyFile, SurveyFileFormat, check_page,
};

use super::sample::{BASE, answered, in_order, survey};

fn kinds() -> OpenSurvey {
    let content = serde_json::from_str(include_str!("kinds.json")).unwrap();
    OpenSurvey { content: Arc::new(content), version: "kinds".to_owned(), ..survey() }
}

fn html(page: u8, locale: Locale, answers: &Answers) -> String {
    let survey = kinds();
    let faults = &[];
    survey_page(&SurveyPage {
        survey: &survey,
        base: BASE,
        query: "",
        page,
        locale,
        answers,
        faults,
        notice: None,
    })
}

#[test]
fn every_answer_has_a_native_control_and_keeps_what_was_chosen() {
    let given = answered(&[
        ("stars", Answer::Number(3)),
        ("faces", Answer::NotApplicable),
        ("some", Answer::Choices(vec!["b".to_owned(), "c".to_owned()])),
        ("order", Answer::Choices(vec!["b".to_owned(), "a".to_owned()])),
        ("care.x", Answer::Number(2)),
        ("day", Answer::Words("2026-11-23".to_owned())),
        ("agree", Answer::YesNo(true)),
        ("who.mobile", Answer::Words("0500001234".to_owned())),
    ]);
    for &locale in Locale::ALL {
        let html = html(1, locale, &given);
        for control in [
            r#"type="radio" name="stars" value="3" checked"#,
            r#"type="radio" name="faces" value="na" checked"#,
            r#"type="checkbox" name="some" value="b" checked"#,
            r#"type="checkbox" name="some" value="c" checked"#,
            r#"type="radio" name="care.x" value="2" checked"#,
            r#"type="date" id="q7" name="day" value="2026-11-23""#,
            r#"type="checkbox" name="agree" value="yes" id="q9" checked"#,
            r#"name="who.mobile" value="0500001234""#,
        ] {
            assert!(html.contains(control), "{control} is not in {html}");
        }
        assert_eq!(html.matches(" checked").count(), 6);
        let order = html.split(r#"name="order.a""#).nth(1).unwrap();
        assert!(in_order(
            order,
            &[r#"value="2" selected"#, r#"name="order.b""#, r#"value="1" selected"#]
        ));
    }
}

#[test]
fn what_is_only_said_has_no_number_and_no_control() {
    let html = html(1, Locale::En, &Answers::new());
    assert!(in_order(&html, &["Question 7", "Only said", "Question 8"]));
    assert!(!html.contains(r#"name="said""#));
}

#[test]
fn each_row_of_a_matrix_is_a_group_of_its_own() {
    let html = html(1, Locale::Ar, &Answers::new());
    let matrix = html.split(r#"class="matrix""#).nth(1).unwrap();
    let rows: Vec<&str> = matrix.split("<fieldset").skip(1).take(2).collect();
    for (row, texts) in
        rows.into_iter().zip([["سين", r#"name="care.x""#], ["صاد", r#"name="care.y""#]])
    {
        assert!(in_order(row, &texts));
    }
}

#[test]
fn the_summary_leads_to_the_row_that_is_missing() {
    let survey = kinds();
    let given = answered(&[("care.x", Answer::Number(1))]);
    let Err(px360_domain::Failure::Invalid { faults }) =
        check_page(&survey.content, 1, &given, &survey.facts, true)
    else {
        panic!("a row is missing");
    };
    let page = SurveyPage {
        survey: &survey,
        base: BASE,
        query: "",
        page: 1,
        locale: Locale::En,
        answers: &given,
        faults: &faults,
        notice: None,
    };
    let html = survey_page(&page);
    assert!(
        html.contains(r##"<a href="#q5-1">Question 5: choose an answer in each line</a>"##),
        "{html}"
    );
    assert!(html.contains(r#"id="q5-1""#));
}

#[test]
fn a_page_that_is_left_out_is_not_counted() {
    let low = answered(&[("stars", Answer::Number(1))]);
    assert!(html(1, Locale::En, &low).contains("Page 1 of 3"));
    let high = answered(&[("stars", Answer::Number(5))]);
    assert!(html(1, Locale::En, &high).contains("Page 1 of 2"));
    assert!(html(3, Locale::En, &high).contains("Page 2 of 2"));
}

#[test]
fn a_long_survey_is_looked_through_before_it_is_handed_in() {
    let last = html(3, Locale::En, &Answers::new());
    assert!(last.contains("Check your answers") && !last.contains("Send answers"), "{last}");
    let mut survey = kinds();
    survey.answers = answered(&[
        ("stars", Answer::Number(5)),
        ("some", Answer::Choices(vec!["b".to_owned(), "c".to_owned()])),
        ("care.x", Answer::Number(2)),
        ("day", Answer::Words("2026-11-23".to_owned())),
        ("who.name", Answer::Words("<script>".to_owned())),
    ]);
    let review = review_page(&survey, BASE, "", Locale::En);
    for said in ["5 / 5", "23 November 2026", "&lt;script&gt;", "Not answered", "Send answers"] {
        assert!(review.contains(said), "{said} is not in {review}");
    }
    assert!(review.contains(&format!(r#"action="{BASE}/review?lang=en""#)));
    assert!(review.contains(&format!(r#"href="{BASE}/3?lang=en""#)));
    assert!(!review.contains("Sorry"), "what is not asked");
}

#[test]
fn a_question_for_a_file_shows_the_one_that_is_there_and_sends_its_page_in_parts() {
    let file = SurveyFile {
        id: "00000000-0000-7000-8000-000000000001".parse().unwrap(),
        name: "<b>.jpg".to_owned(),
        format: SurveyFileFormat::Jpeg,
        size: 1_500_000,
    };
    let id = file.id.to_string();
    let asked = Question::blank("photo".to_owned(), QuestionType::File);
    let content = SurveyContent { questions: vec![asked], ..(*kinds().content).clone() };
    let mut survey = OpenSurvey { content: Arc::new(content), ..kinds() };
    survey.files.insert("photo".to_owned(), file);
    let answers = answered(&[("photo", Answer::Words(id.clone()))]);
    let page = |answers| {
        survey_page(&SurveyPage {
            survey: &survey,
            base: BASE,
            query: "",
            page: 1,
            locale: Locale::En,
            answers,
            faults: &[],
            notice: None,
        })
    };
    let (with, without) = (page(&answers), page(&Answers::new()));
    for html in [&with, &without] {
        assert!(html.contains(r#"enctype="multipart/form-data""#), "{html}");
        assert!(html.contains(r#"type="file" id="q1" name="photo.file""#), "{html}");
    }
    let held = format!(r#"type="hidden" name="photo" value="{id}""#);
    assert!(with.contains("&lt;b&gt;.jpg") && with.contains("1.5 MB") && with.contains(&held));
    assert!(!without.contains("hidden\" name=\"photo"));
    assert!(!html(1, Locale::En, &Answers::new()).contains("enctype"), "only where one is asked");
}
