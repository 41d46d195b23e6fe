//! The map: every staff page of the house on one screen.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, ParamSegment, SsrMode, StaticSegment};
use px360_domain::access::Permission;
use px360_domain::records::RecordKind;
use px360_domain::{Failure, Locale, paths};

use crate::layout::{Frame, MeResource, Nowhere, Opening, opening_address};
use crate::pages::{
    ActionRoute, ActionsRoute, AuditRoute, BenchRoute, BoardRoute, CommandCenterRoute,
    DeliveriesRoute, EventRoute, EventsRoute, ImportRoute, InboxRoute, InstancesRoute,
    JourneyRoute, JourneysRoute, MappingsRoute, MergeRoute, PosterRoute, PostersRoute,
    ProfileRoute, RecordRoute, RecordsRoute, ResponseRoute, RolesRoute, RulesRoute, SourcesRoute,
    SurveyResultsRoute, SurveyTemplateRoute, SurveysRoute, TemplateRoute, TemplatesRoute,
    TreeRoute, UploadRoute,
};
use crate::ui::heading::provide_announcements;
use crate::ui::leave::Leave;
use crate::ui::problem::ProblemPage;

/// The staff pages, below `/ar` and `/en`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_announcements();
    view! {
        <Router>
            <Routes fallback=Nowhere>
                <StaffRoutes locale=Locale::Ar/>
                <StaffRoutes locale=Locale::En/>
            </Routes>
        </Router>
    }
}

/// The pages in one language. The language is no parameter of the address: `/:locale` would also
/// be the address of `/icons.svg`.
#[component(transparent)]
fn StaffRoutes(
    /// The language.
    locale: Locale,
) -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=StaticSegment(locale.as_str()) view=Frame ssr=SsrMode::Async>
            <Route path=StaticSegment("") view=HomePage ssr=SsrMode::Async/>
            <Route path=StaticSegment(paths::ACTIONS) view={Lazy::<ActionsRoute>::new()} ssr=SsrMode::Async/>
            <Route
                path=(StaticSegment(paths::ACTIONS), ParamSegment("id"))
                view={Lazy::<ActionRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=StaticSegment(paths::COMMAND_CENTER)
                view={Lazy::<CommandCenterRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route path=StaticSegment(paths::NOTIFICATIONS) view={Lazy::<InboxRoute>::new()} ssr=SsrMode::Async/>
            <Route path=StaticSegment(paths::PROFILE) view={Lazy::<ProfileRoute>::new()} ssr=SsrMode::Async/>
            <Route path=StaticSegment(paths::ROLES) view={Lazy::<RolesRoute>::new()} ssr=SsrMode::Async/>
            <Route path=StaticSegment(paths::AUDIT) view={Lazy::<AuditRoute>::new()} ssr=SsrMode::Async/>
            <Route
                path=(StaticSegment(paths::RECORDS), ParamSegment("kind"))
                view={Lazy::<RecordsRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::RECORDS), StaticSegment(paths::IMPORTS), ParamSegment("id"))
                view={Lazy::<ImportRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(
                    StaticSegment(paths::RECORDS),
                    StaticSegment(RecordKind::Patient.plural()),
                    ParamSegment("id"),
                    StaticSegment(paths::MERGE),
                    ParamSegment("other"),
                )
                view={Lazy::<MergeRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(
                    StaticSegment(paths::RECORDS),
                    StaticSegment(RecordKind::Department.plural()),
                    StaticSegment(paths::TREE),
                )
                view={Lazy::<TreeRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::RECORDS), ParamSegment("kind"), StaticSegment(paths::IMPORT))
                view={Lazy::<UploadRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::RECORDS), ParamSegment("kind"), ParamSegment("id"))
                view={Lazy::<RecordRoute>::new()}
                ssr=SsrMode::Async
            />
            <JourneyRoutes/>
            <SurveyRoutes/>
            <Route path=StaticSegment("gallery") view=Gallery ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The pages about surveys, and about the messages that ask.
#[component(transparent)]
fn SurveyRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=StaticSegment("") view=Outlet ssr=SsrMode::Async>
            <Route path=StaticSegment(paths::SURVEYS) view={Lazy::<SurveysRoute>::new()} ssr=SsrMode::Async/>
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::RULES))
                view={Lazy::<RulesRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::DELIVERIES))
                view={Lazy::<DeliveriesRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::RESPONSES))
                view={Lazy::<InstancesRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::RESPONSES), ParamSegment("id"))
                view={Lazy::<ResponseRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::POSTERS))
                view={Lazy::<PostersRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), StaticSegment(paths::POSTERS), ParamSegment("id"))
                view={Lazy::<PosterRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), ParamSegment("id"), StaticSegment(paths::RESULTS))
                view={Lazy::<SurveyResultsRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::SURVEYS), ParamSegment("id"))
                view={Lazy::<SurveyTemplateRoute>::new()}
                ssr=SsrMode::Async
            />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The pages about journeys, and about the messages that move them.
#[component(transparent)]
fn JourneyRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=StaticSegment("") view=Outlet ssr=SsrMode::Async>
            <Route path=StaticSegment(paths::JOURNEYS) view={Lazy::<BoardRoute>::new()} ssr=SsrMode::Async/>
            <Route
                path=(StaticSegment(paths::JOURNEYS), StaticSegment(paths::JOURNEY_LIST))
                view={Lazy::<JourneysRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::JOURNEYS), StaticSegment(paths::TEMPLATES))
                view={Lazy::<TemplatesRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::JOURNEYS), StaticSegment(paths::TEST_BENCH))
                view={Lazy::<BenchRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::JOURNEYS), StaticSegment(paths::TEMPLATES), ParamSegment("id"))
                view={Lazy::<TemplateRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::JOURNEYS), ParamSegment("id"))
                view={Lazy::<JourneyRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::INTEGRATIONS), StaticSegment(paths::EVENTS))
                view={Lazy::<EventsRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::INTEGRATIONS), StaticSegment(paths::EVENTS), ParamSegment("id"))
                view={Lazy::<EventRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::INTEGRATIONS), StaticSegment(paths::MAPPINGS))
                view={Lazy::<MappingsRoute>::new()}
                ssr=SsrMode::Async
            />
            <Route
                path=(StaticSegment(paths::INTEGRATIONS), StaticSegment(paths::SOURCES))
                view={Lazy::<SourcesRoute>::new()}
                ssr=SsrMode::Async
            />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The style guide, in development builds; a release has no such page.
#[component]
fn Gallery() -> impl IntoView {
    #[cfg(debug_assertions)]
    return view! { <crate::gallery::GalleryPage/> };
    #[cfg(not(debug_assertions))]
    return view! { <crate::ui::problem::NotFoundPage/> };
}

/// Sends everybody to the page that they work on.
#[component]
fn HomePage() -> impl IntoView {
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    let opening = use_context::<Opening>();
    let away = move || {
        let first = opening_address(locale, opening)?;
        me.and_then(|MeResource(me)| me.get()).map(|me| match me {
            Ok(me) if me.may(Permission::ActionRead) => view! { <Leave to=first/> }.into_any(),
            Ok(me) if me.may(Permission::DashboardRead) => {
                view! { <Leave to=paths::command_center(locale)/> }.into_any()
            }
            Ok(_) => view! { <ProblemPage error=Failure::Forbidden.into()/> }.into_any(),
            // The frame takes care of these.
            Err(_) => ().into_any(),
        })
    };
    view! { <Suspense>{away}</Suspense> }
}
