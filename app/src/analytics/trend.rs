//! The weekly trend: a drawing, and the same numbers as a table.

use leptos::prelude::*;
use px360_domain::analytics::TrendPoint;

use super::departments::Nps;
use crate::ui::card::Card;
use crate::ui::dates::date;
use crate::ui::numbers::{Num, decimal, grouped};

/// The net promoter score by week, with its interval and the number of answers.
#[component]
pub(super) fn Trend(
    /// The weeks, oldest first.
    points: Vec<TrendPoint>,
    /// What `px-chart` draws.
    option: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let answered = points.iter().any(|point| point.nps.n > 0);
    let body = if answered {
        view! {
            <figure class="chart" aria-labelledby="trend">
                <Legend/>
                // Made of data by `trend_chart`, which escapes what could end the script.
                <px-chart class="chart-place" lang=locale.as_str() aria-hidden="true">
                    <script r#type="application/json" inner_html=option></script>
                </px-chart>
                <figcaption class="hint">{text!(locale, analytics.trend_hint)}</figcaption>
            </figure>
            <details class="why">
                <summary>{text!(locale, analytics.show_data)}</summary>
                <DataTable points=points/>
            </details>
        }
        .into_any()
    } else {
        view! { <p class="empty-line">{text!(locale, analytics.no_answers_in_period)}</p> }
            .into_any()
    };
    view! {
        <Card title=text!(locale, analytics.trend) id="trend">{body}</Card>
    }
}

/// What the drawing is made of. HTML, so that it wraps, turns with the page and prints.
#[component]
fn Legend() -> impl IntoView {
    let locale = crate::texts::current();
    let item = |class: &'static str, name: &'static str| {
        view! {
            <li>
                <svg class="key" width="24" height="12" aria-hidden="true" focusable="false">
                    <rect class=class y="1" width="24" height="10" rx="2"></rect>
                </svg>
                {name}
            </li>
        }
    };
    view! {
        <ul class="legend">
            <li>
                <svg class="key" width="24" height="12" aria-hidden="true" focusable="false">
                    <line class="key-line" x1="0" x2="24" y1="6" y2="6"></line>
                    <circle class="step-done" cx="12" cy="6" r="4"></circle>
                </svg>
                {text!(locale, analytics.nps)}
            </li>
            {item("key-band", text!(locale, analytics.interval_95))}
            {item("step-rest", text!(locale, analytics.answers))}
        </ul>
    }
}

#[component]
fn DataTable(
    /// The weeks, oldest first.
    points: Vec<TrendPoint>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let rows = points
        .into_iter()
        .map(|point| {
            let score = point.score.mean.map_or_else(|| "–".to_owned(), decimal);
            view! {
                <tr>
                    <th scope="row">{date(locale, point.week)}</th>
                    <td><Nps nps=point.nps/></td>
                    <td class="numeric"><Num text=score/></td>
                    <td class="numeric"><Num text=grouped(point.nps.n)/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-frame" role="region" aria-labelledby="trend-caption" tabindex="0">
            <table class="table table-small">
                <caption id="trend-caption" class="visually-hidden">
                    {text!(locale, analytics.trend_caption)}
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, analytics.week_of)}</th>
                        <th scope="col">{text!(locale, analytics.nps)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.score)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.answers)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
