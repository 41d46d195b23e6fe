//! Thanks, and what went wrong.

use px360_app::public::{already_answered_page, closed_page, done_page, refused_page, review_page};
use px360_domain::surveys::{Answers, OpenSurvey, OpenSurveyState};
use px360_domain::{Failure, Locale};

use super::sample::{BASE, in_order, rendered, survey};

#[test]
fn the_call_back_question_is_asked_until_it_is_answered() {
    let page = |callback, low_score, locale| {
        let mut survey = survey();
        survey.state = OpenSurveyState::Completed { callback, low_score };
        done_page(&survey, BASE, locale)
    };
    let asked = page(None, false, Locale::Ar);
    assert!(asked.contains(&format!(r#"action="{BASE}/callback?lang=ar""#)), "{asked}");
    assert!(asked.contains(r#"name="agreed" value="yes""#));
    assert!(!asked.contains("يؤسفنا"));
    assert!(page(None, true, Locale::Ar).contains("يؤسفنا"));
    for (agreed, words) in [(true, "we may call you"), (false, "will not call you")] {
        let html = page(Some(agreed), false, Locale::En);
        assert!(html.contains(words), "{html}");
        assert!(!html.contains("<form"));
    }
}

#[test]
fn whoever_came_after_the_last_wanted_answer_is_told_so_and_asked_nothing() {
    let mut survey = survey();
    survey.state = OpenSurveyState::ScreenedOut;
    for (locale, told) in [
        (Locale::Ar, "اكتمل عدد المشاركات المطلوب في هذا الاستبيان"),
        (Locale::En, "has reached the number of answers it needs"),
    ] {
        let html = done_page(&survey, BASE, locale);
        assert!(html.contains(told), "{html}");
        // Nobody reads answers that were not taken, so nobody calls because of them.
        assert!(!html.contains("<form") && !html.contains("/callback"), "{html}");
    }
}

#[test]
fn a_refusal_without_a_language_speaks_both_arabic_first() {
    let html = refused_page(&Failure::not_found("survey"));
    assert!(in_order(&html, &["لم نتعرّف على هذا الرابط</h1>", r#"<section lang="en" dir="ltr">"#]));
    let busy = |seconds| refused_page(&Failure::TooMany { retry_after_seconds: seconds });
    for (seconds, arabic, english) in [
        (1, "بعد دقيقة واحدة", "in 1 minute."),
        (120, "بعد دقيقتين", "in 2 minutes."),
        (170, "بعد 3 دقائق", "in 3 minutes."),
        (660, "بعد 11 دقيقة", "in 11 minutes."),
        (6_000, "بعد 100 دقيقة", "in 100 minutes."),
    ] {
        let html = busy(seconds);
        assert!(html.contains(arabic) && html.contains(english), "{html}");
    }
}

#[test]
fn whoever_needs_help_finds_the_number_at_the_same_place_of_every_page() {
    let every_page = |survey: &OpenSurvey| {
        [
            done_page(survey, BASE, Locale::Ar),
            already_answered_page(survey, BASE, Locale::Ar),
            closed_page(survey, Locale::Ar),
            review_page(survey, BASE, "", Locale::Ar),
        ]
    };
    let questions = (1..=3).map(|page| rendered(page, Locale::Ar, &Answers::new()));
    let number = r#"<a href="tel:920001234" dir="ltr">920001234</a>"#;
    for html in questions.chain(every_page(&survey())) {
        let foot = format!("<footer><p>للمساعدة في هذا الاستبيان، يمكنكم الاتصال على {number}</p>");
        assert!(in_order(&html, &["</main>", &foot]), "{html}");
    }
    let mut nobody_helps = survey();
    nobody_helps.help_phone = None;
    for html in every_page(&nobody_helps) {
        assert!(!html.contains("<footer"), "{html}");
    }
}
