use super::super::logic::{Consequence, LogicOperator};
use super::super::samples::{nps, question, rating, rule, survey, when};
use super::super::{ActionRule, SurveyContent};
use super::{QuestionPart, QuestionType, diff, faults_of_draft, free_choice_key};
use crate::actions::Severity;
use crate::changes::ChangeKind;

/// Questions `a`, `b`, … with a page for each number: `[1, 1, 2]` is `a` and `b` on one page, `c` on the next.
fn paged(pages: &[u8]) -> SurveyContent {
    let questions = pages.iter().zip(b'a'..).map(|(page, key)| {
        let mut question = question(&char::from(key).to_string(), rating(5));
        question.page = *page;
        question
    });
    survey(questions.collect())
}

fn order(content: &SurveyContent) -> Vec<(&str, u8)> {
    content.questions.iter().map(|question| (question.key.as_str(), question.page)).collect()
}

#[test]
fn a_question_moves_onto_the_page_that_it_comes_to_and_one_alone_on_its_page_keeps_it() {
    let mut content = paged(&[1, 1, 2, 3]);
    content.move_question(2, 0);
    assert_eq!(order(&content), [("c", 1), ("a", 2), ("b", 2), ("d", 3)]);
    content.move_question(2, 1);
    assert_eq!(order(&content), [("c", 1), ("b", 2), ("a", 2), ("d", 3)]);
    content.move_question(1, 3);
    assert_eq!(order(&content), [("c", 1), ("a", 2), ("d", 3), ("b", 3)]);
    content.move_question(0, 2);
    assert_eq!(order(&content), [("a", 1), ("d", 2), ("c", 3), ("b", 4)]);
    content.move_question(0, 9);
    assert_eq!(order(&content).len(), 4);
}

#[test]
fn a_page_goes_on_when_its_first_question_is_taken_out() {
    let mut content = paged(&[1, 2, 2, 3]);
    assert_eq!(content.remove_question(1).unwrap().key, "b");
    assert_eq!(order(&content), [("a", 1), ("c", 2), ("d", 3)]);
    assert_eq!(content.remove_question(7), None);
}

#[test]
fn a_new_question_joins_the_page_where_it_is_put_and_gets_its_own_at_the_end() {
    let mut content = paged(&[1, 2]);
    content.insert_question(1, question("x", nps()));
    assert_eq!(order(&content), [("a", 1), ("x", 1), ("b", 2)]);
    content.insert_question(99, question("y", nps()));
    assert_eq!(order(&content).last(), Some(&("y", 3)));
    content.set_begins_page(3, false);
    assert_eq!(order(&content).last(), Some(&("y", 2)));
    content.set_begins_page(0, false);
    assert_eq!(order(&content).first(), Some(&("a", 1)));
}

#[test]
fn whatever_names_a_question_names_its_new_key() {
    let mut content = paged(&[1, 2, 3]);
    content.questions[1].shown_if = Some(when("a", LogicOperator::AtMost, &["3"]));
    content.questions[1].rules = vec![rule(
        when("a.row", LogicOperator::AtMost, &["3"]),
        Consequence::JumpTo("c".to_owned()),
    )];
    content.rules = vec![ActionRule::at_most("a", 2, Severity::High)];
    content.rename_question(0, "arrival");
    let text = serde_json::to_string(&content).unwrap();
    for named in [r#""answer":"arrival""#, r#""answer":"arrival.row""#, r#""question":"arrival""#] {
        assert!(text.contains(named), "{named} is not in {text}");
    }
    assert!(!text.contains(r#""answer":"a""#), "{text}");
    content.rename_question(2, "end");
    assert!(serde_json::to_string(&content).unwrap().contains(r#"{"jump_to":"end"}"#));
}

#[test]
fn a_free_key_is_one_that_is_not_there() {
    let content = paged(&[1, 1]);
    assert_eq!(content.free_key("rating"), "rating");
    assert_eq!(content.free_key("a"), "a_2");
    assert_eq!(free_choice_key(super::super::samples::choices(&["a"]).as_slice(), "a"), "a_2");
}

#[test]
fn two_versions_differ_by_what_came_went_moved_and_changed() {
    let before = paged(&[1, 1, 1, 1]);
    let mut after = before.clone();
    after.remove_question(3);
    after.move_question(2, 0);
    after.questions[1].text.en = "Another".to_owned();
    after.questions[1].required = true;
    after.insert_question(1, question("new", nps()));
    after.title.ar = "آخر".to_owned();
    let found: Vec<_> = diff(&before, &after)
        .into_iter()
        .map(|change| (change.question.unwrap_or_default(), change.kind, change.parts))
        .collect();
    let said = |key: &str, kind, parts: &[QuestionPart]| (key.to_owned(), kind, parts.to_vec());
    assert_eq!(
        found,
        [
            said("", ChangeKind::Changed, &[QuestionPart::Text]),
            said("c", ChangeKind::Moved, &[]),
            said("new", ChangeKind::Added, &[]),
            said("a", ChangeKind::Changed, &[QuestionPart::Text, QuestionPart::Required]),
            said("d", ChangeKind::Removed, &[]),
        ]
    );
    assert_eq!(diff(&after, &after), []);
}

#[test]
fn every_type_begins_as_itself_and_is_read_back_from_both_forms() {
    for kind in QuestionType::ALL {
        let blank = kind.blank();
        assert_eq!(blank.question_type(), *kind);
        let json = serde_json::to_string(&blank).unwrap();
        assert_eq!(serde_json::from_str::<super::super::QuestionKind>(&json).unwrap(), blank);
    }
}

#[test]
fn a_question_of_another_type_keeps_the_texts_that_it_has_a_place_for() {
    let scale = nps().turned_into(QuestionType::Ces);
    assert_eq!(scale.ends().map(|(low, _)| low.en.as_str()), Some("a"));
    let choices = super::super::samples::choices(&["x", "y", "z"]);
    let single = super::super::QuestionKind::Single { choices: choices.clone() };
    assert_eq!(single.turned_into(QuestionType::Ranking).parts(), choices);
    assert_eq!(single.turned_into(QuestionType::Matrix).parts(), choices);
    assert_eq!(rating(5).turned_into(QuestionType::Single).parts().len(), 2);
}

#[test]
fn a_draft_that_is_too_large_is_not_kept_and_a_half_written_one_is() {
    let fields = |content: &SurveyContent, bytes| -> Vec<String> {
        faults_of_draft(content, bytes).into_iter().map(|fault| fault.field).collect()
    };
    let mut content = survey(Vec::new());
    content.title = crate::Bilingual::default();
    assert_eq!(fields(&content, 100), [""; 0]);
    content.title.ar = "ط".repeat(101);
    content.questions = vec![question("a", nps()); 61];
    assert_eq!(fields(&content, 1 << 20), ["title", "questions", "content"]);
    let many: Vec<String> = (0..61).map(|number| format!("c{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let choices = super::super::samples::choices(&many);
    content = survey(vec![question("a", super::super::QuestionKind::Ranking { choices })]);
    assert_eq!(fields(&content, 100), ["questions.0.kind"]);
    content = survey(vec![question("a", nps())]);
    content.questions[0].rules =
        vec![rule(when("a", LogicOperator::AtMost, &["3"]), Consequence::Finish); 401];
    assert_eq!(fields(&content, 100), ["logic"]);
}
