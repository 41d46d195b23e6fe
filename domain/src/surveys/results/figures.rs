//! Figures of the answers to each question.

use std::collections::BTreeMap;

use super::super::statistics::{Distribution, Share, share};
use super::super::{Answer, Question, QuestionKind, SurveyContent};
use super::{AnswerResult, Bar, Figure, FigureKind};
use crate::Bilingual;

/// How often what was answered under one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Numbers of a scale.
    pub numbers: BTreeMap<u8, u32>,
    /// Keys of choices, `yes` and `no`.
    pub words: BTreeMap<String, u32>,
    /// How many answered; more than the choices say where several may be chosen.
    pub answered: u32,
    /// How many said that it does not apply.
    pub not_applicable: u32,
    /// How many went no further.
    pub left_here: u32,
    /// How long it took, the middle one, in seconds.
    pub seconds: Option<u32>,
}

/// The counts by the key of the answers.
pub type Counts = BTreeMap<String, Counted>;

/// What was answered, in the order in which it is asked.
pub fn answer_results(content: &SurveyContent, counts: &Counts) -> Vec<AnswerResult> {
    let nothing = Counted::default();
    let questions = content.questions.iter().enumerate();
    questions
        .flat_map(|(index, question)| {
            question.answer_keys().map(move |key| (index, question, key)).collect::<Vec<_>>()
        })
        .map(|(index, question, key)| {
            let counted = counts.get(&key).unwrap_or(&nothing);
            AnswerResult {
                place: index + 1,
                kind: question.kind.question_type(),
                question: question.text.clone(),
                row: question.row(&key).cloned(),
                answered: counted.answered,
                not_applicable: counted.not_applicable,
                bars: bars(question, counted),
                figures: figures(question, counted),
                left_here: counted.left_here,
                seconds: counted.seconds,
                key,
            }
        })
        .collect()
}

fn bars(question: &Question, counted: &Counted) -> Vec<Bar> {
    let of = |value: String, label: Option<Bilingual>, top: Option<bool>| {
        let count = counted.words.get(&value).copied().unwrap_or_default();
        Bar { value, label, count, top: top.unwrap_or_default() }
    };
    match &question.kind {
        QuestionKind::YesNo | QuestionKind::Consent => [("yes", true), ("no", false)]
            .map(|(word, yes)| {
                let top = question.is_top(&Answer::YesNo(yes));
                of(word.to_owned(), None, top)
            })
            .into(),
        kind => match kind.range() {
            Some((low, high)) => (low..=high)
                .map(|value| Bar {
                    value: value.to_string(),
                    label: question.names(&Answer::Number(value)).first().map(|it| (*it).clone()),
                    count: counted.numbers.get(&value).copied().unwrap_or_default(),
                    top: question.top_box().contains(&value),
                })
                .collect(),
            None => kind
                .choices()
                .iter()
                .map(|choice| {
                    let top = question.is_top(&Answer::Words(choice.key.clone()));
                    of(choice.key.clone(), Some(choice.label.clone()), top)
                })
                .collect(),
        },
    }
}

fn figures(question: &Question, counted: &Counted) -> Vec<Figure> {
    match &question.kind {
        QuestionKind::YesNo => {
            let best = if question.measure.reverse { "no" } else { "yes" };
            let count = |word: &str| counted.words.get(word).copied().unwrap_or_default();
            let all = count("yes") + count("no");
            percent(FigureKind::TopBox, share(count(best), all)).into_iter().collect()
        }
        QuestionKind::Single { .. } if !question.measure.best_choices.is_empty() => {
            let best = question.measure.best_choices.iter();
            let best = best.filter_map(|key| counted.words.get(key)).sum();
            let all = counted.words.values().sum();
            percent(FigureKind::TopBox, share(best, all)).into_iter().collect()
        }
        kind => kind.range().map_or_else(Vec::new, |range| of_a_scale(question, counted, range)),
    }
}

fn of_a_scale(question: &Question, counted: &Counted, (low, high): (u8, u8)) -> Vec<Figure> {
    let counts = (low..=high).map(|value| counted.numbers.get(&value).copied().unwrap_or_default());
    let all = Distribution { least: low, counts: counts.collect() };
    let n = all.n();
    let mean =
        all.mean().map(|value| Figure { kind: FigureKind::Mean, n, value, low: None, high: None });
    let own = match question.kind {
        QuestionKind::Nps { .. } => all.nps().map(|nps| Figure {
            kind: FigureKind::Nps,
            n,
            value: nps.value,
            low: Some((nps.value - nps.margin).max(-100.0)),
            high: Some((nps.value + nps.margin).min(100.0)),
        }),
        QuestionKind::Csat { .. } => percent(FigureKind::Csat, all.csat()),
        QuestionKind::Ces { .. } => percent(FigureKind::Ces, all.ces()),
        _ => percent(FigureKind::TopBox, all.top_box(&question.top_box())),
    };
    own.into_iter().chain(mean).collect()
}

fn percent(kind: FigureKind, share: Option<Share>) -> Option<Figure> {
    let Share { n, value, low, high } = share?;
    let hundredths = |part: f64| Some(part * 100.0);
    Some(Figure { kind, n, value: value * 100.0, low: hundredths(low), high: hundredths(high) })
}
