//! The patient's pages and the sign-in page as text: direction, escaping, wording and size.
//! Everything here is pure rendering, so there is no database and no server.

mod calm;
mod kinds;
mod names;
mod posted;
mod sample;
mod sign_in;
mod survey_pages;

use px360_app::public::{
    Notice, SignInPage, SignInProblem, SurveyPage, already_answered_page, closed_page,
    content_security_policy, done_page, nowhere_page, refused_page, sign_in_page, survey_page,
};
use px360_domain::surveys::{Answer, Answers, OpenSurveyState};
use px360_domain::{Failure, Locale};

use sample::{BASE, answered, faults_of, faulty, rendered, survey};

fn every_page() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for &locale in Locale::ALL {
        let mut keep = |name: &str, html| pages.push((format!("{name}-{locale}"), html));
        let nothing = Answers::new();
        for page in 1..=3 {
            keep(&format!("page{page}"), rendered(page, locale, &nothing));
        }
        let far = answered(&[
            ("listened", Answer::Number(4)),
            ("wait", Answer::Words("15_to_30".to_owned())),
            ("clean", Answer::Number(2)),
        ]);
        keep("page2-answered", rendered(2, locale, &far));
        let none = faults_of(2, &nothing);
        keep("page2-errors", faulty(2, locale, &nothing, &none));
        let long = answered(&[("why", Answer::Words("ا".repeat(1001)))]);
        let faults = faults_of(3, &long);
        keep("page3-errors", faulty(3, locale, &long, &faults));
        for (name, notice) in [("resumed", Notice::Resumed), ("not-saved", Notice::NotSaved)] {
            let survey = survey();
            let page = SurveyPage {
                survey: &survey,
                base: BASE,
                query: "",
                page: 2,
                locale,
                answers: &far,
                faults: &[],
                notice: Some(notice),
            };
            keep(name, survey_page(&page));
        }
        for (name, callback, low_score) in [
            ("done", None, false),
            ("done-low", None, true),
            ("done-yes", Some(true), false),
            ("done-no", Some(false), true),
        ] {
            let mut survey = survey();
            survey.state = OpenSurveyState::Completed { callback, low_score };
            keep(name, done_page(&survey, BASE, locale));
            keep("already", already_answered_page(&survey, BASE, locale));
        }
        keep("closed", closed_page(&survey(), locale));
        let mut ended = survey();
        ended.state = OpenSurveyState::ScreenedOut;
        keep("screened-out", done_page(&ended, BASE, locale));
        for (name, problems) in [
            ("login", &[][..]),
            ("login-empty", &[SignInProblem::NoUsername, SignInProblem::NoPassword][..]),
            ("login-wrong", &[SignInProblem::WrongCredentials][..]),
            ("login-locked", &[SignInProblem::Locked { seconds: 660 }][..]),
            ("login-trouble", &[SignInProblem::Trouble][..]),
        ] {
            let next = Some("/ar/actions?status=open&x=1");
            keep(
                name,
                sign_in_page(
                    locale,
                    &SignInPage { username: "sara", next, problems, provider: false },
                ),
            );
        }
    }
    pages.extend(pages_in_both_languages());
    pages
}

/// Of whoever it is whose language nobody knows.
fn pages_in_both_languages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (name, failure) in [
        ("unknown", Failure::not_found("survey")),
        ("busy", Failure::TooMany { retry_after_seconds: 150 }),
        ("trouble", Failure::Internal { incident: "r-77".to_owned() }),
    ] {
        pages.push((name.to_owned(), refused_page(&failure)));
    }
    pages.push(("nowhere".to_owned(), nowhere_page()));
    pages
}

#[test]
fn every_page_names_its_language_and_direction_and_hides_what_is_internal() {
    for (name, html) in every_page() {
        let (lang, other) = if name.ends_with("-en") {
            (r#"<html lang="en" dir="ltr">"#, r#"dir="rtl""#)
        } else {
            (r#"<html lang="ar" dir="rtl">"#, r#"dir="ltr""#)
        };
        assert!(html.starts_with(&format!("<!DOCTYPE html>{lang}")), "{name}: {html}");
        assert!(html.contains(other), "{name} shows the way to the other language");
        let (head, rest) = html.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        // A raw key, a placeholder, a hydration marker, a code or a style that the policy forbids.
        for leak in
            ["{{", "}}", "public.", "<!>", "<!--", "incident", "r-77", " style=", "\u{f8ff}"]
        {
            assert!(!head.contains(leak) && !body.contains(leak), "{name} leaks `{leak}`: {html}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
    }
}

#[test]
fn the_policy_allows_the_one_style_and_scripts_of_this_site() {
    let policy = content_security_policy();
    for part in [
        "default-src 'none'",
        "style-src 'sha256-",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe"));
    let html = rendered(1, Locale::Ar, &Answers::new());
    let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    for physical in ["left", "right", "margin-top", "padding-bottom"] {
        assert!(!style.contains(physical), "the style says `{physical}`");
    }
    assert!(!style.contains("/*") && !style.contains('\n'));
}
