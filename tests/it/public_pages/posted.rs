//! What a posted form and a one-click link say.

use px360_app::public::{Entered, Intent};
use px360_domain::Locale;
use px360_domain::surveys::Answer;

use super::sample::{answered, survey};

#[test]
fn a_posted_page_is_read_by_the_kinds_of_its_questions() {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let content = survey().content;
    let entered = Entered::read(
        &[
            field("medicine", "yes"),
            field("why", "  سطر\r\nآخر\0 "),
            field("nps", "9"),
            field("next", "1"),
        ],
        &content,
        3,
    );
    assert_eq!(entered.intent, Intent::HandIn);
    assert_eq!(
        entered.answers,
        answered(&[
            ("medicine", Answer::YesNo(true)),
            ("why", Answer::Words("سطر\nآخر".to_owned())),
        ]),
        "another page's question is left out"
    );
    let odd = Entered::read(
        &[field("listened", "seven"), field("clean", "2"), field("clear", "clean")],
        &content,
        2,
    );
    assert_eq!(odd.intent, Intent::Clear);
    assert_eq!(odd.answers, answered(&[("listened", Answer::Words("seven".to_owned()))]));
    let intent = |fields: &[(String, String)]| Entered::read(fields, &content, 2).intent;
    assert_eq!(intent(&[field("back", "1")]), Intent::Back);
    assert_eq!(intent(&[field("keep", "1")]), Intent::Keep);
    assert_eq!(intent(&[field("attach", "nobody")]), Intent::HandIn, "no question of ours");
    assert_eq!(intent(&[field("lang", "en")]), Intent::Switch(Locale::En));
    assert_eq!(intent(&[]), Intent::HandIn, "the Enter key sends no button in some browsers");
}

#[test]
fn a_one_click_link_chooses_only_where_no_answer_was_stored() {
    let mut survey = survey();
    assert_eq!(Entered::one_click(&survey, 1, 9), Some(("nps".to_owned(), Answer::Number(9))));
    assert_eq!(Entered::one_click(&survey, 1, 11), None);
    assert_eq!(Entered::one_click(&survey, 2, 9), None);
    survey.answers = answered(&[("nps", Answer::Number(3))]);
    assert_eq!(Entered::one_click(&survey, 1, 9), None);
}
