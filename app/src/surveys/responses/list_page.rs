//! All surveys, one by one.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::surveys::{SurveyInstanceFilter, SurveyInstancePage};

use super::super::server_fns::surveys_instances;
use super::super::{Section, Sections};
use super::address;
use super::enter::{Entering, KioskDialog};
use super::filter_form::FilterForm;
use super::line::line;
use crate::loaded::load;
use crate::ui::button::InlineError;
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;
use crate::ui::table::Pager;

/// Where each survey stands, and the way to its answers.
#[component]
pub(crate) fn SurveyInstancesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| address::read(&query.read()));
    let surveys = load(move || filter.get(), surveys_instances);
    let retry = Callback::new(move |()| surveys.refetch());
    let body = move || {
        surveys.get().map(|surveys| match surveys {
            Ok(page) => shown(locale, &filter.get_untracked(), page),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, surveys.instances)/>
        </header>
        <Sections current=Section::Instances/>
        <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition>
    }
}

fn shown(locale: Locale, filter: &SurveyInstanceFilter, page: SurveyInstancePage) -> AnyView {
    let SurveyInstancePage { items, next_cursor } = page;
    let entering = Entering::new();
    let to = |cursor| address::href(locale, &SurveyInstanceFilter { cursor, ..filter.clone() });
    let first = filter.cursor.is_some().then(|| to(None));
    let next = next_cursor.map(|cursor| to(Some(cursor)));
    let none = items.is_empty().then(|| {
        view! {
            <EmptyState
                icon="inbox"
                title=text!(locale, surveys.no_instances)
                hint=text!(locale, surveys.no_instances_hint)
            />
        }
    });
    let lines = items.iter().map(|row| line(locale, row, entering)).collect_view();
    let any = !items.is_empty();
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, surveys.instances_text)}</p>
            <FilterForm filter=filter.clone()/>
            <InlineError error=Signal::derive(move || entering.request.error())/>
            <KioskDialog entering=entering/>
            {none}
            {any.then(|| view! {
                <div class="card">
                    <ul class="template-versions">{lines}</ul>
                </div>
            })}
            <Pager first=first next=next/>
        </div>
    }
    .into_any()
}
