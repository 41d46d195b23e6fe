//! The pages, each area in a file of its own, which the browser fetches with the first page of it (ADR
//! 0027). What every page needs, the shell, is the file that is fetched first.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use wasm_split_helpers::wasm_split;

use crate::UiError;
use crate::accounts;
use crate::actions;
use crate::analytics;
use crate::audit;
use crate::integrations;
use crate::journeys;
use crate::notifications;
use crate::records;
use crate::surveys;
use crate::ui::problem::ProblemPage;

/// An area: its only way in, what fetches its file, and the routes of its pages.
macro_rules! area {
    ($enter:ident, $fetch:ident, $pages:ident { $($name:ident, $route:ident => $page:path);+ $(;)? }) => {
        /// The pages of the area.
        #[derive(Clone, Copy)]
        enum $pages {
            $($name),+
        }

        #[wasm_split($enter, fallible, preload($fetch))]
        fn $enter(page: $pages) -> Result<AnyView, UiError> {
            Ok(match page {
                $($pages::$name => $page().into_any()),+
            })
        }

        $(
            pub(crate) struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_route: Self) -> AnyView {
                    match $enter($pages::$name).await {
                        Ok(page) => page,
                        Err(error) => view! { <ProblemPage error=error/> }.into_any(),
                    }
                }
            }
        )+
    };
}

area! { work, fetch_work, Work {
    Action, ActionRoute => actions::ActionPage;
    Actions, ActionsRoute => actions::ActionsPage;
    Inbox, InboxRoute => notifications::InboxPage;
} }
area! { command_center, fetch_command_center, Analytics {
    CommandCenter, CommandCenterRoute => analytics::CommandCenterPage;
} }
area! { account, fetch_account, Account {
    Audit, AuditRoute => audit::AuditPage;
    Profile, ProfileRoute => accounts::ProfilePage;
    Roles, RolesRoute => accounts::RolesPage;
} }
area! { all_records, fetch_records, AllRecords {
    Import, ImportRoute => records::ImportPage;
    Merge, MergeRoute => records::MergePage;
    Record, RecordRoute => records::RecordPage;
    Records, RecordsRoute => records::RecordsPage;
    Tree, TreeRoute => records::TreePage;
    Upload, UploadRoute => records::UploadPage;
} }

area! { all_journeys, fetch_journeys, AllJourneys {
    Bench, BenchRoute => journeys::TestBenchPage;
    Board, BoardRoute => journeys::BoardPage;
    Journey, JourneyRoute => journeys::JourneyPage;
    Journeys, JourneysRoute => journeys::JourneysPage;
} }
area! { all_templates, fetch_templates, AllTemplates {
    Template, TemplateRoute => journeys::TemplatePage;
    Templates, TemplatesRoute => journeys::TemplatesPage;
} }
area! { all_surveys, fetch_surveys, AllSurveys {
    Rules, RulesRoute => notifications::FatigueRulesPage;
    Deliveries, DeliveriesRoute => notifications::DeliveriesPage;
    Instances, InstancesRoute => surveys::SurveyInstancesPage;
    Poster, PosterRoute => surveys::SurveyPosterPage;
    Posters, PostersRoute => surveys::SurveyPostersPage;
    Response, ResponseRoute => surveys::SurveyResponsePage;
    SurveyResults, SurveyResultsRoute => surveys::SurveyResultsPage;
    SurveyTemplate, SurveyTemplateRoute => surveys::SurveyTemplatePage;
    Surveys, SurveysRoute => surveys::SurveysPage;
} }
area! { all_messages, fetch_messages, AllMessages {
    Event, EventRoute => integrations::EventPage;
    Events, EventsRoute => integrations::EventsPage;
    Mappings, MappingsRoute => integrations::MappingsPage;
    Sources, SourcesRoute => integrations::SourcesPage;
} }

/// Fetches the file of the page that is being woken up: what the server rendered can only be woken up by
/// code that is there. False when it cannot be had.
#[cfg(feature = "hydrate")]
pub async fn fetch_for_page() -> bool {
    use px360_domain::paths;

    let path = window().location().pathname().unwrap_or_default();
    let fetched = match path.split('/').nth(2).unwrap_or_default() {
        paths::ACTIONS | paths::NOTIFICATIONS => fetch_work().await,
        paths::COMMAND_CENTER => fetch_command_center().await,
        paths::AUDIT | paths::PROFILE | paths::ROLES => fetch_account().await,
        paths::RECORDS => fetch_records().await,
        paths::JOURNEYS if path.split('/').nth(3) == Some(paths::TEMPLATES) => {
            fetch_templates().await
        }
        paths::JOURNEYS => fetch_journeys().await,
        paths::SURVEYS => fetch_surveys().await,
        paths::INTEGRATIONS => fetch_messages().await,
        _ => Ok(()),
    };
    fetched.is_ok()
}

/// Marks the document: from here on somebody listens. For tests and for styles that wait for it.
#[cfg(feature = "hydrate")]
pub fn say_awake() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-awake", "");
    }
}
