//! What was answered, question by question: how often each answer was given, and what that comes to.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::results::{AnswerResult, Bar, Figure, FigureKind};

use crate::journeys::name;
use crate::surveys::words::{figure_name, type_icon, type_name};
use crate::ui::icon::Icon;
use crate::ui::marks::{IntervalMark, StackedBar};
use crate::ui::numbers::{Num, decimal, grouped, percent_of, rounded};

/// All of them, in the order in which they are asked.
pub(super) fn answers(locale: Locale, results: &[AnswerResult]) -> AnyView {
    let cards = results.iter().map(|one| answer(locale, one)).collect_view();
    view! { <div class="result-cards">{cards}</div> }.into_any()
}

fn answer(locale: Locale, result: &AnswerResult) -> AnyView {
    let id = format!("answer-{}", result.key);
    let row = result.row.as_ref().map(|row| view! { " – " {name(locale, row)} });
    let figures = result.figures.iter().map(|one| figure(locale, one)).collect_view();
    let total: i64 = result.bars.iter().map(|bar| i64::from(bar.count)).sum();
    let all = total.max(i64::from(result.answered));
    let bars = result.bars.iter().map(|one| bar(locale, one, all)).collect_view();
    let answered = i64::from(result.answered);
    let counts = [
        Some(
            text!(locale, surveys.answered_count, count = answered, shown = grouped(answered))
                .to_string(),
        ),
        (result.not_applicable > 0).then(|| {
            let count = i64::from(result.not_applicable);
            text!(locale, surveys.na_count, count = count, shown = grouped(count)).to_string()
        }),
        (result.left_here > 0).then(|| {
            let count = i64::from(result.left_here);
            text!(locale, surveys.left_count, count = count, shown = grouped(count)).to_string()
        }),
        result.seconds.map(|seconds| {
            text!(locale, surveys.median_seconds, count = i64::from(seconds)).to_string()
        }),
    ];
    let counts = counts.into_iter().flatten().map(|it| view! { <span>{it}</span> }).collect_view();
    view! {
        <section class="card result-card" aria-labelledby=id.clone()>
            <h3 id=id.clone() class="card-title">
                {result.place.to_string()} ". " {name(locale, &result.question)} {row}
            </h3>
            <p class="hint question-kind">
                <Icon name=type_icon(result.kind)/>
                {type_name(locale, result.kind)}
            </p>
            <p class="places">{counts}</p>
            <dl class="result-figures">{figures}</dl>
            <ul class="result-bars">{bars}</ul>
        </section>
    }
    .into_any()
}

/// A figure, how far it can be trusted, and of how many answers it is.
fn figure(locale: Locale, figure: &Figure) -> AnyView {
    let shown = |value: f64| match figure.kind {
        FigureKind::Mean => decimal(value),
        FigureKind::Nps => rounded(value),
        FigureKind::TopBox | FigureKind::Csat | FigureKind::Ces => format!("{}%", rounded(value)),
    };
    let interval = figure.low.zip(figure.high).map(|(low, high)| {
        let (low, high) = (shown(low), shown(high));
        view! {
            <span class="hint">
                {text!(locale, surveys.interval)} " " <Num text=format!("{low} – {high}")/>
            </span>
        }
    });
    let axis = if figure.kind == FigureKind::Nps { (-100.0, 100.0) } else { (0.0, 100.0) };
    let mark = figure.low.zip(figure.high).map(|(low, high)| {
        view! { <IntervalMark value=figure.value low=low high=high axis=axis/> }
    });
    let sure = mark.is_some();
    view! {
        <div class:result-sure=sure>
            <dt>{figure_name(locale, figure.kind)}</dt>
            <dd><strong><Num text=shown(figure.value)/></strong> " " {interval} {mark}</dd>
        </div>
    }
    .into_any()
}

fn bar(locale: Locale, bar: &Bar, all: i64) -> AnyView {
    let label = match (&bar.label, bar.value.as_str()) {
        (Some(label), _) => name(locale, label),
        (None, "yes") => text!(locale, public.yes).into_any(),
        (None, "no") => text!(locale, public.no).into_any(),
        (None, value) => view! { <Num text=value.to_owned()/> }.into_any(),
    };
    let count = i64::from(bar.count);
    let share = percent_of(count, all).unwrap_or_default();
    let parts = vec![("step-done", count), ("step-rest", (all - count).max(0))];
    view! {
        <li class:result-top=bar.top>
            <span class="result-label">{label}</span>
            <StackedBar parts=parts/>
            <span class="result-count"><Num text=grouped(count)/> " " <span class="hint"><Num text=share/></span></span>
        </li>
    }
    .into_any()
}
