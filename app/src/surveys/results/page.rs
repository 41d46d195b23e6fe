//! The results of one survey.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::results::{ResultFilter, SurveyResults};
use px360_domain::{Failure, Locale, paths};

use super::address;
use super::answers::answers;
use super::comments::comments;
use super::filter_form::FilterForm;
use super::funnel::funnel;
use crate::loaded::load;
use crate::surveys::server_fns::surveys_results;
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::files::Files;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;
use crate::ui::problem::ProblemPage;

/// What came back of the survey that the address names.
#[component]
pub(crate) fn SurveyResultsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let which = Memo::new(move |_| {
        let id = params.read().get_str("id").and_then(|id| id.parse::<SurveyTemplateId>().ok());
        (id, address::read(&query.read()))
    });
    let results = load(
        move || which.get(),
        |(id, filter)| async move {
            match id {
                Some(id) => surveys_results(id, filter).await,
                None => Err(Failure::not_found("survey_template").into()),
            }
        },
    );
    let locale = crate::texts::current();
    let body = move || {
        results.get().map(|results| match results {
            Ok(results) => whole(locale, results, which.get_untracked().1),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

fn whole(locale: Locale, results: SurveyResults, filter: ResultFilter) -> AnyView {
    let id = results.template_id;
    let called = isolated_words(results.name.pick(locale));
    let title = text!(locale, surveys.results_of, name = called).to_string();
    let asked = filter.clone();
    let file = move |format| address::file(locale, id, &asked, format);
    let answered = if results.funnel.completed == 0 {
        view! {
            <EmptyState icon="inbox" title=text!(locale, surveys.no_answers) hint=text!(locale, surveys.no_answers_hint)/>
        }
        .into_any()
    } else {
        view! { {answers(locale, &results.answers)} {comments(locale, &results)} }.into_any()
    };
    let steps = funnel(locale, &results);
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::survey_template(locale, id)>
                    <Icon name="chevron-left"/>
                    {text!(locale, surveys.to_survey)}
                </a>
            </nav>
        </div>
        <header class="page-head">
            <PageHeading title=title/>
            <Files href=file/>
        </header>
        <div class="template-page">
            <FilterForm results=results filter=filter/>
            {steps}
            {answered}
        </div>
    }
    .into_any()
}
