use super::super::QuestionKind;
use super::super::samples::{choices, nps, question, rating, survey};
use super::{Counted, Counts, FigureKind, answer_results};

fn counted(numbers: &[(u8, u32)], words: &[(&str, u32)]) -> Counted {
    Counted {
        numbers: numbers.iter().copied().collect(),
        words: words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect(),
        answered: numbers.iter().map(|(_, n)| n).chain(words.iter().map(|(_, n)| n)).sum(),
        ..Counted::default()
    }
}

#[test]
fn a_scale_has_a_bar_for_each_value_and_its_figures() {
    let content = survey(vec![question("nps", nps()), question("care", rating(5))]);
    let counts = Counts::from([
        ("nps".to_owned(), counted(&[(10, 50), (8, 30), (3, 20)], &[])),
        ("care".to_owned(), counted(&[(5, 3), (4, 1)], &[])),
    ]);
    let results = answer_results(&content, &counts);
    let [nps, care] = results.as_slice() else { panic!("{results:?}") };
    assert_eq!(nps.bars.len(), 11);
    assert_eq!(nps.bars.iter().filter(|bar| bar.top).count(), 2);
    let score = nps.figures.first().unwrap();
    assert_eq!((score.kind, score.n), (FigureKind::Nps, 100));
    assert!((score.value - 30.0).abs() < 1e-9);
    assert!(score.low.unwrap() < 30.0 && score.high.unwrap() > 30.0);
    let kinds: Vec<_> = care.figures.iter().map(|figure| figure.kind).collect();
    assert_eq!(kinds, [FigureKind::TopBox, FigureKind::Mean]);
    assert!((care.figures[0].value - 75.0).abs() < 1e-9);
    assert!((care.figures[1].value - 4.75).abs() < 1e-9);
}

#[test]
fn choices_have_bars_and_a_share_only_where_some_are_the_best() {
    let mut single = question("how", QuestionKind::Single { choices: choices(&["a", "b"]) });
    let plain = survey(vec![single.clone()]);
    let counts = Counts::from([("how".to_owned(), counted(&[], &[("a", 3), ("b", 1)]))]);
    assert_eq!(answer_results(&plain, &counts)[0].figures, []);
    single.measure.best_choices = vec!["a".to_owned()];
    let scored = answer_results(&survey(vec![single]), &counts);
    assert!((scored[0].figures[0].value - 75.0).abs() < 1e-9);
    assert_eq!(scored[0].bars.iter().map(|bar| bar.count).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn without_answers_there_are_no_figures_and_every_row_of_a_matrix_stands_for_itself() {
    let columns = vec![super::super::samples::words(); 3];
    let matrix = QuestionKind::Matrix { rows: choices(&["x", "y"]), columns };
    let results = answer_results(&survey(vec![question("m", matrix)]), &Counts::new());
    let keys: Vec<_> = results.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["m.x", "m.y"]);
    assert!(results.iter().all(|it| it.figures.is_empty() && it.bars.len() == 3));
}
