//! What hangs where.

use leptos::prelude::*;
use px360_domain::surveys::posters::{SurveyPoster, SurveyPosterList};
use px360_domain::{Locale, paths};

use super::super::sections::{Section, Sections};
use super::super::server_fns::{surveys_posters, surveys_stop_poster};
use super::form::NewPoster;
use crate::journeys::name;
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{IconButton, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::dates::date_time;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::ProblemCard;

/// The posters, and a form for one more.
#[component]
pub(crate) fn SurveyPostersPage() -> impl IntoView {
    let locale = crate::texts::current();
    let posters = load(|| (), |()| surveys_posters());
    let reload = Callback::new(move |()| posters.refetch());
    let body = move || {
        posters.get().map(|posters| match posters {
            Ok(list) => view! { <All list=list reload=reload/> }.into_any(),
            Err(error) => view! { <ProblemCard error=error retry=reload/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, surveys.posters)/>
        </header>
        <Sections current=Section::Posters/>
        <Transition fallback=|| view! { <Skeleton lines=6/> }>{body}</Transition>
    }
}

#[component]
fn All(
    /// What came back.
    list: SurveyPosterList,
    /// Shows what is true now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let stopping = Request::new();
    let makes = !list.hospitals.is_empty() && !list.surveys.is_empty();
    let form = makes.then(|| view! { <NewPoster list=list.clone()/> });
    let none = list.items.is_empty().then(|| {
        view! { <p class="hint">{text!(locale, surveys.no_posters)}</p> }
    });
    let lines = list.items.iter().map(|one| line(locale, one, stopping, reload)).collect_view();
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, surveys.posters_text)}</p>
            <div class="card">
                {none}
                <ul class="template-versions">{lines}</ul>
                <InlineError error=Signal::derive(move || stopping.error()) reload=reload/>
            </div>
            {form}
        </div>
    }
}

fn line(locale: Locale, poster: &SurveyPoster, stopping: Request, reload: Callback<()>) -> AnyView {
    let (id, href) = (poster.id, paths::survey_poster(locale, poster.id));
    let department = poster.department.as_ref().map(|it| view! { <span>{name(locale, it)}</span> });
    let begun =
        text!(locale, surveys.poster_begun, count = poster.begun, shown = grouped(poster.begun))
            .to_string();
    let completed = text!(
        locale,
        surveys.completed_count,
        count = poster.completed,
        shown = grouped(poster.completed)
    )
    .to_string();
    let made =
        text!(locale, surveys.poster_made, at = date_time(locale, poster.made_at)).to_string();
    let stop = poster.may_stop.then(|| {
        let press = Callback::new(move |()| {
            stopping.send(surveys_stop_poster(id), move |()| reload.run(()));
        });
        let title = poster.survey.pick(locale);
        let label = text!(locale, surveys.stop_poster, name = title).to_string();
        view! { <IconButton label=label icon="circle-pause" press=press/> }
    });
    view! {
        <li class="template-version">
            <a class="row-link" href=href>{name(locale, &poster.survey)}</a>
            <span class="template-owner"><Icon name="hospital"/>{name(locale, &poster.hospital)}</span>
            {stop}
            <p class="places">{department} <span>{made}</span> <span>{begun}</span> <span>{completed}</span></p>
        </li>
    }
    .into_any()
}
