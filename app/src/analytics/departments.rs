//! One row per department, with how sure each number is.

use leptos::prelude::*;
use px360_domain::analytics::measures::NetPromoterScore;
use px360_domain::analytics::{DashboardFilter, DepartmentRow, TreeAsOf};

use super::filter;
use super::tiles::{N_MIN, TooFew};
use crate::ui::card::Card;
use crate::ui::marks::IntervalMark;
use crate::ui::numbers::{Num, decimal, grouped, rounded};

/// The departments with answers, most detractors first.
#[component]
pub(super) fn Departments(
    /// The rows.
    rows: Vec<DepartmentRow>,
    /// What was asked for.
    filter: DashboardFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let body = if rows.is_empty() {
        view! { <p class="empty-line">{text!(locale, analytics.no_answers_in_period)}</p> }
            .into_any()
    } else {
        view! { <Table rows=rows/> }.into_any()
    };
    view! {
        <Card title=text!(locale, analytics.departments) id="departments">
            <p class="hint">{text!(locale, analytics.departments_hint)}</p>
            <Trees filter=filter/>
            {body}
        </Card>
    }
}

/// Which tree the departments are summed up by.
#[component]
fn Trees(
    /// What was asked for.
    filter: DashboardFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let chosen = filter.tree.unwrap_or(TreeAsOf::Event);
    let link = move |tree: TreeAsOf| {
        let to = filter::href(locale, &DashboardFilter { tree: Some(tree), ..filter.clone() });
        let label = match tree {
            TreeAsOf::Event => text!(locale, analytics.tree_event),
            TreeAsOf::Today => text!(locale, analytics.tree_today),
        };
        view! {
            <li>
                <a
                    class="segment"
                    href=format!("{to}#departments")
                    aria-current=(tree == chosen).then_some("page")
                >
                    {label}
                </a>
            </li>
        }
    };
    let links = TreeAsOf::ALL.iter().copied().map(link).collect_view();
    view! {
        <nav class="segments" aria-label=text!(locale, analytics.tree)>
            <ul>{links}</ul>
        </nav>
    }
}

#[component]
fn Table(
    /// The rows.
    rows: Vec<DepartmentRow>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let rows = rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <div class="table-frame" role="region" aria-labelledby="departments-caption" tabindex="0">
            <table class="table departments">
                <caption id="departments-caption" class="visually-hidden">
                    {text!(locale, analytics.departments_caption)}
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, analytics.department)}</th>
                        <th scope="col">{text!(locale, analytics.nps)}</th>
                        <th scope="col" class="wide-only">{text!(locale, analytics.interval_95)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.answers)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.score)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.actions_open)}</th>
                        <th scope="col" class="numeric">{text!(locale, analytics.actions_overdue)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(
    /// One department.
    row: DepartmentRow,
) -> impl IntoView {
    let locale = crate::texts::current();
    let name = match &row.name {
        Some(name) => view! { <bdi>{name.pick(locale).to_owned()}</bdi> }.into_any(),
        None => text!(locale, analytics.unknown_department).into_any(),
    };
    let few = row.nps.n < N_MIN;
    view! {
        <tr class:row-few=few>
            <th scope="row">
                {name}
                <span class="second-line"><bdi>{row.hospital.pick(locale).to_owned()}</bdi></span>
                {few.then(|| view! { <TooFew/> })}
            </th>
            <td><Nps nps=row.nps/></td>
            <td class="wide-only"><NpsMark nps=row.nps/></td>
            <td class="numeric"><Num text=grouped(row.nps.n)/></td>
            <td class="numeric"><Num text=row.score.mean.map_or_else(|| "–".to_owned(), decimal)/></td>
            <td class="numeric"><Num text=grouped(row.open_actions)/></td>
            <td class="numeric" class:numeric-bad=row.overdue_actions != 0>
                <Num text=grouped(row.overdue_actions)/>
            </td>
        </tr>
    }
}

/// `45 ±6`.
#[component]
pub(super) fn Nps(
    /// The score.
    nps: NetPromoterScore,
) -> impl IntoView {
    let value = nps.value.map_or_else(|| "–".to_owned(), rounded);
    view! {
        <span class="nps">
            <strong><Num text=value/></strong>
            {nps.margin.map(|margin| view! {
                " " <span class="nps-margin"><Num text=format!("±{}", rounded(margin))/></span>
            })}
        </span>
    }
}

#[component]
fn NpsMark(
    /// The score.
    nps: NetPromoterScore,
) -> impl IntoView {
    let (value, margin) = (nps.value?, nps.margin?);
    Some(view! {
        <IntervalMark
            value=value
            low=value - margin
            high=value + margin
            axis=(-100.0, 100.0)
        />
    })
}
