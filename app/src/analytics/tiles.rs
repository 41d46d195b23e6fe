//! The numbers at the top: each with how many answers it stands on and how sure it is.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::actions::{ActionFilter, ActionStatus};
use px360_domain::analytics::measures::{Interval, NetPromoterScore};
use px360_domain::analytics::{ActionLoad, Score};

use crate::actions::Address;
use crate::ui::card::Card;
use crate::ui::dates::When;
use crate::ui::icon::Icon;
use crate::ui::marks::{IntervalMark, StackedBar};
use crate::ui::numbers::{Num, decimal, grouped, percent, percent_of, rounded, signed};

/// Fewer answers than this say nothing about anybody, and are no past to compare with.
pub(super) const N_MIN: i64 = 10;

/// The net promoter score.
#[component]
pub(super) fn NpsTile(
    /// Of the period.
    now: NetPromoterScore,
    /// Of the period before.
    before: NetPromoterScore,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <Card title=text!(locale, analytics.nps) id="tile-nps" class="tile">
            <p class="tile-value">
                <Value value=now.value.map(rounded)/>
                {now.margin.map(|margin| view! {
                    <span class="tile-margin"><Num text=format!("±{}", rounded(margin))/></span>
                })}
            </p>
            <Delta now=now.value before=before.value.filter(|_| before.n >= N_MIN)/>
            {(now.n > 0).then(|| view! {
                <StackedBar parts=vec![
                    ("nps-detractor", now.detractors),
                    ("nps-passive", now.passives),
                    ("nps-promoter", now.promoters),
                ]/>
                <NpsLegend nps=now/>
            })}
            <Basis n=now.n with_margin=true/>
        </Card>
    }
}

/// What the colours of the bar mean, and how many there are of each.
#[component]
fn NpsLegend(
    /// The score.
    nps: NetPromoterScore,
) -> impl IntoView {
    let locale = crate::texts::current();
    let item = |class: &'static str, name: &'static str, count: i64| {
        let share = percent_of(count, nps.n).unwrap_or_default();
        view! {
            <li>
                <svg class="key" width="12" height="12" aria-hidden="true" focusable="false">
                    <rect class=class width="12" height="12" rx="2"></rect>
                </svg>
                {name} " " <Num text=share/>
            </li>
        }
    };
    view! {
        <ul class="legend">
            {item("nps-detractor", text!(locale, analytics.detractors), nps.detractors)}
            {item("nps-passive", text!(locale, analytics.passives), nps.passives)}
            {item("nps-promoter", text!(locale, analytics.promoters), nps.promoters)}
        </ul>
    }
}

/// The mean score of completed surveys.
#[component]
pub(super) fn ScoreTile(
    /// Of the period.
    now: Score,
    /// Of the period before.
    before: Score,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <Card title=text!(locale, analytics.score) id="tile-score" class="tile">
            <p class="tile-value">
                <Value value=now.mean.map(decimal)/>
                <span class="tile-unit">{text!(locale, analytics.of_hundred)}</span>
            </p>
            <Delta now=now.mean before=before.mean.filter(|_| before.n >= N_MIN)/>
            <Basis n=now.n with_margin=false/>
        </Card>
    }
}

/// The share of the best answers.
#[component]
pub(super) fn TopBoxTile(
    /// None without answers.
    top_box: Option<Interval>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let range = top_box.map(|share| {
        let ends = format!("{}–{}", rounded(share.low * 100.0), percent(share.high));
        let ends = crate::ui::numbers::isolated(&ends);
        view! {
            <IntervalMark value=share.value low=share.low high=share.high axis=(0.0, 1.0)/>
            <p class="tile-note">{text!(locale, analytics.interval, range = ends)}</p>
        }
    });
    view! {
        <Card title=text!(locale, analytics.top_box) id="tile-top-box" class="tile">
            <p class="tile-value">
                <Value value=top_box.map(|share| percent(share.value))/>
            </p>
            <p class="tile-note">{text!(locale, analytics.top_box_hint)}</p>
            {range}
            <Basis n=top_box.map_or(0, |share| share.n) with_margin=false/>
        </Card>
    }
}

/// The work that is open, each number a way to the list.
#[component]
pub(super) fn ActionsTile(
    /// How much.
    load: ActionLoad,
    /// The hospital that one looks at.
    hospital: Option<String>,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let base = ActionFilter { hospital, ..ActionFilter::default() };
    let overdue = ActionFilter { overdue: true, ..base.clone() };
    let pending = ActionFilter { status: vec![ActionStatus::PendingApproval], ..base.clone() };
    let line = move |name: &'static str, count: i64, icon: &'static str, filter: &ActionFilter| {
        view! {
            <li>
                <a class="load" href=Address::of(filter.clone()).href(locale)>
                    <Icon name=icon/>
                    <span class="load-name">{name}</span>
                    <strong><Num text=grouped(count)/></strong>
                </a>
            </li>
        }
    };
    let alarm = if load.overdue > 0 { "octagon-alert" } else { "circle-check" };
    view! {
        <Card title=text!(locale, analytics.actions) id="tile-actions" class="tile">
            <ul class="loads" class:loads-bad=load.overdue != 0>
                {line(text!(locale, analytics.actions_open), load.open, "list-checks", &base)}
                {line(text!(locale, analytics.actions_overdue), load.overdue, alarm, &overdue)}
                {line(
                    text!(locale, analytics.actions_pending),
                    load.pending_approval,
                    "shield-question-mark",
                    &pending,
                )}
            </ul>
            {load.oldest_overdue_at.map(|at| view! {
                <p class="tile-note">
                    {text!(locale, analytics.oldest_overdue)} " " <When at=at as_of=as_of/>
                </p>
            })}
        </Card>
    }
}

/// The number itself, or that there is none.
#[component]
fn Value(
    /// The number, written out.
    value: Option<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    match value {
        Some(value) => view! { <strong class="kpi"><Num text=value/></strong> }.into_any(),
        None => {
            view! { <span class="kpi-none">{text!(locale, analytics.no_answers)}</span> }.into_any()
        }
    }
}

/// How much better or worse than in the period before.
#[component]
fn Delta(
    /// Now.
    now: Option<f64>,
    /// Before.
    before: Option<f64>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (Some(now), Some(before)) = (now, before) else {
        return view! { <p class="delta delta-none">{text!(locale, analytics.no_comparison)}</p> }
            .into_any();
    };
    let difference = now - before;
    let (icon, class, word) = if difference.abs() < SAME {
        let same = text!(locale, analytics.same);
        return view! { <p class="delta delta-none">{same}</p> }.into_any();
    } else if difference > 0.0 {
        ("arrow-up", "delta delta-up", text!(locale, analytics.better))
    } else {
        ("arrow-down", "delta delta-down", text!(locale, analytics.worse))
    };
    view! {
        <p class=class>
            <Icon name=icon/>
            <span class="visually-hidden">{word}" "</span>
            <Num text=signed(difference)/>
            <span class="delta-words">{text!(locale, analytics.than_before)}</span>
        </p>
    }
    .into_any()
}

/// Below this, rounding alone makes the difference.
const SAME: f64 = 0.05;

/// How many answers a number stands on, with a warning where they are too few.
#[component]
pub(super) fn Basis(
    /// How many.
    n: i64,
    /// Whether a margin of 95 % stands beside the number.
    with_margin: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let few = n > 0 && n < N_MIN;
    view! {
        <p class="tile-basis">
            {text!(locale, analytics.n, count = n, shown = grouped(n))}
            {(with_margin && n > 0).then(|| view! { " · " {text!(locale, analytics.margin_95)} })}
        </p>
        {few.then(|| view! { <TooFew/> })}
    }
}

/// The sample is too small to judge anybody by.
#[component]
pub(super) fn TooFew() -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <p class="too-few">
            <Icon name="triangle-alert"/>
            {text!(locale, analytics.small_sample)}
        </p>
    }
}
