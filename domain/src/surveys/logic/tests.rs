use super::super::samples::{answers, choices, nps, question, rating, rule, survey, when};
use super::super::{Answer, Answers, Question, QuestionKind, SurveyContent};
use super::*;

fn content() -> SurveyContent {
    let mut content = survey(vec![
        question("nps", nps()),
        question(
            "which",
            QuestionKind::Multiple { choices: choices(&["a", "b", "c"]), at_most: None },
        ),
        question("wait", rating(5)),
        question("why", QuestionKind::Text { max_chars: 100 }),
    ]);
    for (question, page) in content.questions.iter_mut().zip(1..) {
        question.page = page;
    }
    content
}

fn asked(content: &SurveyContent, answers: &Answers) -> Vec<String> {
    let way = path(content, answers, &Facts::new());
    way.questions(content).map(|question| question.key.clone()).collect()
}

fn nps_of(value: u8) -> Answers {
    answers(&[("nps", Answer::Number(value))])
}

fn holds(condition: &Condition, given: &Answers) -> bool {
    let mut content = content();
    content
        .questions
        .push(Question { shown_if: Some(condition.clone()), ..question("last", rating(5)) });
    asked(&content, given).contains(&"last".to_owned())
}

#[test]
fn every_operator_compares_as_it_says() {
    use LogicOperator as O;
    let several =
        |keys: &[&str]| Answer::Choices(keys.iter().map(|key| (*key).to_owned()).collect());
    let given = answers(&[
        ("nps", Answer::Number(6)),
        ("which", several(&["a", "b"])),
        ("why", Answer::Words("Too LONG a wait".to_owned())),
    ]);
    for (key, operator, values, expected) in [
        ("nps", O::IsOneOf, &["5", "6"][..], true),
        ("nps", O::IsOneOf, &["7"], false),
        ("nps", O::IsNoneOf, &["7"], true),
        ("nps", O::IsNoneOf, &["6"], false),
        ("nps", O::LessThan, &["6"], false),
        ("nps", O::AtMost, &["6"], true),
        ("nps", O::AtLeast, &["6"], true),
        ("nps", O::GreaterThan, &["6"], false),
        ("nps", O::AtMost, &["10"], true),
        ("nps", O::AtMost, &["many"], false),
        ("which", O::IsOneOf, &["b", "c"], true),
        ("which", O::IncludesAll, &["b", "a"], true),
        ("which", O::IncludesAll, &["b", "c"], false),
        ("why", O::Contains, &["rude", "long"], true),
        ("why", O::Contains, &["rude"], false),
        ("why", O::Contains, &[""], false),
        ("nps", O::IsAnswered, &[], true),
        ("wait", O::IsAnswered, &[], false),
        ("wait", O::IsSkipped, &[], true),
        ("wait", O::IsNoneOf, &["1"], false),
        ("wait", O::AtMost, &["5"], false),
    ] {
        let condition = when(key, operator, values);
        assert_eq!(holds(&condition, &given), expected, "{key} {operator} {values:?}");
    }
}

#[test]
fn days_are_compared_by_the_calendar_and_not_as_words() {
    let mut content = content();
    content.questions[0] = Question { page: 1, ..question("day", QuestionKind::Date) };
    content.questions[1].shown_if = Some(when("day", LogicOperator::LessThan, &["2026-11-23"]));
    let shown =
        |day: &str| asked(&content, &answers(&[("day", Answer::Words(day.to_owned()))])).len() == 4;
    assert!(shown("2026-02-18") && !shown("2026-11-23") && !shown("yesterday"));
}

#[test]
fn what_does_not_apply_is_answered_and_has_no_value() {
    let given = answers(&[("nps", Answer::NotApplicable)]);
    assert!(holds(&when("nps", LogicOperator::IsAnswered, &[]), &given));
    assert!(!holds(&when("nps", LogicOperator::IsNoneOf, &["3"]), &given));
    assert!(!holds(&when("nps", LogicOperator::AtMost, &["10"]), &given));
}

#[test]
fn groups_lie_within_each_other() {
    let low = || when("nps", LogicOperator::AtMost, &["6"]);
    let high = || when("nps", LogicOperator::AtLeast, &["9"]);
    let either = Condition::Any(vec![low(), Condition::All(vec![high(), high()])]);
    assert!(holds(&either, &nps_of(3)) && holds(&either, &nps_of(9)));
    assert!(!holds(&either, &nps_of(7)));
    assert!(holds(&Condition::ALWAYS, &Answers::new()));
    assert!(!holds(&Condition::Any(Vec::new()), &Answers::new()));
}

#[test]
fn the_first_jump_counts_and_leaves_out_what_lies_between() {
    let mut content = content();
    let jump = |key: &str| Consequence::JumpTo(key.to_owned());
    content.questions[0].rules = vec![
        rule(when("nps", LogicOperator::AtLeast, &["9"]), jump("why")),
        rule(when("nps", LogicOperator::AtLeast, &["7"]), jump("wait")),
    ];
    assert_eq!(asked(&content, &nps_of(10)), ["nps", "why"]);
    assert_eq!(asked(&content, &nps_of(7)), ["nps", "wait", "why"]);
    assert_eq!(asked(&content, &nps_of(0)), ["nps", "which", "wait", "why"]);
}

#[test]
fn a_jump_to_a_question_that_is_not_asked_goes_on_behind_it() {
    let mut content = content();
    content.questions[0].rules =
        vec![rule(Condition::ALWAYS, Consequence::JumpTo("wait".to_owned()))];
    content.questions[2].shown_if = Some(when("nps", LogicOperator::AtMost, &["6"]));
    assert_eq!(asked(&content, &nps_of(10)), ["nps", "why"]);
}

#[test]
fn the_end_comes_where_a_rule_says_so() {
    let mut content = content();
    content.questions[1].rules =
        vec![rule(when("nps", LogicOperator::AtLeast, &["9"]), Consequence::Finish)];
    let way = path(&content, &nps_of(9), &Facts::new());
    assert_eq!((way.page_after(&content, 1), way.page_after(&content, 2)), (Some(2), None));
    assert_eq!(asked(&content, &nps_of(8)).len(), 4);
}

#[test]
fn a_question_sees_no_answer_of_one_that_is_not_asked_any_more() {
    let mut content = content();
    content.questions[2].shown_if = Some(when("nps", LogicOperator::AtMost, &["6"]));
    content.questions[3].shown_if = Some(when("wait", LogicOperator::AtMost, &["2"]));
    let mut given = nps_of(3);
    given.insert("wait".to_owned(), Answer::Number(1));
    assert_eq!(asked(&content, &given), ["nps", "which", "wait", "why"]);
    given.insert("nps".to_owned(), Answer::Number(9));
    assert_eq!(asked(&content, &given), ["nps", "which"]);
    let way = path(&content, &given, &Facts::new());
    assert_eq!(way.answers(&content, &given), nps_of(9), "what is not asked does not count");
}

#[test]
fn rules_demand_later_questions_and_count() {
    let mut content = content();
    content.variables = vec![Variable { key: "sum".to_owned(), initial: Value::Number(1) }];
    let add = |value| Consequence::Calculate {
        variable: "sum".to_owned(),
        operation: Operation::Add,
        value,
    };
    let low = || when("nps", LogicOperator::AtMost, &["6"]);
    content.questions[0].rules = vec![
        rule(low(), Consequence::Require("why".to_owned())),
        rule(Condition::ALWAYS, add(Value::AnswerTo("nps".to_owned()))),
        rule(Condition::ALWAYS, add(Value::Number(i64::MAX))),
    ];
    content.questions[2].shown_if = Some(Condition::Is(Comparison {
        operand: Operand::Variable("sum".to_owned()),
        operator: LogicOperator::AtLeast,
        values: vec!["4".to_owned()],
    }));
    let way = path(&content, &nps_of(3), &Facts::new());
    assert!(way.required.contains("why"));
    assert_eq!(way.variables["sum"], Value::Number(4), "what overflows changes nothing");
    assert_eq!(asked(&content, &nps_of(3)).len(), 4);
    assert_eq!(asked(&content, &nps_of(2)).len(), 3);
}

#[test]
fn facts_of_the_visit_decide_too() {
    let mut content = content();
    content.questions[0].shown_if = Some(Condition::Is(Comparison {
        operand: Operand::Fact(Fact::Department),
        operator: LogicOperator::IsOneOf,
        values: vec!["card".to_owned()],
    }));
    let with = |department: &str| {
        let facts = Facts::from([(Fact::Department, department.to_owned())]);
        path(&content, &Answers::new(), &facts).asked.len()
    };
    assert_eq!((with("CARD"), with("EMER")), (4, 3));
}

#[test]
fn logic_is_kept_as_it_was_written() {
    let rule = rule(
        Condition::Any(vec![when("nps", LogicOperator::AtMost, &["6"]), Condition::ALWAYS]),
        Consequence::Calculate {
            variable: "v".to_owned(),
            operation: Operation::Concat,
            value: Value::Words("x".to_owned()),
        },
    );
    let text = serde_json::to_string(&rule).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), rule);
    let bytes = postcard::to_allocvec(&rule).unwrap();
    assert_eq!(postcard::from_bytes::<Rule>(&bytes).unwrap(), rule);
}
