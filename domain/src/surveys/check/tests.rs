use super::super::logic::{Condition, Consequence, LogicOperator, Operation, Value};
use super::super::samples::{choices, nps, question, rating, rule, survey, when, words};
use super::super::{ActionRule, Question, QuestionKind, SurveyContent};
use super::*;
use crate::actions::Severity;
use crate::{Bilingual, Locale};

/// Three questions on three pages, nothing the matter with them.
fn content() -> SurveyContent {
    let mut content = survey(vec![
        question("nps", nps()),
        question("which", QuestionKind::Single { choices: choices(&["a", "b"]) }),
        question("wait", rating(5)),
    ]);
    for (question, page) in content.questions.iter_mut().zip(1..) {
        question.page = page;
    }
    content
}

fn codes(content: &SurveyContent) -> Vec<(SurveyFindingCode, Option<usize>)> {
    check(content).into_iter().map(|finding| (finding.code, finding.question)).collect()
}

fn with(place: usize, change: impl FnOnce(&mut Question)) -> SurveyContent {
    let mut content = content();
    change(&mut content.questions[place]);
    content
}

#[test]
fn a_good_survey_has_nothing_the_matter() {
    assert_eq!(codes(&content()), []);
}

#[test]
fn each_fault_of_a_question_is_named_with_its_place() {
    use SurveyFindingCode as Code;
    let untranslated = || Bilingual::new("سؤال", " ");
    for (code, place, content) in [
        (Code::Untranslated, 0, with(0, |it| it.text = untranslated())),
        (Code::Untranslated, 1, with(1, |it| it.hint = Some(untranslated()))),
        (Code::Key, 0, with(0, |it| it.key = "N P S".to_owned())),
        (Code::Key, 0, with(0, |it| it.key = "back".to_owned())),
        (Code::KeyTwice, 2, with(2, |it| it.key = "nps".to_owned())),
        (
            Code::KeyTwice,
            1,
            with(1, |it| {
                it.kind = QuestionKind::Single { choices: choices(&["a", "a"]) };
            }),
        ),
        (Code::Shape, 2, with(2, |it| it.kind = rating(11))),
        (
            Code::Shape,
            1,
            with(1, |it| {
                it.kind = QuestionKind::Single { choices: choices(&["a"]) };
            }),
        ),
        (Code::TopBox, 2, with(2, |it| it.measure.top_box = vec![6])),
        (Code::TopBox, 1, with(1, |it| it.measure.best_choices = vec!["c".to_owned()])),
        (Code::LongText, 0, with(0, |it| it.text.en = "long ".repeat(40))),
        (Code::UnknownName, 0, with(0, |it| it.text.en = "Did {docter} listen?".to_owned())),
    ] {
        assert_eq!(codes(&content), [(code, Some(place))]);
    }
}

#[test]
fn each_fault_of_a_condition_is_named_with_its_place() {
    use SurveyFindingCode as Code;
    for (code, place, content) in [
        (
            Code::UnknownQuestion,
            2,
            with(2, |it| {
                it.shown_if = Some(when("gone", LogicOperator::IsAnswered, &[]));
            }),
        ),
        (
            Code::UnknownChoice,
            2,
            with(2, |it| {
                it.shown_if = Some(when("which", LogicOperator::IsOneOf, &["c"]));
            }),
        ),
        (
            Code::UnknownChoice,
            2,
            with(2, |it| {
                it.shown_if = Some(when("nps", LogicOperator::AtMost, &["11"]));
            }),
        ),
        (
            Code::LooksAhead,
            0,
            with(0, |it| {
                it.shown_if = Some(when("wait", LogicOperator::AtMost, &["3"]));
            }),
        ),
        (
            Code::Comparison,
            2,
            with(2, |it| {
                it.shown_if = Some(when("nps", LogicOperator::AtMost, &[]));
            }),
        ),
        (
            Code::SamePage,
            2,
            with(2, |it| {
                it.page = 2;
                it.shown_if = Some(when("which", LogicOperator::IsOneOf, &["a"]));
            }),
        ),
        (
            Code::LeadsBack,
            1,
            with(1, |it| {
                let back = Consequence::JumpTo("nps".to_owned());
                it.rules = vec![rule(when("which", LogicOperator::IsOneOf, &["a"]), back)];
            }),
        ),
        (
            Code::UnknownVariable,
            0,
            with(0, |it| {
                let count = Consequence::Calculate {
                    variable: "count".to_owned(),
                    operation: Operation::Add,
                    value: Value::Number(1),
                };
                it.rules = vec![rule(Condition::ALWAYS, count)];
            }),
        ),
    ] {
        assert_eq!(codes(&content), [(code, Some(place))]);
    }
}

#[test]
fn what_is_the_matter_with_the_whole_survey_names_no_question() {
    use SurveyFindingCode as Code;
    let none = survey(Vec::new());
    assert_eq!(codes(&none), [(Code::Questions, None)]);
    let mut many = content();
    many.questions.extend(
        (0..20).map(|number| Question { page: 4, ..question(&format!("q{number}"), rating(5)) }),
    );
    assert_eq!(codes(&many), [(Code::ManyQuestions, None)]);
    assert!(!blocks(&check(&many)));
    let unscored = survey(vec![question("why", QuestionKind::Text { max_chars: 100 })]);
    assert_eq!(codes(&unscored), [(Code::NothingScored, None)]);
    assert_eq!(codes(&with(2, |it| it.page = 5)), [(Code::Pages, None)]);
    // Choices have no order, so that no answer could ever be "at most" one of them.
    let mut never = content();
    let high = ActionRule::at_most("which", 0, Severity::High);
    never.rules = vec![ActionRule { values: vec!["a".to_owned()], ..high }];
    assert_eq!(codes(&never), [(Code::ActionRule, None)]);
    never.rules[0].operator = LogicOperator::IsOneOf;
    assert_eq!(codes(&never), []);
    let untitled = SurveyContent { title: Bilingual::new("", "Title"), ..content() };
    let found = check(&untitled);
    assert_eq!((found[0].code, found[0].language), (Code::Title, Some(Locale::Ar)));
    assert!(blocks(&found));
}

#[test]
fn a_question_that_nobody_comes_to_is_found() {
    let unreachable = |place| (SurveyFindingCode::Unreachable, Some(place));
    let end = || vec![rule(Condition::ALWAYS, Consequence::Finish)];
    assert_eq!(codes(&with(0, |it| it.rules = end())), [unreachable(1), unreachable(2)]);
    let jump = || vec![rule(Condition::ALWAYS, Consequence::JumpTo("wait".to_owned()))];
    assert_eq!(codes(&with(0, |it| it.rules = jump())), [unreachable(1)]);
    let mut behind = with(0, |it| it.rules = jump());
    behind.questions[2].shown_if = Some(when("which", LogicOperator::IsOneOf, &["a"]));
    assert_eq!(codes(&behind), [unreachable(1), unreachable(2)]);
    let perhaps = rule(when("nps", LogicOperator::AtLeast, &["9"]), Consequence::Finish);
    assert_eq!(codes(&with(0, |it| it.rules = vec![perhaps])), []);
}

#[test]
fn the_meter_counts_what_is_written_in_each_language() {
    let mut content = content();
    assert_eq!(completeness(&content, Locale::Ar), completeness(&content, Locale::En));
    let (_, all) = completeness(&content, Locale::En);
    content.questions[0].text.en.clear();
    content.questions[0].hint = Some(Bilingual::default());
    assert_eq!(completeness(&content, Locale::En), (all - 1, all));
    assert_eq!(completeness(&content, Locale::Ar), (all, all));
    assert_eq!(words().ar, "أ");
}

#[test]
fn an_invitation_is_written_in_both_languages_short_and_with_names_that_fit_into_a_line() {
    use SurveyFindingCode as Code;
    let invited = |ar: &str, en: &str| {
        let invitation = Bilingual::new(ar, en);
        codes(&SurveyContent { invitation, ..content() })
    };
    assert_eq!(invited("", ""), []);
    assert_eq!(invited("{hospital}: شكرًا", "{hospital}: thank you, {physician} asks"), []);
    assert_eq!(invited("شكرًا", " "), [(Code::Untranslated, None)]);
    assert_eq!(invited("شكرًا", &"long ".repeat(30)), [(Code::LongInvitation, None)]);
    assert_eq!(invited("شكرًا", "On {visit_date}"), [(Code::UnknownName, None)]);
    assert_eq!(invited("شكرًا {docter}", "Thanks"), [(Code::UnknownName, None)]);
}

#[test]
fn an_anonymous_survey_neither_asks_who_answers_nor_opens_an_action() {
    use SurveyFindingCode as Code;
    let anonymous = |content: SurveyContent| {
        codes(&SurveyContent { anonymous: true, rules: Vec::new(), ..content })
    };
    assert_eq!(anonymous(content()), []);
    let rules = vec![ActionRule::at_most("nps", 6, Severity::Medium)];
    let ruled = SurveyContent { anonymous: true, rules, ..content() };
    assert_eq!(codes(&ruled), [(Code::NotAnonymous, None)]);
    let contact = with(0, |it| it.kind = QuestionKind::Contact);
    assert!(anonymous(contact).contains(&(Code::NotAnonymous, None)));
    let file = with(0, |it| it.kind = QuestionKind::File);
    assert!(anonymous(file).contains(&(Code::NotAnonymous, None)));
}
