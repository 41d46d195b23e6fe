//! The audit log.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::audit::AuditLines;
use px360_domain::{Locale, paths};

use super::address::Address;
use super::entry::entry;
use super::filter_form::Filters;
use super::server_fns::audit_events;
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::date_time;
use crate::ui::empty::EmptyState;
use crate::ui::files::Files;
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;
use crate::ui::table::Pager;

/// What was done, newest first.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let address = Memo::new(move |_| Address::from_query(&query.read()));
    let lines = load(move || address.get().filter(), audit_events);
    let retry = Callback::new(move |()| lines.refetch());
    let body = move || {
        lines.get().map(|lines| match lines {
            Ok(lines) => log(locale, lines, &address.get()),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <a class="skip-link" href="#results" rel="external">
            {text!(locale, common.skip_to_results)}
        </a>
        <header class="page-head">
            <PageHeading title=text!(locale, audit.title)/>
        </header>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

fn log(locale: Locale, lines: AuditLines, address: &Address) -> AnyView {
    let AuditLines { items, next_cursor, as_of } = lines;
    let first = address.cursor.is_some().then(|| address.first().href(locale));
    let next =
        next_cursor.map(|cursor| Address { cursor: Some(cursor), ..address.clone() }.href(locale));
    let from = address.clone();
    let shown = if items.is_empty() {
        empty(locale, address)
    } else {
        let entries = items.into_iter().map(|line| entry(locale, line, as_of));
        view! { <ol class="log">{entries.collect_view()}</ol> }.into_any()
    };
    view! {
        <div class="toolbar">
            <Filters address=address.clone() as_of=as_of/>
            <div class="toolbar-end">
                <Files href=move |format| from.file_href(locale, format)/>
            </div>
        </div>
        {summary(locale, as_of)}
        {shown}
        <Pager first=first next=next/>
    }
    .into_any()
}

fn summary(locale: Locale, as_of: DateTime<Utc>) -> AnyView {
    let as_of = text!(locale, common.as_of, at = date_time(locale, as_of));
    view! {
        <p id="results" class="list-summary" role="status" tabindex="-1">
            <span>{text!(locale, audit.newest_first)}</span>
            <span class="as-of">{as_of}</span>
        </p>
    }
    .into_any()
}

fn empty(locale: Locale, address: &Address) -> AnyView {
    if !address.is_filtered() {
        let hint = text!(locale, audit.empty_hint);
        return view! { <EmptyState icon="inbox" title=text!(locale, audit.empty) hint=hint/> }
            .into_any();
    }
    view! {
        <EmptyState
            icon="search-x"
            title=text!(locale, audit.empty_no_match)
            hint=text!(locale, audit.empty_no_match_hint)
        >
            <a class="button" href=paths::audit(locale)>{text!(locale, audit.clear_filters)}</a>
        </EmptyState>
    }
    .into_any()
}
