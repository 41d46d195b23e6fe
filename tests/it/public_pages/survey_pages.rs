//! Pages of a survey: order, wording, escaping and size.

use px360_app::public::{SignInPage, SignInProblem, SurveyPage, sign_in_page, survey_page};
use px360_domain::surveys::{Answer, Answers, OpenSurvey};
use px360_domain::{Bilingual, Locale};

use super::sample::{BASE, answered, faults_of, faulty, in_order, rendered, survey};

#[test]
fn the_scale_begins_with_its_lowest_value_at_the_start_of_reading() {
    for &locale in Locale::ALL {
        let html = rendered(1, locale, &Answers::new());
        let scale = html.split("<fieldset").nth(1).unwrap();
        let values: Vec<String> = (0..=10).map(|value| format!(r#"value="{value}""#)).collect();
        assert!(in_order(scale, &values.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(html.matches(r#"type="radio" name="nps""#).count(), 11);
    }
    let arabic = rendered(1, Locale::Ar, &Answers::new());
    assert!(arabic.contains(r#"aria-label="0 – غير محتمل إطلاقًا""#), "{arabic}");
    assert!(arabic.contains(r#"aria-label="10 – محتمل جدًا""#));
    assert!(in_order(
        &arabic,
        &["<span>0 – غير محتمل إطلاقًا</span>", "<span>10 – محتمل جدًا</span>"]
    ));
}

#[test]
fn the_first_page_is_small_and_neither_page_asks_for_more_than_its_script() {
    for &locale in Locale::ALL {
        let html = rendered(1, locale, &Answers::new());
        println!("first page in {locale}: {} bytes", html.len());
        assert!(html.len() <= 14 * 1024, "{} bytes", html.len());
        assert_eq!(html.matches("src=").count(), 1);
        assert!(!html.contains("http"), "nothing from elsewhere");
        assert!(!html.contains("wasm"));
    }
}

#[test]
fn nothing_is_chosen_until_somebody_chooses() {
    assert!(!rendered(1, Locale::Ar, &Answers::new()).contains(" checked"));
    let html = rendered(1, Locale::Ar, &answered(&[("nps", Answer::Number(9))]));
    assert_eq!(html.matches(" checked").count(), 1);
    assert!(html.contains(r#"value="9" checked"#), "{html}");
}

#[test]
fn summary_and_question_say_what_is_wrong_in_the_same_words() {
    let nothing = Answers::new();
    let html = faulty(2, Locale::Ar, &nothing, &faults_of(2, &nothing));
    assert!(html.contains("<title>خطأ: "), "{html}");
    assert!(in_order(
        &html,
        &["<main>", r#"role="alert" tabindex="-1""#, "<h2>هناك مشكلة</h2>", "<h1"]
    ));
    for (id, sentence) in [
        ("2", "السؤال 2: نرجو اختيار رقم من 1 إلى 5"),
        ("4", "السؤال 4: نرجو اختيار إجابة واحدة من القائمة"),
    ] {
        assert!(html.contains(&format!(r##"<a href="#q{id}">{sentence}</a>"##)), "{html}");
        assert!(html.contains(&format!(r#"id="e{id}" class="err">{sentence}</p>"#)), "{html}");
        assert!(html.contains(&format!(r#"id="q{id}""#)), "the link has a target");
        assert!(html.contains(&format!(r#"aria-describedby="e{id}""#)));
    }
    let english = faulty(2, Locale::En, &nothing, &faults_of(2, &nothing));
    assert!(english.contains("<title>Error: "));
    assert_eq!(english.matches("Question 2: choose a number from 1 to 5").count(), 2);
}

#[test]
fn a_fault_keeps_what_was_entered_and_counts_in_arabic() {
    let long = "ا".repeat(1001);
    let entered =
        answered(&[("why", Answer::Words(long.clone())), ("medicine", Answer::YesNo(false))]);
    let html = faulty(3, Locale::Ar, &entered, &faults_of(3, &entered));
    assert!(html.contains(&long));
    assert!(html.contains(r#"value="no" checked"#), "{html}");
    assert!(html.contains("السؤال 6: نرجو اختصار الإجابة إلى 1000 حرف أو أقل"));
    assert!(html.contains("الحد الأعلى: 1000 حرف"));
}

#[test]
fn free_text_never_becomes_markup() {
    let payload = "</textarea><script>alert('x')</script>\"&";
    let mut survey = survey();
    survey.hospital = Bilingual::new("<b>م</b>", "\"><script>h</script>");
    let answers = answered(&[("why", Answer::Words(payload.to_owned()))]);
    for &locale in Locale::ALL {
        let page = SurveyPage {
            survey: &survey,
            base: BASE,
            query: "",
            page: 3,
            locale,
            answers: &answers,
            faults: &[],
            notice: None,
        };
        let html = survey_page(&page);
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert('x')&lt;/script&gt;"),
            "{html}"
        );
        assert_eq!(html.matches("</textarea>").count(), 1);
        assert_eq!(html.matches("<script").count(), 1);
        assert!(!html.contains("<b>م"));
    }
    let username = "\"><script>u</script>";
    let html = sign_in_page(
        Locale::En,
        &SignInPage {
            username,
            next: None,
            problems: &[SignInProblem::WrongCredentials],
            provider: false,
        },
    );
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&quot;&gt;&lt;script&gt;u"), "the name is kept: {html}");
}

#[test]
fn kept_pages_carry_each_visitors_own_link_and_nothing_else_of_theirs() {
    let nothing = Answers::new();
    let of = |token: &str| {
        let survey = survey();
        let page = SurveyPage {
            survey: &survey,
            base: &format!("/s/{token}"),
            query: "",
            page: 1,
            locale: Locale::Ar,
            answers: &nothing,
            faults: &[],
            notice: None,
        };
        survey_page(&page)
    };
    let (first, second) = (of("first-token"), of("second-token"));
    assert_eq!(first.replace("first-token", "second-token"), second);
    assert!(second.contains(r#"action="/s/second-token/1?lang=ar""#), "{second}");
    assert!(of(r#""><script>"#).contains(r#"action="/s/&quot;&gt;&lt;script&gt;/1"#));
}

#[test]
fn a_page_of_another_hospital_or_language_is_not_mixed_up() {
    let nothing = Answers::new();
    let mut other = survey();
    other.hospital = Bilingual::new("مستشفى الأمل", "Al Amal Hospital");
    let page = |survey: &OpenSurvey, locale| {
        survey_page(&SurveyPage {
            survey,
            base: BASE,
            query: "",
            page: 1,
            locale,
            answers: &nothing,
            faults: &[],
            notice: None,
        })
    };
    assert!(page(&survey(), Locale::Ar).contains("مستشفى النور"));
    assert!(page(&other, Locale::Ar).contains("مستشفى الأمل"));
    assert!(page(&other, Locale::En).contains("Al Amal"));
}

#[test]
fn progress_is_said_and_drawn_and_the_last_page_sends() {
    let html = rendered(2, Locale::Ar, &Answers::new());
    assert!(html.contains("الصفحة 2 من 3"));
    assert!(html.contains(r#"<progress aria-labelledby="p" max="3" value="2">"#), "{html}");
    assert!(in_order(&html, &[">السابق</button>", r#"value="1">التالي</button></div>"#]));
    let last = rendered(3, Locale::Ar, &Answers::new());
    assert!(last.contains(r#"value="1">إرسال الإجابات</button></div>"#), "{last}");
    assert!(!rendered(1, Locale::Ar, &Answers::new()).contains(">السابق<"));
}

#[test]
fn the_enter_key_hands_the_page_in() {
    let html = rendered(2, Locale::Ar, &Answers::new());
    let first_button = html.split("<button").nth(1).unwrap();
    assert!(first_button.starts_with(r#" form="f" name="next""#), "{first_button}");
}

#[test]
fn a_text_that_exists_in_the_other_language_only_says_so() {
    let mut survey = survey();
    survey.hospital = Bilingual::new("", "Al Noor Hospital");
    let nothing = Answers::new();
    let html = survey_page(&SurveyPage {
        survey: &survey,
        base: BASE,
        query: "",
        page: 2,
        locale: Locale::Ar,
        answers: &nothing,
        faults: &[],
        notice: None,
    });
    assert!(
        html.contains(r#"<p lang="en" dir="ltr" class="brand">Al Noor Hospital</p>"#),
        "{html}"
    );
}
