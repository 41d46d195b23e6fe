//! The state of the group on one page.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::analytics::{CommandCenter, DashboardFilter};

use super::departments::Departments;
use super::filter::{self, DEFAULT_DAYS, PERIODS};
use super::funnel::FunnelTile;
use super::server_fns::{Dashboard, analytics_command_center};
use super::tiles::{ActionsTile, NpsTile, ScoreTile, TopBoxTile};
use super::trend::Trend;
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::{date, date_time, hijri};
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;

/// The command center.
#[component]
pub(crate) fn CommandCenterPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| filter::from_query(&query.read()));
    let dashboard =
        load(move || filter.get(), move |filter| analytics_command_center(filter, locale));
    let retry = Callback::new(move |()| dashboard.refetch());
    let body = move || {
        dashboard.get().map(|dashboard| match dashboard {
            Ok(dashboard) => view! { <Board dashboard=dashboard filter=filter.get()/> }.into_any(),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, analytics.title)/>
            <Periods filter=filter/>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition>
    }
}

/// How far back one looks.
#[component]
fn Periods(
    /// What holds.
    filter: Memo<DashboardFilter>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let links = PERIODS
        .into_iter()
        .map(|days| {
            let href =
                move || filter::href(locale, &DashboardFilter { days: Some(days), ..filter.get() });
            let current =
                move || (filter.read().days.unwrap_or(DEFAULT_DAYS) == days).then_some("page");
            view! {
                <li>
                    <a class="segment" href=href aria-current=current>
                        {text!(locale, analytics.last_days, count = days).to_string()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="segments" aria-label=text!(locale, analytics.period)>
            <ul>{links}</ul>
        </nav>
    }
}

#[component]
fn Board(
    /// What came back.
    dashboard: Dashboard,
    /// What was asked for.
    filter: DashboardFilter,
) -> impl IntoView {
    let Dashboard { numbers, trend } = dashboard;
    let hospital = filter.hospital.clone();
    view! {
        <AsOf numbers=numbers.clone()/>
        <div class="tiles">
            <NpsTile now=numbers.nps before=numbers.nps_before/>
            <ScoreTile now=numbers.score before=numbers.score_before/>
            <TopBoxTile top_box=numbers.top_box/>
            <ActionsTile load=numbers.actions hospital=hospital as_of=numbers.as_of/>
            <FunnelTile funnel=numbers.funnel/>
        </div>
        <Trend points=numbers.trend option=trend/>
        <Departments rows=numbers.departments filter=filter/>
    }
}

/// Which days count, and when this was true, in both calendars.
#[component]
fn AsOf(
    /// The numbers.
    numbers: CommandCenter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let at = date_time(locale, numbers.as_of);
    let both = text!(
        locale,
        common.both_calendars,
        gregorian = at,
        hijri = hijri(locale, numbers.as_of_hijri)
    );
    let from = date(locale, numbers.from);
    let to = date(locale, numbers.to);
    view! {
        <p class="list-summary">
            <span>{text!(locale, analytics.from_to, from = from, to = to)}</span>
            <span class="as-of">{text!(locale, common.as_of, at = both)}</span>
        </p>
    }
}
