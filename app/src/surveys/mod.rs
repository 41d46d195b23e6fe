//! Surveys: what is asked, how it is written, and what came back.

mod builder;
mod list_page;
mod posters;
mod responses;
mod results;
mod sections;
mod server_fns;
mod words;

pub(crate) use builder::SurveyTemplatePage;
pub(crate) use list_page::SurveysPage;
pub(crate) use posters::{SurveyPosterPage, SurveyPostersPage};
pub(crate) use responses::{FileLink, SurveyInstancesPage, SurveyResponsePage};
pub(crate) use results::SurveyResultsPage;
pub(crate) use sections::{Section, Sections};
